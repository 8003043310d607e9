import type { BranchBlock, RegionBlock } from "./model";

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
const LARGEST = 24;
const LARGEST_BARE = 16;
// Below this size of a cell, branches are not named: the pointer tells.
const NAMED_FROM = 11;
const REGION_PX = 22;
const REGION_GAP = 16;
const LEAST_REGION_PX = 150;
const ASPECT = 1.8;

/** How branches are drawn at one size of a cell. */
interface Scale {
  cell: number;
  head: number;
  gap: number;
  lineGap: number;
  leastColumns: number;
}

function scaleOf(cell: number, named: boolean): Scale {
  return {
    cell,
    head: named ? 14 : 0,
    gap: named ? 12 : Math.max(3, Math.round(cell / 2)),
    lineGap: named ? 6 : 3,
    leastColumns: named ? 5 : 1,
  };
}

/** Sizes to try, the best to look at first: with names as long as they can be read. */
const SCALES: Scale[] = [
  ...sizes(LARGEST, NAMED_FROM).map((cell) => scaleOf(cell, true)),
  ...sizes(LARGEST_BARE, SMALLEST).map((cell) => scaleOf(cell, false)),
];

function sizes(from: number, to: number): number[] {
  return Array.from({ length: from - to + 1 }, (_, index) => from - index);
}

/** The largest cells with which everything fits into the height; the smallest scroll. */
export function layOut(regions: readonly RegionBlock[], width: number, height: number): Layout {
  if (width === 0) {
    return { cell: SMALLEST, height: 0, cells: [], labels: [] };
  }
  const fits = (scale: Scale) => place(regions, width, scale, null, height) <= height;
  const scale = SCALES.find(fits) ?? scaleOf(SMALLEST, false);
  const layout: Layout = { cell: scale.cell, height: 0, cells: [], labels: [] };
  layout.height = place(regions, width, scale, layout);
  return layout;
}

/**
 * Regions on shelves, small ones beside each other; answers the height. Without a layout it only
 * measures, and no further than `limit`.
 */
function place(
  regions: readonly RegionBlock[],
  width: number,
  scale: Scale,
  into: Layout | null,
  limit = Number.POSITIVE_INFINITY,
): number {
  let x = 0;
  let top = 0;
  let shelf = 0;
  for (const region of regions) {
    if (top + shelf > limit) {
      break;
    }
    const own = Math.min(Math.max(LEAST_REGION_PX, lineWidth(region, scale)), width);
    if (x > 0 && x + own > width) {
      top += shelf + REGION_GAP;
      x = 0;
      shelf = 0;
    }
    into?.labels.push({ text: region.name, x, y: top, width: own, kind: "region" });
    const box = { x, y: top + REGION_PX, width: own };
    shelf = Math.max(shelf, placeBranches(into, region.branches, scale, box) - top);
    x += own + REGION_GAP;
  }
  return top + shelf;
}

const columnsOf = (branch: BranchBlock, scale: Scale) =>
  Math.max(scale.leastColumns, Math.ceil(Math.sqrt(branch.cells.length * ASPECT)));

const lineWidth = (region: RegionBlock, scale: Scale) =>
  region.branches.reduce((sum, one) => sum + columnsOf(one, scale) * scale.cell + scale.gap, 0);

interface Box {
  x: number;
  y: number;
  width: number;
}

/** Branches from left to right, line by line; answers where the last line ends. */
function placeBranches(
  into: Layout | null,
  branches: BranchBlock[],
  scale: Scale,
  box: Box,
): number {
  const { cell, head, gap, lineGap } = scale;
  const most = Math.max(1, Math.floor(box.width / cell));
  let x = box.x;
  let y = box.y;
  let line = 0;
  for (const branch of branches) {
    const columns = Math.min(columnsOf(branch, scale), most);
    const width = columns * cell;
    if (x > box.x && x + width > box.x + box.width) {
      x = box.x;
      y += line + lineGap;
      line = 0;
    }
    if (into && head) {
      into.labels.push({ text: branch.name, x, y, width: width + gap - 4, kind: "branch" });
    }
    into?.cells.push(
      ...branch.cells.map((at, index) => ({
        at,
        x: x + (index % columns) * cell,
        y: y + head + Math.floor(index / columns) * cell,
      })),
    );
    x += width + gap;
    line = Math.max(line, head + Math.ceil(branch.cells.length / columns) * cell);
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
