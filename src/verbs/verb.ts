/**
 * A verb: one command of trailhound. A scope goes in, an answer comes out; the verb neither knows
 * which engine it asks nor how the answer will be shown.
 */

import type { Answer } from "../query/answer.ts";
import type { Filter, Subject } from "../query/filter.ts";
import type { Engine } from "../query/query.ts";

/** What the user asked, read and checked by `cli/`. */
export interface Scope {
  /** Values of the verb's arguments, in their order. */
  readonly arguments: readonly string[];
  /** Values of the verb's own options, by name without dashes; true for one that takes no value. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly filter: Filter;
  /** Names of resources are compared without regard to case. */
  readonly ignoreCase: boolean;
  /** Replace the usual columns. */
  readonly fields?: readonly Subject[];
  readonly sort?: Subject;
  readonly descending: boolean;
  readonly limit?: number;
  /** Whoever is behind a session stands for it wherever the answer tells who. */
  readonly byHuman: boolean;
  /** IANA zone for times in sentences and for the bounds of hours and days. */
  readonly timeZone: string;
  /** Reads a time of a verb's own option, in the forms that `--since` takes; epoch milliseconds. */
  moment(text: string): number | undefined;
}

/** What the common flags do to a verb; it takes those it names, and others are refused. */
export type Takes = "filter" | "fields" | "sort" | "limit" | "byHuman";

interface Argument {
  /** As in the usage line: `<deed>`. */
  readonly name: string;
  readonly help: string;
}

interface Option {
  /** As in the usage line: `--by <field>`. */
  readonly flags: string;
  readonly help: string;
  readonly choices?: readonly string[];
  readonly byDefault?: string;
}

export interface Example {
  /** Without the program's name and without paths to logs. */
  readonly command: string;
  readonly says: string;
}

/** Words that an argument takes, told at the end of the help page. */
export interface Glossary {
  readonly title: string;
  readonly terms: readonly { readonly words: string; readonly help: string }[];
}

/** What help pages and the parser need to know of a verb. */
export interface VerbDescription {
  readonly name: string;
  readonly summary: string;
  /** More for its own help page: what is decided how. */
  readonly details?: string;
  readonly arguments?: readonly Argument[];
  readonly glossary?: Glossary;
  readonly options?: readonly Option[];
  readonly takes: readonly Takes[];
  /** Its answers are events, which some formats give as whole records. */
  readonly givesEvents?: true;
  /** It needs events from outside the time asked for, so no file is left unopened for its name. */
  readonly looksBeyondWindow?: true;
  /** It tells who is behind sessions, which may have begun before the time asked for. */
  readonly links?: true;
  /** False for a verb that answers without any logs. */
  readonly readsLogs: boolean;
  readonly examples: readonly Example[];
}

export interface Verb extends VerbDescription {
  /** The filters of what it asks first, if that is not the scope's alone. */
  expects?(scope: Scope): readonly Filter[];
  run(engine: Engine, scope: Scope): Promise<Answer>;
}
