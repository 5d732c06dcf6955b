/**
 * What trailhound cannot save: inflating the files, done by Node alone on one thread.
 */

import { type Program, textLines } from "./program.ts";

const inflateAll = `
const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { gunzipSync } = require("node:zlib");
const root = process.argv[1];
let bytes = 0;
for (const name of readdirSync(root, { recursive: true })) {
  if (name.endsWith(".json.gz")) bytes += gunzipSync(readFileSync(join(root, name))).length;
}
console.log(bytes);
`;

export const gunzipFloor: Program = {
  name: "gunzipSync only",
  version: () => process.version,
  run(question, { shape, path, truth }) {
    if (shape !== "tree" || question === "ten") return undefined;
    // A file's envelope is 13 bytes longer than the line ends that its records have in the NDJSON.
    const bytes = truth.bytes + 13 * truth.files;
    return {
      command: { file: process.execPath, arguments: ["-e", inflateAll, path] },
      lines: textLines,
      expected: [String(bytes)],
    };
  },
};
