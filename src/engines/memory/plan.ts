/**
 * The plan of a load: which records to keep and which of their fields to make columns, worked out
 * from the queries that will be asked. Plain data, so that it can be sent to a worker thread.
 */

import { addTo } from "../../event/add-to.ts";
import { fieldNames } from "../../event/fields.ts";
import { laneFields } from "../../event/lane.ts";
import { mentionPaths } from "../../event/mention.ts";
import type { KernelSpec } from "../../kernel/kernel.ts";
import { some } from "../../query/build.ts";
import { everything, type Filter, type Subject, type Test, testsOf } from "../../query/filter.ts";
import { type Literal, literalsAmong, requiredLiterals } from "../../query/literals.ts";
import type { SketchesQuery } from "../../query/query.ts";
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
  /** The parts of the filter. */
  readonly wanted: readonly Wanted[];
  /** What sketches will be asked for and no column of all rows has. */
  readonly sketchPaths: readonly (readonly string[])[];
}

/** Events that are wanted, and what for. */
export interface Wanted {
  readonly filter: Filter;
  /** See `needleBits`. */
  readonly needles: number;
  /** Whether their bytes are worth keeping. */
  readonly keeps: boolean;
  readonly sketches: boolean;
}

/** The bits of all needles: what is not known to hold none may hold any. */
export const anyNeedle = 0xff;

/** Of which needles every matching record holds one: a bit each, as in `Kernel.held`. */
export function needleBits(filter: Filter, needles: LoadPlan["needles"]): number {
  const places = needles && literalsAmong(filter, needles);
  return places?.reduce((bits, place) => bits | (1 << (place & 7)), 0) ?? anyNeedle;
}

/** Read whatever the question, to tell repetitions from clashing ids, and calls from what is none. */
const always: readonly Subject[] = (["eventName", ...laneFields] as const).map((field) => ({
  kind: "field",
  field,
}));
/** Read where all records are looked into. */
const forCoverage: readonly Subject[] = coverageFacets.map((field) => ({ kind: "field", field }));

const keptPerThread = 32 * 1024 * 1024;

/** What the questions come to, put together. */
export interface Needs {
  /** Of events that will be read. */
  readonly read: readonly Filter[];
  /** Of events that will only be counted. */
  readonly counted: readonly Filter[];
  readonly sketched: readonly Omit<SketchesQuery, "kind">[];
  /** Of events of which few will be read. */
  readonly candidates: readonly Filter[];
  /** What is looked at beside the filters. */
  readonly subjects: readonly Subject[];
  readonly survey: boolean;
  /** No record is left unread, although only what matches is kept. */
  readonly thorough: boolean;
}

/** The plan for questions that are known: everything that matches none of them is dropped while loading. */
export function planFor(needs: Needs, { onePass }: { readonly onePass: boolean }): LoadPlan {
  const { read, sketched, candidates, counted, subjects, survey, thorough } = needs;
  const asked = filtersOf(needs);
  const [only = everything, ...others] = asked;
  const isOne = others.length === 0 && !survey;
  const filter: Filter = survey ? everything : isOne ? only : { kind: "some", filters: asked };
  const needles = thorough ? undefined : requiredLiterals(filter);
  const plan: LoadPlan = {
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
    wanted: together(
      [
        ...read.map((own) => ({ filter: own, keeps: true })),
        // Of these, too, somebody may look at the record.
        ...sketched.map((sketch) => ({ filter: sketch.filter, keeps: onePass, sketches: true })),
        ...candidates.map((own) => ({ filter: own, keeps: onePass })),
        ...counted.map((own) => ({ filter: own, keeps: false })),
        ...(survey ? [{ filter: everything, keeps: false }] : []),
        ...(isOne && asked.length === 0 ? [{ filter: everything, keeps: true }] : []),
      ],
      needles,
    ),
    sketchPaths: [],
  };
  return withSketches(plan, sketched);
}

/** What is wanted for the same, and shows by the same needles, as one. */
function together(
  wanted: readonly (Pick<Wanted, "filter" | "keeps"> & Partial<Wanted>)[],
  needles: LoadPlan["needles"],
): readonly Wanted[] {
  const alike = new Map<string, Wanted[]>();
  for (const { filter, keeps, sketches = false } of wanted) {
    const own = { filter, needles: needleBits(filter, needles), keeps, sketches };
    addTo(alike, [own.needles, keeps, sketches].join(), own);
  }
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return first ?? [];
    return { ...first, filter: some([first, ...others].map(({ filter }) => filter)) };
  });
}

