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

import { contains, parseAddress } from "../../event/address.ts";
import { type DerivedType, isDerived } from "../../event/derived.ts";
import { fields, type Source } from "../../event/fields.ts";
import { foldCase } from "../../event/fold-case.ts";
import { type NameKind, namesFor } from "../../event/names.ts";
import { isGuid } from "../../kernel/id-hash.ts";
import { compares } from "../../query/compare.ts";
import type { Filter, Pattern, Subject } from "../../query/filter.ts";
import { requiredLiterals } from "../../query/literals.ts";
import { fitsPair } from "../../query/pairs.ts";
import { fits } from "../../query/pattern.ts";
import { type Entries, values } from "../../store/entries.ts";
import type { Codes } from "../../store/segment.ts";
import { derivedColumn } from "./derived-column.ts";
import { idWords } from "./event-id.ts";
import { type Mask, maybe, no, openIn, raise, yes } from "./mask.ts";
import { mentionMask } from "./mentions.ts";
import type { ColumnOf, View } from "./view.ts";

/** Judges some rows of a view, given in ascending order; the mask is the caller's to change. */
export type Evaluator = (view: View, rows: Uint32Array) => Mask;

/** Judges a value by the names it goes by. */
interface Judge {
  readonly fits: (names: readonly string[]) => boolean;
  /** In lower case; a value without it has no name that fits. */
  readonly within?: string;
}

function anyName(fit: (name: string) => boolean): Judge {
  return { fits: (names) => names.some(fit) };
}

/** Every name is a part of the value, so that most values are passed over unparsed. */
function nameLike(pattern: Pattern): Judge {
  const judge = anyName(fits(pattern));
  return pattern.kind === "equals" ? { ...judge, within: foldCase(pattern.text) } : judge;
}

