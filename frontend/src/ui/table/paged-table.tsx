import type { ReactNode } from "react";
import { Failed, Loading } from "../states";
import type { PagedRows } from "./rows";
import type { TableProps } from "./virtual-table";
import { VirtualTable } from "./virtual-table";

type PagedTableProps<T> = Omit<TableProps<T>, "total" | "rowAt" | "onRange"> & {
  rows: PagedRows<T>;
  /** What stands there when nothing matches. */
  empty: ReactNode;
};

/** A list that asks for its pages while one scrolls; on its way, failed, empty or there. */
export function PagedTable<T>({ rows, empty, ...table }: PagedTableProps<T>) {
  if (rows.error) {
    return <Failed error={rows.error} onRetry={rows.retry} />;
  }
  if (rows.total === 0) {
    return rows.loaded ? empty : <Loading rows={14} />;
  }
  return <VirtualTable {...table} total={rows.total} rowAt={rows.rowAt} onRange={rows.onRange} />;
}
