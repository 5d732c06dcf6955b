/**
 * Terms: what one value means when it is given for a field or a path.
 *
 * Flags and `--where` both read values here, so that `--ip 10.0.0.0/8` and `ip = 10.0.0.0/8` are the
 * same question and the same mistakes are caught. Who asks says how a mistake is reported.
 */

import { parseRange } from "../event/address.ts";
import { addressClasses } from "../event/address-class.ts";
import { isGuidBeginning } from "../event/event-id.ts";
import { type Field, type FieldName, fields } from "../event/fields.ts";
import { outcomes } from "../event/outcome.ts";
import { verbClasses } from "../event/verb-classes.ts";
import { means } from "../event/via.ts";
import type { Filter, Pattern, Subject } from "./filter.ts";
import { fits, parsePattern } from "./pattern.ts";

export interface Reading {
  readonly toPattern: (text: string) => Pattern;
  /** Throws the user's mistake; `problem` completes "--flag: ". */
  readonly reject: (problem: string) => never;
}

export function fieldTerm(field: FieldName, text: string, reading: Reading): Filter {
  const subject: Subject = { kind: "field", field };
  const { type, closed }: Field = fields[field];
  if (closed !== undefined) {
    const pattern = reading.toPattern(text);
    // What a regular expression fits is known only when it is compiled.
    return pattern.kind === "regex"
      ? { kind: "text", subject, pattern }
      : oneOf(closed, subject, text, reading);
  }
  switch (type) {
    case "text":
    case "time":
    case "country":
    case "network":
    case "signIn": {
      const pattern = reading.toPattern(text);
      if (pattern.kind === "equals" && isAccount(field) && isWrongAccountId(text)) {
        return reading.reject(`an account id is 12 digits without hyphens, not "${text}"`);
      }
      return { kind: "text", subject, pattern: field === "eventID" ? ofEventID(pattern) : pattern };
    }
    case "address": {
      const range = parseRange(text);
      if (range !== undefined) return { kind: "address", subject, range };
      const pattern = reading.toPattern(text);
      if (pattern.kind === "equals" && looksLikeAddress(text)) {
        return reading.reject(
          `"${text}" is no address, CIDR block (203.0.113.0/24), range (203.0.113.1-203.0.113.9) ` +
            `or name of a service; what the log says as it stands finds ${asItStands(field, text)}`,
        );
      }
      return { kind: "text", subject, pattern };
    }
    case "outcome":
      return oneOf(outcomes, subject, text, reading);
    case "readOnly":
      return oneOf(["true", "false"], subject, text, reading);
    case "mfa":
      return oneOf(["yes", "no"], subject, text, reading);
    case "verbClass":
      return oneOf(verbClasses, subject, text, reading);
    case "addressClass":
      return oneOf(addressClasses, subject, text, reading);
    case "via":
      return oneOf(means, subject, text, reading);
  }
}

/** The events that a text means as the id of one: an id may be as short as a terminal shows it. */
export function eventIDTerm(text: string): Filter {
  const subject: Subject = { kind: "field", field: "eventID" };
  return { kind: "text", subject, pattern: ofEventID(parsePattern(text)) };
}

function ofEventID(pattern: Pattern): Pattern {
  return pattern.kind === "equals" && isGuidBeginning(pattern.text)
    ? { kind: "glob", glob: `${pattern.text}*` }
    : pattern;
}

/** A block or range means the addresses in it, but may as well be what the log says. */
export function pathTerm(path: readonly string[], text: string): Filter {
  const subject: Subject = { kind: "path", path };
  const asText: Filter = { kind: "text", subject, pattern: parsePattern(text) };
  const range = parseRange(text);
  return range === undefined
    ? asText
    : { kind: "some", filters: [asText, { kind: "address", subject, range }] };
}

/** A single filter stands for itself. */
export function joined(kind: "every" | "some", filters: readonly Filter[]): Filter {
  const [first, ...others] = filters;
  return first !== undefined && others.length === 0 ? first : { kind, filters };
}

function isAccount(field: FieldName): boolean {
  return field === "account" || field === "recipientAccountId";
}

function isWrongAccountId(text: string): boolean {
  return /^[\d-]+$/.test(text) && !/^\d{12}$/.test(text);
}

/** A path is compared as text. */
function asItStands(field: FieldName, text: string): string {
  const [source] = fields[field].sources;
  return `--where '"${source?.path ?? field}" = "${text.replace(/["\\]/g, "\\$&")}"'`;
}

/** No service's name begins with a digit or holds a colon. */
function looksLikeAddress(text: string): boolean {
  return /^\d|:/.test(text);
}

function oneOf(
  values: readonly string[],
  subject: Subject,
  text: string,
  { reject }: Reading,
): Filter {
  const pattern = parsePattern(text);
  if (!values.some(fits(pattern))) return reject(`expected ${values.join(", ")}, not "${text}"`);
  return { kind: "text", subject, pattern };
}
