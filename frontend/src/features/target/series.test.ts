import { expect, test } from "vitest";
import { near, seriesOf } from "./series";

const point = (second: number, lost = 0) => ({
  t: new Date(second * 1000).toISOString(),
  sent: 4,
  lost,
  rtt_min_ms: 1,
  rtt_avg_ms: 2,
  rtt_max_ms: 3,
  jitter_ms: 0,
});

test("a gap in the points stays a gap, loss is per cent of what was sent", () => {
  const history = {
    from: "",
    to: "",
    resolution_s: 10,
    intervals: [],
    points: [point(0), point(10, 1), point(60)],
  };
  const { rtt, loss } = seriesOf(history);
  expect(rtt[0]).toEqual([0, 10, 20, 60]);
  expect(rtt[2]).toEqual([2, 2, null, 2]);
  expect(loss[1]).toEqual([0, 25, null, 0]);
});

test("within a gap the cursor has no point", () => {
  expect(near([0, 10, 60], 1, 14, 10)).toBe(1);
  expect(near([0, 10, 60], 1, 30, 10)).toBeNull();
  expect(near([], 0, 30, 10)).toBeNull();
});
