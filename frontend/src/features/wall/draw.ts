import type { Status } from "@/api/types";
import { STATUSES } from "@/api/types";
import { themeColour } from "@/ui/chart-colours";
import type { Layout, Placed } from "./layout";

const TOKEN: Record<Status, string> = {
  up: "status-up",
  down: "status-down",
  unreachable: "status-unreachable",
  flapping: "status-flapping",
  unknown: "status-unknown",
  stale: "status-unknown",
  maintenance: "status-maintenance",
  paused: "status-maintenance",
};

export interface Brush {
  colours: Record<Status, string>;
  text: string;
  muted: string;
  surface: string;
}

export function brushOf(): Brush {
  const colours = Object.fromEntries(STATUSES.map((s) => [s, themeColour(TOKEN[s])]));
  return {
    colours: colours as Record<Status, string>,
    text: themeColour("text"),
    muted: themeColour("muted"),
    surface: themeColour("surface"),
  };
}

type Context = CanvasRenderingContext2D;
type Shape = (ctx: Context, x: number, y: number, r: number) => void;

const circle: Shape = (ctx, x, y, r) => {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, Math.PI * 2);
};

/** The marks of the states, as everywhere else, around a middle with a radius; up is drawn in lots. */
const SHAPES: Record<Exclude<Status, "up">, Shape> = {
  down: (ctx, x, y, r) => ctx.fillRect(x - r * 1.2, y - r * 1.2, r * 2.4, r * 2.4),
  unreachable: (ctx, x, y, r) => ctx.strokeRect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7),
  flapping: (ctx, x, y, r) => {
    ctx.beginPath();
    ctx.moveTo(x, y - r);
    ctx.lineTo(x + r, y + r * 0.85);
    ctx.lineTo(x - r, y + r * 0.85);
    ctx.fill();
  },
  unknown: (ctx, x, y, r) => dashed(ctx, x, y, r),
  stale: (ctx, x, y, r) => {
    dashed(ctx, x, y, r);
    circle(ctx, x, y, r * 0.3);
    ctx.fill();
  },
  maintenance: (ctx, x, y, r) => {
    ctx.beginPath();
    ctx.moveTo(x - r * 0.8, y + r * 0.8);
    ctx.lineTo(x + r * 0.3, y - r * 0.3);
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(x + r * 0.4, y - r * 0.4, r * 0.5, 0.1, Math.PI * 1.4);
    ctx.stroke();
  },
  paused: (ctx, x, y, r) => {
    ctx.fillRect(x - r * 0.7, y - r * 0.8, r * 0.5, r * 1.6);
    ctx.fillRect(x + r * 0.2, y - r * 0.8, r * 0.5, r * 1.6);
  },
};

function dashed(ctx: Context, x: number, y: number, r: number) {
  ctx.setLineDash([r * 0.6, r * 0.4]);
  circle(ctx, x, y, r * 0.8);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** Draws the labels and all marks; 10,000 take some 30 milliseconds. */
export function draw(ctx: Context, layout: Layout, status: readonly Status[], brush: Brush): void {
  drawLabels(ctx, layout, brush);
  const half = layout.cell / 2;
  const radius = half * 0.78;
  ctx.lineWidth = Math.max(1, layout.cell / 9);
  const groups = new Map<Status, Placed[]>(STATUSES.map((one) => [one, []]));
  for (const cell of layout.cells) {
    groups.get(status[cell.at] ?? "unknown")?.push(cell);
  }
  // Worst last, so that what grows lies above its neighbours; one colour after the other.
  for (const one of STATUSES.toReversed()) {
    ctx.fillStyle = brush.colours[one];
    ctx.strokeStyle = brush.colours[one];
    const cells = groups.get(one) ?? [];
    if (one === "up") {
      drawUp(ctx, cells, half, radius * 0.8);
    } else {
      for (const cell of cells) {
        SHAPES[one](ctx, cell.x + half, cell.y + half, radius);
      }
    }
  }
}

// One path for each circle takes twice as long, one path for all of them half as long again.
const LOT = 100;

function drawUp(ctx: Context, cells: readonly Placed[], half: number, radius: number) {
  ctx.globalAlpha = 0.6;
  for (let from = 0; from < cells.length; from += LOT) {
    ctx.beginPath();
    for (const { x, y } of cells.slice(from, from + LOT)) {
      ctx.moveTo(x + half + radius, y + half);
      ctx.arc(x + half, y + half, radius, 0, Math.PI * 2);
    }
    ctx.fill();
  }
  ctx.globalAlpha = 1;
}

/** What changes from moment to moment, above the marks. */
export interface Passing {
  /** Place in the columns and how much of the glow is left, 1 to 0. */
  glow: ReadonlyMap<number, number>;
  /** How long a device has been down, in very few letters. */
  downFor: (at: number) => string;
}

// From this size of a cell on, a down cell has room for how long it lasts.
const COUNTED_FROM = 20;

export function drawPassing(
  ctx: Context,
  layout: Layout,
  status: readonly Status[],
  passing: Passing,
  brush: Brush,
): void {
  if (layout.cell >= COUNTED_FROM) {
    drawCounters(ctx, layout, status, passing, brush);
  }
  ctx.strokeStyle = brush.colours.up;
  ctx.lineWidth = 2;
  const half = layout.cell / 2;
  for (const { at, x, y } of passing.glow.size ? layout.cells : []) {
    const left = passing.glow.get(at);
    if (left !== undefined) {
      ctx.globalAlpha = left;
      circle(ctx, x + half, y + half, half + 3 * left);
      ctx.stroke();
    }
  }
  ctx.globalAlpha = 1;
}

function drawCounters(
  ctx: Context,
  { cells, cell }: Layout,
  status: readonly Status[],
  { downFor }: Passing,
  brush: Brush,
) {
  ctx.font = `600 ${Math.round(cell * 0.42)}px ${FAMILY}`;
  ctx.fillStyle = brush.surface;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const { at, x, y } of cells) {
    if (status[at] === "down") {
      ctx.fillText(downFor(at), x + cell / 2, y + cell / 2, cell * 0.9);
    }
  }
}

const FAMILY = '"Inter Variable", "Noto Sans Georgian Variable", sans-serif';

function drawLabels(ctx: Context, layout: Layout, brush: Brush) {
  ctx.textBaseline = "top";
  for (const { text, x, y, width, kind } of layout.labels) {
    ctx.font = kind === "region" ? `600 13px ${FAMILY}` : `10px ${FAMILY}`;
    ctx.fillStyle = kind === "region" ? brush.text : brush.muted;
    ctx.fillText(fitted(ctx, text, width), x, y + (kind === "region" ? 3 : 1));
  }
}

function fitted(ctx: Context, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) {
    return text;
  }
  let length = text.length - 1;
  while (length > 1 && ctx.measureText(`${text.slice(0, length)}…`).width > width) {
    length -= 1;
  }
  return `${text.slice(0, length).trimEnd()}…`;
}
