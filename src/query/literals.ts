/**
 * Literals: what the text of every matching record must hold, so that the others can be skipped
 * unread.
 *
 * Promise: if a record matches, its JSON text holds one of the literals (ASCII letters without regard
 * to case) or a `\u` escape, whichever writer made it. So a literal never crosses a character that JSON
 * may write in another way (quotes, slashes, backslashes, control characters, anything beyond ASCII)
 * or that stands between values, and is never what a number could be written as (1000 is also 1e3).
 * A filter for which no useful literals are known has none; that is always right.
 */

import type { AddressRange } from "../event/address.ts";
import { isDerived } from "../event/derived.ts";
import { type FieldName, fields } from "../event/fields.ts";
import { foldCase } from "../event/fold-case.ts";
import type { Filter, Pattern, Subject } from "./filter.ts";
import { fits } from "./pattern.ts";

interface Needles {
  /** One of these is in the record, folded. */
  readonly texts: readonly string[];
  /** How well they tell records apart, roughly: the length of the shortest. */
  readonly worth: number;
}

/** More needles cost more than they save. */
const most = 8;

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

export function requiredLiterals(filter: Filter): readonly string[] | undefined {
  return needlesOf(filter)?.texts;
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
    case "address":
      return best([addressNeedles(filter.range), keyNeedles(filter.subject)]);
    case "compare":
    case "exists":
      return keyNeedles(filter.subject);
    case "mentions":
      return longest(filter.resource.text, plainInUrl);
    case "not":
    case "time":
      return undefined;
  }
}

/** Rests on every name of `event/names.ts` being a part of the value as logged. */
function textNeedles(subject: Subject, pattern: Pattern): Needles | undefined {
  if (!isLogged(subject)) return isFailure(subject, pattern) ? sourceNeedles("outcome") : undefined;
  const found = best([patternNeedles(pattern), keyNeedles(subject)]);
  const isCoarse = subject.kind === "field" && coarse.has(subject.field);
  return found && isCoarse ? { ...found, worth: 1 } : found;
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
  return octets && { ...octets, texts: [...octets.texts, ":ffff:"] };
}

/** What every writer of JSON leaves as it is, folded. */
const plainInJson = /[a-z0-9 _.@+=-]+/g;
/** What stands as it is also where a URL is mentioned. */
const plainInUrl = /[a-z0-9_.-]+/g;
const partOfNumber = /^[-+\de]*\.?[-+\de]*$/;

function longest(text: string, plain = plainInJson): Needles | undefined {
  const stretches = foldCase(text).match(plain) ?? [];
  const useful = stretches.filter((s) => !partOfNumber.test(s) && !commonplace.includes(s));
  return best(useful.map((stretch) => ({ texts: [stretch], worth: stretch.length })));
}

/** The most telling of several that are all required. */
function best(required: readonly (Needles | undefined)[]): Needles | undefined {
  return required.toSorted((a, b) => (b?.worth ?? 0) - (a?.worth ?? 0))[0];
}

function union(alternatives: readonly (Needles | undefined)[]): Needles | undefined {
  const texts = new Set<string>();
  let worth = Number.POSITIVE_INFINITY;
  for (const needles of alternatives) {
    if (needles === undefined) return undefined;
    for (const text of needles.texts) texts.add(text);
    worth = Math.min(worth, needles.worth);
  }
  return texts.size > 0 && texts.size <= most ? { texts: [...texts], worth } : undefined;
}
