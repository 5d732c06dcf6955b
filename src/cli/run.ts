/**
 * One run of the program: from its arguments to what it writes and its exit status.
 */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Trust } from "../digests/trust.ts";
import type { GeoDatabase } from "../event/geo.ts";
import type { Answer } from "../query/answer.ts";
import type { Engine } from "../query/query.ts";
import { UserError } from "../query/user-error.ts";
import { problemLines } from "../render/coverage-text.ts";
import type { Format, Pieces, RenderOptions } from "../render/format.ts";
import { safeText } from "../render/safe-text.ts";
import { verbs } from "../verbs/index.ts";
import type { Verb, VerbDescription } from "../verbs/verb.ts";
import {
  answerOf,
  formatFor,
  isLinked,
  renderOptions,
  type Status,
  statusOf,
} from "./answering.ts";
import { answerAll, ask, readQuestions } from "./ask.ts";
import { openDatabases } from "./geo-databases.ts";
import { filesGiven, type Settings, settingsFrom } from "./options.ts";
import { ClosedPipe, type Output } from "./output.ts";
import { outsFrom, writeOuts } from "./outs.ts";
import { type Command, parse } from "./program.ts";
import { progressLine, type Screen } from "./progress.ts";
import { readTrust } from "./saved-trust.ts";
import { type Terminal, terminalOf } from "./terminal.ts";

/** All that a run knows of the world outside. */
export interface World {
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: { readonly isTTY?: boolean };
  readonly stdout: { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Screen;
  /** Where answers go, and where everything else does. */
  readonly output: Output;
  readonly errors: Output;
  /** Epoch milliseconds. */
  clock(): number;
}

/** With what was read for this run. */
interface Surroundings extends World {
  readonly geo: readonly GeoDatabase[];
  readonly trust: Trust;
}

export async function run(args: readonly string[], world: World): Promise<Status> {
  const { version, output, errors, stdin, stdout } = world;
  const width = Math.min(stdout.columns ?? 80, 100);
  const parsed = parse<Verb | VerbDescription>(args, {
    verbs: [...verbs, ask],
    takesPaths: true,
    version,
    width,
  });
  if (parsed.kind === "text") {
    await (parsed.isError ? errors : output).write(parsed.text);
    return parsed.isError ? 2 : 0;
  }
  const { verb, paths } = parsed;
  if (verb.readsLogs && paths.length === 0 && stdin.isTTY) {
    await errors.write(noLogs(parsed));
    return 2;
  }
  const files = filesGiven(parsed.values);
  const geo = await openDatabases(files.geoip);
  const settings = settingsFrom(parsed.values, world.clock());
  const trust = await readTrust(files);
  refuseIdleKeys(verb, settings, trust);
  const surroundings = { ...world, geo, trust };
  return "run" in verb
    ? answerOne({ ...parsed, verb }, settings, surroundings)
    : answerFile(parsed, settings, surroundings);
}

/** Whoever gave nothing at all wants to know what there is to give. */
function noLogs({ arguments: given, verb, help }: Command<VerbDescription>): string {
  const named = given.at(-1);
  const advice = "give files or folders, or - and a pipe";
  if (named === undefined) return `${help()}\ntrailhound: no logs are named: ${advice}\n`;
  const { name = "" } = verb.arguments?.[given.length - 1] ?? {};
  const taken = existsSync(named) ? `: it was taken for ${name}` : "";
  return `trailhound: no logs are named behind ${safeText(named)}${taken}; ${advice} (trailhound help ${verb.name})\n`;
}

/** Who gives keys believes that something is checked. */
function refuseIdleKeys(verb: VerbDescription, { verified }: Settings, trust: Trust): void {
  if (verified && trust.keys === undefined) {
    throw new UserError(
      "--verified needs --public-keys: save what aws cloudtrail list-public-keys prints",
    );
  }
  const isGiven = trust.keys !== undefined || trust.signatures.length > 0;
  if (isGiven && !verified && verb.name !== "ask" && verb.judgesFiles !== true) {
    throw new UserError(
      "--public-keys and --head-object check nothing by themselves; add --verified, or ask verify",
    );
  }
}

async function answerOne(
  command: Command<Verb>,
  settings: Settings,
  world: Surroundings,
): Promise<Status> {
  const { verb } = command;
  const format = formatFor("--format", settings.format, verb);
  const outs = await outsFrom(filesGiven(command.values).outs, verb);
  const { engine, progress } = await engineFor(command, settings, world, false);
  const answer = await answerOf(engine, command, settings);
  progress.end();
  const options = renderOptions(settings, terminalFor(settings, world));
  await evenIfClosed(answer, async () => {
    for await (const chunk of written(answer, format, options)) await world.output.write(chunk);
    await world.output.flush();
  });
  await writeOuts(outs, answer, options);
  await evenIfClosed(answer, () => tellRest(answer, world));
  return statusOf(answer);
}

async function* written(
  { verbatim, ...answer }: Answer,
  format: Format,
  options: RenderOptions,
): Pieces {
  if (verbatim === undefined) yield* format.render(answer, options);
  else yield verbatim;
}

/** What judges judges, and writes its files, also where nobody reads on. */
async function evenIfClosed({ verdict }: Answer, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof ClosedPipe) || verdict === undefined) throw error;
  }
}

