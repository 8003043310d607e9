import type { ReactNode } from "react";
import { cx } from "./class-names";

export interface SimpleColumn<T> {
  id: string;
  label: string;
  right?: boolean;
  /** Left out on narrow screens. */
  wide?: boolean;
  cell: (row: T) => ReactNode;
}

interface SimpleTableProps<T> {
  label: string;
  rows: readonly T[];
  rowKey: (row: T) => number | string;
  columns: readonly SimpleColumn<T>[];
}

/** A short table; long ones are virtual. */
export function SimpleTable<T>({ label, rows, rowKey, columns }: SimpleTableProps<T>) {
  const side = (column: SimpleColumn<T>) =>
    cx(column.right ? "text-right" : "text-left", column.wide && "max-md:hidden");
  return (
    <section className="overflow-x-auto" aria-label={label} tabIndex={0}>
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b border-line">
            {columns.map((column) => (
              <th
                key={column.id}
                scope="col"
                className={cx(
                  "h-8 px-3 text-xs font-medium whitespace-nowrap text-muted",
                  side(column),
                )}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-b border-line last:border-b-0 hover:bg-hover">
              {columns.map((column) => (
                <td key={column.id} className={cx("px-3 py-1.5", side(column))}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
