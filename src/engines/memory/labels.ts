/**
 * Labels: for each row, what it is counted or sorted under, as small numbers.
 */

// Indexes stay within the arrays; the casts only drop the `undefined` of the checked index access.

import { isDerived } from "../../event/derived.ts";
import { fields } from "../../event/fields.ts";
import { namesFor } from "../../event/names.ts";
import type { Subject } from "../../query/filter.ts";
import { labelsOf } from "../../query/subject.ts";
import type { Entries } from "../../store/entries.ts";
import type { Codes } from "../../store/segment.ts";
import { derivedColumn } from "./derived-column.ts";
import type { EventStore } from "./event-store.ts";
import { type SubjectSource, sourcesOf, textsOf } from "./subject-sources.ts";
import type { View } from "./view.ts";

export interface Labels {
  /** For each row a number below `size`; of no meaning for rows that were not selected. */
  readonly of: Codes;
  readonly size: number;
  /** The labels that a number stands for: none, one, or several. */
  texts(number: number): readonly string[];
}

/** The labels of the selected rows of a segment. */
export async function labelsFor(
  store: EventStore,
  segment: number,
  rows: Uint32Array,
  subject: Subject,
): Promise<Labels> {
  const view = store.views[segment] as View;
  const sources = sourcesOf(subject);
  const columns = sources.map(({ path }) => store.columnOf(path));
  if (!columns.every((column) => column !== undefined)) {
    return fromRecords(store, segment, rows, subject);
  }
  const type = subject.kind === "field" ? fields[subject.field].type : "text";
  if (isDerived(type)) {
    const derived = derivedColumn(type, columns, view);
    const texts = derived.values.map((value) => (value === undefined ? [] : [value]));
    return { of: derived.numbers, size: texts.length, texts: (number) => texts[number] ?? [] };
  }
  const parts = sources.map((source, index) => ({
    codes: view.codes[columns[index] as number] as Codes,
    entries: view.entries[columns[index] as number] as Entries,
    source,
  }));
  const [only] = parts;
  return parts.length === 1 && only !== undefined
    ? fromColumn(only, subject)
    : fromFirst(parts, view.count, rows);
}

interface Part {
  readonly codes: Codes;
  readonly entries: Entries;
  readonly source: SubjectSource;
}

/** The column's own codes serve as numbers. */
function fromColumn({ codes, entries, source }: Part, subject: Subject): Labels {
  const most = subject.kind === "field" ? 1 : Number.POSITIVE_INFINITY;
  return {
    of: codes,
    size: entries.size + 1,
    texts: (code) => (code === 0 ? [] : labelsOfEntry(source, entries, code).slice(0, most)),
  };
}

function labelsOfEntry(source: SubjectSource, entries: Entries, code: number): readonly string[] {
  const labels = textsOf(source, entries, code).flatMap((text) =>
    namesFor(source.names, text).slice(0, 1),
  );
  return [...new Set(labels)];
}

/** The first source that has a label; its codes are moved past those of the sources before. */
function fromFirst(parts: readonly Part[], count: number, rows: Uint32Array): Labels {
  const of = new Uint32Array(count);
  const bases: number[] = [];
  let size = 1;
  for (const { codes, entries, source } of parts) {
    bases.push(size);
    // 1: has a label, 2: has none; looked at when it is met.
    const labelled = new Uint8Array(entries.size + 1).fill(2, 0, 1);
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] as number;
      if (of[row] !== 0) continue;
      const code = codes[row] as number;
      if (labelled[code] === 0) {
        labelled[code] = labelsOfEntry(source, entries, code).length > 0 ? 1 : 2;
      }
      if (labelled[code] === 1) of[row] = size + code;
    }
    size += entries.size + 1;
  }
  return {
    of,
    size,
    texts(number) {
      const index = bases.findLastIndex((base) => base <= number);
      const part = parts[index];
      if (number === 0 || part === undefined) return [];
      const code = number - (bases[index] as number);
      return labelsOfEntry(part.source, part.entries, code).slice(0, 1);
    },
  };
}

/** Where the subject is no column, each selected record is read. */
async function fromRecords(
  store: EventStore,
  segment: number,
  rows: Uint32Array,
  subject: Subject,
): Promise<Labels> {
  const of = new Uint32Array(store.segments[segment]?.count ?? 0);
  const numbers = new Map<string, number>();
  const texts: (readonly string[])[] = [[]];
  for (const row of rows) {
    const event = await store.event({ segment, row });
    const labels = event === undefined ? [] : labelsOf(subject, event.record);
    const key = JSON.stringify(labels);
    let number = labels.length === 0 ? 0 : numbers.get(key);
    if (number === undefined) {
      number = texts.length;
      numbers.set(key, number);
      texts.push(labels);
    }
    of[row] = number;
  }
  return { of, size: texts.length, texts: (number) => texts[number] ?? [] };
}
