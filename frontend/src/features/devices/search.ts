import type { DeviceFilter, DeviceType, Status } from "@/api/types";
import { DEVICE_TYPES, STATUSES } from "@/api/types";
import { idOf, listOf, textOf } from "@/app/search";
import { isAll } from "./selection";

export interface DeviceSearch {
  q?: string | undefined;
  status?: Status[] | undefined;
  type?: DeviceType[] | undefined;
  vendor?: string[] | undefined;
  region_id?: string | undefined;
  branch_id?: string | undefined;
  sort?: string | undefined;
  columns?: string[] | undefined;
  selected?: string[] | undefined;
}

export const deviceSearch = (search: Record<string, unknown>): DeviceSearch => ({
  q: textOf(search.q),
  status: listOf(search.status, STATUSES),
  type: listOf(search.type, DEVICE_TYPES),
  vendor: listOf(search.vendor),
  region_id: textOf(search.region_id),
  branch_id: textOf(search.branch_id),
  sort: textOf(search.sort),
  columns: listOf(search.columns),
  selected: listOf(search.selected),
});

const FILTERS = ["q", "status", "type", "vendor", "region_id", "branch_id"] as const;

/** A change of the search; all that match means others then, so nothing stays chosen. */
export const changed = (before: DeviceSearch, next: Partial<DeviceSearch>): DeviceSearch =>
  FILTERS.some((name) => name in next) && isAll(before.selected)
    ? { ...before, ...next, selected: undefined }
    : { ...before, ...next };

/** The part of the search that the server filters by. */
export function deviceFilter(search: DeviceSearch): DeviceFilter {
  const { q, status, type, vendor, region_id, branch_id } = search;
  return { q, status, type, vendor, region_id: idOf(region_id), branch_id: idOf(branch_id) };
}
