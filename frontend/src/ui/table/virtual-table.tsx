import { useVirtualizer } from "@tanstack/react-virtual";
import type { ReactNode } from "react";
import { useEffect, useRef, useState } from "react";
import { useKeys } from "../keys";
import { useNarrow } from "../narrow";
import type { Column } from "./columns";
import { COMPACT_ROW_PX, ROW_PX, tracks } from "./columns";
import { HeaderCell } from "./header";
import { TableRow } from "./row";
import { SelectAll } from "./select-all";

export interface TableProps<T> {
  label: string;
  columns: readonly Column<T>[];
  total: number;
  rowAt: (index: number) => T | undefined;
  compact: (row: T) => ReactNode;
  sort?: string | undefined;
  onSort?: (sort: string | undefined) => void;
  onOpen?: (row: T) => void;
  onRange?: (first: number, last: number) => void;
  keys?: Record<string, (row: T) => void>;
  isSelected?: (row: T) => boolean;
  onSelect?: (row: T, index: number, extend: boolean) => void;
  allSelected?: boolean | "some";
  onSelectAll?: () => void;
}

/** A table of any length; only what is seen is drawn. j, k and Enter move and open. */
export function VirtualTable<T>(props: TableProps<T>) {
  const { columns, total, rowAt, onSelect, onRange } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(-1);
  const narrow = useNarrow();
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? COMPACT_ROW_PX : ROW_PX),
    overscan: 12,
    paddingEnd: 8,
  });
  const items = rows.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange?.(first, last), [onRange, first, last]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured again when the height of rows changes
  useEffect(() => rows.measure(), [narrow]);

  const move = (by: number) => {
    const next = Math.min(total - 1, Math.max(0, active + by));
    setActive(next);
    rows.scrollToIndex(next);
  };
  const withActive = (act: ((row: T) => void) | undefined) => () => {
    const row = rowAt(active);
    if (row) {
      act?.(row);
    }
  };
  const select = (row: T) => onSelect?.(row, active, false);
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    Enter: active >= 0 ? withActive(props.onOpen) : undefined,
    x: onSelect && withActive(select),
    ...Object.fromEntries(
      Object.entries(props.keys ?? {}).map(([key, act]) => [key, withActive(act)]),
    ),
  });

  const grid = narrow
    ? tracks([{ width: "minmax(0, 1fr)" } as Column<T>], !!onSelect)
    : tracks(columns, !!onSelect);
  return (
    <div
      ref={scroller}
      tabIndex={0}
      role="region"
      aria-label={props.label}
      className="h-full overflow-auto bg-surface"
    >
      <div
        role="table"
        aria-label={props.label}
        aria-rowcount={total + 1}
        className={narrow ? "" : "min-w-fit"}
      >
        <div role="rowgroup" className={narrow ? "sr-only" : "sticky top-0 z-10"}>
          <div
            role="row"
            aria-rowindex={1}
            className="grid h-9 items-center px-2 max-md:px-1 border-b border-line bg-surface text-xs text-muted"
            style={{ gridTemplateColumns: grid }}
          >
            {onSelect ? (
              <SelectAll total={total} all={props.allSelected} onChange={props.onSelectAll} />
            ) : null}
            {columns.slice(0, narrow ? 1 : undefined).map((column) => (
              <HeaderCell
                key={column.id}
                column={column}
                sort={props.sort}
                onSort={narrow ? undefined : props.onSort}
              />
            ))}
          </div>
        </div>
        <div role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
          {items.map((item) => {
            const row = rowAt(item.index);
            return (
              <TableRow
                key={item.key}
                row={row}
                index={item.index}
                columns={columns}
                compact={narrow ? props.compact : undefined}
                active={item.index === active}
                selected={onSelect && row ? props.isSelected?.(row) : undefined}
                onSelect={
                  onSelect && row ? (extend) => onSelect(row, item.index, extend) : undefined
                }
                onOpen={props.onOpen}
                onActivate={() => setActive(item.index)}
                style={{
                  height: item.size,
                  transform: `translateY(${item.start}px)`,
                  gridTemplateColumns: grid,
                }}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
