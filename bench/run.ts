/**
 * `npm run bench -- [--mix all] [--events 1000000] [--rounds 3] [--only "bucket tree"]`: trailhound and
 * the installed peers side by side on generated logs.
 */

import { availableParallelism, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { runChains } from "./chains.ts";
import { runCheck } from "./check.ts";
import { contest } from "./contest.ts";
import { dataFolder, dataset, usualSeed } from "./dataset.ts";
import { type MixName, mixes, mixNames } from "./generator/mix.ts";
import { goals } from "./goals.ts";
import { type Command, measure } from "./measure.ts";
import { mainPrograms, programs } from "./programs/index.ts";
import type { Input, Program } from "./programs/program.ts";
import { trailhound, trailhoundWith } from "./programs/trailhound.ts";
import { mainQuestions, type Question, questionNames, questions } from "./questions.ts";
import { figureLines, goalTable, type MixResults, resultTable } from "./report.ts";
import { type CaseResults, type Round, summed } from "./results.ts";
import { runVerify } from "./verify.ts";

const { values } = parseArgs({
  options: {
    mix: { type: "string", default: "5" },
    events: { type: "string" },
    rounds: { type: "string" },
    only: { type: "string", default: "" },
  },
});

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

interface Plan {
  readonly mixes: readonly MixName[];
  readonly events: number;
  readonly rounds: number;
  readonly questions: readonly Question[];
  readonly programs: readonly Program[];
}

/** All mixes get what the goals need; one by itself gets everything. */
function planned(): Plan {
  const all = values.mix === "all";
  const chosen = mixNames.filter((name) => all || name === values.mix);
  if (chosen.length === 0)
    throw new Error(`no mix ${values.mix}; there are ${mixNames.join(", ")}, all`);
  return {
    mixes: chosen,
    events: Number(values.events ?? (all ? 300_000 : 1_000_000)),
    rounds: Number(values.rounds ?? (all ? 2 : 3)),
    questions: all ? mainQuestions : questionNames,
    programs: all ? mainPrograms : programs,
  };
}

const plan = planned();

async function runMix(mix: MixName, installed: readonly Program[]): Promise<MixResults> {
  const { events, rounds } = plan;
  note(`mix ${mix}: making logs, unless they are there`);
  const { folder, tree, ndjson, truth } = await dataset(dataFolder(`mix-${mix}-${events}`), {
    events,
    seed: usualSeed,
    mix: mixes[mix],
  });
  say(
    `- mix ${mix}: ${truth.events} events, ${truth.issuing} of them issuing credentials; ${truth.files} files; ${(truth.bytes / 1e6).toFixed(0)} MB of JSON`,
  );
  const inputs: readonly Input[] = [
    { shape: "tree", path: tree, folder, truth },
    { shape: "ndjson", path: ndjson, folder, truth },
  ];
  const cases: CaseResults[] = [];
  for (const question of plan.questions) {
    for (const input of inputs) {
      if (!asked(question, input.shape)) continue;
      cases.push(
        await contest(question, input, installed, rounds, (text) => note(`mix ${mix}, ${text}`)),
      );
    }
  }
  if (asked("chains", "tree")) {
    note(`mix ${mix}, chains, tree`);
    cases.push(await runChains({ shape: "tree", path: tree, folder, truth }, rounds));
  }
  if (asked("verify", "tree")) {
    note(`mix ${mix}, verify, tree`);
    cases.push(await runVerify({ shape: "tree", path: tree, folder, truth }, rounds));
  }
  for (const input of inputs) {
    if (!asked("check", input.shape)) continue;
    note(`mix ${mix}, check, ${input.shape}`);
    cases.push(await runCheck(input, rounds));
  }
  if (asked("start", "none")) cases.push(await runStart());
  return { mix, cases };
}

function asked(question: string, shape: string): boolean {
  return `${question} ${shape}`.includes(values.only);
}

/** Start-up is short, so it gets more rounds. */
async function runStart(): Promise<CaseResults> {
  const commands: readonly (readonly [string, Command])[] = [
    ["trailhound", trailhoundWith("--version")],
    ["node", { file: process.execPath, arguments: ["-e", "0"] }],
  ];
  const runs = new Map<string, Round[]>();
  for (let round = 0; round < 7 * plan.rounds; round++) {
    for (const [name, command] of commands) {
      const measured = await measure(command);
      if (measured.status !== 0) throw new Error(`${name} does not start: ${measured.stderr}`);
      runs.set(name, [...(runs.get(name) ?? []), { measured, figures: {} }]);
    }
  }
  return {
    question: "start",
    shape: "none",
    results: [...runs].map(([name, own]) => summed(name, own)),
    wrong: [],
  };
}

const started = performance.now();
say(
  `${plan.rounds} rounds; load average ${loadavg()[0]?.toFixed(1)} at the start, on ${availableParallelism()} CPUs.\n`,
);
const installed = plan.programs.filter((program) => {
  const version = program.version();
  say(`- ${program.name}: ${version ?? "not installed, skipped"}`);
  return version !== undefined;
});
if (!installed.includes(trailhound)) throw new Error("trailhound itself does not run");
for (const name of plan.questions) say(`- question "${name}": ${questions[name]}`);
say('- "chains": questions about sessions, to an index with all of them linked');

const all: MixResults[] = [];
for (const mix of plan.mixes) all.push(await runMix(mix, installed));
say(`\n${goalTable(goals, all)}\n\n${resultTable(all)}\n\n${figureLines(all)}`);
say(`\n${((performance.now() - started) / 60_000).toFixed(1)} minutes.`);
