import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

// What a browser has to load before a first page shows: scripts, styles and words.
const LIMIT_KB = 200;
const ENTRY = ["index.html", "virtual:messages/en"];
const FIRST_PAGES = {
  overview: ["src/app/shell.tsx", "src/features/overview/page.tsx"],
  wall: ["src/app/shell.tsx", "src/features/wall/page.tsx"],
  incidents: ["src/app/shell.tsx", "src/features/incidents/page.tsx"],
  devices: ["src/app/shell.tsx", "src/features/devices/page.tsx"],
  login: ["src/features/login/page.tsx"],
};
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

function keyOf(name) {
  const key = Object.keys(manifest).find((one) => one === name || one.endsWith(name));
  if (!key) {
    throw new Error(`bundle check: ${name} is not a chunk of its own`);
  }
  return key;
}

const size = (file) => gzipSync(readFileSync(`dist/${file}`)).length / 1000;
let tooLarge = false;
for (const [page, parts] of Object.entries(FIRST_PAGES)) {
  const files = new Set([...ENTRY, ...parts].flatMap((part) => filesOf(keyOf(part))));
  const total = [...files].reduce((sum, file) => sum + size(file), 0);
  tooLarge ||= total > LIMIT_KB;
  console.log(`${page.padEnd(10)} ${total.toFixed(1).padStart(6)} kB gzip of ${LIMIT_KB}`);
}
if (tooLarge) {
  console.error(`bundle check: a first page is larger than ${LIMIT_KB} kB gzip`);
  process.exit(1);
}
