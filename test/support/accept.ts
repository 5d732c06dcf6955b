/**
 * `npm run accept`: takes what the built program says now as what the golden cases expect. Names the
 * cases that change; give some of them, or `screens`, as arguments to accept only those.
 */

import { rmSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { accept, expected, goldenCases, programFolder, runCase } from "./golden.ts";
import { acceptOn, screens, shownOn } from "./screens.ts";

const wanted = process.argv.slice(2);
const folder = programFolder();
for (const golden of goldenCases) {
  if (wanted.length > 0 && !wanted.some((name) => golden.name.startsWith(name))) continue;
  const outcome = await runCase(golden, folder);
  if (isDeepStrictEqual(outcome, expected(golden))) continue;
  accept(golden, outcome);
  process.stdout.write(`${golden.name}\n`);
}
if (wanted.length === 0 || wanted.includes("screens")) {
  for (const screen of screens) acceptOn(screen, await shownOn(screen, folder));
}
rmSync(folder, { recursive: true });