/** Of all events that are asked about. */
export function filtersOf({ read, counted, sketched, candidates }: Needs): readonly Filter[] {
  return [...read, ...sketched.map(({ filter }) => filter), ...candidates, ...counted];
}

function withSketches(plan: LoadPlan, sketches: Needs["sketched"]): LoadPlan {
  if (sketches.length === 0) return plan;
  const columnOf = columnFinder(plan.columns);
  const paths = new Map(
    sketches.flatMap((sketch) => sketch.paths).map((path) => [pathKey(path), path]),
  );
  return {
    ...plan,
    sketchPaths: [...paths.values()].filter(
      (path) => columnOf(path) === undefined && !isGiven(path),
    ),
  };
}

/** Known of every row without a column. */
export function isGiven([key, ...more]: readonly string[]): boolean {
  return more.length === 0 && (key === "eventTime" || key === "eventID");
}

/**
 * The plan for many questions to come: all events, every field of the catalogue and what else was said to
 * be looked at, all mentions. The bytes of all records are kept where they cannot be read again, else of
 * those that will be asked for.
 */
export function planForAll(kept: "all" | "some", needs: Needs): LoadPlan {
  const { read, sketched, subjects } = needs;
  const indexed = fieldNames.map((field): Subject => ({ kind: "field", field }));
  const looked = pathsOf([...indexed, ...filtersOf(needs).flatMap(subjectsOf), ...subjects]);
  const plan: LoadPlan = {
    filter: everything,
    keepsDoubtful: false,
    // Their values differ from event to event: as columns they would cost more than the records.
    columns: looked.filter((path) => !isGiven(path)),
    tokens: true,
    needles: undefined,
    keepBytes: kept === "all" ? Number.POSITIVE_INFINITY : read.length > 0 ? keptPerThread : 0,
    wanted: together(
      [
        { filter: everything, keeps: kept === "all" },
        ...read.map((filter) => ({ filter, keeps: true })),
        ...sketched.map(({ filter }) => ({ filter, keeps: kept === "all", sketches: true })),
      ],
      undefined,
    ),
    sketchPaths: [],
  };
  return withSketches(plan, sketched);
}

export function columnFinder(columns: LoadPlan["columns"]): ColumnOf {
  const indexes = new Map(columns.map((path, index) => [pathKey(path), index]));
  return (path) => indexes.get(pathKey(path));
}

/** Whether events can be counted by the subjects without being read. */
export function hasColumns(
  { columns }: LoadPlan,
  { subjects, filter }: { readonly subjects: readonly Subject[]; readonly filter?: Filter },
): boolean {
  const columnOf = columnFinder(columns);
  const looked = filter === undefined ? subjects : [...subjects, ...subjectsOf(filter)];
  return pathsOf(looked).every((path) => columnOf(path) !== undefined);
}

function pathsOf(subjects: readonly Subject[]): LoadPlan["columns"] {
  const paths = new Map<string, readonly string[]>();
  for (const { path } of subjects.flatMap(sourcesOf)) paths.set(pathKey(path), path);
  return [...paths.values()];
}

/** Keys may hold dots themselves. */
function pathKey(path: readonly string[]): string {
  return path.join("\u0000");
}

/** All that the kernel fills: the columns of all rows, then those of sketches. */
export function columnsOf({ columns, sketchPaths }: LoadPlan): LoadPlan["columns"] {
  return [...columns, ...sketchPaths];
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
function subjectsOf(filter: Filter): readonly Subject[] {
  return testsOf(filter).flatMap(subjectsOfTest);
}

function subjectsOfTest(test: Test): readonly Subject[] {
  switch (test.kind) {
    case "text":
    case "address":
    case "compare":
    case "exists":
      return [test.subject];
    case "pairs":
      return test.subjects;
    case "time":
    case "mentions":
    // Columns cannot tell.
    case "same":
    case "anywhere":
    case "items":
      return [];
  }
}
