import type { UseQueryOptions } from "@tanstack/react-query";
import { useQueries } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { PAGE } from "@/api/devices";
import type { Page } from "@/api/types";

export type PageQuery<T> = (page: number) => UseQueryOptions<Page<T>>;

export interface PagedRows<T> {
  total: number;
  loaded: boolean;
  error: Error | null;
  retry: () => void;
  rowAt: (index: number) => T | undefined;
  onRange: (first: number, last: number) => void;
}

/** The rows of a list of any length: only the pages that are looked at are asked for. */
export function usePagedRows<T>(pageQuery: PageQuery<T>): PagedRows<T> {
  const [range, setRange] = useState<[number, number]>([0, 0]);
  const remembered = useRef(0);
  const first = Math.floor(range[0] / PAGE);
  const last = Math.floor(range[1] / PAGE);
  const pages = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const results = useQueries({ queries: pages.map(pageQuery) });
  const loaded = results.find((result) => result.data)?.data;
  if (loaded) {
    remembered.current = loaded.total;
  }
  const onRange = useCallback(
    (from: number, to: number) =>
      setRange((before) => (before[0] === from && before[1] === to ? before : [from, to])),
    [],
  );
  return {
    total: loaded?.total ?? remembered.current,
    loaded: loaded !== undefined,
    error: results.find((result) => result.isError && !result.data)?.error ?? null,
    retry: () => void Promise.all(results.map((result) => result.refetch())),
    rowAt: (index) => results[Math.floor(index / PAGE) - first]?.data?.items[index % PAGE],
    onRange,
  };
}
