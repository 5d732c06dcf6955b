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

import { type FieldName, fields } from "../event/fields.ts";
import { foldCase } from "../event/fold-case.ts";
import type { AddressRange, Filter, Pattern, Subject } from "./filter.ts";
import { fits } from "./pattern.ts";

/** One of these is in the record; undefined: nothing is known. */
type Literals = readonly string[] | undefined;

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

/** `::ffff:cb00:7107` is an IPv4 address as well. Hardly ever seen, so it costs nothing. */
const mappedV4 = ":ffff:";

export function requiredLiterals(filter: Filter): Literals {
  switch (filter.kind) {
    case "every":
      return best(filter.filters.map(requiredLiterals));
    case "some":
      return union(filter.filters.map(requiredLiterals));
    case "text":
      return textLiterals(filter.subject, filter.pattern);
    case "address":
      return best([addressLiterals(filter.range), keyLiterals(filter.subject)]);
    case "compare":
    case "exists":
      return keyLiterals(filter.subject);
    case "mentions":
      return longest(filter.resource.text, plainInUrl);
    case "not":
    case "time":
      return undefined;
  }
}

function textLiterals(subject: Subject, pattern: Pattern): Literals {
  const type = subject.kind === "path" ? "text" : fields[subject.field].type;
  switch (type) {
    case "text":
    case "address":
    case "time":
      return best([patternLiterals(pattern), keyLiterals(subject)]);
    case "outcome":
      return fits(pattern)("success") ? undefined : sourceLiterals("outcome");
    case "readOnly":
    case "mfa":
      return undefined;
  }
}

function patternLiterals(pattern: Pattern): Literals {
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
function keyLiterals(subject: Subject): Literals {
  if (subject.kind === "path") return best(subject.path.map((key) => longest(key)));
  switch (fields[subject.field].type) {
    case "text":
    case "address":
    case "time":
      return sourceLiterals(subject.field);
    case "outcome":
    case "readOnly":
    case "mfa":
      return undefined;
  }
}

function sourceLiterals(field: FieldName): Literals {
  return union(
    fields[field].sources.map(({ path }) => best(path.split(".").map((key) => longest(key)))),
  );
}

/** The octets that all addresses of an IPv4 range begin with, or the mark of its form in IPv6. */
function addressLiterals({ low, high }: AddressRange): Literals {
  if (low.length !== 4) return undefined;
  const differs = low.findIndex((octet, at) => octet !== high[at]);
  const octets = longest(differs < 0 ? low.join(".") : `${low.slice(0, differs).join(".")}.`);
  return octets && [...octets, mappedV4];
}

/** What every writer of JSON leaves as it is, folded. */
const plainInJson = /[a-z0-9 _.@+=-]+/g;
/** What stands as it is also where a URL is mentioned. */
const plainInUrl = /[a-z0-9_.-]+/g;
const partOfNumber = /^[-+\de]*\.?[-+\de]*$/;

function longest(text: string, plain = plainInJson): Literals {
  const stretches = foldCase(text).match(plain) ?? [];
  return best(stretches.filter((stretch) => !partOfNumber.test(stretch)).map((only) => [only]));
}

/** The most selective of several that are all required, if any is worth the search. */
function best(required: readonly Literals[]): Literals {
  const [first] = required.toSorted((a, b) => worth(b) - worth(a));
  return worth(first) > 0 ? first : undefined;
}

function worth(literals: Literals): number {
  if (literals === undefined) return 0;
  const seen = literals.filter((text) => text !== mappedV4);
  return Math.min(...seen.map((text) => (commonplace.includes(text) ? 0 : text.length)));
}

function union(alternatives: readonly Literals[]): Literals {
  const all = new Set<string>();
  for (const literals of alternatives) {
    if (literals === undefined) return undefined;
    for (const text of literals) all.add(text);
  }
  return all.size > 0 && all.size <= most ? [...all] : undefined;
}
