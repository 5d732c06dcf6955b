/**
 * What an index with linked sessions holds on to, and how fast questions about chains are on it.
 *
 * Memory is what a process of its own tells of itself after a garbage collection, on one thread: how
 * several share the work, and so what each has to spare, differs from run to run. The questions are put
 * to the program through `ask`, each once: the time is that of somebody who asks once.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { LoadFigures } from "./load-index.ts";
import { measure } from "./measure.ts";
import type { Input } from "./programs/program.ts";
import { trailhoundWith } from "./programs/trailhound.ts";
import { type CaseResults, type Figures, type Round, summed } from "./results.ts";

export async function runChains(input: Input, rounds: number): Promise<CaseResults> {
  const { held, issues } = await loaded(input);
  // Sign-ins, which begin sessions too, are among the linked calls.
  if (issues < input.truth.issuing) {
    throw new Error(`${issues} calls that issue credentials are linked, of ${input.truth.issuing}`);
  }
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round++) measured.push(await asked(input));
  const summary = summed("trailhound", measured);
  const figures = { "bytes an event": held / input.truth.events, ...summary.figures };
  return {
    question: "chains",
    shape: input.shape,
    results: [{ ...summary, figures }],
    wrong: [],
  };
}

async function loaded({ folder, path }: Input): Promise<LoadFigures> {
  const program = await bundled(join(folder, "programs"));
  const { status, stdout, stderr } = await measure({
    file: process.execPath,
    arguments: ["--expose-gc", program, "1", path],
  });
  if (status !== 0) throw new Error(`loading failed: ${stderr}`);
  // Written by `load-index.ts`.
  return JSON.parse(stdout) as LoadFigures;
}

/** As the program itself is bundled: from its sources it would be compiled while it is measured. */
async function bundled(folder: string): Promise<string> {
  const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
  await build({
    entryPoints: {
      "load-index": source("load-index.ts"),
      worker: source("../src/engines/memory/worker.ts"),
    },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    minifySyntax: true,
    logLevel: "error",
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
  });
  return join(folder, "load-index.js");
}

/** The slowest question of each verb, in milliseconds. */
async function asked({ folder, path, truth }: Input): Promise<Round> {
  const { bucket, behind, throughRoles } = truth;
  const questions = [
    `who deleted ${bucket.name}`,
    `who deleted ${behind.table}`,
    ...[...bucket.deletions, ...behind.deletions].map((id) => `trace ${id}`),
    ...behind.origins.map((arn) => `trace ${arn}`),
    "stats --by identity --by-human",
    `search --user ${throughRoles.name}`,
  ];
  const list = join(folder, "chains.txt");
  writeFileSync(list, `${questions.join("\n")}\n`);
  const measured = await measure(trailhoundWith("ask", list, path, "--format", "ndjson"));
  if (measured.status !== 0) throw new Error(`the questions were not answered: ${measured.stderr}`);
  const slowest = new Map<string, number>();
  for (const line of measured.stdout.trim().split("\n")) {
    // As `ask` writes it.
    const { verb, found, elapsedMs, question } = JSON.parse(line) as Answered;
    if (!found) throw new Error(`nothing was found by "${question}"`);
    const name = `ms for ${verb}`;
    slowest.set(name, Math.max(slowest.get(name) ?? 0, elapsedMs));
  }
  const figures: Figures = Object.fromEntries(slowest);
  return { measured, figures };
}

interface Answered {
  readonly verb: string;
  readonly question: string;
  readonly found: boolean;
  readonly elapsedMs: number;
}
