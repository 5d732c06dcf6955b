/**
 * From a parsed command to an answer and its exit status; the same whether one question is asked or
 * many.
 */

import type { Answer } from "../query/answer.ts";
import { isPartial } from "../query/coverage.ts";
import { UserError } from "../query/user-error.ts";
import type { Format, RenderOptions } from "../render/format.ts";
import { formats } from "../render/index.ts";
import type { Scope, VerbDescription } from "../verbs/verb.ts";
import type { Settings } from "./options.ts";
import type { Command } from "./program.ts";
import type { Terminal } from "./terminal.ts";

export type Status = 0 | 1 | 2;

export function scopeFor(command: Command<VerbDescription>, settings: Settings): Scope {
  const { filter, fields, sort, descending, limit, timeZone, moment } = settings;
  return {
    arguments: command.arguments,
    options: command.values,
    filter,
    descending,
    timeZone,
    moment,
    ...(fields === undefined ? {} : { fields }),
    ...(sort === undefined ? {} : { sort }),
    ...(limit === undefined ? {} : { limit }),
  };
}

export function formatNamed(name: string): Format {
  const format = formats[name];
  if (format === undefined) throw new UserError(`--format: there is no format "${name}"`);
  return format;
}

export function renderOptions(settings: Settings, { colour, width }: Terminal): RenderOptions {
  return {
    width,
    colour: colour ? 1 : 0,
    timeZone: settings.timeZone,
    fields: settings.fields !== undefined,
  };
}

/** Final once all rows were read. */
export function statusOf(answer: Answer): Status {
  const coverage = answer.coverage?.();
  if (coverage !== undefined && isPartial(coverage)) return 2;
  return answer.found ? 0 : 1;
}
