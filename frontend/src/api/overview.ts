import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { address, get } from "./client";
import type { Dashboard, Found, Health, Wall } from "./types";

export function useDashboard() {
  return useQuery({
    queryKey: ["dashboard"],
    queryFn: ({ signal }) => get<Dashboard>("/dashboard", {}, signal),
    refetchInterval: 30_000,
  });
}

export function useWall() {
  return useQuery({
    queryKey: ["wall"],
    queryFn: ({ signal }) => get<Wall>("/wall", {}, signal),
    refetchInterval: 60_000,
    structuralSharing: false,
  });
}

export function useSearchEverything(q: string) {
  return useQuery({
    queryKey: ["search", q],
    queryFn: ({ signal }) => get<Found>("/search", { q, limit: 6 }, signal),
    enabled: q.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
}

/** WARD's own health; an unhealthy system answers 503 with the same body. */
export function useHealth() {
  return useQuery({
    queryKey: ["health"],
    queryFn: async ({ signal }) => {
      const answer = await fetch(address("/health"), { signal, credentials: "same-origin" });
      return (await answer.json()) as Health;
    },
    refetchInterval: 30_000,
    retry: false,
  });
}
