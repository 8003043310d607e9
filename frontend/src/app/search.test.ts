import { expect, test } from "vitest";
import { listOf, parseSearch, stringifySearch } from "./search";

test("an address survives being read and written", () => {
  const text = "?status=down&status=stale&q=atm+1";
  expect(stringifySearch(parseSearch(text))).toBe(text);
});

test("what filters nothing is left out of the address", () => {
  expect(stringifySearch({ q: "", status: [], sort: undefined })).toBe("");
});

test("unknown words in the address are passed over", () => {
  expect(listOf(["down", "nonsense"], ["up", "down"])).toEqual(["down"]);
  expect(listOf("nonsense", ["up", "down"])).toBeUndefined();
});
