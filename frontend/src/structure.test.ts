import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const MOST_LINES = 150;
const files = (readdirSync("src", { recursive: true }) as string[])
  .filter((name) => /\.(tsx?|css)$/.test(name) && !name.endsWith("schema.d.ts"))
  .map((name) => ({ name, text: readFileSync(join("src", name), "utf8") }));
const shipped = files.filter(({ name }) => !name.includes(".test."));

test("components are short", () => {
  const long = shipped.filter(
    ({ name, text }) => name.endsWith(".tsx") && text.split("\n").length > MOST_LINES + 1,
  );
  expect(long.map(({ name }) => name)).toEqual([]);
});

test("colours come from the theme only", () => {
  const own = shipped.filter(
    ({ name, text }) => name !== "styles/theme.css" && /#[0-9a-f]{3,8}\b|rgba?\(|hsl\(/i.test(text),
  );
  expect(own.map(({ name }) => name)).toEqual([]);
});

test("no other host is named", () => {
  const foreign = shipped.filter(({ text }) => /https?:\/\//.test(text));
  expect(foreign.map(({ name }) => name)).toEqual([]);
});
