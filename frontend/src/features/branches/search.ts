import { textOf } from "@/app/search";

export interface BranchSearch {
  q?: string | undefined;
  region_id?: string | undefined;
  sort?: string | undefined;
}

export const branchSearch = (search: Record<string, unknown>): BranchSearch => ({
  q: textOf(search.q),
  region_id: textOf(search.region_id),
  sort: textOf(search.sort),
});
