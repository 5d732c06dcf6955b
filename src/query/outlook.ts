/**
 * What can be said of a filter by a part of the record: of hundreds of rules, an event's name and service
 * leave a few.
 */

import { type Field, fields } from "../event/fields.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { everything, type Filter, nothing, type Subject, type Test } from "./filter.ts";
import { matches } from "./matches.ts";

/** `open`: the rest of the record decides. */
export type Outlook = "yes" | "no" | "open";

/**
 * Whether a record matches of which only the members `known` are known; `record` has these and no
 * others. Regular expressions in the filter must have been through `preparePatterns`.
 */
export function outlookOf(
  filter: Filter,
  record: CloudTrailRecord,
  known: readonly string[],
): Outlook {
  switch (filter.kind) {
    case "every":
      return decided(filter.filters, record, known, "no");
    case "some":
      return decided(filter.filters, record, known, "yes");
    case "not":
      return opposite[outlookOf(filter.filter, record, known)];
    default:
      if (!isAbout(filter, known)) return "open";
      return matches(filter, record) ? "yes" : "no";
  }
}

/**
 * What is left to be asked of a record of which only the members `known` are known, as of `outlookOf`: no test
 * of what these decide.
 */
export function remaining(
  filter: Filter,
  record: CloudTrailRecord,
  known: readonly string[],
): Filter {
  switch (filter.kind) {
    case "every":
    case "some": {
      const [idle, decisive] =
        filter.kind === "every" ? [everything, nothing] : [nothing, everything];
      const parts: Filter[] = [];
      for (const part of filter.filters) {
        const left = remaining(part, record, known);
        if (left === decisive) return decisive;
        if (left !== idle) parts.push(left);
      }
      const [only, ...others] = parts;
      if (only === undefined) return idle;
      return others.length === 0 ? only : { kind: filter.kind, filters: parts };
    }
    case "not": {
      const left = remaining(filter.filter, record, known);
      if (left === everything) return nothing;
      return left === nothing ? everything : { kind: "not", filter: left };
    }
    default:
      if (!isAbout(filter, known)) return filter;
      return matches(filter, record) ? everything : nothing;
  }
}

const opposite = { yes: "no", no: "yes", open: "open" } as const;

/** One part that is `decisive` decides; else all have to be the opposite. */
function decided(
  filters: readonly Filter[],
  record: CloudTrailRecord,
  known: readonly string[],
  decisive: "yes" | "no",
): Outlook {
  let outlook: Outlook = opposite[decisive];
  for (const filter of filters) {
    const one = outlookOf(filter, record, known);
    if (one === decisive) return one;
    if (one === "open") outlook = one;
  }
  return outlook;
}

/** Whether the test looks at nothing but these members of the record. */
export function isAbout(test: Test, known: readonly string[]): boolean {
  switch (test.kind) {
    case "text":
    case "address":
    case "compare":
    case "exists":
      return isWithin(test.subject, known);
    case "pairs":
    case "same":
      return test.subjects.every((subject) => isWithin(subject, known));
    case "time":
    case "mentions":
    case "anywhere":
    case "items":
      return false;
  }
}

function isWithin(subject: Subject, known: readonly string[]): boolean {
  if (subject.kind === "path") return known.includes(subject.path.join("."));
  const { sources }: Field = fields[subject.field];
  return sources.every(({ path }) => known.includes(path));
}
