/**
 * The generated logs on disk: one folder a size, made once.
 *
 * `logs/` is the S3-style tree, `logs.ndjson` the same records one a line. `truth.json` stands
 * outside the tree, where no program under test reads it.
 */

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeLogs } from "./generator/logs.ts";
import type { Truth } from "./generator/truth.ts";

export interface Dataset {
  readonly folder: string;
  readonly tree: string;
  readonly ndjson: string;
  readonly truth: Truth;
}

const dataFolder = fileURLToPath(new URL(".data/", import.meta.url));
const seed = 20240603;

/** Makes the logs unless a finished set of this size is there; the truth is written last. */
export async function dataset(events: number): Promise<Dataset> {
  const folder = join(dataFolder, `events-${events}`);
  const tree = join(folder, "logs");
  const ndjson = join(folder, "logs.ndjson");
  const truthFile = join(folder, "truth.json");
  if (!existsSync(truthFile)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(tree, { recursive: true });
    const truth = await writeLogs({ events, seed, tree, ndjson });
    writeFileSync(truthFile, `${JSON.stringify(truth, null, 2)}\n`);
  }
  // Written by the line above, by this program or an earlier run of it.
  const truth = JSON.parse(readFileSync(truthFile, "utf8")) as Truth;
  return { folder, tree, ndjson, truth };
}
