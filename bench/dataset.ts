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
/** Raised with every change of what is generated, so that older logs are made anew. */
const edition = 2;

/** Makes the logs unless a finished set of this size is there; the truth is written last. */
export async function dataset(events: number): Promise<Dataset> {
  const folder = join(dataFolder, `events-${events}`);
  const tree = join(folder, "logs");
  const ndjson = join(folder, "logs.ndjson");
  const truthFile = join(folder, "truth.json");
  const truth = knownTruth(truthFile) ?? (await madeAnew());
  return { folder, tree, ndjson, truth };

  async function madeAnew(): Promise<Truth> {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(tree, { recursive: true });
    const made = await writeLogs({ events, seed, tree, ndjson });
    writeFileSync(truthFile, `${JSON.stringify({ edition, ...made }, null, 2)}\n`);
    return made;
  }
}

/** Undefined unless this edition wrote it. */
function knownTruth(file: string): Truth | undefined {
  if (!existsSync(file)) return undefined;
  // Written above, by this program or an earlier run of it.
  const truth = JSON.parse(readFileSync(file, "utf8")) as Truth & { readonly edition?: number };
  return truth.edition === edition ? truth : undefined;
}
