import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

// What a browser loads before the first page shows: the entry, what it imports at once, its styles.
const LIMIT_KB = 200;
const FIRST_PAGES = ["index.html", "src/features/overview/page.tsx", "src/features/login/page.tsx"];
const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));

function filesOf(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk || seen.has(key)) {
    return [];
  }
  seen.add(key);
  const own = [chunk.file, ...(chunk.css ?? [])];
  return [...own, ...(chunk.imports ?? []).flatMap((next) => filesOf(next, seen))];
}

const size = (file) => gzipSync(readFileSync(`dist/${file}`)).length / 1000;
const entry = filesOf("index.html");
const catalogue = Object.keys(manifest).find((key) => key.endsWith("messages/en"));
let tooLarge = false;
for (const page of FIRST_PAGES.slice(1)) {
  if (!manifest[page]) {
    throw new Error(`bundle check: ${page} is not a chunk of its own`);
  }
  const files = new Set([...entry, ...filesOf(page), ...(catalogue ? filesOf(catalogue) : [])]);
  const total = [...files].reduce((sum, file) => sum + size(file), 0);
  tooLarge ||= total > LIMIT_KB;
  console.log(`${page}: ${total.toFixed(1)} kB gzip of ${LIMIT_KB} in ${files.size} files`);
}
if (tooLarge) {
  console.error(`bundle check: a first page is larger than ${LIMIT_KB} kB gzip`);
  process.exit(1);
}
