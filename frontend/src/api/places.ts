import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, asked, body } from "./client";
import { REFRESH_MS } from "./devices";
import { keys } from "./keys";
import type { Branch, BranchQuery, LinkQuery, Named, Page } from "./types";

// More than any bank has branches; the lists below are shown whole.
const ALL = { limit: 1000 };

export const useBranches = (query: BranchQuery) =>
  useQuery({
    queryKey: [...keys.branches, "list", query],
    queryFn: ({ signal }) => {
      const params = { query: asked({ ...ALL, ...query }) };
      return body(api.GET("/api/v1/branches", { params, signal })) as Promise<Page<Branch>>;
    },
    placeholderData: keepPreviousData,
  });

export const useBranch = (id: number) =>
  useQuery({
    queryKey: [...keys.branches, "one", id],
    queryFn: ({ signal }) => {
      const params = { path: { branch_id: id } };
      return body(api.GET("/api/v1/branches/{branch_id}", { params, signal })) as Promise<Branch>;
    },
  });

export const useBranchDevices = (id: number) =>
  useQuery({
    queryKey: [...keys.devices, "page", { branch_id: id }],
    queryFn: ({ signal }) => {
      const params = { query: { branch_id: id, sort: "name", ...ALL } };
      return body(api.GET("/api/v1/devices", { params, signal }));
    },
  });

export const useLinks = (query: LinkQuery, held = false) =>
  useQuery({
    queryKey: [...keys.links, "page", query],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/links", { params: { query: asked({ ...ALL, ...query }) }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: held ? false : REFRESH_MS,
  });

export const useLink = (id: number) =>
  useQuery({
    queryKey: [...keys.links, "one", id],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/links/{link_id}", { params: { path: { link_id: id } }, signal })),
    refetchInterval: REFRESH_MS,
  });

type Choosable = "branches" | "profiles" | "regions" | "providers";

/** Names to choose from. */
export const useChoices = (resource: Choosable) =>
  useQuery({
    queryKey: [resource, "choices"],
    queryFn: ({ signal }): Promise<Page<Named>> =>
      body(
        api.GET(`/api/v1/${resource}`, {
          params: { query: { ...ALL, sort: "name" } },
          signal,
        }),
      ),
    staleTime: 60_000,
    select: (page) => page.items,
  });
