/**
 * The subjects of a question: how a user names them, and what they find in a record. This is the
 * meaning; engines with columns come to the same.
 */

import { type Field, type FieldName, fieldNames, fields } from "../event/fields.ts";
import { foldCase } from "../event/fold-case.ts";
import { geoFields, isGeoOpen } from "../event/geo.ts";
import { type CloudTrailRecord, textOf, valuesSpelled } from "../event/record.ts";
import { recordKeys } from "../event/record-keys.ts";
import { namesOf, valuesOf } from "../event/values.ts";
import type { Subject } from "./filter.ts";
import { UserError } from "./user-error.ts";

/** By its own name or its flag's without the hyphens. */
export function fieldNamed(name: string): FieldName | undefined {
  const folded = foldCase(name);
  return fieldNames.find((field) => {
    const { flag }: Field = fields[field];
    return foldCase(field) === folded || flag?.long === `--${folded}`;
  });
}

/** Why the field has no value in any record, whatever the logs; completes "--flag: ". */
export function lackOf(field: FieldName): string | undefined {
  if (!geoFields.some((name) => name === field) || isGeoOpen()) return undefined;
  return `${field} is known only with --geoip <file.mmdb>, a database of addresses`;
}

/**
 * `eventName,requestParameters.bucketName`: names of the catalogue and paths in the record. A single
 * word that is neither is a slip, which would find nothing in any record.
 */
export function subjectsNamed(list: string, flag: string): readonly Subject[] {
  return list.split(",").map((written): Subject => {
    const name = written.trim();
    if (name === "") {
      throw new UserError(`${flag}: an empty name in "${list}"; give names as a,b.c`);
    }
    const field = fieldNamed(name);
    if (field !== undefined) {
      const lack = lackOf(field);
      if (lack !== undefined) throw new UserError(`${flag}: ${lack}`);
      return { kind: "field", field };
    }
    const path = name.split(".");
    if (path.length > 1 || recordKeys.includes(name)) return { kind: "path", path };
    throw new UserError(
      `${flag}: there is no field "${name}"; \`trailhound fields\` lists them, and a path into the ` +
        "record is written a.b",
    );
  });
}

export function subjectName(subject: Subject): string {
  return subject.kind === "field" ? subject.field : subject.path.join(".");
}

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
