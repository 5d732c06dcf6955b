/**
 * A filter compiled for columns: one byte per row, worked out a column at a time.
 *
 * A predicate runs once per distinct value and its verdict is then looked up by code. Where the
 * columns cannot tell, because a path is no column or no tokens were kept, the row is `maybe` and
 * whoever asked holds its record against `matches`. The three values are ordered, so that `every` is
 * the least, `some` the greatest and `not` the mirror image.
 */

// Indexes into typed arrays stay within the view's count; the casts only drop the `undefined` of the
// checked index access.

import { contains, parseAddress } from "../../event/address.ts";
import { type DerivedType, isDerived } from "../../event/derived.ts";
import { fields, type Source } from "../../event/fields.ts";
import { foldCase } from "../../event/fold-case.ts";
import { type NameKind, namesFor } from "../../event/names.ts";
import { isGuid } from "../../kernel/id-hash.ts";
import { compares } from "../../query/compare.ts";
import type { Filter, Pattern, Subject } from "../../query/filter.ts";
import { fitsPair } from "../../query/pairs.ts";
import { fits } from "../../query/pattern.ts";
import { type Entries, values } from "../../store/entries.ts";
import type { Codes } from "../../store/segment.ts";
import { derivedColumn } from "./derived-column.ts";
import { idWords } from "./event-id.ts";
import { type Mask, maybe, no, yes } from "./mask.ts";
import { mentionMask } from "./mentions.ts";
import type { ColumnOf, View } from "./view.ts";

/** Judges the rows that are not `no` in `open`; what it says of the others is of no meaning. */
export type Evaluator = (view: View, open: Mask) => Mask;

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

export function compile(filter: Filter, columnOf: ColumnOf): Evaluator {
  switch (filter.kind) {
    case "every":
      return every(byCost(filter.filters).map((part) => compile(part, columnOf)));
    case "some":
      return some(alternatives(filter.filters).map((part) => compileAlternative(part, columnOf)));
    case "not": {
      const inner = compile(filter.filter, columnOf);
      return (view, open) => inner(view, open).map((verdict) => yes - verdict);
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
      return ({ count, tokens }, open) =>
        tokens === undefined
          ? new Uint8Array(count).fill(maybe)
          : mentionMask(tokens, filter, open);
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
      return 100;
    case "not":
      return cost(filter.filter);
    case "every":
    case "some":
      return filter.filters.reduce((sum, part) => sum + cost(part), 0);
  }
}

function every(tests: readonly Evaluator[]): Evaluator {
  return (view, open) => {
    let mask = open;
    for (const test of tests) {
      const verdicts = test(view, mask);
      if (isNowhere(verdicts)) return verdicts;
      for (let row = 0; row < verdicts.length; row += 1) {
        const before = mask[row] as number;
        if (before < (verdicts[row] as number)) verdicts[row] = before;
      }
      mask = verdicts;
    }
    return mask;
  };
}

function some(tests: readonly Evaluator[]): Evaluator {
  return (view, open) => {
    const mask = new Uint8Array(view.count);
    for (const test of tests) {
      const verdicts = test(view, open);
      if (isNowhere(verdicts)) continue;
      for (let row = 0; row < mask.length; row += 1) {
        const verdict = verdicts[row] as number;
        if (verdict > (mask[row] as number)) mask[row] = verdict;
      }
    }
    return mask;
  };
}

/** Whether the mask is `no` throughout, which takes far less time to see than a loop over it. */
function isNowhere(mask: Mask): boolean {
  return !mask.includes(yes) && !mask.includes(maybe);
}

function inRange(range: Parameters<typeof contains>[0]): (text: string) => boolean {
  return (text) => {
    const address = parseAddress(text);
    return address !== undefined && contains(range, address);
  };
}

function timeTest(from: number, until: number): Evaluator {
  return ({ count, times }) => {
    const mask = new Uint8Array(count);
    for (let row = 0; row < count; row += 1) {
      const time = times[row] as number;
      if (time >= from && time < until) mask[row] = yes;
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
    return wantedId === undefined
      ? ({ count }) => new Uint8Array(count).fill(maybe)
      : idTest(wantedId);
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
    return ({ count }) => new Uint8Array(count).fill(maybe);
  }
  const fit = fitsPair(filter);
  return ({ count, codes, entries }, open) => {
    const mask = new Uint8Array(count);
    const [firstCodes, secondCodes] = [codes[first.column], codes[second.column]] as [Codes, Codes];
    const [firsts, seconds] = [entries[first.column], entries[second.column]] as [Entries, Entries];
    const namesOf = ({ source }: typeof first, all: Entries, code: number) =>
      textsOf(source, all, code).flatMap((text) => namesFor(source.names, text));
    const known = new Map<number, number>();
    for (let row = 0; row < count; row += 1) {
      const [one, other] = [firstCodes[row] as number, secondCodes[row] as number];
      if (open[row] === no || one === 0 || other === 0) continue;
      const key = one * (seconds.size + 1) + other;
      const verdict =
        known.get(key) ??
        (fit(namesOf(first, firsts, one), namesOf(second, seconds, other)) ? yes : no);
      known.set(key, verdict);
      mask[row] = verdict;
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
  return ({ count, ids }) => {
    const mask = new Uint8Array(count);
    for (let row = 0; row < count; row += 1) {
      const at = row * 4;
      if (
        ids[at] === words[0] &&
        ids[at + 1] === words[1] &&
        ids[at + 2] === words[2] &&
        ids[at + 3] === words[3]
      ) {
        mask[row] = maybe;
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
  return ({ count, codes, entries }, open) => {
    const mask = new Uint8Array(count);
    for (const { column, verdicts } of readers) {
      const verdict = verdicts(entries[column] as Entries);
      // Values of a few users in a million events: most dictionaries hold nothing that fits.
      if (!verdict.includes(yes)) continue;
      const ownCodes = codes[column] as Codes;
      for (let row = 0; row < count; row += 1) {
        if (open[row] === no) continue;
        if (verdict[ownCodes[row] as number] === yes) mask[row] = yes;
      }
    }
    return mask;
  };
}

function firstTest(readers: readonly Reader[]): Evaluator {
  return ({ count, codes, entries }, open) => {
    const judged = readers.map(({ column, verdicts }) => ({
      verdict: verdicts(entries[column] as Entries),
      ownCodes: codes[column] as Codes,
    }));
    if (!judged.some(({ verdict }) => verdict.includes(yes))) return new Uint8Array(count);
    const mask = new Uint8Array(count).fill(absent);
    for (const { verdict, ownCodes } of judged) {
      for (let row = 0; row < count; row += 1) {
        if (open[row] === no) continue;
        if (mask[row] === absent) mask[row] = verdict[ownCodes[row] as number] as number;
      }
    }
    for (let row = 0; row < count; row += 1) if (mask[row] === absent) mask[row] = no;
    return mask;
  };
}

function derivedTest(type: DerivedType, columns: readonly number[], judge: Judge): Evaluator {
  return (view) => {
    const { numbers, values } = derivedColumn(type, columns, view);
    const verdicts = values.map((value) => (value !== undefined && judge.fits([value]) ? yes : no));
    const mask = new Uint8Array(view.count);
    for (let row = 0; row < view.count; row += 1) {
      mask[row] = verdicts[numbers[row] as number] as number;
    }
    return mask;
  };
}
