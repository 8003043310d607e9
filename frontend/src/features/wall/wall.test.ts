import { describe, expect, test } from "vitest";
import { patchWall } from "@/api/patch";
import type { Status, TargetChange, Wall } from "@/api/types";
import { Recoveries } from "./glow";
import { hit, layOut, neighbour } from "./layout";
import { blocksOf, byTrouble, largestPart, visible } from "./model";

function wallOf(count: number, status: (at: number) => Status = () => "up"): Wall {
  const all = Array.from({ length: count }, (_, at) => at);
  return {
    generated_at: "2026-01-01T00:00:00Z",
    cursor: "0",
    regions: [
      { id: 1, name: "West" },
      { id: 2, name: "East" },
    ],
    branches: Array.from({ length: 128 }, (_, n) => ({
      id: n + 1,
      name: `Branch ${n + 1}`,
      region_id: (n % 2) + 1,
    })),
    devices: {
      id: all.map((at) => at + 1000),
      name: all.map((at) => `device ${at}`),
      ip: all.map((at) => `127.0.0.${at}`),
      type: all.map(() => "router"),
      branch_id: all.map((at) => (at % 128) + 1),
      status: all.map(status),
      status_since: all.map((at) => at),
      down_since: all.map((at) => (status(at) === "down" ? at : null)),
      last_checked_at: all.map(() => 1),
      rtt_ms: all.map(() => 1),
    },
  };
}

const change = (id: number, status: Status): TargetChange => ({
  id,
  kind: "device",
  name: "",
  branch_id: 1,
  status,
  since: "2026-01-01T00:00:10Z",
  down_since: null,
  reason: "",
  flapping: false,
  rtt_ms: null,
});

describe("layout", () => {
  const wall = wallOf(900);
  const layout = layOut(blocksOf(wall, visible(wall, {}), "–"), 1200, 700);

  test("shows every device once, inside of the frame", () => {
    expect(new Set(layout.cells.map(({ at }) => at)).size).toBe(900);
    expect(layout.height).toBeLessThanOrEqual(700);
    expect(Math.max(...layout.cells.map(({ x }) => x + layout.cell))).toBeLessThanOrEqual(1200);
  });

  test("no two devices share a place", () => {
    expect(new Set(layout.cells.map(({ x, y }) => `${x} ${y}`)).size).toBe(900);
  });

  test("a device is found at its place", () => {
    const cell = layout.cells[123];
    expect(cell && hit(layout, cell.x + 1, cell.y + 1)).toBe(123);
  });

  test("arrows go to the nearest device in their direction", () => {
    const right = layout.cells[neighbour(layout, 0, "ArrowRight")];
    const first = layout.cells[0];
    expect(right?.y).toBe(first?.y);
    expect(right?.x).toBeGreaterThan(first?.x ?? 0);
  });

  test("takes 10,000 devices and scrolls when they do not fit", () => {
    const large = wallOf(10_000);
    const placed = layOut(blocksOf(large, visible(large, {}), "–"), 800, 300);
    expect(placed.cells).toHaveLength(10_000);
    expect(placed.height).toBeGreaterThan(300);
  });
});

test("a frame without a width holds nothing yet", () => {
  const wall = wallOf(9);
  expect(layOut(blocksOf(wall, visible(wall, {}), "–"), 0, 0).cells).toEqual([]);
});

test("a length of time is told in its largest unit where there is little room", () => {
  expect([0, 59, 60, 7_199, 90_000].map(largestPart)).toEqual([
    [0, "s"],
    [59, "s"],
    [1, "m"],
    [1, "h"],
    [1, "d"],
  ]);
});

test("devices without a branch stand in a place of their own", () => {
  const wall = wallOf(2);
  wall.devices.branch_id[1] = null;
  const blocks = blocksOf(wall, visible(wall, {}), "Elsewhere");
  expect(blocks.at(-1)).toMatchObject({ name: "Elsewhere", branches: [{ cells: [1] }] });
});

test("filters by region and state", () => {
  const wall = wallOf(256, (at) => (at === 3 ? "down" : "up"));
  expect(visible(wall, { status: ["down"] })).toEqual([3]);
  expect(visible(wall, { region_id: "1" })).toHaveLength(128);
});

test("the worst comes first, of those the newest", () => {
  const wall = wallOf(5, (at) => (at === 1 || at === 4 ? "down" : "up"));
  expect(byTrouble(wall, visible(wall, {})).slice(0, 2)).toEqual([4, 1]);
});

test("an event changes its device and leaves the others", () => {
  const wall = wallOf(3);
  const after = patchWall(wall, new Map([[1001, change(1001, "down")]]));
  expect(after.devices.status).toEqual(["up", "down", "up"]);
  expect(wall.devices.status).toEqual(["up", "up", "up"]);
});

test("who recovers glows for five seconds, who falls is told", () => {
  const recoveries = new Recoveries();
  const down = wallOf(3, (at) => (at === 1 ? "down" : "up"));
  recoveries.take(down, 0);
  const up = wallOf(3);
  expect(recoveries.take(up, 1000)).toEqual([]);
  expect(recoveries.glowing(up, 3500).get(1)).toBeCloseTo(0.5);
  expect(recoveries.glowing(up, 6001).size).toBe(0);
  expect(recoveries.take(down, 7000)).toEqual([1001]);
});
