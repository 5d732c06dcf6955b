/**
 * A filter: which events a question is about, as an immutable tree.
 *
 * The tree says what is meant and nothing about how it is found. `matches` is its slow, obvious meaning;
 * the memory engine compiles it to verdicts on columns. Absent never matches, and `not` is the exact
 * complement of what it holds.
 */

import type { AddressRange } from "../event/address.ts";
import type { FieldName } from "../event/fields.ts";
import type { ResourcePattern } from "../event/mention.ts";

export type { ResourcePattern } from "../event/mention.ts";

/** A text to compare with, without regard to case: of ASCII letters, in a regex as RE2 folds it. */
export type Pattern =
  | { readonly kind: "equals"; readonly text: string }
  /** `*` any run of characters, `?` any one; the whole text must fit. */
  | { readonly kind: "glob"; readonly glob: string }
  /** RE2 syntax, found anywhere in the text; linear time whatever the pattern. */
  | { readonly kind: "regex"; readonly source: string };

/** What a test looks at: a field of the catalogue, or any path in the record. */
export type Subject =
  | { readonly kind: "field"; readonly field: FieldName }
  /** Dotted keys; arrays on the way are entered, so one path can reach several values. */
  | { readonly kind: "path"; readonly path: readonly string[] };

/** Weeks are ISO 8601's. */
type TimePart = "minute" | "hour" | "day" | "week" | "month" | "year";

/**
 * `all`: of at least one; a number: that item, from 0, or from the end if negative. A single value is a list
 * of one. Where there is none, only `none` holds; where the list is empty, `all_or_empty` does as well.
 */
export type ItemsTaken = "any" | "all" | "all_or_empty" | "none" | number;

export type Filter =
  /** All of them; with none, everything. */
  | { readonly kind: "every"; readonly filters: readonly Filter[] }
  /** At least one of them; with none, nothing. */
  | { readonly kind: "some"; readonly filters: readonly Filter[] }
  | { readonly kind: "not"; readonly filter: Filter }
  /** Any value of the subject fits the pattern. */
  | { readonly kind: "text"; readonly subject: Subject; readonly pattern: Pattern }
  /** A value of each subject are together one of the pairs, compared like equal texts. */
  | {
      readonly kind: "pairs";
      readonly subjects: readonly [Subject, Subject];
      readonly pairs: readonly (readonly [string, string])[];
    }
  /** Any value is an IP address inside the range. */
  | { readonly kind: "address"; readonly subject: Subject; readonly range: AddressRange }
  /** `eventTime` in [from, until), epoch milliseconds; either end may be open. */
  | { readonly kind: "time"; readonly from?: number; readonly until?: number }
  /** Any value of the subject compares so: as numbers when both are numbers, as times when both are
   *  RFC 3339 times, else never. With `part`, that number of each value's time in UTC. */
  | {
      readonly kind: "compare";
      readonly subject: Subject;
      readonly part?: TimePart;
      readonly operator: "=" | "<" | "<=" | ">" | ">=";
      readonly value: string;
    }
  /** Any value of the first subject is, holds, begins or ends with one of the second's. */
  | {
      readonly kind: "same";
      readonly subjects: readonly [Subject, Subject];
      readonly position: "whole" | "contains" | "startswith" | "endswith";
      readonly cased: boolean;
    }
  /** Some text, number or truth, wherever it stands in the record, fits the pattern. */
  | { readonly kind: "anywhere"; readonly pattern: Pattern }
  /** So many items of a list hold: each is looked at as the record `{ item }`. */
  | {
      readonly kind: "items";
      readonly path: readonly string[];
      readonly take: ItemsTaken;
      readonly filter: Filter;
    }
  /** The subject has at least one value other than null. */
  | { readonly kind: "exists"; readonly subject: Subject }
  /** Some string, number or container key under the places where events name resources mentions it. */
  | { readonly kind: "mentions"; readonly resource: ResourcePattern };

export const everything: Filter = { kind: "every", filters: [] };

export const nothing: Filter = { kind: "some", filters: [] };

/** Whether the filter has no condition that an event could fail. */
export function isEverything(filter: Filter): boolean {
  return filter.kind === "every" && filter.filters.every(isEverything);
}

/** A filter that looks at an event itself, not at what other filters say of it. */
export type Test = Exclude<Filter, { kind: "every" | "some" | "not" }>;

/** Every test in the filter, also of what is excluded. */
export function testsOf(filter: Filter): readonly Test[] {
  switch (filter.kind) {
    case "every":
    case "some":
      return filter.filters.flatMap(testsOf);
    case "not":
      return testsOf(filter.filter);
    default:
      return [filter];
  }
}

/** Every pattern in the filter, also of what is excluded. */
export function patternsOf(filter: Filter): readonly Pattern[] {
  return testsOf(filter).flatMap((test) => {
    if (test.kind === "text" || test.kind === "anywhere") return [test.pattern];
    return test.kind === "items" ? patternsOf(test.filter) : [];
  });
}

/** The same filter with something else in the place of each test. */
export function mapTests(filter: Filter, to: (test: Test) => Filter): Filter {
  switch (filter.kind) {
    case "every":
    case "some":
      return { ...filter, filters: filter.filters.map((part) => mapTests(part, to)) };
    case "not":
      return { ...filter, filter: mapTests(filter.filter, to) };
    default:
      return to(filter);
  }
}

/** The same filters with one object for each test, however many ask it: whoever answers it does so once. */
export function sharingTests(filters: readonly Filter[]): readonly Filter[] {
  const known = new Map<string, Test>();
  return filters.map((filter) =>
    mapTests(filter, (test) => {
      const key = JSON.stringify(test);
      const same = known.get(key) ?? test;
      known.set(key, same);
      return same;
    }),
  );
}

export type TextTest = Extract<Filter, { kind: "text" }>;

/** Every test of a text in the filter, also of what is excluded. */
export function textTests(filter: Filter): readonly TextTest[] {
  return testsOf(filter).filter((test) => test.kind === "text");
}
