/**
 * Flags: the values given on the command line, as a filter.
 *
 * A flag repeated, or given a list with commas, means any of its values, different flags all of them, and a value that begins with
 * `!` excludes. What is wrong with a value is said here, with the flag's name, before any file is read.
 * Times come resolved: relative ones need a clock and a zone, which are the command line's.
 */

import { type Field, type FieldName, fieldNames, fields } from "../event/fields.ts";
import { during, equals, not } from "./build.ts";
import type { Filter } from "./filter.ts";
import { parsePattern } from "./pattern.ts";
import { resourceTerm } from "./resource.ts";
import { fieldTerm, joined, type Reading } from "./term.ts";
import { UserError } from "./user-error.ts";
import { parseWhere } from "./where.ts";

export interface FlagValues {
  /** The texts given for the flag of each field. */
  readonly fields?: { readonly [field in FieldName]?: readonly string[] };
  readonly resource?: readonly string[];
  /** `--read-only` or `--writes`. */
  readonly readOnly?: boolean;
  /** Epoch milliseconds; `from` inclusive, `until` exclusive. */
  readonly from?: number;
  readonly until?: number;
  readonly where?: readonly string[];
  /** Values of text fields are regular expressions. */
  readonly regex?: boolean;
  /** Names of resources are compared without regard to case. */
  readonly ignoreCase?: boolean;
}

export function filterFromFlags(flags: FlagValues): Filter {
  const { from, until, readOnly, resource = [], where = [] } = flags;
  const filters: Filter[] = [];
  if (from !== undefined || until !== undefined) filters.push(during({ from, until }));
  for (const field of fieldNames) {
    const reading: Reading = {
      toPattern: flags.regex ? (source) => ({ kind: "regex", source }) : parsePattern,
      reject: rejectFor(flagOf(field)),
    };
    const texts = flags.fields?.[field] ?? [];
    const one = (text: string) => fieldTerm(field, text, reading);
    const term = flags.regex ? one : (text: string) => listTerm(field, text, one);
    filters.push(...repeated(texts, reading.reject, term));
  }
  filters.push(...repeated(resource, rejectFor("--resource"), (text) => resourceTerm(text, flags)));
  if (readOnly !== undefined) filters.push(equals("readOnly", String(readOnly)));
  if (where.length > 0) filters.push(joined("some", where.map(parseWhere)));
  return joined("every", filters);
}

function repeated(
  texts: readonly string[],
  reject: Reading["reject"],
  term: (text: string) => Filter,
): readonly Filter[] {
  const wanted: Filter[] = [];
  const unwanted: Filter[] = [];
  for (const text of texts) {
    const excludes = text.startsWith("!");
    const value = excludes ? text.slice(1) : text;
    if (value === "") reject("needs a value");
    if (excludes) unwanted.push(not(term(value)));
    else wanted.push(term(value));
  }
  return wanted.length > 0 ? [joined("some", wanted), ...unwanted] : unwanted;
}

/** `Root,IAMUser` is either of them; of a name that may have a comma in it, the whole as well. */
function listTerm(field: FieldName, text: string, term: (text: string) => Filter): Filter {
  const { flag }: Field = fields[field];
  const parts = text
    .split(",")
    .map((part) => part.trim().replace(/^!/, ""))
    .filter((part) => part !== "");
  if (flag?.commas === undefined || parts.length < 2) return term(text);
  const whole = flag.commas === "names" ? [text] : [];
  return joined("some", [...parts, ...whole].map(term));
}

function flagOf(field: FieldName): string {
  const { flag }: Field = fields[field];
  return flag?.long ?? field;
}

function rejectFor(flag: string): Reading["reject"] {
  return (problem) => {
    throw new UserError(`${flag}: ${problem}`);
  };
}
