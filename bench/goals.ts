/**
 * The goals for a million events on a quiet machine, and how far each is met.
 */

import { unlinked } from "./linking.ts";
import type { Question } from "./questions.ts";
import type { CaseResults, Result } from "./results.ts";

export interface Goal {
  readonly title: string;
  /** Undefined when something it needs was not measured. */
  readonly measured: number | undefined;
  readonly limit: number;
  readonly kind: "at most" | "at least";
}

type Find = (
  question: CaseResults["question"],
  shape: CaseResults["shape"],
  program?: string,
) => Result | undefined;

const needles: readonly Question[] = ["bucket", "user", "address", "denied"];

export function goalsFor(cases: readonly CaseResults[]): readonly Goal[] {
  const find: Find = (question, shape, program = "trailhound") =>
    cases
      .find((each) => each.question === question && each.shape === shape)
      ?.results.find((each) => each.program === program);
  return [
    ...chainGoals(find),
    ...linkingGoals(find),
    ...needles.flatMap((question) => needleGoals(question, find)),
    atMost(0.75, "names, tree: CPU / DuckDB's", cpuRatio(find, "names", "tree", ["DuckDB"])),
    atMost(0.8, "names, ndjson: CPU / DuckDB's", cpuRatio(find, "names", "ndjson", ["DuckDB"])),
    atMost(0.9, "ten, tree: CPU / best database's", cpuRatio(find, "ten", "tree", databases)),
    atMost(0.65, "ten, ndjson: CPU / DuckDB's", cpuRatio(find, "ten", "ndjson", ["DuckDB"])),
    ...indexGoals(find),
    atMost(250, "one-shot: peak MB", peak(cases.filter(({ question }) => !indexed.has(question)))),
    atMost(450, "ten: peak MB", peak(cases.filter(({ question }) => question === "ten"))),
    atMost(
      40,
      "start: ms of CPU over node's",
      map(
        find("start", "none"),
        find("start", "none", "node"),
        (own, node) => 1000 * (own.cpu - node.cpu),
      ),
    ),
    ...(["bucket", "names"] as const).map((question) => ({
      title: `${question}, tree: wall of one thread / of two`,
      measured: map(
        find(question, "tree", "trailhound --threads 1"),
        find(question, "tree"),
        (one, two) => one.wall / two.wall,
      ),
      limit: 1.6,
      kind: "at least" as const,
    })),
  ];
}

/** Everything is loaded for these. */
const indexed: ReadonlySet<CaseResults["question"]> = new Set(["ten", "linking"]);

const databases = ["DuckDB", "ClickHouse"];

function needleGoals(question: Question, find: Find): readonly Goal[] {
  return [
    atMost(
      0.7,
      `${question}, tree: CPU / best database's`,
      cpuRatio(find, question, "tree", databases),
    ),
    atMost(
      1.35,
      `${question}, tree: CPU / gunzipSync's`,
      cpuRatio(find, question, "tree", ["gunzipSync only"]),
    ),
    ...(question === "bucket"
      ? [
          atMost(
            0.35,
            "bucket, tree: CPU / rg -z's",
            cpuRatio(find, question, "tree", ["rg -z (names files only)"]),
          ),
        ]
      : []),
    atMost(
      0.3,
      `${question}, ndjson: CPU / DuckDB's`,
      cpuRatio(find, question, "ndjson", ["DuckDB"]),
    ),
    atMost(
      1.5,
      `${question}, ndjson: wall / rg's`,
      map(
        find(question, "ndjson"),
        find(question, "ndjson", "rg, then jq"),
        (own, rg) => own.wall / rg.wall,
      ),
    ),
  ];
}

/** What telling who is behind a call costs over finding the call. */
function chainGoals(find: Find): readonly Goal[] {
  return (["bucket", "behind"] as const).flatMap((question) =>
    (["tree", "ndjson"] as const).map((shape) =>
      atMost(
        1.4,
        `${question}, ${shape}: CPU / the needle's alone`,
        cpuRatio(find, question, shape, ["trailhound, needle only"]),
      ),
    ),
  );
}

function linkingGoals(find: Find): readonly Goal[] {
  const figures = find("linking", "tree")?.figures;
  return [
    atMost(1.3, "linking: CPU / the index's alone", cpuRatio(find, "linking", "tree", [unlinked])),
    atMost(60, "linking: bytes an event", figures?.["bytes an event"]),
    ...(["who", "trace"] as const).map((verb) =>
      atMost(100, `linking: ms for ${verb}, first time`, figures?.[`ms for ${verb}`]),
    ),
  ];
}

function indexGoals(find: Find): readonly Goal[] {
  return (["tree", "ndjson"] as const).flatMap((shape) => {
    const figures = find("ten", shape)?.figures;
    return [
      atMost(10, `ten, ${shape}: median ms a question`, figures?.["median ms a question"]),
      atMost(60, `ten, ${shape}: ms for the resource`, figures?.["ms for the resource"]),
    ];
  });
}

function atMost(limit: number, title: string, measured: number | undefined): Goal {
  return { title, measured, limit, kind: "at most" };
}

function cpuRatio(
  find: Find,
  question: CaseResults["question"],
  shape: CaseResults["shape"],
  others: readonly string[],
): number | undefined {
  const cpus = others.flatMap((name) => find(question, shape, name)?.cpu ?? []);
  const own = find(question, shape)?.cpu;
  return own === undefined || cpus.length === 0 ? undefined : own / Math.min(...cpus);
}

function peak(cases: readonly CaseResults[]): number | undefined {
  const peaks = cases.flatMap(({ results }) =>
    results.flatMap(({ program, memory }) => (program === "trailhound" ? (memory ?? []) : [])),
  );
  return peaks.length === 0 ? undefined : Math.max(...peaks);
}

function map<T>(a: T | undefined, b: T | undefined, both: (a: T, b: T) => number) {
  return a === undefined || b === undefined ? undefined : both(a, b);
}
