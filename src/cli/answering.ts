/**
 * From a parsed command to an answer and its exit status; the same whether one question is asked or
 * many.
 */

import type { Answer } from "../query/answer.ts";
import { isPartial } from "../query/coverage.ts";
import type { Filter } from "../query/filter.ts";
import type { Engine, Reading } from "../query/query.ts";
import { UserError } from "../query/user-error.ts";
import type { Format, RenderOptions } from "../render/format.ts";
import { formats } from "../render/index.ts";
import { linkQuestions } from "../resolve/gather.ts";
import { namesUsers, throughRoles } from "../resolve/through-roles.ts";
import type { Scope, Verb, VerbDescription } from "../verbs/verb.ts";
import type { Settings } from "./options.ts";
import type { Command } from "./program.ts";
import type { Terminal } from "./terminal.ts";

export type Status = 0 | 1 | 2;

function scopeFor(command: Command<VerbDescription>, settings: Settings): Scope {
  const { filter, ignoreCase, fields, sort, descending, limit, byHuman, timeZone, moment } =
    settings;
  return {
    arguments: command.arguments,
    options: command.values,
    filter,
    ignoreCase,
    descending,
    byHuman,
    timeZone,
    moment,
    ...(fields === undefined ? {} : { fields }),
    ...(sort === undefined ? {} : { sort }),
    ...(limit === undefined ? {} : { limit }),
  };
}

/** Whether calls that issue credentials have to be found for the answer, also before its time. */
export function isLinked(
  { reach }: VerbDescription,
  { byHuman, direct, filter }: Settings,
): boolean {
  return reach === "sessions" || byHuman || (!direct && namesUsers(filter));
}

/** Asks the verb, users of the filter taken with what they did through roles unless that is not wanted. */
export async function answerOf(
  engine: Engine,
  command: Command<Verb>,
  settings: Settings,
): Promise<Answer> {
  const { verb } = command;
  const scope = scopeFor(command, settings);
  const asked = verb.asked?.(scope) ?? [verb.name, ...command.arguments].join(" ");
  const { reading, filter } = await filtered(engine, verb, scope, settings);
  const told = await verb.run(reading, { ...scope, filter });
  return {
    verb: verb.name,
    question: asked,
    ...told,
    ...(verb.readsLogs && { coverage: () => reading.coverage() }),
  };
}

/** The reading for the answer, and the filter that users with all their sessions come to. */
async function filtered(
  engine: Engine,
  verb: Verb,
  scope: Scope,
  { direct }: Settings,
): Promise<{ readonly reading: Reading; readonly filter: Filter }> {
  const { filter } = scope;
  const questions = verb.questions(scope);
  if (direct || !namesUsers(filter)) return { reading: engine.reading(questions), filter };
  // What users did through roles is known only when their sessions are.
  const first = engine.reading([...questions, ...linkQuestions, { kind: "more" }]);
  const wider = await throughRoles(first, filter);
  if (wider === filter) return { reading: first, filter };
  return { reading: engine.reading(verb.questions({ ...scope, filter: wider })), filter: wider };
}

export function formatNamed(name: string): Format {
  const format = formats[name];
  if (format === undefined) throw new UserError(`--format: there is no format "${name}"`);
  return format;
}

export function renderOptions(
  settings: Settings,
  { colour, width, height }: Terminal,
): RenderOptions {
  return {
    width,
    height,
    colour: colour ? 1 : 0,
    timeZone: settings.timeZone,
    fields: settings.fields !== undefined,
    wide: settings.wide,
  };
}

/** Final once all rows were read. */
export function statusOf(answer: Answer): Status {
  const coverage = answer.coverage?.();
  if (coverage !== undefined && isPartial(coverage)) return 2;
  return answer.found ? 0 : 1;
}
