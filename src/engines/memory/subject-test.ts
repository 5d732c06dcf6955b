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
/** Of a code that nobody has asked about. */
const unjudged = 4;

/** What is known of a dictionary's entries; `isIdle`: none of them fits. */
interface Verdicts {
  readonly of: Uint8Array;
  readonly isIdle: boolean;
  judge(code: number): number;
}

type VerdictsOf = (entries: Entries, rows: number) => Verdicts;

/**
 * Judges each entry of a dictionary once, also when the dictionary grows between calls: all of them ahead,
 * or where fewer rows are asked about than there are new entries, each when it is met.
 */
function verdictsOf(source: SubjectSource, judge: Judge): VerdictsOf {
  const known = new WeakMap<Entries, Judged>();
  return (entries, rows) => {
    const judged = known.get(entries) ?? new Judged(source, judge, entries);
    known.set(entries, judged);
    judged.prepare(rows);
    return judged;
  };
}

class Judged implements Verdicts {
  of = new Uint8Array(64).fill(unjudged);
  readonly #source: SubjectSource;
  readonly #judge: Judge;
  readonly #entries: Entries;
  /** All codes up to this one are judged. */
  #judged = 0;
  #fits = false;

  constructor(source: SubjectSource, judge: Judge, entries: Entries) {
    this.#source = source;
    this.#judge = judge;
    this.#entries = entries;
    this.of[0] = absent;
  }

  get isIdle(): boolean {
    return !this.#fits && this.#judged === this.#entries.size;
  }

  prepare(rows: number): void {
    const { size } = this.#entries;
    if (size >= this.of.length) {
      const grown = new Uint8Array(size * 2).fill(unjudged);
      grown.set(this.of);
      this.of = grown;
    }
    if (size - this.#judged > rows) return;
    for (let code = this.#judged + 1; code <= size; code += 1) {
      if (this.of[code] === unjudged) this.judge(code);
    }
    this.#judged = size;
  }

  judge(code: number): number {
    const { within, fits } = this.#judge;
    const texts = textsOf(this.#source, this.#entries, code);
    const isFit = texts.some(
      (text) =>
        (within === undefined || foldCase(text).includes(within)) &&
        fits(namesFor(this.#source.names, text)),
    );
    const verdict = texts.length === 0 ? absent : isFit ? yes : no;
    this.of[code] = verdict;
    this.#fits ||= isFit;
    return verdict;
  }
}

interface Reader {
  readonly column: number;
  readonly verdicts: VerdictsOf;
}

function anyTest(readers: readonly Reader[]): Evaluator {
  return ({ codes, entries }, rows) => {
    const mask = new Uint8Array(rows.length);
    for (const { column, verdicts } of readers) {
      const judged = verdicts(entries[column] as Entries, rows.length);
      // Values of a few users in a million events: most dictionaries hold nothing that fits.
      if (judged.isIdle) continue;
      const ownCodes = codes[column] as Codes;
      const verdict = judged.of;
      for (let i = 0; i < rows.length; i += 1) {
        const code = ownCodes[rows[i] as number] as number;
        const known = verdict[code] as number;
        if ((known === unjudged ? judged.judge(code) : known) === yes) mask[i] = yes;
      }
    }
    return mask;
  };
}

function firstTest(readers: readonly Reader[]): Evaluator {
  return ({ codes, entries }, rows) => {
    const sources = readers.map(({ column, verdicts }) => ({
      judged: verdicts(entries[column] as Entries, rows.length),
      ownCodes: codes[column] as Codes,
    }));
    const mask = new Uint8Array(rows.length);
    if (sources.every(({ judged }) => judged.isIdle)) return mask;
    mask.fill(absent);
    for (const { judged, ownCodes } of sources) {
      const verdict = judged.of;
      for (let i = 0; i < rows.length; i += 1) {
        if (mask[i] !== absent) continue;
        const code = ownCodes[rows[i] as number] as number;
        const known = verdict[code] as number;
        mask[i] = known === unjudged ? judged.judge(code) : known;
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
