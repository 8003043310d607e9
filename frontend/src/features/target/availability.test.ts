import { expect, test } from "vitest";
import type { History, Interval } from "@/api/types";
import { availabilityOf, piecesOf } from "./availability";

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 0, minutes)).toISOString();
const interval = (state: Interval["state"], from: number, to: number | null): Interval => ({
  state,
  from: at(from),
  to: to === null ? null : at(to),
  reason: "",
});
const hour = (...intervals: Interval[]): History => ({
  from: at(0),
  to: at(60),
  resolution_s: 10,
  points: [],
  intervals,
});

test("an interval is cut to the range and one without an end lasts until its end", () => {
  const [up, down] = piecesOf(hour(interval("up", -30, 30), interval("down", 30, null)));
  expect(up).toMatchObject({ at: 0, share: 0.5 });
  expect(down).toMatchObject({ at: 0.5, share: 0.5 });
});

test("time that was not observed counts neither as up nor as down", () => {
  const seen = availabilityOf(
    hour(interval("unknown", 0, 30), interval("up", 30, 45), interval("down", 45, 60)),
  );
  expect(seen).toEqual({ ratio: 0.5, downSeconds: 900, outages: 1, observedShare: 0.5 });
});

test("nothing observed has no availability", () => {
  expect(availabilityOf(hour(interval("stale", 0, 60))).ratio).toBeNull();
});
