import { useQuery } from "@tanstack/react-query";
import { api, body } from "./client";
import { gathered } from "./gathered";
import type { components } from "./schema";

export type Sparkline = components["schemas"]["SparklineOut"];

const MOMENT_MS = 120;
const MOST = 100;
// A step lasts half an hour: only the last one changes meanwhile.
const FRESH_MS = 5 * 60_000;

const sparkline = gathered<Sparkline>(
  async (ids) => {
    const params = { query: { ids: ids.join(",") } };
    const { items } = await body(api.GET("/api/v1/devices/sparklines", { params }));
    return new Map(items.map((one) => [one.id, one]));
  },
  { most: MOST, moment_ms: MOMENT_MS },
);

/** The last day of one device; the rows that are seen share their requests. */
export const useSparkline = (id: number) =>
  useQuery({
    queryKey: ["sparklines", id],
    queryFn: ({ signal }) => sparkline(id, signal),
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  });
