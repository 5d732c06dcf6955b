/**
 * Many alternatives over the same rows, as the rules of a check are: what an event is called and which
 * service it called leave few of them, so each is held only against the rows that it may select.
 */

// Indexes into typed arrays stay within the view and the rows; the casts only drop the `undefined` of the
// checked index access.

import type { Json } from "../../event/record.ts";
import { type Filter, testsOf } from "../../query/filter.ts";
import { isAbout, outlookOf } from "../../query/outlook.ts";
import { type Entries, values } from "../../store/entries.ts";
import type { Evaluator } from "./subject-test.ts";
import type { ColumnOf, View } from "./view.ts";

export interface Alternative {
  readonly filter: Filter;
  readonly evaluator: Evaluator;
}

/** With fewer, looking at each costs less. */
const worthwhile = 8;

const keys: readonly string[] = ["eventName", "eventSource"];

/** Whether it is worth it to look at the kind of event first. */
export function isByEvent(filter: Filter): boolean {
  return testsOf(filter).some((test) => isAbout(test, keys));
}

/** Undefined where they are better tried one after another. */
export function byEvent(
  alternatives: readonly Alternative[],
  columnOf: ColumnOf,
): Evaluator | undefined {
  const columns = keys.flatMap((key) => {
    const column = columnOf([key]);
    return column === undefined ? [] : [{ key, column }];
  });
  const [first] = columns;
  if (alternatives.length < worthwhile || first === undefined) return undefined;
  const known = new WeakMap<Entries, Kinds>();
  return (view, rows, ...more) => {
    const entries = view.entries[first.column] as Entries;
    const kinds = known.get(entries) ?? new Kinds(alternatives, columns);
    known.set(entries, kinds);
    const mask = new Uint8Array(rows.length);
    for (const [alternative, places] of kinds.placesIn(view, rows)) {
      const { evaluator } = alternatives[alternative] as Alternative;
      const own = Uint32Array.from(places, (place) => rows[place] as number);
      const verdicts = evaluator(view, own, ...more);
      for (let i = 0; i < verdicts.length; i += 1) {
        const place = places[i] as number;
        const verdict = verdicts[i] as number;
        if (verdict > (mask[place] as number)) mask[place] = verdict;
      }
    }
    return mask;
  };
}

interface KeyColumn {
  readonly key: string;
  readonly column: number;
}

/** Events of one name and service, and which alternatives may select them. */
class Kinds {
  readonly #alternatives: readonly Alternative[];
  readonly #columns: readonly KeyColumn[];
  /** By the codes of both columns. */
  readonly #open = new Map<number, readonly number[]>();

  constructor(alternatives: readonly Alternative[], columns: readonly KeyColumn[]) {
    this.#alternatives = alternatives;
    this.#columns = columns;
  }

  /** For each alternative that may select any, where its rows stand among these; in ascending order. */
  placesIn(view: View, rows: Uint32Array): ReadonlyMap<number, readonly number[]> {
    const found = new Map<number, number[]>();
    const [names, services] = this.#columns.map(({ column }) => view.codes[column]);
    for (let place = 0; place < rows.length; place += 1) {
      const row = rows[place] as number;
      const name = names?.[row] ?? 0;
      const service = services?.[row] ?? 0;
      for (const alternative of this.#openTo(view, name, service)) {
        const places = found.get(alternative);
        if (places === undefined) found.set(alternative, [place]);
        else places.push(place);
      }
    }
    return found;
  }

  #openTo(view: View, name: number, service: number): readonly number[] {
    const kind = name * mostCodes + service;
    const known = this.#open.get(kind);
    if (known !== undefined) return known;
    const record: { [key: string]: Json } = {};
    const codes = [name, service];
    for (const [at, { key, column }] of this.#columns.entries()) {
      const code = codes[at] as number;
      if (code !== 0) record[key] = values(view.entries[column] as Entries, code);
    }
    const own = this.#columns.map(({ key }) => key);
    const open = this.#alternatives.flatMap(({ filter }, alternative) =>
      outlookOf(filter, record, own) === "no" ? [] : [alternative],
    );
    this.#open.set(kind, open);
    return open;
  }
}

/** Codes are 32-bit numbers at most, of which so many services will never be seen. */
const mostCodes = 2 ** 21;
