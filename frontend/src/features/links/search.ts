import type { Status } from "@/api/types";
import { STATUSES } from "@/api/types";
import { listOf, textOf } from "@/app/search";

export interface LinkSearch {
  q?: string | undefined;
  status?: Status[] | undefined;
  provider_id?: string | undefined;
  branch_id?: string | undefined;
  role?: string | undefined;
  sort?: string | undefined;
}

export const linkSearch = (search: Record<string, unknown>): LinkSearch => ({
  q: textOf(search.q),
  status: listOf(search.status, STATUSES),
  provider_id: textOf(search.provider_id),
  branch_id: textOf(search.branch_id),
  role: textOf(search.role),
  sort: textOf(search.sort),
});
