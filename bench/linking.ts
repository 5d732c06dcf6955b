/**
 * What linking sessions adds to an index, and how fast questions about chains are on it.
 *
 * The index is loaded by itself and with links, each in processes of its own, in turn; CPU and memory
 * are what these tell of themselves. The bytes that both hold on to are compared on one thread: how
 * several share the work, and so what each has to spare, differs from run to run. The questions are put to the program through `ask`, several times
 * over: the first time is that of somebody who asks once.
 */

import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { LoadFigures } from "./load-index.ts";
import { type Measured, measure } from "./measure.ts";
import type { Input } from "./programs/program.ts";
import { trailhoundFile } from "./programs/trailhound.ts";
import type { CaseResults, Result } from "./results.ts";

export const unlinked = "index without links";

export async function runLinking(input: Input, rounds: number): Promise<CaseResults> {
  const program = await bundled(join(input.folder, "programs"));
  const loads: Record<Mode, Load[]> = { plain: [], linked: [] };
  // Round 0 brings the files into the page cache.
  for (let round = 0; round <= rounds; round++) {
    for (const mode of modes) {
      const load = await loaded(program, [mode, availableParallelism(), input.path]);
      if (round > 0) loads[mode].push(load);
    }
  }
  const [plain, linked] = [least(loads.plain), least(loads.linked)];
  const held = async (mode: Mode) => (await loaded(program, [mode, 1, input.path])).held;
  const figures = {
    "calls that issued credentials": loads.linked[0]?.issues ?? 0,
    "bytes an event": ((await held("linked")) - (await held("plain"))) / input.truth.events,
    ...(await questionTimes(input, rounds)),
  };
  return {
    question: "linking",
    shape: input.shape,
    results: [
      { program: "trailhound", ...linked, figures },
      { program: unlinked, ...plain, figures: {} },
    ],
    wrong: [],
  };
}

type Mode = "plain" | "linked";
const modes: readonly Mode[] = ["plain", "linked"];

interface Load extends LoadFigures {
  readonly measured: Measured;
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

async function loaded(
  program: string,
  how: readonly [mode: Mode, threads: number, path: string],
): Promise<Load> {
  const measured = await measure({
    file: process.execPath,
    arguments: ["--expose-gc", program, ...how.map(String)],
  });
  if (measured.status !== 0) throw new Error(`loading failed: ${measured.stderr}`);
  // Written by `load-index.ts`.
  return { ...(JSON.parse(measured.stdout) as LoadFigures), measured };
}

function least(loads: readonly Load[]): Pick<Result, "wall" | "cpu" | "memory"> {
  const peaks = loads.flatMap(({ measured: { memory } }) => memory ?? []);
  return {
    wall: Math.min(...loads.map(({ measured }) => measured.wall)),
    cpu: Math.min(...loads.map(({ cpuSeconds }) => cpuSeconds)),
    memory: peaks.length === 0 ? undefined : Math.max(...peaks),
  };
}

/** The slowest question of each verb, in milliseconds. */
async function questionTimes(
  { folder, path, truth }: Input,
  rounds: number,
): Promise<Readonly<Record<string, number>>> {
  const questions = [
    `who deleted ${truth.bucket.name}`,
    `who deleted ${truth.behind.table}`,
    ...[...truth.bucket.deletions, ...truth.behind.deletions].map((id) => `trace ${id}`),
    ...truth.behind.origins.map((arn) => `trace ${arn}`),
    "stats --by identity --by-human",
  ];
  const list = join(folder, "chains.txt");
  const times = questions.map(() => ({ first: [] as number[], again: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    const repeated = Array.from({ length: repetitions }, () => questions).flat();
    writeFileSync(list, `${repeated.join("\n")}\n`);
    for (const [i, ms] of (await elapsed(list, path)).entries()) {
      const own = times[i % questions.length];
      (i < questions.length ? own?.first : own?.again)?.push(ms);
    }
  }
  const verbs = [...new Set(questions.map((question) => question.split(" ")[0] ?? ""))];
  return Object.fromEntries(
    verbs.flatMap((verb) => {
      const its = times.filter((_, i) => questions[i]?.startsWith(verb));
      const slowest = (kind: "first" | "again") =>
        Math.max(...its.map((one) => Math.min(...one[kind])));
      return [
        [`ms for ${verb}`, slowest("first")],
        [`ms for ${verb} again`, slowest("again")],
      ];
    }),
  );
}

/** Once, and then again until the code is compiled. */
const repetitions = 4;

async function elapsed(list: string, path: string): Promise<readonly number[]> {
  const { stdout, stderr, status } = await measure({
    file: process.execPath,
    arguments: [trailhoundFile, "ask", list, path, "--format", "ndjson"],
  });
  if (status !== 0) throw new Error(`the questions were not answered: ${stderr}`);
  return stdout
    .trim()
    .split("\n")
    .map((line) => {
      // As `ask` writes it.
      const { found, elapsedMs, question } = JSON.parse(line) as Answered;
      if (!found) throw new Error(`nothing was found by "${question}"`);
      return elapsedMs;
    });
}

interface Answered {
  readonly question: string;
  readonly found: boolean;
  readonly elapsedMs: number;
}
