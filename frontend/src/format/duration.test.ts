import { expect, test } from "vitest";
import type { Key } from "@/i18n";
import { duration } from ".";

const letter = (key: Key) => key.slice("unit.".length);

test.each([
  [0, "0 s"],
  [59, "59 s"],
  [60, "1 m"],
  [252, "4 m 12 s"],
  [3 * 3600 + 5 * 60 + 9, "3 h 5 m"],
  [12 * 86_400 + 4 * 3600, "12 d 4 h"],
  [-5, "0 s"],
])("%d seconds are %s", (seconds, text) => {
  expect(duration(seconds, letter)).toBe(text);
});
