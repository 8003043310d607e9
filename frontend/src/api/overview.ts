import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { get, getHealth } from "./http";
import { keys } from "./keys";
import type { Dashboard, Found, Health, Wall } from "./types";

export const useDashboard = () =>
  useQuery({
    queryKey: keys.dashboard,
    queryFn: ({ signal }) => get<Dashboard>("/dashboard", {}, signal),
    refetchInterval: 30_000,
  });

export const useWall = () =>
  useQuery({
    queryKey: keys.wall,
    queryFn: ({ signal }) => get<Wall>("/wall", {}, signal),
    refetchInterval: 60_000,
    structuralSharing: false,
  });

export const useHealth = () =>
  useQuery({
    queryKey: keys.health,
    queryFn: ({ signal }) => getHealth<Health>(signal),
    refetchInterval: 15_000,
    retry: false,
  });

export const useSearch = (q: string) =>
  useQuery({
    queryKey: ["search", q],
    queryFn: ({ signal }) => get<Found>("/search", { q, limit: 8 }, signal),
    enabled: q.length > 0,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
