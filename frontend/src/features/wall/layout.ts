import type { RegionBlock } from "./model";

export interface Placed {
  /** Place of the device in the columns of the wall. */
  at: number;
  x: number;
  y: number;
}
export interface Label {
  text: string;
  x: number;
  y: number;
  width: number;
  kind: "region" | "branch";
}
export interface Layout {
  cell: number;
  height: number;
  cells: Placed[];
  labels: Label[];
}

const SMALLEST = 6;
const LARGEST = 22;
// Below this size of a cell, branches are not named: the pointer tells.
const NAMED_FROM = 9;
const REGION_PX = 22;
const BRANCH_PX = 14;
const GAP = 12;
const ASPECT = 1.8;

/** The largest cells with which everything fits into the height; the smallest scroll. */
export function layOut(regions: readonly RegionBlock[], width: number, height: number): Layout {
  for (let cell = LARGEST; cell > SMALLEST; cell -= 1) {
    const layout = place(regions, width, cell);
    if (layout.height <= height) {
      return layout;
    }
  }
  return place(regions, width, SMALLEST);
}

function place(regions: readonly RegionBlock[], width: number, cell: number): Layout {
  const layout: Layout = { cell, height: 0, cells: [], labels: [] };
  const named = cell >= NAMED_FROM;
  let y = 0;
  for (const region of regions) {
    layout.labels.push({ text: region.name, x: 0, y, width, kind: "region" });
    y = placeRegion(layout, region, { width, top: y + REGION_PX, named }) + GAP;
  }
  layout.height = Math.max(0, y - GAP);
  return layout;
}

interface Frame {
  width: number;
  top: number;
  named: boolean;
}

/** Branches from left to right, line by line; answers where the region ends. */
function placeRegion(layout: Layout, region: RegionBlock, { width, top, named }: Frame): number {
  const { cell } = layout;
  const head = named ? BRANCH_PX : 0;
  const gap = named ? GAP : cell;
  let x = 0;
  let y = top;
  let line = 0;
  for (const branch of region.branches) {
    const across = Math.max(named ? 4 : 1, Math.ceil(Math.sqrt(branch.cells.length * ASPECT)));
    const most = Math.max(1, Math.floor(width / cell));
    const columns = Math.min(across, most);
    const blockHeight = head + Math.ceil(branch.cells.length / columns) * cell;
    if (x > 0 && x + columns * cell > width) {
      x = 0;
      y += line + (named ? 6 : 3);
      line = 0;
    }
    if (named) {
      layout.labels.push({
        text: branch.name,
        x,
        y,
        width: columns * cell + gap - 4,
        kind: "branch",
      });
    }
    for (const [index, at] of branch.cells.entries()) {
      layout.cells.push({
        at,
        x: x + (index % columns) * cell,
        y: y + head + Math.floor(index / columns) * cell,
      });
    }
    x += columns * cell + gap;
    line = Math.max(line, blockHeight);
  }
  return y + line;
}

/** The index in `layout.cells` of what lies at a point, or -1. */
export function hit(layout: Layout, x: number, y: number): number {
  const { cell, cells } = layout;
  return cells.findIndex((one) => x >= one.x && x < one.x + cell && y >= one.y && y < one.y + cell);
}

const DIRECTIONS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The nearest cell in the direction of an arrow key, or the same. */
export function neighbour(layout: Layout, from: number, key: string): number {
  const [dx, dy] = DIRECTIONS[key] ?? [0, 0];
  const start = layout.cells[from];
  if (!start || (dx === 0 && dy === 0)) {
    return Math.max(0, from);
  }
  let best = from;
  let nearest = Number.POSITIVE_INFINITY;
  for (const [index, one] of layout.cells.entries()) {
    const along = (one.x - start.x) * dx + (one.y - start.y) * dy;
    const aside = Math.abs((one.x - start.x) * dy) + Math.abs((one.y - start.y) * dx);
    if (along > 0 && along + aside * 3 < nearest) {
      nearest = along + aside * 3;
      best = index;
    }
  }
  return best;
}
