import { expect, test } from "vitest";
import { nextSort } from "./columns";

test("a heading sorts up, then down, then not at all", () => {
  expect(nextSort(undefined, "name")).toBe("name");
  expect(nextSort("name", "name")).toBe("-name");
  expect(nextSort("-name", "name")).toBeUndefined();
  expect(nextSort("-ip", "name")).toBe("name");
});
