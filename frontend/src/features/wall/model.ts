import type { Status, Wall } from "@/api/types";
import { STATUSES } from "@/api/types";
import type { WallSearch } from "./search";

/** A branch with the places of its devices in the columns of the wall. */
export interface BranchBlock {
  id: number;
  name: string;
  cells: number[];
}
export interface RegionBlock {
  id: number;
  name: string;
  branches: BranchBlock[];
}

/** Places of the devices that the search lets through. */
export function visible(wall: Wall, search: WallSearch): number[] {
  const { id, status, branch_id } = wall.devices;
  const region = new Map(wall.branches.map((branch) => [branch.id, String(branch.region_id)]));
  const places: number[] = [];
  for (let at = 0; at < id.length; at += 1) {
    const inRegion = !search.region_id || region.get(branch_id[at] ?? -1) === search.region_id;
    const inStatus = !search.status || search.status.includes(status[at] as Status);
    if (inRegion && inStatus) {
      places.push(at);
    }
  }
  return places;
}

/** Regions with their branches with their devices, in an order that never changes by itself. */
export function blocksOf(wall: Wall, places: readonly number[], elsewhere: string): RegionBlock[] {
  const cells = new Map<number, number[]>();
  for (const at of places) {
    const branch = wall.devices.branch_id[at] ?? 0;
    const list = cells.get(branch);
    if (list) {
      list.push(at);
    } else {
      cells.set(branch, [at]);
    }
  }
  const inside = new Map<number, Wall["branches"]>(wall.regions.map(({ id }) => [id, []]));
  for (const branch of wall.branches) {
    if (cells.has(branch.id)) {
      inside.get(branch.region_id)?.push(branch);
    }
  }
  const regions = wall.regions.map(({ id, name }) => ({
    id,
    name,
    branches: (inside.get(id) ?? []).map((branch) => ({
      id: branch.id,
      name: branch.name,
      cells: cells.get(branch.id) ?? [],
    })),
  }));
  const homeless = cells.get(0);
  if (homeless) {
    const branches = [{ id: 0, name: elsewhere, cells: homeless }];
    regions.push({ id: 0, name: elsewhere, branches });
  }
  return regions.filter((region) => region.branches.length > 0);
}

/** Worst first, of those the newest first, of those by name. */
export function byTrouble(wall: Wall, places: readonly number[]): number[] {
  const { status, status_since, down_since, name } = wall.devices;
  const rank = places.map((at) => STATUSES.indexOf(status[at] as Status));
  const since = (at: number) => down_since[at] ?? status_since[at] ?? 0;
  return places
    .map((at, index) => ({ at, rank: rank[index] ?? 0 }))
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        (a.rank === STATUSES.length - 1 ? 0 : since(b.at) - since(a.at)) ||
        (name[a.at] ?? "").localeCompare(name[b.at] ?? ""),
    )
    .map(({ at }) => at);
}

export function countsOf(wall: Wall): Record<Status, number> {
  const counts = Object.fromEntries(STATUSES.map((status) => [status, 0]));
  for (const status of wall.devices.status) {
    counts[status] = (counts[status] ?? 0) + 1;
  }
  return counts as Record<Status, number>;
}

const UNITS = [
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
  ["s", 1],
] as const;

/** A length of time in its largest unit alone, for where there is little room. */
export function largestPart(seconds: number): [number, (typeof UNITS)[number][0]] {
  const whole = Math.max(0, Math.floor(seconds));
  const [unit, length] = UNITS.find(([, one]) => whole >= one) ?? ["s", 1];
  return [Math.floor(whole / length), unit];
}
