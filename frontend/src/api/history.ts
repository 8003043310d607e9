import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, body } from "./client";
import type { History, Page, StatusEvent } from "./types";

export type TargetKind = "devices" | "links";
const POINTS = 300;
const LEAST_REFRESH_MS = 15_000;

/** History of a device or link from `seconds` ago until now. */
export const useHistory = (kind: TargetKind, id: number, seconds: number) =>
  useQuery({
    queryKey: [kind, "history", id, seconds],
    queryFn: ({ signal }) => {
      const to = new Date();
      const from = new Date(to.getTime() - seconds * 1000).toISOString();
      return history(kind, id, { from, to: to.toISOString(), points: POINTS }, signal);
    },
    placeholderData: keepPreviousData,
    refetchInterval: Math.max(LEAST_REFRESH_MS, (seconds * 1000) / POINTS),
  });

interface Range {
  from: string;
  to: string;
  points: number;
}

function history(kind: TargetKind, id: number, query: Range, signal: AbortSignal) {
  const answer =
    kind === "devices"
      ? api.GET("/api/v1/devices/{device_id}/history", {
          params: { path: { device_id: id }, query },
          signal,
        })
      : api.GET("/api/v1/links/{link_id}/history", {
          params: { path: { link_id: id }, query },
          signal,
        });
  return body(answer) as Promise<History>;
}

/** Changes of state of a device or link, newest first. */
export const useTargetEvents = (kind: TargetKind, id: number) =>
  useQuery({
    queryKey: [kind, "events", id],
    queryFn: ({ signal }) => {
      const query = { limit: 50 };
      const answer =
        kind === "devices"
          ? api.GET("/api/v1/devices/{device_id}/events", {
              params: { path: { device_id: id }, query },
              signal,
            })
          : api.GET("/api/v1/links/{link_id}/events", {
              params: { path: { link_id: id }, query },
              signal,
            });
      return body(answer) as Promise<Page<StatusEvent>>;
    },
  });
