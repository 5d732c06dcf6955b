/**
 * Literals: what the text of every matching record must hold, so that the others can be skipped
 * unread.
 *
 * Promise: if a record matches, its JSON text holds one of the literals (ASCII letters without regard
 * to case) or a `\u` escape, whichever writer made it. So a literal never crosses a character that JSON
 * may write in another way (quotes, slashes, backslashes, control characters, anything beyond ASCII)
 * or that stands between values, and is never what a number could be written as (1000 is also 1e3).
 * A filter for which no useful literals are known has none; that is always right.
 *
 * Where a filter knows many values of one field, the literal is the end of the field's key, with its
 * quote, and what the value behind it must begin with unless it is no string.
 */

import type { AddressRange } from "../event/address.ts";
import { isDerived } from "../event/derived.ts";
import { type FieldName, fields } from "../event/fields.ts";
import { foldCase } from "../event/fold-case.ts";
import type { Filter, Pattern, Subject } from "./filter.ts";
import { fits } from "./pattern.ts";

export interface Literal {
  /** Folded. */
  readonly text: string;
  /** The text ends a key; its value begins with one of these, folded, or is no string. */
  readonly values?: readonly string[];
}

interface Needles {
  /** One of these is in the record. */
  readonly literals: readonly Literal[];
  /** The same as one literal of a key and its values, for where there are many others. */
  readonly keyed?: Literal;
  /** How well they tell records apart, roughly: the length of the shortest. */
  readonly worth: number;
}

/** More needles cost more than they save. */
const most = 8;
/** From so many on, a look at the key in every record costs less than a search for each value. */
const many = 4;

/** Beginnings of one value's kind: each is held against every record. */
const mostValues = 1000;

/** What stands in nearly every record, folded: nothing is skipped for lack of a part of this. */
const commonplace = `
  eventversion useridentity type principalid arn accountid accesskeyid username sessioncontext
  sessionissuer webidfederationdata attributes creationdate mfaauthenticated assumed-role assumedrole
  iamuser awsservice role user root aws iam sts eventtime eventsource amazonaws.com eventname awsregion
  us-east-1 us-west-2 eu-west-1 sourceipaddress useragent aws-cli aws-sdk boto3 botocore
  requestparameters responseelements requestid eventid readonly eventtype awsapicall managementevent
  recipientaccountid eventcategory management true false null tlsdetails tlsversion tlsv1.2 tlsv1.3
  ciphersuite clientprovidedhostheader resources
`;

/** Fields of few values: better than nothing, worse than anything else. */
const coarse: ReadonlySet<FieldName> = new Set(["eventSource", "awsRegion"]);

export function requiredLiterals(filter: Filter): readonly Literal[] | undefined {
  return needlesOf(filter)?.literals;
}

/**
 * The places of those literals of which one stands in every record that matches; undefined where that is not
 * known. They are what `requiredLiterals` gives for a filter that takes this one in.
 */
export function literalsAmong(
  filter: Filter,
  all: readonly Literal[],
): readonly number[] | undefined {
  switch (filter.kind) {
    case "every":
      return filter.filters
        .flatMap((part) => [literalsAmong(part, all) ?? []].filter(({ length }) => length > 0))
        .toSorted((a, b) => a.length - b.length)[0];
    case "some": {
      const places = new Set<number>();
      for (const part of filter.filters) {
        const own = literalsAmong(part, all);
        if (own === undefined) return undefined;
        for (const place of own) places.add(place);
      }
      return [...places];
    }
    default: {
      const { literals, keyed } = needlesOf(filter) ?? {};
      return (literals && placesIn(literals, all)) ?? (keyed && placesIn([keyed], all));
    }
  }
}

function placesIn(
  literals: readonly Literal[],
  all: readonly Literal[],
): readonly number[] | undefined {
  const places = literals.map((literal) => all.findIndex((one) => takesIn(one, literal)));
  return places.includes(-1) ? undefined : places;
}

function takesIn({ text, values }: Literal, other: Literal): boolean {
  if (text !== other.text) return false;
  return values === undefined || other.values?.every((value) => values.includes(value)) === true;
}

/** Undefined: nothing is known, or nothing worth a search. */
function needlesOf(filter: Filter): Needles | undefined {
  switch (filter.kind) {
    case "every":
      return best(filter.filters.map(needlesOf));
    case "some":
      return union(filter.filters.map(needlesOf));
    case "text":
      return textNeedles(filter.subject, filter.pattern);
    case "pairs":
      return pairNeedles(filter);
    case "address":
      return best([addressNeedles(filter.range), keyNeedles(filter.subject)]);
    case "compare":
    case "exists":
      return keyNeedles(filter.subject);
    case "same":
      return best(filter.subjects.map(keyNeedles));
    case "anywhere":
      return patternNeedles(filter.pattern);
    case "items":
      return filter.take === "none" ? undefined : keyIn(filter.path);
    case "mentions":
      return longest(filter.resource.text, plainInUrl);
    case "not":
    case "time":
      return undefined;
  }
}

/** Of more pairs no search would be worth it. */
const mostPairs = 64;

function pairNeedles({ subjects, pairs }: Extract<Filter, { kind: "pairs" }>): Needles | undefined {
  if (pairs.length > mostPairs) return best(subjects.map(keyNeedles));
  return best(
    subjects.map((subject, side) =>
      union(pairs.map((pair) => textNeedles(subject, { kind: "equals", text: pair[side] ?? "" }))),
    ),
  );
}

