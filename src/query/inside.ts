/**
 * Tests that look into a record by more than one subject: two values of it, all of it, the items of a list.
 */

import { foldCase } from "../event/fold-case.ts";
import { leaves } from "../event/leaves.ts";
import { type CloudTrailRecord, isObject, type Json, textOf } from "../event/record.ts";
import type { Filter, ItemsTaken } from "./filter.ts";
import { textsOf } from "./subject.ts";

type Same = Extract<Filter, { kind: "same" }>;

export function haveSame(
  { subjects: [first, second], position, cased }: Same,
  record: CloudTrailRecord,
): boolean {
  const [texts, others] = [first, second].map((subject) =>
    textsOf(subject, record).map((text) => (cased ? text : foldCase(text))),
  );
  return (texts ?? []).some((text) =>
    (others ?? []).some((other) => within[position](text, other)),
  );
}

const within: Readonly<Record<Same["position"], (text: string, other: string) => boolean>> = {
  whole: (text, other) => text === other,
  contains: (text, other) => text.includes(other),
  startswith: (text, other) => text.startsWith(other),
  endswith: (text, other) => text.endsWith(other),
};

/** All texts, numbers and truths of the record, as text. */
export function scalarsIn(record: CloudTrailRecord): readonly string[] {
  return Array.from(leaves(record), ([, value]) => value).flatMap((value) =>
    value === null || isObject(value) || Array.isArray(value) ? [] : [textOf(value)],
  );
}

/** Of several lists, any may hold. `none` holds of none. */
export function holdsAmong(
  take: ItemsTaken,
  lists: readonly Json[],
  holds: (item: Json) => boolean,
): boolean {
  const present = lists.filter((list) => list !== null).map(asList);
  if (take === "none") return !present.some((items) => items.some(holds));
  return present.some((items) => {
    switch (take) {
      case "any":
        return items.some(holds);
      case "all":
        return items.length > 0 && items.every(holds);
      case "all_or_empty":
        return items.every(holds);
      default: {
        const item = items.at(take);
        return item !== undefined && holds(item);
      }
    }
  });
}

function asList(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}
