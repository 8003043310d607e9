import type { Status } from "@/api/types";
import { STATUSES } from "@/api/types";
import { themeColour } from "@/ui/chart-colours";
import type { Layout } from "./layout";

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
  accent: string;
}

export function brushOf(): Brush {
  const colours = Object.fromEntries(STATUSES.map((s) => [s, themeColour(TOKEN[s])]));
  return {
    colours: colours as Record<Status, string>,
    text: themeColour("text"),
    muted: themeColour("muted"),
    accent: themeColour("accent"),
  };
}

type Context = CanvasRenderingContext2D;
type Shape = (ctx: Context, x: number, y: number, r: number) => void;

const circle: Shape = (ctx, x, y, r) => {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, Math.PI * 2);
};

/** The marks of the states, as everywhere else, around a middle with a radius. */
const SHAPES: Record<Status, Shape> = {
  up: (ctx, x, y, r) => {
    circle(ctx, x, y, r * 0.8);
    ctx.globalAlpha = 0.6;
    ctx.fill();
    ctx.globalAlpha = 1;
  },
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

export interface Picture {
  layout: Layout;
  status: readonly Status[];
  /** Place in the columns and how much of the glow is left, 1 to 0. */
  glow: ReadonlyMap<number, number>;
  focus: number;
}

/** Draws the whole wall; 10,000 cells take a few milliseconds. */
export function draw(ctx: Context, picture: Picture, brush: Brush): void {
  const { layout, status, focus } = picture;
  drawLabels(ctx, layout, brush);
  const half = layout.cell / 2;
  const radius = half * 0.78;
  ctx.lineWidth = Math.max(1, layout.cell / 9);
  const groups = new Map<Status, Layout["cells"]>(STATUSES.map((one) => [one, []]));
  for (const cell of layout.cells) {
    groups.get(status[cell.at] ?? "unknown")?.push(cell);
  }
  // Worst last, so that what grows lies above its neighbours; one colour after the other.
  for (const one of STATUSES.toReversed()) {
    ctx.fillStyle = brush.colours[one];
    ctx.strokeStyle = brush.colours[one];
    for (const cell of groups.get(one) ?? []) {
      SHAPES[one](ctx, cell.x + half, cell.y + half, radius);
    }
  }
  drawGlow(ctx, picture, brush);
  const focused = layout.cells[focus];
  if (focused) {
    ctx.strokeStyle = brush.accent;
    ctx.lineWidth = 2;
    ctx.strokeRect(focused.x - 1, focused.y - 1, layout.cell + 2, layout.cell + 2);
  }
}

function drawGlow(ctx: Context, { layout, glow }: Picture, brush: Brush) {
  if (glow.size === 0) {
    return;
  }
  ctx.strokeStyle = brush.colours.up;
  ctx.lineWidth = 2;
  for (const { at, x, y } of layout.cells) {
    const left = glow.get(at);
    if (left !== undefined) {
      const half = layout.cell / 2;
      ctx.globalAlpha = left;
      circle(ctx, x + half, y + half, half + 3 * left);
      ctx.stroke();
    }
  }
  ctx.globalAlpha = 1;
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
  return `${text.slice(0, length)}…`;
}
