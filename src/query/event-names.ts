/**
 * The names of events without which a filter selects nothing: of hundreds of filters, only a few are
 * worth a look at one event.
 */

import { foldCase } from "../event/fold-case.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import type { Filter, Subject } from "./filter.ts";
import { namesIn } from "./subject.ts";

/** Folded; undefined if the filter may select events of any name. */
export function eventNamesOf(filter: Filter): ReadonlySet<string> | undefined {
  switch (filter.kind) {
    case "text": {
      const { subject, pattern } = filter;
      return isEventName(subject) && pattern.kind === "equals" && pattern.text !== ""
        ? new Set([foldCase(pattern.text)])
        : undefined;
    }
    case "every":
      return filter.filters
        .flatMap((part) => eventNamesOf(part) ?? [])
        .sort((a, b) => a.size - b.size)[0];
    case "some": {
      const parts = filter.filters.map(eventNamesOf);
      const all = parts.flatMap((names) => (names === undefined ? [] : [...names]));
      return parts.includes(undefined) ? undefined : new Set(all);
    }
    default:
      return undefined;
  }
}

/** What an event of a record may be called in `eventNamesOf`; folded. */
export function eventNamesIn(record: CloudTrailRecord): readonly string[] {
  return namesIn(eventName, record).map(foldCase);
}

const eventName: Subject = { kind: "field", field: "eventName" };

/** Its value is the first of the names that the field has. */
function isEventName(subject: Subject): boolean {
  return subject.kind === "field"
    ? subject.field === "eventName"
    : subject.path.length === 1 && subject.path[0] === "eventName";
}
