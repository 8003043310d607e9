import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeAll, expect, test } from "vitest";
import type { Sparkline } from "@/api/sparklines";
import { speak } from "@/i18n";
import { linePath, lossPath, SparklineMark, stretches } from "./sparkline";

beforeAll(() => speak("en"));
afterEach(cleanup);

const client = new QueryClient({ defaultOptions: { queries: { queryFn: () => null } } });
const shown = (line: Sparkline) =>
  render(
    <QueryClientProvider client={client}>
      <SparklineMark line={line} />
    </QueryClientProvider>,
  );

test("a gap in the values is a gap in the line", () => {
  expect(stretches([1, 2, null, null, 3])).toEqual([
    [0, 1],
    [4, 4],
  ]);
  expect(linePath([1, 2, null, null, 3]).match(/M/g)).toHaveLength(2);
  expect(linePath([null, null])).toBe("");
});

test("only steps with loss are marked, a whole loss with the whole height", () => {
  expect(lossPath([0, null, 1])).toBe("M64.0 20v-20.0h32.0V20z");
  expect(lossPath([0.001])).toContain("v-4.0");
});

test("tells in words what it draws", () => {
  shown({ id: 1, rtt_ms: [2, null, 8], loss_ratio: [0, null, 0.25] });
  expect(screen.getByRole("img").getAttribute("aria-label")).toBe(
    "Last 24 h: round trip 2 ms to 8 ms; loss in 1 half hour, 25% at worst",
  );
});

test("says so when nothing was measured", () => {
  shown({ id: 1, rtt_ms: [null], loss_ratio: [null] });
  expect(screen.getByRole("img", { name: "Nothing measured in the last 24 h" })).toBeDefined();
});
