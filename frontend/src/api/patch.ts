import type { Page, Shown, TargetChange, Wall } from "./types";

type Row = Shown & { id: number };
type Changes = ReadonlyMap<number, TargetChange>;

export function patchRow<T extends Row>(row: T, changes: Changes): T {
  const change = changes.get(row.id);
  if (!change) {
    return row;
  }
  const { status, since, down_since, reason, flapping, rtt_ms } = change;
  return {
    ...row,
    status,
    status_since: since,
    down_since,
    reason,
    flapping,
    rtt_ms,
    last_checked_at: new Date().toISOString(),
  };
}

export function patchPage<T extends Row>(page: Page<T>, changes: Changes): Page<T> {
  const touched = page.items.some((row) => changes.has(row.id));
  return touched ? { ...page, items: page.items.map((row) => patchRow(row, changes)) } : page;
}

const seconds = (time: string | null) => (time ? Date.parse(time) / 1000 : null);

export function patchWall(wall: Wall, changes: Changes): Wall {
  const devices = { ...wall.devices };
  devices.status = [...devices.status];
  devices.status_since = [...devices.status_since];
  devices.down_since = [...devices.down_since];
  devices.rtt_ms = [...devices.rtt_ms];
  for (const [index, id] of devices.id.entries()) {
    const change = changes.get(id);
    if (change?.kind === "device") {
      devices.status[index] = change.status;
      devices.status_since[index] = seconds(change.since) ?? 0;
      devices.down_since[index] = seconds(change.down_since);
      devices.rtt_ms[index] = change.rtt_ms;
    }
  }
  return { ...wall, devices };
}
