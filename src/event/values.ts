/**
 * What a record says under a field of the catalogue: its values, and all names that these go by.
 *
 * This is the slow and obvious reading. An engine that keeps columns instead must come to the same,
 * from the texts of the field's sources with `namesFor` and `derivedValue`.
 */

import { derivedValue, isDerived } from "./derived.ts";
import { type Field, type FieldName, fields } from "./fields.ts";
import { namesFor } from "./names.ts";
import { type CloudTrailRecord, textsAt } from "./record.ts";

/** The values of the field, each once: what is shown, counted and sorted by. */
export function valuesOf(field: FieldName, record: CloudTrailRecord): readonly string[] {
  return distinct(namesOfValues(fields[field], record).flatMap((names) => names.slice(0, 1)));
}

/** Every name of every value of the field: what a filter is held against. */
export function namesOf(field: FieldName, record: CloudTrailRecord): readonly string[] {
  return distinct(namesOfValues(fields[field], record).flat());
}

function namesOfValues(field: Field, record: CloudTrailRecord): readonly (readonly string[])[] {
  if (isDerived(field.type)) {
    const texts = field.sources.map(({ path }) => textsAt(record, path)[0]);
    const value = derivedValue(field.type, texts);
    return value === undefined ? [] : [[value]];
  }
  const found: (readonly string[])[] = [];
  for (const { path, names } of field.sources) {
    for (const text of textsAt(record, path)) found.push(namesFor(names, text));
    if (field.take === "first" && found.length > 0) break;
  }
  return found;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
