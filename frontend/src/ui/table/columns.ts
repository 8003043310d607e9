import type { ReactNode } from "react";

export interface Column<T> {
  id: string;
  label: string;
  /** A grid track: `120px`, `minmax(160px, 2fr)`. */
  width: string;
  /** The field the server sorts by. */
  sort?: string;
  right?: boolean;
  cell: (row: T) => ReactNode;
}

export const ROW_PX = 36;
export const COMPACT_ROW_PX = 56;

export function tracks<T>(columns: readonly Column<T>[], selectable: boolean): string {
  return [...(selectable ? ["36px"] : []), ...columns.map((column) => column.width)].join(" ");
}

/** Ascending, descending, then the order of the server. */
export function nextSort(current: string | undefined, field: string): string | undefined {
  if (current === field) {
    return `-${field}`;
  }
  return current === `-${field}` ? undefined : field;
}
