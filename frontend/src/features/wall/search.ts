import type { Status } from "@/api/types";
import { STATUSES } from "@/api/types";
import { listOf, textOf } from "@/app/search";

export const WALL_MODES = ["grid", "cards", "list"] as const;
export type WallMode = (typeof WALL_MODES)[number];

export interface WallSearch {
  mode?: WallMode | undefined;
  region_id?: string | undefined;
  status?: Status[] | undefined;
  /** `0`: without navigation, for a screen on a wall. */
  chrome?: string | undefined;
}

export const wallSearch = (search: Record<string, unknown>): WallSearch => ({
  mode: listOf(search.mode, WALL_MODES)?.[0],
  region_id: textOf(search.region_id),
  status: listOf(search.status, STATUSES),
  chrome: textOf(search.chrome),
});
