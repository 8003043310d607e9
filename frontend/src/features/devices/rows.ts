import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { devicePage, PAGE } from "@/api/devices";
import type { Device, DeviceQuery } from "@/api/types";

/** The rows of a list of any length: only the pages that are looked at are asked for. */
export function useDeviceRows(query: DeviceQuery, held: boolean) {
  const [range, setRange] = useState<[number, number]>([0, 0]);
  const client = useQueryClient();
  const remembered = useRef(0);
  const first = Math.floor(range[0] / PAGE);
  const last = Math.floor(range[1] / PAGE);
  const pages = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const results = useQueries({ queries: pages.map((page) => devicePage(query, page, held)) });
  const loaded = results.find((result) => result.data)?.data;
  if (loaded) {
    remembered.current = loaded.total;
  }
  const onRange = useCallback(
    (from: number, to: number) =>
      setRange((before) => (before[0] === from && before[1] === to ? before : [from, to])),
    [],
  );
  const rowAt = (index: number): Device | undefined =>
    results[Math.floor(index / PAGE) - first]?.data?.items[index % PAGE];
  /** Ids of a stretch of rows, of those too that were never on the screen. */
  const idsOf = async (from: number, to: number): Promise<number[]> => {
    const ids: number[] = [];
    for (let page = Math.floor(from / PAGE); page <= Math.floor(to / PAGE); page += 1) {
      const { items } = await client.ensureQueryData(devicePage(query, page, held));
      const start = page * PAGE;
      ids.push(...items.slice(Math.max(0, from - start), to - start + 1).map((row) => row.id));
    }
    return ids;
  };
  return {
    total: loaded?.total ?? remembered.current,
    loaded: loaded !== undefined,
    error: results.find((result) => result.isError && !result.data)?.error ?? null,
    retry: () => void Promise.all(results.map((result) => result.refetch())),
    rowAt,
    idsOf,
    onRange,
  };
}
