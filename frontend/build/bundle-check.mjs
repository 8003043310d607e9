// Packs every file for the server and fails when the first page needs too much JavaScript.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const DIST = new URL("../dist/", import.meta.url).pathname;
const FIRST_PAGE_LIMIT = 200 * 1000;
const PACKED = /\.(js|css|html|svg|json)$/;

const manifest = JSON.parse(readFileSync(join(DIST, ".vite/manifest.json"), "utf8"));
const sizeOf = (file) => gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length;

function withImports(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) withImports(next, seen);
  return seen;
}

/** What a browser loads for the entry, one language and one page. */
function firstPage(page) {
  const keys = new Set([
    ...withImports("index.html"),
    ...withImports("src/i18n/en.json"),
    ...withImports(page),
  ]);
  const files = new Set([...keys].map((key) => manifest[key].file));
  return [...files].filter((file) => file.endsWith(".js")).reduce((sum, f) => sum + sizeOf(f), 0);
}

const pages = Object.keys(manifest).filter((key) => /features\/.*\/page\.tsx$/.test(key));
let failed = false;
for (const page of pages.sort()) {
  const size = firstPage(page);
  failed ||= size > FIRST_PAGE_LIMIT;
  console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${page.replace("src/features/", "")}`);
}
for (const entry of readdirSync(DIST, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !PACKED.test(entry.name)) continue;
  const path = join(entry.parentPath, entry.name);
  const body = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }));
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  writeFileSync(`${path}.br`, brotliCompressSync(body, quality));
}
if (failed) {
  console.error(`A first page is larger than ${FIRST_PAGE_LIMIT / 1000} kB of gzip JavaScript.`);
  process.exit(1);
}
