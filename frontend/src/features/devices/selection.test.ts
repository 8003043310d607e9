import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Device } from "@/api/types";
import { changesOf } from "./bulk-fields";
import { changed } from "./search";
import { MOST, toggled, useSelection } from "./selection";

afterEach(cleanup);

const row = (id: number) => ({ id }) as Device;
// The id of a row is its place and a thousand.
const idsOf = async (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, step) => 1000 + from + step);

function selectionOf(selected: string[] | undefined, total = 2000) {
  const onChange = vi.fn<(next: string[] | undefined) => void>();
  const rows = { total, idsOf };
  const { result } = renderHook(() => useSelection(selected, rows, onChange));
  return { result, onChange };
}

test("a click adds a stretch, or takes it away when its last row is chosen", () => {
  expect(toggled([1], 3, [2, 3])).toEqual([1, 2, 3]);
  expect(toggled([1, 2, 3], 3, [2, 3])).toEqual([1]);
  expect(toggled([1, 2], 3, [2, 3])).toEqual([1, 2, 3]);
});

test("a stretch reaches over rows that were never drawn", async () => {
  const { result, onChange } = selectionOf(undefined);
  await act(() => result.current.table.onSelect(row(1300), 300, false));
  expect(onChange).toHaveBeenLastCalledWith(["1300"]);
  await act(() => result.current.table.onSelect(row(1002), 2, true));
  expect(onChange.mock.lastCall?.[0]).toHaveLength(299);
});

test("no more ids are kept than an address can hold", async () => {
  const { result, onChange } = selectionOf(undefined);
  await act(() => result.current.table.onSelect(row(1000), 0, false));
  await act(() => result.current.table.onSelect(row(2999), 1999, true));
  expect(onChange.mock.lastCall?.[0]).toHaveLength(MOST);
});

test("all that match are sent as the filter, with their number", () => {
  const { result } = selectionOf(["all"], 73);
  expect(result.current.count).toBe(73);
  expect(result.current.table.isSelected(row(5))).toBe(true);
  expect(result.current.chosen({ q: "atm" })).toEqual({ filter: { q: "atm" }, expected: 73 });
});

test("a click on one of all leaves none, rather than others than were meant", async () => {
  const { result, onChange } = selectionOf(["all"]);
  await act(() => result.current.table.onSelect(row(1001), 1, false));
  expect(onChange).toHaveBeenCalledWith(undefined);
});

test("another filter ends the choice of all, not that of single rows", () => {
  expect(changed({ selected: ["all"] }, { q: "x" })).toEqual({ q: "x", selected: undefined });
  expect(changed({ selected: ["all"] }, { sort: "name" }).selected).toEqual(["all"]);
  expect(changed({ selected: ["7"] }, { q: "x" }).selected).toEqual(["7"]);
});

test("only fields that were touched are changed, and a dash empties", () => {
  const form = new FormData();
  form.set("branch_id", "keep");
  form.set("profile_id", "");
  form.set("add_tags", " night, ,new ");
  form.set("remove_tags", "");
  expect(changesOf(form)).toEqual({ profile_id: null, add_tags: ["night", "new"] });
});
