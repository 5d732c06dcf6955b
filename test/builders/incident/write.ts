/** `npm run incident`: writes `fixtures/logs/incident` anew, as the builders tell it. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { incident } from "./story.ts";

const folder = resolve(import.meta.dirname, "../../../fixtures/logs/incident");
rmSync(folder, { recursive: true, force: true });
for (const [path, records] of incident().files()) {
  const file = join(folder, path);
  const text = JSON.stringify({ Records: records });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, path.endsWith(".gz") ? gzipSync(text, { level: 9 }) : text);
}
