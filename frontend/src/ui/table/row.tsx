import type { CSSProperties, MouseEvent, ReactNode } from "react";
import { useT } from "@/i18n";
import { cx } from "../class-names";
import type { Column } from "./columns";

interface RowProps<T> {
  row: T | undefined;
  index: number;
  columns: readonly Column<T>[];
  style: CSSProperties;
  active: boolean;
  compact: ((row: T) => ReactNode) | undefined;
  selected: boolean | undefined;
  onSelect: ((extend: boolean) => void) | undefined;
  onOpen: ((row: T) => void) | undefined;
  onActivate: () => void;
}

const onControl = (event: MouseEvent) =>
  (event.target as HTMLElement).closest("a, button, input, label") !== null;

export function TableRow<T>(props: RowProps<T>) {
  const { row, index, style, active, selected, onOpen } = props;
  const opened = (event: MouseEvent) => {
    props.onActivate();
    if (row && !onControl(event) && !getSelection()?.toString()) {
      onOpen?.(row);
    }
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the whole list; the name is a link
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-active={active || undefined}
      onClick={opened}
      style={style}
      className={cx(
        "absolute inset-x-0 top-0 grid items-center px-2 max-md:px-1 border-b border-line text-sm hover:bg-hover",
        onOpen && "cursor-pointer",
        active && "bg-hover shadow-[inset_2px_0_0_var(--accent)]",
        selected && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      {props.onSelect ? <SelectCell {...props} /> : null}
      {row ? (
        <Cells {...props} row={row} />
      ) : (
        <Pending columns={props.columns.length} compact={!!props.compact} />
      )}
    </div>
  );
}

function Cells<T>({ row, columns, compact }: RowProps<T> & { row: T }) {
  if (compact) {
    return (
      <div role="cell" className="min-w-0 px-2">
        {compact(row)}
      </div>
    );
  }
  return columns.map((column) => (
    <div
      key={column.id}
      role="cell"
      className={cx("min-w-0 truncate px-2", column.right && "text-right")}
    >
      {column.cell(row)}
    </div>
  ));
}

function Pending({ columns, compact }: { columns: number; compact: boolean }) {
  return Array.from({ length: compact ? 1 : columns }, (_, cell) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
    <div key={cell} role="cell" className="px-2">
      <div className="h-3 rounded-sm bg-sunken" />
    </div>
  ));
}

function SelectCell<T>({ index, selected, onSelect, row }: RowProps<T>) {
  const t = useT();
  return (
    <div role="cell" className="flex items-center pl-3">
      <input
        type="checkbox"
        className="size-4 accent-accent-solid"
        aria-label={t("list.select", { row: index + 1 })}
        checked={selected ?? false}
        disabled={!row}
        onChange={(event) => onSelect?.((event.nativeEvent as PointerEvent).shiftKey ?? false)}
      />
    </div>
  );
}
