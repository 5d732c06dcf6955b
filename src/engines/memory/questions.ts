/**
 * Questions that were said before anything is read: what they need of the input, and which queries are
 * among them.
 */

import { everything, type Filter, type Subject } from "../../query/filter.ts";
import type { Question } from "../../query/query.ts";
import { histogramSubjects } from "./histogram.ts";
import type { Needs } from "./plan.ts";
import { similarTo } from "./similar.ts";

/** One query, as far as it decides what must have been kept for it. */
export interface Asked {
  readonly filter: Filter;
  readonly subjects: readonly Subject[];
  /** Whether its events are read, and not only counted. */
  readonly reads: boolean;
}

/** What a question asks; undefined for one that says nothing of single events. */
export function askedBy(question: Question): Asked | undefined {
  switch (question.kind) {
    case "events": {
      const { filter, sort } = question;
      return { filter, subjects: sort === undefined ? [] : [sort], reads: true };
    }
    case "groups":
      return { filter: question.filter, subjects: question.by, reads: false };
    case "histogram":
      return { filter: question.filter, subjects: histogramSubjects, reads: false };
    case "similar":
      return { filter: similarTo(question.resource), subjects: [], reads: true };
    case "sketches":
      return { filter: question.filter, subjects: [], reads: true };
    case "candidates":
      return { filter: question.filter, subjects: question.by, reads: true };
    case "survey":
    case "thorough":
    case "more":
      return undefined;
  }
}

export function needsOf(questions: readonly Question[]): Needs {
  const sketched = questions.filter((question) => question.kind === "sketches");
  const candidates = questions.filter((question) => question.kind === "candidates");
  const others = questions.filter(({ kind }) => kind !== "sketches" && kind !== "candidates");
  const asked = others.flatMap((question) => askedBy(question) ?? []);
  const filtersOf = (reads: boolean) =>
    distinct(asked.filter((one) => one.reads === reads).map(({ filter }) => filter));
  const read = filtersOf(true);
  return {
    read,
    counted: filtersOf(false).filter((filter) => !read.some((one) => isSameFilter(one, filter))),
    sketched,
    candidates: candidates.map(({ filter }) => filter),
    subjects: questions.flatMap((question) => askedBy(question)?.subjects ?? []),
    survey: questions.some(({ kind }) => kind === "survey"),
    thorough: questions.some(({ kind }) => kind === "thorough"),
  };
}

function distinct(filters: readonly Filter[]): readonly Filter[] {
  return [...new Map(filters.map((filter) => [filterKey(filter), filter])).values()];
}

/** Whether they say the same in the same words. */
export function isSameFilter(one: Filter, other: Filter): boolean {
  return one === other || filterKey(one) === filterKey(other);
}

const keys = new WeakMap<Filter, string>();

function filterKey(filter: Filter): string {
  const key = keys.get(filter) ?? JSON.stringify(filter);
  keys.set(filter, key);
  return key;
}

/** Whether everything that the filter selects is selected by one of those, too. */
export function isAmong(filter: Filter, said: readonly Filter[]): boolean {
  const key = filterKey(filter);
  if (said.some((one) => one === everything || filterKey(one) === key)) return true;
  return filter.kind === "every" && filter.filters.some((part) => isAmong(part, said));
}
