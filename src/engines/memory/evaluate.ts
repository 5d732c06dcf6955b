/**
 * A filter compiled for columns: one byte for each row asked about, worked out a column at a time.
 *
 * A predicate runs once per distinct value and its verdict is then looked up by code. Where the
 * columns cannot tell, because a path is no column or no tokens were kept, the row is `maybe` and
 * whoever asked holds its record against `matches`. The three values are ordered, so that `every` is
 * the least, `some` the greatest and `not` the mirror image.
 */

// Indexes into typed arrays stay within the view and the rows; the casts only drop the `undefined` of the
// checked index access.

import { foldCase } from "../../event/fold-case.ts";
import { compares } from "../../query/compare.ts";
import type { Filter } from "../../query/filter.ts";
import { requiredLiterals } from "../../query/literals.ts";
import { fits } from "../../query/pattern.ts";
import { byEvent, isByEvent } from "./by-event.ts";
import { no, openIn, raise, yes } from "./mask.ts";
import { mentionMask } from "./mentions.ts";
import {
  anyName,
  byRecord,
  type Evaluator,
  firstName,
  inRange,
  nameLike,
  pairTest,
  subjectTest,
  untoldText,
} from "./subject-test.ts";
import type { ColumnOf } from "./view.ts";

const compiled = new WeakMap<ColumnOf, WeakMap<Filter, Evaluator>>();

/** Filters that the program asks again and again are the same objects, and so keep their verdicts. */
export function compile(filter: Filter, columnOf: ColumnOf): Evaluator {
  const known = compiled.get(columnOf) ?? new WeakMap<Filter, Evaluator>();
  compiled.set(columnOf, known);
  const evaluator = known.get(filter) ?? evaluatorOf(filter, columnOf);
  known.set(filter, evaluator);
  return evaluator;
}

function evaluatorOf(filter: Filter, columnOf: ColumnOf): Evaluator {
  switch (filter.kind) {
    case "every":
      return every(byCost(conditions(filter.filters)).map((part) => compile(part, columnOf)));
    case "some":
      return someOf(filter.filters, columnOf);
    case "not": {
      const inner = compile(filter.filter, columnOf);
      return (view, rows, records) => inner(view, rows, records).map((verdict) => yes - verdict);
    }
    case "text":
      return subjectTest(filter.subject, nameLike(filter.pattern), columnOf, untoldText(filter));
    case "pairs":
      return pairTest(filter, columnOf);
    case "address":
      return subjectTest(
        filter.subject,
        firstName(inRange(filter.range)),
        columnOf,
        byRecord(filter),
      );
    case "compare": {
      const judge = compares(filter);
      return subjectTest(filter.subject, firstName(judge), columnOf, byRecord(filter));
    }
    case "exists":
      return subjectTest(
        filter.subject,
        firstName(() => true),
        columnOf,
        byRecord(filter),
      );
    case "same":
    case "anywhere":
    case "items":
      return byRecord(filter);
    case "time":
      return timeTest(filter.from ?? -Infinity, filter.until ?? Infinity);
    case "mentions": {
      const untold = byRecord(filter);
      return (view, rows, records) =>
        view.tokens === undefined
          ? untold(view, rows, records)
          : mentionMask(view.tokens, filter, rows);
    }
  }
}

type TextFilter = Extract<Filter, { kind: "text" }>;

/** Texts of one subject, any of which will do, or a filter of another kind. */
type Alternative = readonly [TextFilter, ...TextFilter[]] | Exclude<Filter, TextFilter>;

/** Many names of one subject are one look-up; a deed alone stands for dozens of event names. */
function alternatives(filters: readonly Filter[]): readonly Alternative[] {
  const texts = new Map<string, [TextFilter, ...TextFilter[]]>();
  const others: Exclude<Filter, TextFilter>[] = [];
  for (const filter of filters) {
    if (filter.kind !== "text") {
      others.push(filter);
      continue;
    }
    const key = JSON.stringify(filter.subject);
    const same = texts.get(key);
    if (same === undefined) texts.set(key, [filter]);
    else same.push(filter);
  }
  return [...texts.values(), ...others];
}

