/**
 * The plan of a load: which records to keep and which of their fields to make columns, worked out
 * from the queries that will be asked. Plain data, so that it can be sent to a worker thread.
 */

import { type FieldName, fieldNames } from "../../event/fields.ts";
import { mentionPaths } from "../../event/mention.ts";
import type { KernelSpec } from "../../kernel/kernel.ts";
import { everything, type Filter, type Subject } from "../../query/filter.ts";
import { type Literal, requiredLiterals } from "../../query/literals.ts";
import { coverageFacets } from "./coverage-tally.ts";
import { sourcesOf } from "./subject-sources.ts";
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
}

/** Read whatever the question, to tell repetitions from clashing ids. */
const always: readonly Subject[] = [{ kind: "field", field: "eventName" }];
/** Read where all records are looked into. */
const forCoverage: readonly Subject[] = coverageFacets.map((field) => ({ kind: "field", field }));

const keptPerThread = 32 * 1024 * 1024;

/** What the questions come to, put together. */
export interface Needs {
  /** Of events that will be read. */
  readonly read: readonly Filter[];
  /** Of events that will only be counted. */
  readonly counted: readonly Filter[];
  /** What is looked at beside the filters. */
  readonly subjects: readonly Subject[];
  readonly survey: boolean;
}

/** The plan for questions that are known: everything that matches none of them is dropped while loading. */
export function planFor(
  { read, counted, subjects, survey }: Needs,
  { onePass }: { readonly onePass: boolean },
): LoadPlan {
  const asked = [...read, ...counted];
  const [only = everything, ...others] = asked;
  const isOne = others.length === 0 && !survey;
  const filter: Filter = survey ? everything : isOne ? only : { kind: "some", filters: asked };
  const needles = requiredLiterals(filter);
  return {
    filter,
    keepsDoubtful: !isOne,
    columns: pathsOf([
      ...always,
      ...(needles === undefined ? forCoverage : []),
      ...asked.flatMap(subjectsOf),
      ...subjects,
    ]),
    tokens: false,
    needles,
    keepBytes: onePass ? Number.POSITIVE_INFINITY : read.length > 0 ? keptPerThread : 0,
    keep: counted.length > 0 || survey ? { kind: "some", filters: read } : undefined,
  };
}

/** Fields whose values differ from event to event: as columns they would cost more than the records. */
const notIndexed: ReadonlySet<FieldName> = new Set(["eventTime", "eventID"]);

/**
 * The plan for many questions to come: all events, every field of the catalogue, all mentions. The bytes
 * of all records are kept where they cannot be read again, else of those that will be asked for.
 */
export function planForAll(kept: "all" | readonly Filter[]): LoadPlan {
  const indexed = fieldNames.filter((field) => !notIndexed.has(field));
  return {
    filter: everything,
    keepsDoubtful: false,
    columns: pathsOf(indexed.map((field) => ({ kind: "field", field }))),
    tokens: true,
    needles: undefined,
    keepBytes: kept === "all" ? Number.POSITIVE_INFINITY : kept.length > 0 ? keptPerThread : 0,
    keep: kept === "all" ? undefined : { kind: "some", filters: kept },
  };
}

export function columnFinder(columns: LoadPlan["columns"]): ColumnOf {
  const indexes = new Map(columns.map((path, index) => [keyOf(path), index]));
  return (path) => indexes.get(keyOf(path));
}

/** Whether events can be counted by the subjects without being read. */
export function hasColumns({ columns }: LoadPlan, subjects: readonly Subject[]): boolean {
  const columnOf = columnFinder(columns);
  return pathsOf(subjects).every((path) => columnOf(path) !== undefined);
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

export function kernelSpec(plan: LoadPlan): KernelSpec {
  return {
    columns: plan.columns.map((path) => ({ path, kind: "dictionary" })),
    time: ["eventTime"],
    id: ["eventID"],
    tokens: plan.tokens ? mentionPaths : [],
  };
}

/** Every subject a filter looks at. */
function subjectsOf(filter: Filter): readonly Subject[] {
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
