/**
 * From a parsed command to an answer and its exit status; the same whether one question is asked or
 * many.
 */

import type { Answer } from "../query/answer.ts";
import { isPartial } from "../query/coverage.ts";
import type { Engine, Question } from "../query/query.ts";
import { UserError } from "../query/user-error.ts";
import type { Format, RenderOptions } from "../render/format.ts";
import { formats } from "../render/index.ts";
import { redacted } from "../render/redact.ts";
import { namesUsers } from "../resolve/through-roles.ts";
import { questionsAboutUsers, toldAboutUsers } from "../verbs/about-users.ts";
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
export function isLinked({ reach }: VerbDescription, { byHuman, filter }: Settings): boolean {
  return reach === "sessions" || byHuman || namesUsers(filter);
}

/** All that `answerOf` is known to ask. */
export function questionsOf(command: Command<Verb>, settings: Settings): readonly Question[] {
  const { verb } = command;
  refuseEmpty(command);
  return [
    ...verb.questions(scopeFor(command, settings)),
    ...questionsAboutUsers(settings.filter, settings),
  ];
}

/** Asks the verb, users of the filter taken with what they did through roles unless that is not wanted. */
export async function answerOf(
  engine: Engine,
  command: Command<Verb>,
  settings: Settings,
): Promise<Answer> {
  refuseEmpty(command);
  const scope = scopeFor(command, settings);
  const verb = (await command.verb.prepared?.(scope)) ?? command.verb;
  const question = verb.asked?.(scope) ?? [verb.name, ...command.arguments].join(" ");
  const { reading, told } = await toldAboutUsers(verb, engine, { scope, reach: settings });
  const answer: Answer = {
    verb: verb.name,
    question,
    ...told,
    ...(verb.readsLogs && verb.judgesFiles !== true && { coverage: () => reading.coverage() }),
  };
  return settings.redact ? redacted(answer) : answer;
}

/** A shell gives an empty text for a variable that is not set: nobody is called so, and all are not meant. */
function refuseEmpty({ verb, arguments: given }: Command<VerbDescription>): void {
  const empty = verb.arguments?.find((_, index) => given[index]?.trim() === "");
  if (empty !== undefined) {
    throw new UserError(`${empty.name} is empty; trailhound help ${verb.name} says what it takes`);
  }
}

/** `flag`: where it was named. */
export function formatFor(flag: string, name: string, verb: VerbDescription): Format {
  const format = formats[name];
  if (format === undefined || (format.needsReport && !verb.givesReport)) {
    throw new UserError(
      `${flag}: there is no format "${name}"; trailhound help ${verb.name} lists them`,
    );
  }
  if (format.needsEvents && !verb.givesEvents) {
    throw new UserError(`${flag} ${name} writes events, and ${verb.name} gives none`);
  }
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
  if (answer.verdict === "bad") return 1;
  const coverage = answer.coverage?.();
  const isPart = coverage !== undefined && isPartial(coverage) && answer.mayRestOnPart !== true;
  if (answer.verdict === "unknown" || isPart) return 2;
  return answer.verdict === "good" || answer.found ? 0 : 1;
}
