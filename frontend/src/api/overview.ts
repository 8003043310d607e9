import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { api, body } from "./client";
import { keys } from "./keys";
import type { Dashboard, Found, Health, Wall } from "./types";

export const dashboardQuery = queryOptions({
  queryKey: keys.dashboard,
  queryFn: ({ signal }) => body(api.GET("/api/v1/dashboard", { signal })) as Promise<Dashboard>,
  refetchInterval: 30_000,
});
export const useDashboard = () => useQuery(dashboardQuery);

export const wallQuery = queryOptions({
  queryKey: keys.wall,
  queryFn: ({ signal }) => body(api.GET("/api/v1/wall", { signal })) as Promise<Wall>,
  refetchInterval: 30_000,
  structuralSharing: false,
});
export const useWall = () => useQuery(wallQuery);

export const useHealth = () =>
  useQuery({
    queryKey: keys.health,
    queryFn: ({ signal }) => body(api.GET("/api/v1/health", { signal })) as Promise<Health>,
    refetchInterval: 15_000,
    retry: false,
  });

export const useSearch = (q: string) =>
  useQuery({
    queryKey: ["search", q],
    queryFn: ({ signal }) => {
      const params = { query: { q, limit: 8 } };
      return body(api.GET("/api/v1/search", { params, signal })) as Promise<Found>;
    },
    enabled: q.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