async function tellRest(answer: Answer, world: World): Promise<void> {
  if (answer.verbatim !== undefined && !answer.found) await tell(answer.sentences, world);
  for (const [problem, ...shown] of answer.complaints ?? []) {
    await tell([problem], world);
    for (const line of shown) await world.errors.write(`  ${safeText(line)}\n`);
  }
  const coverage = answer.coverage?.();
  if (coverage !== undefined) await tell(problemLines(coverage), world);
}

async function answerFile(
  command: Command<VerbDescription>,
  settings: Settings,
  world: Surroundings,
): Promise<Status> {
  const [file = ""] = command.arguments;
  const questions = readQuestions(file, await textOf(file), world.clock());
  const { engine, progress } = await engineFor(command, settings, world, true);
  const { status, coverage } = await answerAll(questions, {
    engine,
    settings,
    terminal: terminalFor(settings, world),
    async write(text) {
      progress.end();
      await world.output.write(text);
    },
  });
  await tell(problemLines(coverage), world);
  return status;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new UserError(`cannot read the questions in ${file}`, { cause });
  }
}

/** The engine is loaded when it is needed, so that help and mistakes come at once. */
async function engineFor(
  { paths, verb }: Command<VerbDescription>,
  settings: Settings,
  { stderr, clock, geo, trust }: Surroundings,
  index: boolean,
): Promise<{ engine: Engine; progress: ReturnType<typeof progressLine> }> {
  const { memoryEngine } = await import("../engines/memory/index.ts");
  const { window, lateDeliveryMs, threads, verified } = settings;
  const progress = progressLine(stderr, clock);
  const opened = isLinked(verb, settings) ? earlier(window) : window;
  const engine = memoryEngine({
    paths: verb.readsLogs && paths.length === 0 ? ["-"] : paths,
    window: verb.reach === "everything" ? {} : opened,
    lateDeliveryMs,
    index,
    onProgress: progress.update,
    geo,
    trust,
    verified,
    ...(threads === undefined ? {} : { threads }),
  });
  return { engine, progress };
}

/** No session lasts longer: what was done in the window was begun in this one. */
const longestSessionMs = 36 * 60 * 60 * 1000;

function earlier({ from, ...window }: Settings["window"]): Settings["window"] {
  return { ...window, ...(from === undefined ? {} : { from: from - longestSessionMs }) };
}

function terminalFor(settings: Settings, { stdout, environment }: World): Terminal {
  return terminalOf(stdout, environment, settings.colour);
}

async function tell(lines: readonly string[], { errors }: World): Promise<void> {
  for (const line of lines) await errors.write(`trailhound: ${safeText(line)}\n`);
}
