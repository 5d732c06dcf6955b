/**
 * Where the values of a subject stand in a record, and which of them count.
 */

import { fields, type Source } from "../../event/fields.ts";
import type { NameKind } from "../../event/names.ts";
import type { Subject } from "../../query/filter.ts";
import { type Entries, values } from "../../store/entries.ts";

export interface SubjectSource {
  readonly path: readonly string[];
  readonly names: NameKind | undefined;
  /** A field of the catalogue has no value where the text is empty; a path has the empty text. */
  readonly emptyIsAbsent: boolean;
}

export function sourcesOf(subject: Subject): readonly SubjectSource[] {
  if (subject.kind === "path") {
    return [{ path: subject.path, names: undefined, emptyIsAbsent: false }];
  }
  const sources: readonly Source[] = fields[subject.field].sources;
  return sources.map(({ path, names }) => ({ path: path.split("."), names, emptyIsAbsent: true }));
}

/** The texts of an entry that count for a source. */
export function textsOf(source: SubjectSource, entries: Entries, code: number): readonly string[] {
  const found = values(entries, code);
  return source.emptyIsAbsent ? found.filter((text) => text !== "") : found;
}
