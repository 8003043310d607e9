import type uPlot from "uplot";
import type { History } from "@/api/types";

type Column = (number | null)[];

/** Columns for the charts. Where points are missing a null row makes the gap that there was. */
export function seriesOf(history: History): { rtt: uPlot.AlignedData; loss: uPlot.AlignedData } {
  const times: number[] = [];
  const [max, avg, min, loss]: [Column, Column, Column, Column] = [[], [], [], []];
  const longest = history.resolution_s * 1.6;
  for (const point of history.points) {
    const time = Date.parse(point.t) / 1000;
    const before = times.at(-1);
    if (before !== undefined && time - before > longest) {
      times.push(before + history.resolution_s);
      for (const column of [max, avg, min, loss]) {
        column.push(null);
      }
    }
    times.push(time);
    max.push(point.rtt_max_ms);
    avg.push(point.rtt_avg_ms);
    min.push(point.rtt_min_ms);
    loss.push(point.sent > 0 ? (100 * point.lost) / point.sent : null);
  }
  return { rtt: [times, max, avg, min], loss: [times, loss] };
}

/** The point at the cursor; none within a gap, where the nearest one tells of another time. */
export function near(
  times: ArrayLike<number>,
  closest: number,
  second: number,
  resolution_s: number,
): number | null {
  const time = times[closest];
  return time !== undefined && Math.abs(time - second) <= resolution_s ? closest : null;
}
