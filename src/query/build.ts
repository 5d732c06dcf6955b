/**
 * Filters in few words, for questions that the program asks itself.
 */

import type { FieldName } from "../event/fields.ts";
import type { Filter, Subject } from "./filter.ts";
import { parsePattern } from "./pattern.ts";

export function field(name: FieldName): Subject {
  return { kind: "field", field: name };
}

/** `userIdentity.arn`. */
export function path(dotted: string): Subject {
  return { kind: "path", path: dotted.split(".") };
}

export function every(filters: readonly Filter[]): Filter {
  return { kind: "every", filters };
}

export function some(filters: readonly Filter[]): Filter {
  return { kind: "some", filters };
}

export function not(filter: Filter): Filter {
  return { kind: "not", filter };
}

export function exists(name: FieldName): Filter {
  return { kind: "exists", subject: field(name) };
}

/** The text as it is, whatever it holds: names in logs are no patterns. */
export function equals(subject: Subject | FieldName, text: string): Filter {
  return { kind: "text", subject: subjectOf(subject), pattern: { kind: "equals", text } };
}

/** `*` and `?` stand for others. */
export function fitting(subject: Subject | FieldName, written: string): Filter {
  return { kind: "text", subject: subjectOf(subject), pattern: parsePattern(written) };
}

/** Any of the texts, each once. */
export function anyOf(name: FieldName, texts: Iterable<string>): Filter {
  return some(Array.from(new Set(texts), (text) => equals(name, text)));
}

/** Names this, as it is, at a place where events name resources. */
export function mentioning(text: string): Filter {
  return { kind: "mentions", resource: { text, glob: false } };
}

/** In [from, until), epoch milliseconds; an end that is not given is open. */
export function during({
  from,
  until,
}: {
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}): Filter {
  return {
    kind: "time",
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
  };
}

function subjectOf(subject: Subject | FieldName): Subject {
  return typeof subject === "string" ? field(subject) : subject;
}
