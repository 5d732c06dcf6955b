/**
 * The generated logs on disk: one folder for each mix and size, made once.
 *
 * `logs/` is the S3-style tree, `logs.ndjson` the same records one a line. `truth.json` stands
 * outside the tree, where no program under test reads it.
 */

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { writeLogs } from "./generator/logs.ts";
import type { Mix } from "./generator/mix.ts";
import type { Truth } from "./generator/truth.ts";

export interface Dataset {
  readonly folder: string;
  readonly tree: string;
  readonly ndjson: string;
  readonly truth: Truth;
}

export interface DatasetPlan {
  readonly events: number;
  readonly seed: number;
  readonly mix: Mix;
}

/** Where logs of a name are kept between runs. */
export function dataFolder(name: string): string {
  return fileURLToPath(new URL(`.data/${name}`, import.meta.url));
}

export const usualSeed = 20240603;
/** Raised with every change of what is generated, so that older logs are made anew. */
const edition = 5;

/** Makes the logs unless the folder has what the plan says; the truth is written last. */
export async function dataset(folder: string, plan: DatasetPlan): Promise<Dataset> {
  const tree = join(folder, "logs");
  const ndjson = join(folder, "logs.ndjson");
  const truthFile = join(folder, "truth.json");
  // As it comes back from the file: JSON has no Infinity.
  const made = { edition, seed: plan.seed, events: plan.events, mix: spelled(plan.mix) };
  const truth = knownTruth() ?? (await madeAnew());
  return { folder, tree, ndjson, truth };

  function knownTruth(): Truth | undefined {
    if (!existsSync(truthFile)) return undefined;
    // Written below, by this program or an earlier run of it.
    const known = JSON.parse(readFileSync(truthFile, "utf8")) as { made?: unknown; truth: Truth };
    return isDeepStrictEqual(known.made, made) ? known.truth : undefined;
  }

  async function madeAnew(): Promise<Truth> {
    for (const old of [tree, ndjson, truthFile]) rmSync(old, { recursive: true, force: true });
    mkdirSync(tree, { recursive: true });
    const truth = await writeLogs({ ...plan, tree, ndjson });
    writeFileSync(truthFile, `${JSON.stringify({ made, truth }, null, 2)}\n`);
    return truth;
  }
}

function spelled(mix: Mix): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(mix).map(([name, value]) => [name, String(value)]));
}
