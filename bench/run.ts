/**
 * `npm run bench -- [--events 1000000] [--rounds 3] [--only "bucket tree"]`: trailhound and the
 * installed peers side by side on generated logs.
 *
 * Every answer is checked against what the generator planted, before and during the measurement; a
 * program that answers wrongly gets no time. Rounds alternate between the programs, so that a busy
 * moment of the machine hits all of them.
 */

import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { dataFolder, dataset, usualSeed } from "./dataset.ts";
import { mixes } from "./generator/mix.ts";
import { goalsFor } from "./goals.ts";
import { runLinking } from "./linking.ts";
import { type Command, type Measured, measure } from "./measure.ts";
import { programs } from "./programs/index.ts";
import type { Input, Program, Run } from "./programs/program.ts";
import { trailhound, trailhoundFile } from "./programs/trailhound.ts";
import { expectedLines, type Question, questionNames, questions } from "./questions.ts";
import { figureLines, goalTable, resultTable } from "./report.ts";
import type { CaseResults, Result } from "./results.ts";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "3" },
    only: { type: "string", default: "" },
  },
});
const rounds = Number(values.rounds);

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

interface Contender {
  readonly program: Program;
  readonly run: Run;
}

async function runCase(
  question: Question,
  input: Input,
  installed: readonly Program[],
): Promise<CaseResults> {
  const right = expectedLines(question, input.truth);
  const contenders = installed.flatMap((program): Contender[] => {
    const run = program.run(question, input);
    return run === undefined ? [] : [{ program, run }];
  });
  const measured = new Map<Contender, Measured[]>(contenders.map((each) => [each, []]));
  const wrong = new Set<Contender>();
  // Round 0 checks, and brings the files into the page cache; its times are left out.
  for (let round = 0; round <= rounds; round++) {
    for (const contender of contenders) {
      if (wrong.has(contender)) continue;
      const { program, run } = contender;
      note(`${question}, ${input.shape}, round ${round}: ${program.name}`);
      const once = await measure(run.command);
      const mistake = mistakeIn(once, run, right);
      if (mistake !== undefined) {
        wrong.add(contender);
        note(`WRONG answer of ${program.name}: ${mistake}`);
      } else if (round > 0) measured.get(contender)?.push(once);
    }
  }
  return {
    question,
    shape: input.shape,
    results: contenders
      .filter((each) => !wrong.has(each))
      .map((each) => best(each.program.name, measured.get(each) ?? [], each.run.figures)),
    wrong: [...wrong].map(({ program }) => program.name),
  };
}

/** What is wrong with an answer, in a few words. */
function mistakeIn(once: Measured, run: Run, right: readonly string[]): string | undefined {
  const expected = new Set(run.expected ?? right);
  const firstError = once.stderr.split("\n")[0] ?? "";
  let given: readonly string[];
  try {
    given = run.lines(once.stdout);
  } catch (error) {
    return `unreadable (status ${once.status}, ${firstError}): ${String(error)}`;
  }
  const extra = given.filter((line) => !expected.has(line));
  const missing = [...expected].filter((line) => !given.includes(line));
  const same = given.length === expected.size && extra.length === 0 && missing.length === 0;
  if (same) return undefined;
  const sample = [
    ...missing.slice(0, 2).map((line) => `-${line}`),
    ...extra.slice(0, 2).map((line) => `+${line}`),
  ];
  return `${given.length} lines for ${expected.size} (status ${once.status}) ${sample.join(" ")} ${firstError}`;
}

function best(program: string, runs: readonly Measured[], figures?: Run["figures"]): Result {
  const peaks = runs.flatMap(({ memory }) => memory ?? []);
  const last = runs.at(-1);
  return {
    program,
    wall: Math.min(...runs.map(({ wall }) => wall)),
    cpu: Math.min(...runs.map(({ cpu }) => cpu)),
    memory: peaks.length === 0 ? undefined : Math.max(...peaks),
    figures: (last && figures?.(last.stdout)) ?? {},
  };
}

/** Start-up is short, so it gets more rounds. */
async function runStart(): Promise<CaseResults> {
  const commands: readonly (readonly [string, Command])[] = [
    ["trailhound", { file: process.execPath, arguments: [trailhoundFile, "--version"] }],
    ["node", { file: process.execPath, arguments: ["-e", "0"] }],
  ];
  const runs = new Map<string, Measured[]>();
  const wrong = new Set<string>();
  for (let round = 0; round < 7 * rounds; round++) {
    for (const [name, command] of commands) {
      const once = await measure(command);
      if (once.status !== 0) wrong.add(name);
      runs.set(name, [...(runs.get(name) ?? []), once]);
    }
  }
  const names = commands.map(([name]) => name);
  return {
    question: "start",
    shape: "none",
    results: names
      .filter((name) => !wrong.has(name))
      .map((name) => best(name, runs.get(name) ?? [])),
    wrong: [...wrong],
  };
}

const { folder, tree, ndjson, truth } = await dataset(dataFolder(`mix-5-${values.events}`), {
  events: Number(values.events),
  seed: usualSeed,
  mix: mixes["5"],
});
say(
  `${truth.events} events, ${(truth.bytes / 1e6).toFixed(0)} MB of JSON; ${rounds} rounds; load average ${loadavg()[0]?.toFixed(1)} at the start.\n`,
);
const installed = programs.filter((program) => {
  const version = program.version();
  say(`- ${program.name}: ${version ?? "not installed, skipped"}`);
  return version !== undefined;
});
for (const [name, meaning] of Object.entries(questions)) say(`- question "${name}": ${meaning}`);
say('- "linking": an index with its sessions linked, beside one without');

const cases: CaseResults[] = [];
for (const question of questionNames) {
  for (const input of [
    { shape: "tree", path: tree, folder, truth },
    { shape: "ndjson", path: ndjson, folder, truth },
  ] as const) {
    if (!`${question} ${input.shape}`.includes(values.only)) continue;
    cases.push(await runCase(question, input, installed));
  }
}
if (installed.includes(trailhound) && "linking tree".includes(values.only)) {
  note("linking, tree");
  cases.push(await runLinking({ shape: "tree", path: tree, folder, truth }, rounds));
}
if (installed.includes(trailhound) && "start none".includes(values.only)) {
  cases.push(await runStart());
}

if (truth.events !== 1_000_000) note("The goals are set for a million events, not for these.");
say(`\n${resultTable(cases)}\n\n${figureLines(cases)}\n\n${goalTable(goalsFor(cases))}`);