function someOf(filters: readonly Filter[], columnOf: ColumnOf): Evaluator {
  const parts = alternatives(choices(filters)).map((part) => ({
    filter: "kind" in part ? part : anyOfTexts(part),
    evaluator: compileAlternative(part, columnOf),
  }));
  const sorted = byEvent(
    parts.flatMap(({ filter }) => (isByEvent(filter) ? [filter] : [])),
    { columnOf, compile },
  );
  const others = sorted === undefined ? parts : parts.filter((part) => !isByEvent(part.filter));
  return some([...(sorted ? [sorted] : []), ...others.map(({ evaluator }) => evaluator)]);
}

function anyOfTexts(filters: readonly TextFilter[]): Filter {
  return { kind: "some", filters };
}

function compileAlternative(alternative: Alternative, columnOf: ColumnOf): Evaluator {
  if ("kind" in alternative) return compile(alternative, columnOf);
  const [first, ...others] = alternative;
  if (others.length === 0) return compile(first, columnOf);
  const texts = new Set<string>();
  const tests: ((name: string) => boolean)[] = [];
  for (const { pattern } of alternative) {
    if (pattern.kind === "equals") texts.add(foldCase(pattern.text));
    else tests.push(fits(pattern));
  }
  return subjectTest(
    first.subject,
    anyName((name) => texts.has(foldCase(name)) || tests.some((fit) => fit(name))),
    columnOf,
    byRecord({ kind: "some", filters: alternative }),
  );
}

/** With those of choices that stand in their place. */
function choices(filters: readonly Filter[]): readonly Filter[] {
  return filters.flatMap((filter) => (filter.kind === "some" ? choices(filter.filters) : [filter]));
}

/** With those of conditions that hold several in their place. */
function conditions(filters: readonly Filter[]): readonly Filter[] {
  return filters.flatMap((filter) =>
    filter.kind === "every" ? conditions(filter.filters) : [filter],
  );
}

/** Cheap tests first, so that the dear ones have few rows left. */
function byCost(filters: readonly Filter[]): readonly Filter[] {
  return filters.toSorted((a, b) => cost(a) - cost(b));
}

function cost(filter: Filter): number {
  switch (filter.kind) {
    case "time":
      return 0;
    case "text":
    case "pairs":
    case "address":
    case "compare":
    case "exists":
      return 1;
    case "mentions":
      // The rows of a name are known from the second question on; of a mere glob each token is judged.
      return requiredLiterals(filter) === undefined ? 100 : 0.5;
    case "same":
    case "anywhere":
    case "items":
      // Of the rows that are left the records have to be read.
      return 1000;
    case "not":
      // Leaves most rows, so others go before it.
      return 50 + cost(filter.filter);
    case "every":
      return Math.min(...filter.filters.map(cost));
    case "some":
      return filter.filters.reduce((sum, part) => sum + cost(part), 0);
  }
}

function every(tests: readonly Evaluator[]): Evaluator {
  const [first = isAny, ...others] = tests;
  return (view, rows, records) => {
    const mask = first(view, rows, records);
    let places = openIn(mask);
    for (const test of others) {
      if (places.length === 0) break;
      const verdicts = test(view, rowsAt(rows, places), records);
      let left = 0;
      for (let i = 0; i < verdicts.length; i += 1) {
        const place = places[i] as number;
        const verdict = verdicts[i] as number;
        if (verdict < (mask[place] as number)) mask[place] = verdict;
        if (verdict === no) continue;
        places[left] = place;
        left += 1;
      }
      places = places.subarray(0, left);
    }
    return mask;
  };
}

const isAny: Evaluator = (_, rows) => new Uint8Array(rows.length).fill(yes);

function rowsAt(rows: Uint32Array, places: Uint32Array): Uint32Array {
  if (places.length === rows.length) return rows;
  return places.map((place) => rows[place] as number);
}

function some(tests: readonly Evaluator[]): Evaluator {
  const [first = isNone, ...others] = tests;
  return (view, rows, records) => {
    const mask = first(view, rows, records);
    for (const test of others) raise(mask, test(view, rows, records));
    return mask;
  };
}

const isNone: Evaluator = (_, rows) => new Uint8Array(rows.length);

function timeTest(from: number, until: number): Evaluator {
  return ({ times }, rows) => {
    const mask = new Uint8Array(rows.length);
    for (let i = 0; i < rows.length; i += 1) {
      const time = times[rows[i] as number] as number;
      if (time >= from && time < until) mask[i] = yes;
    }
    return mask;
  };
}
