import type { Status, Wall } from "@/api/types";

export const GLOW_MS = 5000;
const ILL: ReadonlySet<Status> = new Set(["down", "unreachable"]);

/** Remembers who recovered lately, from one state of the wall to the next. */
export class Recoveries {
  private before = new Map<number, Status>();
  private readonly since = new Map<number, number>();

  /** Takes the wall as it is; tells which devices fell ill since the last time. */
  take(wall: Wall, now: number): number[] {
    const { id, status } = wall.devices;
    const fell: number[] = [];
    const next = new Map<number, Status>();
    for (const [at, one] of id.entries()) {
      const state = status[at] as Status;
      const was = this.before.get(one);
      if (was && ILL.has(was) && state === "up") {
        this.since.set(one, now);
      } else if (was && was !== "down" && state === "down") {
        fell.push(one);
      }
      next.set(one, state);
    }
    this.before = next;
    return fell;
  }

  /** By place in the columns, how much of its glow is left: 1 at once, 0 after five seconds. */
  glowing(wall: Wall, now: number): Map<number, number> {
    const left = new Map<number, number>();
    for (const [id, since] of this.since) {
      const share = 1 - (now - since) / GLOW_MS;
      if (share <= 0) {
        this.since.delete(id);
      } else {
        left.set(wall.devices.id.indexOf(id), share);
      }
    }
    return left;
  }
}
