import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

// The server hands out the packed form that lies beside a file; fonts are packed already.
const PACKED = /\.(js|css|html|svg)$/;
const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };

for (const entry of readdirSync("dist", { recursive: true, withFileTypes: true })) {
  if (entry.isFile() && PACKED.test(entry.name)) {
    const path = join(entry.parentPath, entry.name);
    const body = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(body, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(body, options));
  }
}
