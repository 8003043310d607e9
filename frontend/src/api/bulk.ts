import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, asked, body } from "./client";
import { keys } from "./keys";
import type { BulkChanges, BulkReport, DeviceFilter } from "./types";

/** Devices by their ids, or all that a filter matches, which must be as many as were seen. */
export type Chosen = { ids: number[] } | { filter: DeviceFilter; expected: number };

/** One thing to do with all of them; without changes they are deleted. */
export interface BulkOrder {
  chosen: Chosen;
  changes?: BulkChanges | undefined;
  /** Leaves out rows with faults, instead of doing nothing when there are any. */
  each?: boolean;
}

function send({ chosen, changes, each = false }: BulkOrder): Promise<BulkReport> {
  const which = "filter" in chosen ? { ...chosen, filter: asked(chosen.filter) } : chosen;
  const order = { ...which, mode: each ? ("each" as const) : ("all" as const), dry_run: false };
  return changes
    ? body(api.POST("/api/v1/devices/bulk/update", { body: { ...order, changes } }))
    : body(api.POST("/api/v1/devices/bulk/delete", { body: order }));
}

/** Changes or deletes many devices in one request. */
export function useBulk() {
  const client = useQueryClient();
  return useMutation({
    meta: { inForm: true },
    mutationFn: send,
    onSuccess: (report, order) =>
      report.applied
        ? client.invalidateQueries({
            queryKey: keys.devices,
            // Not the pages of what is gone.
            predicate: ({ queryKey }) => order.changes !== undefined || queryKey[1] !== "one",
          })
        : undefined,
  });
}
