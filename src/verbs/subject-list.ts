/**
 * Subjects as a user names them in a list: `eventName,requestParameters.bucketName`.
 */

import { type Field, fieldNames, fields } from "../event/fields.ts";
import type { Subject } from "../query/filter.ts";
import { foldCase } from "../query/pattern.ts";
import { UserError } from "../query/user-error.ts";

/** Names of the catalogue or of its flags without hyphens; any other name is a path in the record. */
export function parseSubjects(list: string, flag: string): readonly Subject[] {
  return list.split(",").map((name) => {
    const trimmed = name.trim();
    if (trimmed === "") {
      throw new UserError(`${flag} has an empty name in "${list}"; give names as a,b.c`);
    }
    return parseSubject(trimmed);
  });
}

function parseSubject(name: string): Subject {
  const folded = foldCase(name);
  const field = fieldNames.find((field) => {
    const { flag }: Field = fields[field];
    return foldCase(field) === folded || flag?.long === `--${folded}`;
  });
  return field === undefined ? { kind: "path", path: name.split(".") } : { kind: "field", field };
}

export function subjectName(subject: Subject): string {
  return subject.kind === "field" ? subject.field : subject.path.join(".");
}
