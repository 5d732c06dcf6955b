/**
 * A verb: one command of trailhound. A scope goes in, an answer comes out; the verb neither knows
 * which engine it asks nor how the answer will be shown.
 */

import type { Told } from "../query/answer.ts";
import type { Filter, Subject } from "../query/filter.ts";
import type { Question, Reading } from "../query/query.ts";
import { type Options, type Values, valuesOf } from "./options.ts";

/** What the user asked, read and checked by `cli/`. */
export interface Scope<O extends Options = Options> {
  /** Values of the verb's arguments, in their order. */
  readonly arguments: readonly string[];
  /** Values of the verb's own options. */
  readonly options: Values<O>;
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
  readonly options?: Options;
  readonly takes: readonly Takes[];
  /** Its answers are events, which some formats give as whole records. */
  readonly givesEvents?: true;
  /** Its answers have a report, which formats for pipelines write. */
  readonly givesReport?: true;
  /**
   * How far outside the time asked for it looks, so that files are not left unopened for their name:
   * `sessions`: where those began that were at work in that time.
   */
  readonly reach?: "sessions" | "everything";
  /** False for a verb that answers without any logs. */
  readonly readsLogs: boolean;
  /** It judges the files themselves, and its answer rests on no record in them. */
  readonly judgesFiles?: true;
  /** What exit status 0, 1 and 2 say, where it is not the usual. */
  readonly statuses?: readonly [string, string, string];
  readonly examples: readonly Example[];
}

interface VerbOf<O extends Options> extends VerbDescription {
  readonly options?: O;
  /** The verb that knows what stands in files that its options name. */
  prepared?(scope: Scope<O>): Promise<Verb>;
  /** All that it may ask. */
  questions(scope: Scope<O>): readonly Question[];
  /** What it was asked, if its name and arguments do not tell. */
  asked?(scope: Scope<O>): string;
  run(reading: Reading, scope: Scope<O>): Promise<Told>;
}

/** A verb for whoever knows nothing of its options: it reads their values itself. */
export type Verb = VerbOf<Options>;

export function verb<O extends Options>(own: VerbOf<O>): Verb {
  const typed = (scope: Scope): Scope<O> => ({
    ...scope,
    options: valuesOf(own.options, scope.options),
  });
  const { asked, prepared } = own;
  return {
    ...own,
    ...(prepared && { prepared: (scope) => prepared(typed(scope)) }),
    questions: (scope) => own.questions(typed(scope)),
    ...(asked && { asked: (scope) => asked(typed(scope)) }),
    run: (reading, scope) => own.run(reading, typed(scope)),
  };
}