function firstName(fit: (name: string) => boolean): Judge {
  return { fits: ([name]) => name !== undefined && fit(name) };
}

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
      return some(alternatives(filter.filters).map((part) => compileAlternative(part, columnOf)));
    case "not": {
      const inner = compile(filter.filter, columnOf);
      return (view, rows) => inner(view, rows).map((verdict) => yes - verdict);
    }
    case "text":
      return subjectTest(filter.subject, nameLike(filter.pattern), columnOf, exactId(filter));
    case "pairs":
      return pairTest(filter, columnOf);
    case "address":
      return subjectTest(filter.subject, firstName(inRange(filter.range)), columnOf);
    case "compare": {
      const judge = compares(filter.operator, filter.value);
      return subjectTest(filter.subject, firstName(judge), columnOf);
    }
    case "exists":
      return subjectTest(
        filter.subject,
        firstName(() => true),
        columnOf,
      );
    case "time":
      return timeTest(filter.from ?? -Infinity, filter.until ?? Infinity);
    case "mentions":
      return ({ tokens }, rows) =>
        tokens === undefined ? allMaybe(rows) : mentionMask(tokens, filter, rows);
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
  );
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
  return (view, rows) => {
    const mask = first(view, rows);
    let places = openIn(mask);
    for (const test of others) {
      if (places.length === 0) break;
      const verdicts = test(view, rowsAt(rows, places));
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
  return (view, rows) => {
    const mask = first(view, rows);
    for (const test of others) raise(mask, test(view, rows));
    return mask;
  };
}

const isNone: Evaluator = (_, rows) => new Uint8Array(rows.length);

function inRange(range: Parameters<typeof contains>[0]): (text: string) => boolean {
  return (text) => {
    const address = parseAddress(text);
    return address !== undefined && contains(range, address);
  };
}

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

/** The GUID that a text filter asks eventIDs for, if that is what it does: its bits know no case. */
function exactId({ subject, pattern }: Extract<Filter, { kind: "text" }>): string | undefined {
  const isId = subject.kind === "field" && subject.field === "eventID";
  return isId && pattern.kind === "equals" && isGuid(pattern.text) ? pattern.text : undefined;
}

function subjectTest(
  subject: Subject,
  judge: Judge,
  columnOf: ColumnOf,
  wantedId?: string,
): Evaluator {
  const sources = sourcesOf(subject);
  const columns = sources.map(({ path }) => columnOf(path));
  if (!columns.every((column) => column !== undefined)) {
    return wantedId === undefined ? (_, rows) => allMaybe(rows) : idTest(wantedId);
  }
  const type = subject.kind === "field" ? fields[subject.field].type : "text";
  if (isDerived(type)) return derivedTest(type, columns, judge);
  const readers = sources.map((source, index) => ({
    column: columns[index] as number,
    verdicts: verdictsOf(source, judge),
  }));
  return subject.kind === "field" && fields[subject.field].take === "any"
    ? anyTest(readers)
    : firstTest(readers);
}

function allMaybe({ length }: Uint32Array): Mask {
  return new Uint8Array(length).fill(maybe);
}

/** Two values are judged once, however many rows have both. */
function pairTest(filter: Extract<Filter, { kind: "pairs" }>, columnOf: ColumnOf): Evaluator {
  const sides = filter.subjects.map((subject) => {
    const [source, ...others] = sourcesOf(subject);
    const column = source && columnOf(source.path);
    return source === undefined || column === undefined || others.length > 0
      ? undefined
      : { source, column };
  });
  const [first, second] = sides;
  if (first === undefined || second === undefined) {
    return (_, rows) => allMaybe(rows);
  }
  const fit = fitsPair(filter);
  return ({ codes, entries }, rows) => {
    const mask = new Uint8Array(rows.length);
    const [firstCodes, secondCodes] = [codes[first.column], codes[second.column]] as [Codes, Codes];
    const [firsts, seconds] = [entries[first.column], entries[second.column]] as [Entries, Entries];
    const namesOf = ({ source }: typeof first, all: Entries, code: number) =>
      textsOf(source, all, code).flatMap((text) => namesFor(source.names, text));
    const known = new Map<number, number>();
    for (let i = 0; i < rows.length; i += 1) {
      const row = rows[i] as number;
      const [one, other] = [firstCodes[row] as number, secondCodes[row] as number];
      if (one === 0 || other === 0) continue;
      const key = one * (seconds.size + 1) + other;
      const verdict =
        known.get(key) ??
        (fit(namesOf(first, firsts, one), namesOf(second, seconds, other)) ? yes : no);
      known.set(key, verdict);
      mask[i] = verdict;
    }
    return mask;
  };
}

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

/** Rows whose eventID has these bits; a hash may have them too, so the record decides. */
function idTest(id: string): Evaluator {
  const words = idWords(id);
  return ({ ids }, rows) => {
    const mask = new Uint8Array(rows.length);
    for (let i = 0; i < rows.length; i += 1) {
      const at = (rows[i] as number) * 4;
      if (
        ids[at] === words[0] &&
        ids[at + 1] === words[1] &&
        ids[at + 2] === words[2] &&
        ids[at + 3] === words[3]
      ) {
        mask[i] = maybe;
      }
    }
    return mask;
  };
}

/** Verdict of a code whose value is none after all (null, an empty array): the next source counts. */
const absent = 3;

type Verdicts = (entries: Entries) => Uint8Array;

/** Judges each entry of a dictionary once, also when the dictionary grows between calls. */
function verdictsOf(source: SubjectSource, judge: Judge): Verdicts {
  const known = new WeakMap<Entries, { verdicts: Uint8Array; judged: number }>();
  return (entries) => {
    let state = known.get(entries);
    if (state === undefined) {
      state = { verdicts: new Uint8Array(entries.size + 1).fill(absent), judged: 0 };
      known.set(entries, state);
    }
    if (entries.size >= state.verdicts.length) {
      const grown = new Uint8Array(Math.max(64, entries.size * 2)).fill(absent);
      grown.set(state.verdicts);
      state.verdicts = grown;
    }
    for (let code = state.judged + 1; code <= entries.size; code += 1) {
      const texts = textsOf(source, entries, code);
      if (texts.length === 0) continue;
      const fit = texts.some(
        (text) =>
          (judge.within === undefined || foldCase(text).includes(judge.within)) &&
          judge.fits(namesFor(source.names, text)),
      );
      state.verdicts[code] = fit ? yes : no;
    }
    state.judged = entries.size;
    return state.verdicts;
  };
}

interface Reader {
  readonly column: number;
  readonly verdicts: Verdicts;
}

function anyTest(readers: readonly Reader[]): Evaluator {
  return ({ codes, entries }, rows) => {
    const mask = new Uint8Array(rows.length);
    for (const { column, verdicts } of readers) {
      const verdict = verdicts(entries[column] as Entries);
      // Values of a few users in a million events: most dictionaries hold nothing that fits.
      if (!verdict.includes(yes)) continue;
      const ownCodes = codes[column] as Codes;
      for (let i = 0; i < rows.length; i += 1) {
        if (verdict[ownCodes[rows[i] as number] as number] === yes) mask[i] = yes;
      }
    }
    return mask;
  };
}

function firstTest(readers: readonly Reader[]): Evaluator {
  return ({ codes, entries }, rows) => {
    const judged = readers.map(({ column, verdicts }) => ({
      verdict: verdicts(entries[column] as Entries),
      ownCodes: codes[column] as Codes,
    }));
    const mask = new Uint8Array(rows.length);
    if (!judged.some(({ verdict }) => verdict.includes(yes))) return mask;
    mask.fill(absent);
    for (const { verdict, ownCodes } of judged) {
      for (let i = 0; i < rows.length; i += 1) {
        if (mask[i] === absent) mask[i] = verdict[ownCodes[rows[i] as number] as number] as number;
      }
    }
    for (let i = 0; i < rows.length; i += 1) if (mask[i] === absent) mask[i] = no;
    return mask;
  };
}

function derivedTest(type: DerivedType, columns: readonly number[], judge: Judge): Evaluator {
  return (view, rows) => {
    const { numbers, values } = derivedColumn(type, columns, view);
    const verdicts = values.map((value) => (value !== undefined && judge.fits([value]) ? yes : no));
    const mask = new Uint8Array(rows.length);
    for (let i = 0; i < rows.length; i += 1) {
      mask[i] = verdicts[numbers[rows[i] as number] as number] as number;
    }
    return mask;
  };
}
