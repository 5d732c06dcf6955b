/**
 * The plan of a load: which records to keep and which of their fields to make columns, worked out
 * from the queries that will be asked. Plain data, so that it can be sent to a worker thread.
 */

import { type FieldName, fieldNames } from "../../event/fields.ts";
import { mentionPaths } from "../../event/mention.ts";
import type { KernelSpec } from "../../kernel/kernel.ts";
import { some } from "../../query/build.ts";
import { everything, type Filter, type Subject } from "../../query/filter.ts";
import { type Literal, requiredLiterals } from "../../query/literals.ts";
import type { Expected, GroupsQuery } from "../../query/query.ts";
import { coverageFacets } from "./coverage-tally.ts";
import { sourcesOf } from "./evaluate.ts";
import type { ColumnOf } from "./view.ts";

export interface LoadPlan {
  /** Only matching events are kept. */
  readonly filter: Filter;
  /** Events of which the columns cannot tell whether they match are kept, too, and looked at if asked for. */
  readonly keepsDoubtful: boolean;
  /** Paths, one a column. */
  readonly columns: readonly (readonly string[])[];
  /** Whether to gather what each event mentions. */
  readonly tokens: boolean;
  /**
   * Only records that hold one of these texts are looked into; the others cannot match. Undefined:
   * all are, and the coverage is then exact.
   */
  readonly needles: readonly Literal[] | undefined;
  /** How many bytes of matching records each thread may keep, so that they need not be read again. */
  readonly keepBytes: number;
  /** Of the matching records, those whose bytes are worth keeping; undefined: all of them. */
  readonly keep: Filter | undefined;
  /** Events that sketches will be asked of, and the paths of these that are no columns. */
  readonly sketched:
    | { readonly filter: Filter; readonly paths: readonly (readonly string[])[] }
    | undefined;
}

/** Read whatever the question, to tell repetitions from clashing ids. */
const always: readonly Subject[] = [{ kind: "field", field: "eventName" }];
/** Read where all records are looked into. */
const forCoverage: readonly Subject[] = coverageFacets.map((field) => ({ kind: "field", field }));

const keptPerThread = 32 * 1024 * 1024;

/** The plan for one question: everything that does not match is dropped while loading. */
export function planFor(
  filter: Filter,
  subjects: readonly Subject[],
  { keep, keepsDoubtful = false }: { readonly keep: boolean; readonly keepsDoubtful?: boolean },
): LoadPlan {
  const needles = requiredLiterals(filter);
  return {
    filter,
    keepsDoubtful,
    columns: pathsOf([
      ...always,
      ...(needles === undefined ? forCoverage : []),
      ...subjectsOf(filter),
      ...subjects,
    ]),
    tokens: false,
    needles,
    keepBytes: keep ? keptPerThread : 0,
    keep: undefined,
    sketched: undefined,
  };
}

/** The plan for several questions to come: what will only be counted or sketched is not kept to be read. */
export function planForExpected(
  expected: readonly Expected[],
  counted: Pick<GroupsQuery, "filter" | "by"> | undefined,
  subjects: readonly Subject[],
): LoadPlan {
  const { filters, sketches } = apart(expected);
  const all = [...expected.map(filterOf), ...(counted === undefined ? [] : [counted.filter])];
  const plan = planFor({ kind: "some", filters: all }, [...subjects, ...(counted?.by ?? [])], {
    keep: true,
    keepsDoubtful: true,
  });
  const readsAll = filters.length === all.length;
  return withSketches({ ...plan, ...(!readsAll && { keep: some(filters) }) }, sketches);
}

export function filterOf(expected: Expected): Filter {
  return "kind" in expected ? expected : expected.filter;
}

type Sketches = Exclude<Expected, Filter>;

function apart(expected: readonly Expected[]): { filters: Filter[]; sketches: Sketches[] } {
  const [filters, sketches]: [Filter[], Sketches[]] = [[], []];
  for (const one of expected) {
    if ("kind" in one) filters.push(one);
    else sketches.push(one);
  }
  return { filters, sketches };
}

function withSketches(plan: LoadPlan, sketches: readonly Sketches[]): LoadPlan {
  if (sketches.length === 0) return plan;
  const columnOf = columnFinder(plan.columns);
  const paths = new Map(
    sketches.flatMap((sketch) => sketch.paths).map((path) => [keyOf(path), path]),
  );
  return {
    ...plan,
    sketched: {
      filter: some(sketches.map(filterOf)),
      paths: [...paths.values()].filter((path) => columnOf(path) === undefined && !isGiven(path)),
    },
  };
}

/** Known of every row without a column. */
export function isGiven([key, ...more]: readonly string[]): boolean {
  return more.length === 0 && (key === "eventTime" || key === "eventID");
}

/** Fields whose values differ from event to event: as columns they would cost more than the records. */
const notIndexed: ReadonlySet<FieldName> = new Set(["eventTime", "eventID"]);

/**
 * The plan for many questions to come: all events, every field of the catalogue, all mentions. The bytes
 * of all records are kept where they cannot be read again, else of those that will be asked for.
 */
export function planForAll(kept: "all" | "some", expected: readonly Expected[]): LoadPlan {
  const { filters, sketches } = apart(expected);
  const indexed = fieldNames.filter((field) => !notIndexed.has(field));
  const plan: LoadPlan = {
    filter: everything,
    keepsDoubtful: false,
    columns: pathsOf(indexed.map((field) => ({ kind: "field", field }))),
    tokens: true,
    needles: undefined,
    keepBytes: kept === "all" ? Number.POSITIVE_INFINITY : filters.length > 0 ? keptPerThread : 0,
    keep: kept === "all" ? undefined : some(filters),
    sketched: undefined,
  };
  return withSketches(plan, sketches);
}

export function columnFinder(columns: LoadPlan["columns"]): ColumnOf {
  const indexes = new Map(columns.map((path, index) => [keyOf(path), index]));
  return (path) => indexes.get(keyOf(path));
}

function pathsOf(subjects: readonly Subject[]): LoadPlan["columns"] {
  const paths = new Map<string, readonly string[]>();
  for (const { path } of subjects.flatMap(sourcesOf)) paths.set(keyOf(path), path);
  return [...paths.values()];
}

/** Keys may hold dots themselves. */
function keyOf(path: readonly string[]): string {
  return path.join("\u0000");
}

/** All that the kernel fills: the columns of all rows, then those of sketches. */
export function columnsOf({ columns, sketched }: LoadPlan): LoadPlan["columns"] {
  return [...columns, ...(sketched?.paths ?? [])];
}

export function kernelSpec(plan: LoadPlan): KernelSpec {
  return {
    columns: columnsOf(plan).map((path) => ({ path, kind: "dictionary" })),
    time: ["eventTime"],
    id: ["eventID"],
    tokens: plan.tokens ? mentionPaths : [],
  };
}

/** Every subject a filter looks at. */
export function subjectsOf(filter: Filter): readonly Subject[] {
  switch (filter.kind) {
    case "every":
    case "some":
      return filter.filters.flatMap(subjectsOf);
    case "not":
      return subjectsOf(filter.filter);
    case "text":
    case "address":
    case "compare":
    case "exists":
      return [filter.subject];
    case "pairs":
      return filter.subjects;
    case "time":
    case "mentions":
      return [];
  }
}
