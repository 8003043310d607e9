import { ArrowDown, ArrowUp } from "lucide-react";
import { cx } from "../class-names";
import type { Column } from "./columns";
import { nextSort } from "./columns";

type Order = "ascending" | "descending" | "none";

function orderOf(field: string, sort: string | undefined): Order {
  if (sort === field) {
    return "ascending";
  }
  return sort === `-${field}` ? "descending" : "none";
}

export function HeaderCell<T>({
  column,
  sort,
  onSort,
}: {
  column: Column<T>;
  sort: string | undefined;
  onSort: ((sort: string | undefined) => void) | undefined;
}) {
  const { sort: field, label, right } = column;
  const place = cx("flex min-w-0 items-center px-2", right && "justify-end");
  if (!field || !onSort) {
    return (
      <div role="columnheader" className={place}>
        <span className="truncate font-medium">{label}</span>
      </div>
    );
  }
  const order = orderOf(field, sort);
  const Arrow = order === "ascending" ? ArrowUp : ArrowDown;
  return (
    <div role="columnheader" aria-sort={order} className={place}>
      <button
        type="button"
        onClick={() => onSort(nextSort(sort, field))}
        className={cx(
          "flex min-w-0 items-center gap-1 rounded-sm font-medium hover:text-text",
          right && "flex-row-reverse",
        )}
      >
        <span className="truncate">{label}</span>
        <Arrow size={12} aria-hidden className={cx("shrink-0", order === "none" && "invisible")} />
      </button>
    </div>
  );
}
