import uPlot from "uplot";
import type { History } from "@/api/types";
import { themeColour } from "@/ui/chart-colours";
import { piecesOf } from "./availability";
import { near } from "./series";

export interface PlotWords {
  zone: string;
  time: string;
  max: string;
  avg: string;
  min: string;
  loss: string;
  ms: (value: number | null) => string;
  percent: (value: number | null) => string;
}

const HEIGHT = 168;
const LOSS_HEIGHT = 112;
const BAND = new Set(["down", "unreachable", "maintenance", "paused", "unknown", "stale"]);

/** Lays what the target was behind the curves: solid when down, hatched when not observed. */
function bands(history: History) {
  const pieces = piecesOf(history).filter((piece) => BAND.has(piece.state));
  return (plot: uPlot) => {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const piece of pieces) {
      const left = bbox.left + piece.at * bbox.width;
      const width = Math.max(1, piece.share * bbox.width);
      const isDown = piece.state === "down" || piece.state === "unreachable";
      ctx.globalAlpha = isDown ? 0.16 : 0.3;
      const name =
        piece.state === "paused" ? "maintenance" : piece.state.replace("stale", "unknown");
      ctx.fillStyle = ctx.strokeStyle = themeColour(`status-${name}`);
      if (isDown) {
        ctx.fillRect(left, bbox.top, width, bbox.height);
      } else {
        hatch(ctx, { left, top: bbox.top, width, height: bbox.height });
      }
    }
    ctx.restore();
  };
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

function hatch(ctx: CanvasRenderingContext2D, { left, top, width, height }: Box): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.beginPath();
  for (let x = left - height; x < left + width; x += 8 * devicePixelRatio) {
    ctx.moveTo(x, top + height);
    ctx.lineTo(x + height, top);
  }
  ctx.lineWidth = devicePixelRatio;
  ctx.stroke();
  ctx.restore();
}

function frame(history: History, words: PlotWords, width: number, height: number) {
  const axis = {
    stroke: themeColour("muted"),
    font: '11px "Inter Variable", sans-serif',
    grid: { stroke: themeColour("line"), width: 1 },
    ticks: { show: false },
  };
  return {
    width,
    height,
    tzDate: (second: number) => uPlot.tzDate(new Date(second * 1000), words.zone),
    cursor: {
      y: false,
      sync: { key: "history" },
      drag: { x: false, y: false },
      points: { size: 6 },
      dataIdx: (plot: uPlot, _: number, closest: number, second: number) =>
        near(plot.data[0], closest, second, history.resolution_s),
    },
    scales: {
      x: {
        time: true,
        range: (): [number, number] => [
          Date.parse(history.from) / 1000,
          Date.parse(history.to) / 1000,
        ],
      },
    },
    hooks: { drawClear: [bands(history)] },
    axis,
  };
}

// Two lines of ticks: the clock, and the date where it changes.
const X_AXIS_PX = 34;
const CLOCK = "{DD}.{MM}.{YYYY} {HH}:{mm}:{ss}";
/** Twenty-four hours, days before months: every level of zoom as [step, format, …]. */
const TICKS: uPlot.Axis["values"] = [
  [86_400 * 28, "{DD}.{MM}.{YY}", null, null, null, null, null, null, 1],
  [86_400, "{DD}.{MM}", null, null, null, null, null, null, 1],
  [60, "{HH}:{mm}", "\n{DD}.{MM}", null, "\n{DD}.{MM}", null, null, null, 1],
  [1, "{HH}:{mm}:{ss}", null, null, null, null, null, null, 1],
];

/** Round-trip time: the average as a line within the band of least and greatest. */
export function rttPlot(history: History, words: PlotWords) {
  return (width: number): uPlot.Options => {
    const { axis, ...rest } = frame(history, words, width, HEIGHT);
    const accent = themeColour("accent");
    const value = (_: uPlot, raw: number | null) => words.ms(raw);
    const edge = { stroke: "transparent", points: { show: false }, value };
    return {
      ...rest,
      scales: {
        ...rest.scales,
        y: { range: (_, __, most) => [0, Math.max(1, (most ?? 1) * 1.1)] },
      },
      series: [
        { label: words.time, value: CLOCK },
        { ...edge, label: words.max },
        { label: words.avg, stroke: accent, width: 1.5, points: { show: false }, value },
        { ...edge, label: words.min },
      ],
      bands: [{ series: [1, 3], fill: `color-mix(in srgb, ${accent} 18%, transparent)` }],
      axes: [
        { ...axis, size: X_AXIS_PX, values: TICKS },
        { ...axis, size: 56, values: (_, ticks) => ticks.map((tick) => words.ms(tick)) },
      ],
    };
  };
}

/** Loss as bars, always on a scale of 0 to 100 %. */
export function lossPlot(history: History, words: PlotWords) {
  return (width: number): uPlot.Options => {
    const { axis, ...rest } = frame(history, words, width, LOSS_HEIGHT);
    const down = themeColour("status-down");
    const bars = uPlot.paths.bars?.({ size: [0.9, 8] });
    return {
      ...rest,
      scales: { ...rest.scales, y: { range: [0, 100] } },
      series: [
        { label: words.time, value: CLOCK },
        {
          label: words.loss,
          stroke: down,
          fill: down,
          points: { show: false },
          value: (_, raw) => words.percent(raw),
          ...(bars ? { paths: bars } : {}),
        },
      ],
      axes: [
        { ...axis, size: X_AXIS_PX, values: TICKS },
        {
          ...axis,
          size: 56,
          splits: [0, 50, 100],
          values: (_, ticks) => ticks.map((tick) => words.percent(tick)),
        },
      ],
    };
  };
}
