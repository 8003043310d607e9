import { useQuery } from "@tanstack/react-query";
import { api, asked, body } from "./client";
import { PAGE, REFRESH_MS } from "./devices";
import { keys } from "./keys";
import type {
  Branch,
  BranchQuery,
  LinkQuery,
  Named,
  Page,
  PlaceQuery,
  Profile,
  Provider,
  Region,
  Site,
} from "./types";

const MOST = 1000;
interface Asking {
  signal: AbortSignal;
}
const part = <Query extends object>(query: Query, page: number) =>
  asked({ ...query, skip: page * PAGE, limit: PAGE });

export const branchPage = (query: BranchQuery, page: number) => ({
  queryKey: [...keys.branches, "list", query, page],
  queryFn: ({ signal }: Asking) => {
    const params = { query: part(query, page) };
    return body(api.GET("/api/v1/branches", { params, signal })) as Promise<Page<Branch>>;
  },
});

/** One page of the links; asked for again at times, unless it is held still. */
export const linkPage = (query: LinkQuery, page: number, held = false) => ({
  queryKey: [...keys.links, "page", query, page],
  queryFn: ({ signal }: Asking) =>
    body(api.GET("/api/v1/links", { params: { query: part(query, page) }, signal })),
  refetchInterval: held ? (false as const) : REFRESH_MS,
});

interface Lists {
  regions: Region;
  providers: Provider;
  profiles: Profile;
  sites: Site;
}

/** One page of a list that takes no more than a text to filter by. */
export const placePage = <Kind extends keyof Lists>(
  kind: Kind,
  query: PlaceQuery,
  page: number,
) => ({
  queryKey: [kind, "list", query, page],
  queryFn: ({ signal }: Asking) => {
    const params = { query: part(query, page) };
    const path = `/api/v1/${kind as keyof Lists}` as const;
    return body(api.GET(path, { params, signal })) as Promise<Page<unknown>> as Promise<
      Page<Lists[Kind]>
    >;
  },
});

/** The beginning of the list of branches, for a panel of another page. */
export const useBranches = (query: BranchQuery) => useQuery(branchPage(query, 0));
/** The beginning of the list of links, for a panel of another page. */
export const useLinks = (query: LinkQuery) => useQuery(linkPage(query, 0));

export const useBranch = (id: number) =>
  useQuery({
    queryKey: [...keys.branches, "one", id],
    queryFn: ({ signal }) => {
      const params = { path: { branch_id: id } };
      return body(api.GET("/api/v1/branches/{branch_id}", { params, signal })) as Promise<Branch>;
    },
  });

export const useRegion = (id: number) =>
  useQuery({
    queryKey: ["regions", "one", id],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/regions/{region_id}", { params: { path: { region_id: id } }, signal })),
  });

export const useProvider = (id: number) =>
  useQuery({
    queryKey: ["providers", "one", id],
    queryFn: ({ signal }) => {
      const params = { path: { provider_id: id } };
      return body(api.GET("/api/v1/providers/{provider_id}", { params, signal }));
    },
  });

export const useBranchDevices = (id: number) =>
  useQuery({
    queryKey: [...keys.devices, "page", { branch_id: id }],
    queryFn: ({ signal }) => {
      const params = { query: { branch_id: id, sort: "status,name", limit: MOST } };
      return body(api.GET("/api/v1/devices", { params, signal }));
    },
  });

export const useLink = (id: number) =>
  useQuery({
    queryKey: [...keys.links, "one", id],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/links/{link_id}", { params: { path: { link_id: id } }, signal })),
    refetchInterval: REFRESH_MS,
  });

type Choosable = "branches" | "profiles" | "regions" | "providers" | "sites";

/** Names to choose from: all of them, as many pages as it takes. */
export const useChoices = (resource: Choosable) =>
  useQuery({
    queryKey: [resource, "choices"],
    queryFn: async ({ signal }): Promise<Named[]> => {
      const all: Named[] = [];
      for (let more = true; more; ) {
        const query = { skip: all.length, limit: MOST, sort: "name" };
        const page: Page<Named> = await body(
          api.GET(`/api/v1/${resource}`, { params: { query }, signal }),
        );
        all.push(...page.items.map(({ id, name }) => ({ id, name })));
        more = page.has_more;
      }
      return all;
    },
    staleTime: 60_000,
  });
