import type { Sparkline } from "@/api/sparklines";
import { useFormat } from "@/format";
import { useT } from "@/i18n";

const WIDTH = 96;
const HEIGHT = 20;
const LEAST_LOSS_PX = 4;

type Values = readonly (number | null)[];

/** The steps that follow one another without a gap, as places from to (both included). */
export function stretches(values: Values): [number, number][] {
  const found: [number, number][] = [];
  for (const [at, value] of values.entries()) {
    const last = found.at(-1);
    if (value === null) {
      continue;
    }
    if (last && last[1] === at - 1) {
      last[1] = at;
    } else {
      found.push([at, at]);
    }
  }
  return found;
}

/** A line from zero to the largest value; a gap in the values is a gap in the line. */
export function linePath(values: Values): string {
  const step = WIDTH / values.length;
  const most = Math.max(...values.map((value) => value ?? 0)) || 1;
  const y = (at: number) => (HEIGHT - 1 - ((values[at] ?? 0) / most) * (HEIGHT - 3)).toFixed(1);
  return stretches(values)
    .map(([from, to]) => {
      const points = Array.from(
        { length: to - from + 1 },
        (_, n) => `${((from + n + 0.5) * step).toFixed(1)} ${y(from + n)}`,
      );
      // A single step would be a line without a length.
      return points.length === 1
        ? `M${(from * step).toFixed(1)} ${y(from)}h${step.toFixed(1)}`
        : `M${points.join("L")}`;
    })
    .join("");
}

/** Bars from the ground up where packets were lost, all the height where all were. */
export function lossPath(ratios: Values): string {
  const step = WIDTH / ratios.length;
  return ratios
    .map((ratio, at) => {
      const height = ratio ? Math.max(LEAST_LOSS_PX, ratio * HEIGHT) : 0;
      return height
        ? `M${(at * step).toFixed(1)} ${HEIGHT}v-${height.toFixed(1)}h${step.toFixed(1)}V${HEIGHT}z`
        : "";
    })
    .join("");
}

/** Round trips of a day as a line and loss as bars, with the same told in words. */
export function SparklineMark({ line }: { line: Sparkline }) {
  const words = useWords(line);
  return (
    <svg
      role="img"
      aria-label={words}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="block"
    >
      <title>{words}</title>
      <path d={lossPath(line.loss_ratio)} className="fill-down" />
      <path d={linePath(line.rtt_ms)} className="fill-none stroke-muted" strokeLinejoin="round" />
    </svg>
  );
}

function useWords({ rtt_ms, loss_ratio }: Sparkline): string {
  const t = useT();
  const format = useFormat();
  const known = rtt_ms.filter((value) => value !== null);
  const asked = loss_ratio.filter((value) => value !== null);
  if (asked.length === 0) {
    return t("trend.none");
  }
  const lossy = asked.filter((ratio) => ratio > 0);
  return t("trend.text", {
    low: format.ms(known.length ? Math.min(...known) : null),
    high: format.ms(known.length ? Math.max(...known) : null),
    lossy: lossy.length,
    worst: format.share(Math.max(...asked)),
  });
}
