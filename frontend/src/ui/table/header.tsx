import { ArrowDown, ArrowUp } from "lucide-react";
import { cx } from "../class-names";
import type { Column } from "./columns";
import { nextSort } from "./columns";

export function HeaderCell<T>({
  column,
  sort,
  onSort,
}: {
  column: Column<T>;
  sort: string | undefined;
  onSort: ((sort: string | undefined) => void) | undefined;
}) {
  const field = column.sort;
  const ascending = field !== undefined && sort === field;
  const descending = field !== undefined && sort === `-${field}`;
  const Arrow = ascending ? ArrowUp : ArrowDown;
  const order = ascending ? "ascending" : descending ? "descending" : "none";
  return (
    <div
      role="columnheader"
      aria-sort={field && onSort ? order : undefined}
      className={cx("flex min-w-0 items-center px-2", column.right && "justify-end")}
    >
      {field && onSort ? (
        <button
          type="button"
          onClick={() => onSort(nextSort(sort, field))}
          className="flex min-w-0 items-center gap-1 rounded-sm font-medium hover:text-text"
        >
          <span className="truncate">{column.label}</span>
          <Arrow
            size={12}
            aria-hidden
            className={ascending || descending ? "shrink-0" : "invisible shrink-0"}
          />
        </button>
      ) : (
        <span className="truncate font-medium">{column.label}</span>
      )}
    </div>
  );
}
