import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Query } from "./http";
import { get } from "./http";
import { keys } from "./keys";
import type { Branch, Device, Link, Page } from "./types";

const ALL = { limit: 1000 };

export const useBranches = (query: Query) =>
  useQuery({
    queryKey: [...keys.branches, "list", query],
    queryFn: ({ signal }) => get<Page<Branch>>("/branches", { ...ALL, ...query }, signal),
    placeholderData: keepPreviousData,
  });

export const useBranch = (id: number) =>
  useQuery({
    queryKey: [...keys.branches, "one", id],
    queryFn: ({ signal }) => get<Branch>(`/branches/${id}`, {}, signal),
  });

export const useBranchDevices = (id: number) =>
  useQuery({
    queryKey: [...keys.devices, "page", { branch_id: id }],
    queryFn: ({ signal }) =>
      get<Page<Device>>("/devices", { branch_id: id, sort: "status,name", ...ALL }, signal),
  });

export const useLinks = (query: Query) =>
  useQuery({
    queryKey: [...keys.links, "page", query],
    queryFn: ({ signal }) => get<Page<Link>>("/links", { ...ALL, ...query }, signal),
    placeholderData: keepPreviousData,
  });

export const useLink = (id: number) =>
  useQuery({
    queryKey: [...keys.links, "one", id],
    queryFn: ({ signal }) => get<Link>(`/links/${id}`, {}, signal),
  });
