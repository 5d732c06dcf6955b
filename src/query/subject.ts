/**
 * What a subject of a question finds in a record. This is the meaning; engines with columns come to
 * the same.
 */

import { type CloudTrailRecord, textOf, valuesSpelled } from "../event/record.ts";
import { namesOf, valuesOf } from "../event/values.ts";
import type { Subject } from "./filter.ts";

/** The values as logged; of a path, whose keys count as spelled, all that it reaches. */
export function textsOf(subject: Subject, record: CloudTrailRecord): readonly string[] {
  switch (subject.kind) {
    case "field":
      return valuesOf(subject.field, record);
    case "path":
      return valuesSpelled(record, subject.path).map(textOf);
  }
}

/** The values, and what else they are called. */
export function namesIn(subject: Subject, record: CloudTrailRecord): readonly string[] {
  switch (subject.kind) {
    case "field":
      return namesOf(subject.field, record);
    case "path":
      return textsOf(subject, record);
  }
}

/**
 * What an event is counted and sorted under: the first value of a field, so that nobody is counted
 * once under the name and again under the key; each value of a path.
 */
export function labelsOf(subject: Subject, record: CloudTrailRecord): readonly string[] {
  const texts = textsOf(subject, record);
  return subject.kind === "field" ? texts.slice(0, 1) : [...new Set(texts)];
}
