import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failed, Loading } from "./states";

/** Loading, failed or there: the three faces of anything asked for. */
export function QueryView<T>({
  query,
  children,
  rows,
  page = false,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
  rows?: number;
  /** What is asked for is the page itself. */
  page?: boolean;
}) {
  if (query.data !== undefined) {
    return children(query.data);
  }
  return query.isError ? (
    <Failed page={page} error={query.error} onRetry={() => void query.refetch()} />
  ) : (
    <Loading {...(rows ? { rows } : {})} />
  );
}
