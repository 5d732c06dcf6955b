/**
 * Many alternatives over the same rows, as the rules of a check are: what an event is called and which
 * service it called decides most of them, and the rest is asked of the events of that kind alone.
 */

// Indexes into typed arrays stay within the view and the rows; the casts only drop the `undefined` of the
// checked index access.

import type { CloudTrailRecord, Json } from "../../event/record.ts";
import { type Filter, nothing, testsOf } from "../../query/filter.ts";
import { isAbout, remaining } from "../../query/outlook.ts";
import { type Entries, values } from "../../store/entries.ts";
import type { Evaluator } from "./subject-test.ts";
import type { ColumnOf, View } from "./view.ts";

/** With fewer, looking at each costs less. */
const worthwhile = 8;

const keys: readonly string[] = ["eventName", "eventSource"];

/** Whether it is worth it to look at the kind of event first. */
export function isByEvent(filter: Filter): boolean {
  return testsOf(filter).some((test) => isAbout(test, keys));
}

interface Compiler {
  readonly columnOf: ColumnOf;
  compile(filter: Filter, columnOf: ColumnOf): Evaluator;
}

/** Undefined where they are better tried one after another. */
export function byEvent(
  alternatives: readonly Filter[],
  { columnOf, compile }: Compiler,
): Evaluator | undefined {
  const columns = keys.flatMap((key) => {
    const column = columnOf([key]);
    return column === undefined ? [] : [{ key, column }];
  });
  const [first] = columns;
  if (alternatives.length < worthwhile || first === undefined) return undefined;
  const evaluatorOf = rests(alternatives, (filter) => compile(filter, columnOf));
  const known = new WeakMap<Entries, Kinds>();
  return (view, rows, ...more) => {
    const entries = view.entries[first.column] as Entries;
    const kinds = known.get(entries) ?? new Kinds(columns, evaluatorOf);
    known.set(entries, kinds);
    const mask = new Uint8Array(rows.length);
    for (const [evaluator, places] of kinds.placesIn(view, rows)) {
      const own = Uint32Array.from(places, (place) => rows[place] as number);
      const verdicts = evaluator(view, own, ...more);
      for (let i = 0; i < verdicts.length; i += 1) {
        mask[places[i] as number] = verdicts[i] as number;
      }
    }
    return mask;
  };
}

/** What an event's name and service tell, as a record has them. */
type Kind = CloudTrailRecord;

/** For a kind of event what is left to ask of it; undefined where nothing is, as none can be selected. */
function rests(
  alternatives: readonly Filter[],
  compiled: (filter: Filter) => Evaluator,
): (kind: Kind, own: readonly string[]) => Evaluator | undefined {
  const known = new Map<string, Evaluator | undefined>();
  const all: Filter = { kind: "some", filters: alternatives };
  return (kind, own) => {
    const key = JSON.stringify(kind);
    if (known.has(key)) return known.get(key);
    const left = remaining(all, kind, own);
    const evaluator = left === nothing ? undefined : compiled(left);
    known.set(key, evaluator);
    return evaluator;
  };
}

interface KeyColumn {
  readonly key: string;
  readonly column: number;
}

/** Events of one name and service, by the codes of both, and what is asked of them. */
class Kinds {
  readonly #columns: readonly KeyColumn[];
  readonly #evaluatorOf: ReturnType<typeof rests>;
  readonly #known = new Map<number, Evaluator | undefined>();

  constructor(columns: readonly KeyColumn[], evaluatorOf: ReturnType<typeof rests>) {
    this.#columns = columns;
    this.#evaluatorOf = evaluatorOf;
  }

  /** For each evaluator that may select any, where its rows stand among these; in ascending order. */
  placesIn(view: View, rows: Uint32Array): ReadonlyMap<Evaluator, readonly number[]> {
    const found = new Map<Evaluator, number[]>();
    const [names, services] = this.#columns.map(({ column }) => view.codes[column]);
    for (let place = 0; place < rows.length; place += 1) {
      const row = rows[place] as number;
      const evaluator = this.#evaluatorFor(view, names?.[row] ?? 0, services?.[row] ?? 0);
      if (evaluator === undefined) continue;
      const places = found.get(evaluator);
      if (places === undefined) found.set(evaluator, [place]);
      else places.push(place);
    }
    return found;
  }

  #evaluatorFor(view: View, name: number, service: number): Evaluator | undefined {
    const codes = [name, service];
    const kind = name * mostCodes + service;
    const known = this.#known.get(kind);
    if (known !== undefined || this.#known.has(kind)) return known;
    const record: { [key: string]: Json } = {};
    for (const [at, { key, column }] of this.#columns.entries()) {
      const code = codes[at] as number;
      if (code !== 0) record[key] = values(view.entries[column] as Entries, code);
    }
    const own = this.#columns.map(({ key }) => key);
    const evaluator = this.#evaluatorOf(record, own);
    this.#known.set(kind, evaluator);
    return evaluator;
  }
}

/** Codes are 32-bit numbers at most, of which so many services will never be seen. */
const mostCodes = 2 ** 21;