/** Rests on every name of `event/names.ts` being a part of the value as logged. */
function textNeedles(subject: Subject, pattern: Pattern): Needles | undefined {
  if (!isLogged(subject)) return isFailure(subject, pattern) ? sourceNeedles("outcome") : undefined;
  const found = best([withKey(patternNeedles(pattern), subject, pattern), keyNeedles(subject)]);
  const isCoarse = subject.kind === "field" && coarse.has(subject.field);
  return found && isCoarse ? { ...found, worth: 1 } : found;
}

/** Fewer letters begin too much. */
const shortestValue = 4;

/** Fields whose names all begin as the value does. */
const keyedBy = { eventName: "eventName", eventSource: "eventSource", accessKeyId: "accessKeyId" };

function withKey(
  needles: Needles | undefined,
  subject: Subject,
  pattern: Pattern,
): Needles | undefined {
  if (subject.kind !== "field" || !isKeyed(subject.field)) return needles;
  const beginning = beginningOf(pattern);
  if (beginning.length < shortestValue) return needles;
  const keyed = { text: `${foldCase(keyedBy[subject.field])}"`, values: [beginning] };
  return needles === undefined
    ? { literals: [keyed], keyed, worth: beginning.length }
    : { ...needles, keyed };
}

function isKeyed(field: FieldName): field is keyof typeof keyedBy {
  return Object.hasOwn(keyedBy, field);
}

/** What every text that fits begins with, as far as JSON leaves it as it is; folded. */
function beginningOf(pattern: Pattern): string {
  switch (pattern.kind) {
    case "equals":
      return plainBeginning(pattern.text);
    case "glob":
      return plainBeginning(pattern.glob);
    case "regex":
      return "";
  }
}

function plainBeginning(text: string): string {
  return /^[a-z0-9_.@-]*/.exec(foldCase(text))?.[0] ?? "";
}

function isLogged(subject: Subject): boolean {
  return subject.kind === "path" || !isDerived(fields[subject.field].type);
}

/** Any outcome but success leaves a trace at one of its sources. */
function isFailure(subject: Subject, pattern: Pattern): boolean {
  const ofOutcome = subject.kind === "field" && subject.field === "outcome";
  return ofOutcome && pattern.kind !== "regex" && !fits(pattern)("success");
}

function patternNeedles(pattern: Pattern): Needles | undefined {
  switch (pattern.kind) {
    case "equals":
      return longest(pattern.text);
    case "glob":
      return longest(pattern.glob);
    case "regex":
      return undefined;
  }
}

/** Keys without which the subject has no value. */
function keyNeedles(subject: Subject): Needles | undefined {
  if (subject.kind === "path") return keyIn(subject.path);
  return isLogged(subject) ? sourceNeedles(subject.field) : undefined;
}

function sourceNeedles(field: FieldName): Needles | undefined {
  return union(fields[field].sources.map(({ path }) => keyIn(path.split("."))));
}

function keyIn(path: readonly string[]): Needles | undefined {
  return best(path.map((key) => longest(key)));
}

/**
 * The octets that all addresses of an IPv4 range begin with. `::ffff:cb00:7107` is an IPv4 address as
 * well; its mark is hardly ever seen, so it costs nothing.
 */
function addressNeedles({ low, high }: AddressRange): Needles | undefined {
  if (low.length !== 4) return undefined;
  const differs = low.findIndex((octet, at) => octet !== high[at]);
  const octets = longest(differs < 0 ? low.join(".") : `${low.slice(0, differs).join(".")}.`);
  return octets && { ...octets, literals: [...octets.literals, { text: ":ffff:" }] };
}

/** What every writer of JSON leaves as it is, folded. */
const plainInJson = /[a-z0-9 _.@+=-]+/g;
/** What stands as it is also where a URL is mentioned. */
const plainInUrl = /[a-z0-9_.-]+/g;
const partOfNumber = /^[-+\de]*\.?[-+\de]*$/;

function longest(text: string, plain = plainInJson): Needles | undefined {
  const stretches = foldCase(text).match(plain) ?? [];
  const useful = stretches.filter((s) => !partOfNumber.test(s) && !commonplace.includes(s));
  return best(useful.map((text) => ({ literals: [{ text }], worth: text.length })));
}

/** The most telling of several that are all required. */
function best(required: readonly (Needles | undefined)[]): Needles | undefined {
  return required.toSorted((a, b) => (b?.worth ?? 0) - (a?.worth ?? 0))[0];
}

function union(alternatives: readonly (Needles | undefined)[]): Needles | undefined {
  const known = alternatives.filter((needles) => needles !== undefined);
  if (known.length === 0 || known.length < alternatives.length) return undefined;
  const worth = Math.min(...known.map((needles) => needles.worth));
  const apart = merged(known.flatMap(({ literals }) => literals));
  const together = merged(known.flatMap(({ keyed, literals }) => keyed ?? literals));
  const literals = apart.length > many && together.length < apart.length ? together : apart;
  if (literals.length > most) return undefined;
  if (literals.some(({ values = [] }) => values.length > mostValues)) return undefined;
  const [only, ...others] = together;
  const keyed = only?.values !== undefined && others.length === 0 ? only : undefined;
  return { literals, worth, ...(keyed && { keyed }) };
}

/** Each once, and the values of one key together. */
function merged(literals: readonly Literal[]): readonly Literal[] {
  const byText = new Map<string, Set<string> | undefined>();
  for (const { text, values } of literals) {
    const before = byText.get(text);
    // Without values a text takes in more.
    if (values === undefined) byText.set(text, undefined);
    else if (!byText.has(text)) byText.set(text, new Set(values));
    else for (const value of values) before?.add(value);
  }
  return Array.from(byText, ([text, values]) =>
    values === undefined ? { text } : { text, values: [...values] },
  );
}
