import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Wall } from "@/api/types";
import { BranchTable } from "./branch-table";
import type { RegionBlock } from "./model";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test("tells each branch in words, after the map and a slice at a time", () => {
  const branches = Array.from({ length: 250 }, (_, n) => ({ id: n, name: `B${n}`, cells: [n] }));
  const blocks: RegionBlock[] = [{ id: 1, name: "West", branches }];
  const wall = { devices: { status: branches.map(() => "up") } } as unknown as Wall;
  render(<BranchTable wall={wall} blocks={blocks} />);
  expect(screen.getAllByRole("row")).toHaveLength(1);
  act(() => void vi.runOnlyPendingTimers());
  expect(screen.getAllByRole("row")).toHaveLength(101);
  act(() => void vi.runOnlyPendingTimers());
  act(() => void vi.runOnlyPendingTimers());
  expect(screen.getAllByRole("row")).toHaveLength(251);
  expect(screen.getByRole("row", { name: "West B249 status.up 1" })).toBeDefined();
});
