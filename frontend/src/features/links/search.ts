import type { LinkQuery, Status } from "@/api/types";
import { STATUSES } from "@/api/types";
import { idOf, listOf, textOf } from "@/app/search";

export interface LinkSearch {
  q?: string | undefined;
  status?: Status[] | undefined;
  provider_id?: string | undefined;
  branch_id?: string | undefined;
  region_id?: string | undefined;
  role?: "primary" | "backup" | undefined;
  sort?: string | undefined;
}

export const linkSearch = (search: Record<string, unknown>): LinkSearch => ({
  q: textOf(search.q),
  status: listOf(search.status, STATUSES),
  provider_id: textOf(search.provider_id),
  branch_id: textOf(search.branch_id),
  region_id: textOf(search.region_id),
  role: listOf(search.role, ["primary", "backup"] as const)?.[0],
  sort: textOf(search.sort),
});

/** What the server is asked for; the worst first unless sorted otherwise. */
export function linkQuery({ provider_id, branch_id, region_id, ...rest }: LinkSearch): LinkQuery {
  const ids = {
    provider_id: idOf(provider_id),
    branch_id: idOf(branch_id),
    region_id: idOf(region_id),
  };
  return { ...rest, ...ids, sort: rest.sort ?? "status,name" };
}
