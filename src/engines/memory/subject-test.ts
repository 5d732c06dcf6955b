/**
 * Judging a subject by its columns: each distinct value once, each row by its code.
 */

// Indexes into typed arrays stay within the view and the rows; the casts only drop the `undefined` of the
// checked index access.

import { contains, parseAddress } from "../../event/address.ts";
import { type DerivedType, isDerived } from "../../event/derived.ts";
import { fields } from "../../event/fields.ts";
import { foldCase } from "../../event/fold-case.ts";
import { namesFor } from "../../event/names.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { isGuid } from "../../kernel/id-hash.ts";
import type { Filter, Pattern, Subject, TextTest } from "../../query/filter.ts";
import { matches } from "../../query/matches.ts";
import { fitsPair } from "../../query/pairs.ts";
import { fits } from "../../query/pattern.ts";
import type { Entries } from "../../store/entries.ts";
import type { Codes } from "../../store/segment.ts";
import { derivedColumn } from "./derived-column.ts";
import { idWords } from "./event-id.ts";
import { type Mask, maybe, no, yes } from "./mask.ts";
import { type SubjectSource, sourcesOf, textsOf } from "./subject-sources.ts";
import type { ColumnOf, View } from "./view.ts";

/**
 * Judges some rows of a view, given in ascending order; the mask is the caller's to change. Where columns
 * cannot tell, `records` of all these rows do.
 */
export type Evaluator = (view: View, rows: Uint32Array, records?: Records) => Mask;

/** By the number of the row. */
export type Records = ReadonlyMap<number, CloudTrailRecord>;

/** Judges a value by the names it goes by. */
export interface Judge {
  readonly fits: (names: readonly string[]) => boolean;
  /** In lower case; a value without it has no name that fits. */
  readonly within?: string;
}

export function anyName(fit: (name: string) => boolean): Judge {
  return { fits: (names) => names.some(fit) };
}

/** Every name is a part of the value, so that most values are passed over unparsed. */
export function nameLike(pattern: Pattern): Judge {
  const judge = anyName(fits(pattern));
  return pattern.kind === "equals" ? { ...judge, within: foldCase(pattern.text) } : judge;
}

export function firstName(fit: (name: string) => boolean): Judge {
  return { fits: ([name]) => name !== undefined && fit(name) };
}

export function inRange(range: Parameters<typeof contains>[0]): (text: string) => boolean {
  return (text) => {
    const address = parseAddress(text);
    return address !== undefined && contains(range, address);
  };
}

/** Of a GUID that a text filter asks eventIDs for the bits are known, and they know no case. */
export function untoldText(filter: TextTest): Evaluator {
  const { subject, pattern } = filter;
  const isId = subject.kind === "field" && subject.field === "eventID";
  const rest = byRecord(filter);
  return isId && pattern.kind === "equals" && isGuid(pattern.text)
    ? idTest(pattern.text, rest)
    : rest;
}

export function subjectTest(
  subject: Subject,
  judge: Judge,
  columnOf: ColumnOf,
  untold: Evaluator,
): Evaluator {
  const sources = sourcesOf(subject);
  const columns = sources.map(({ path }) => columnOf(path));
  if (!columns.every((column) => column !== undefined)) return untold;
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

/** For what the columns cannot tell. */
export function byRecord(filter: Filter): Evaluator {
  return (_, rows, records) => {
    if (records === undefined) return new Uint8Array(rows.length).fill(maybe);
    return Uint8Array.from(rows, (row) => {
      const record = records.get(row);
      return record !== undefined && matches(filter, record) ? yes : no;
    });
  };
}

/** Two values are judged once, however many rows have both. */
export function pairTest(
  filter: Extract<Filter, { kind: "pairs" }>,
  columnOf: ColumnOf,
): Evaluator {
  const sides = filter.subjects.map((subject) => {
    const [source, ...others] = sourcesOf(subject);
    const column = source && columnOf(source.path);
    return source === undefined || column === undefined || others.length > 0
      ? undefined
      : { source, column };
  });
  const [first, second] = sides;
  if (first === undefined || second === undefined) return byRecord(filter);
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

/** Rows whose eventID has these bits; a hash may have them too, so the record decides. */
function idTest(id: string, rest: Evaluator): Evaluator {
  const words = idWords(id);
  return (view, rows, records) => {
    if (records !== undefined) return rest(view, rows, records);
    const { ids } = view;
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
