import { expect, test } from "vitest";
import { valuesOf } from "./form-values";

const form = (entries: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(entries)) {
    data.set(name, value);
  }
  return valuesOf(data);
};

test("a number may have a comma, and nothing written is null", () => {
  const { number } = form({ latitude: " 41,7151 ", longitude: "" });
  expect(number("latitude")).toBe(41.7151);
  expect(number("longitude")).toBeNull();
});

test("what is no number goes as it is, so that the server refuses it", () => {
  expect(form({ cadence: "often" }).number("cadence")).toBe("often");
});

test("a choice not made is left out", () => {
  expect(form({ region_id: "" }).chosen("region_id")).toEqual({});
  expect(form({ region_id: "7" }).chosen("region_id")).toEqual({ region_id: 7 });
});
