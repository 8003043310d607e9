import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import { describe, expect, test } from "vitest";
import en from "./messages/en.json";
import ka from "./messages/ka.json";

const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1]))].sort();

const sources = (readdirSync("src", { recursive: true }) as string[])
  .filter((name) => /\.tsx?$/.test(name) && !name.includes(".test."))
  .map((name) => readFileSync(join("src", name), "utf8"))
  .join("\n");

/** A key is used by its name, or by how it begins: `status.${status}`. */
const used = (key: string) =>
  sources.includes(`"${key}"`) ||
  key
    .split(".")
    .slice(0, -1)
    .some((_, index, parts) => sources.includes(`\`${parts.slice(0, index + 1).join(".")}.\${`));

describe("catalogues", () => {
  test("have the same keys", () => {
    expect(Object.keys(ka).sort()).toEqual(Object.keys(en).sort());
  });

  test.each(Object.keys(en))("%s takes the same values in both languages", (key) => {
    const georgian = (ka as Record<string, string>)[key] ?? "";
    expect(placeholders(georgian)).toEqual(placeholders(en[key as keyof typeof en]));
    expect(georgian.trim()).not.toBe("");
    expect(() => compileMessage(georgian)).not.toThrow();
  });

  test("hold nothing that no page says", () => {
    expect(Object.keys(en).filter((key) => !used(key))).toEqual([]);
  });
});
