/**
 * The goals, for the worst of the mixes: what is divided by what, and how much it may be.
 */

import type { CaseResults, Result } from "./results.ts";

export interface Goal {
  readonly title: string;
  readonly limit: number;
  readonly kind: "at most" | "at least";
  /** Undefined when something it needs was not measured. */
  readonly measured: (cases: readonly CaseResults[]) => number | undefined;
}

type Shape = CaseResults["shape"];
type Measure = (result: Result) => number | undefined;

const own = "trailhound";
const needle = "trailhound, needle only";
const shapes = ["tree", "ndjson"] as const;
/** The better of them counts. */
const databases = ["DuckDB", "ClickHouse"];

const cpu: Measure = (result) => result.cpu.least;
const wall: Measure = (result) => result.wall.least;
const memory: Measure = (result) => result.memory;

export const goals: readonly Goal[] = [
  ...(["bucket", "behind"] as const).flatMap((question) => [
    ratio(1.15, `who (${question}), tree: CPU / the needle's`, cpu, [question, "tree"], own, [
      needle,
    ]),
    ratio(1.4, `who (${question}), ndjson: CPU / the needle's`, cpu, [question, "ndjson"], own, [
      needle,
    ]),
  ]),
  ratio(0.55, "needle, tree: CPU / best database's", cpu, ["bucket", "tree"], needle, databases),
  ratio(0.4, "needle, ndjson: CPU / DuckDB's", cpu, ["bucket", "ndjson"], needle, ["DuckDB"]),
  ratio(1.4, "needle, ndjson: wall / rg's", wall, ["bucket", "ndjson"], needle, ["rg, then jq"]),
  ...(["names", "identity"] as const).flatMap((question) =>
    shapes.map((shape) =>
      ratio(
        0.7,
        `count by ${question}, ${shape}: CPU / best database's`,
        cpu,
        [question, shape],
        own,
        databases,
      ),
    ),
  ),
  ...shapes.flatMap((shape) => [
    ratio(0.8, `ten, ${shape}: CPU / best database's`, cpu, ["ten", shape], own, databases),
    ratio(0.6, `ten, ${shape}: memory / best database's`, memory, ["ten", shape], own, databases),
  ]),
  figure(170, "index with links: bytes an event", ["chains", "tree"], "bytes an event"),
  ...[own, needle].flatMap((asked) => {
    const piped = `${asked}, piped`;
    const title = asked === own ? "who" : "needle";
    const place = ["bucket", "ndjson"] as const;
    return [
      ratio(1.3, `${title}, piped: CPU / the file's`, cpu, place, piped, [asked]),
      ratio(1.3, `${title}, piped: wall / the file's`, wall, place, piped, [asked]),
      one(200, `${title}, piped: peak MB`, memory, place, piped),
    ];
  }),
  ...shapes.flatMap((shape) => [
    figure(20, `ten, ${shape}: median ms a question`, ["ten", shape], "median ms a question"),
    figure(60, `ten, ${shape}: ms for the resource`, ["ten", shape], "ms for the resource"),
  ]),
  ...["who", "trace"].map((verb) =>
    figure(60, `${verb} on the index, first time: ms`, ["chains", "tree"], `ms for ${verb}`),
  ),
  ...shapes.flatMap((shape) =>
    ["search --user", "stats --by-human", "sessions", "sessions, 200 of them"].map((asked) =>
      ratio(
        1.2,
        `${asked}, ${shape}: CPU / stats --by identity's`,
        cpu,
        ["identity", shape],
        `trailhound, ${asked}`,
        [own],
      ),
    ),
  ),
  ...(
    [
      ["CPU", cpu],
      ["wall", wall],
    ] as const
  ).map(([name, measure]) =>
    ratio(1.3, `verify, tree: ${name} / gzip's and openssl's`, measure, ["verify", "tree"], own, [
      "gzip, openssl dgst",
    ]),
  ),
  ...shapes.flatMap((shape) =>
    (
      [
        [60, 1.3],
        [800, 2],
      ] as const
    ).flatMap(([count, limit]) => {
      const name = `trailhound, ${count} rules`;
      const place = ["check", shape] as const;
      return [
        ratio(limit, `check, ${count} rules, ${shape}: CPU / counting's`, cpu, place, name, [
          "trailhound, stats",
        ]),
        ratio(0.5, `check, ${count} rules, ${shape}: CPU / rsigma's`, cpu, place, name, [
          `rsigma, ${count} rules`,
        ]),
        one(500, `check, ${count} rules, ${shape}: peak MB`, memory, place, name),
      ];
    }),
  ),
  difference(40, "start: ms of CPU over node's", ["start", "none"], own, "node"),
  ...(["bucket", "names"] as const).map(
    (question): Goal => ({
      ...ratio(
        1.6,
        `${question}, tree: wall of one thread / of two`,
        wall,
        [question, "tree"],
        "trailhound --threads 1",
        [own],
      ),
      kind: "at least",
    }),
  ),
];

type PlaceOfCase = readonly [question: CaseResults["question"], shape: Shape];

function resultOf(
  cases: readonly CaseResults[],
  [question, shape]: PlaceOfCase,
  program: string,
): Result | undefined {
  return cases
    .find((each) => each.question === question && each.shape === shape)
    ?.results.find((each) => each.program === program);
}

function atMost(limit: number, title: string, measured: Goal["measured"]): Goal {
  return { title, limit, kind: "at most", measured };
}

/** Against the least of the others. */
function ratio(
  limit: number,
  title: string,
  measure: Measure,
  place: PlaceOfCase,
  program: string,
  others: readonly string[],
): Goal {
  return atMost(limit, title, (cases) => {
    const measuredOf = (name: string) => {
      const result = resultOf(cases, place, name);
      return result === undefined ? undefined : measure(result);
    };
    const value = measuredOf(program);
    const rivals = others.flatMap((name) => measuredOf(name) ?? []);
    return value === undefined || rivals.length === 0 ? undefined : value / Math.min(...rivals);
  });
}

function one(
  limit: number,
  title: string,
  measure: Measure,
  place: PlaceOfCase,
  program: string,
): Goal {
  return atMost(limit, title, (cases) => {
    const result = resultOf(cases, place, program);
    return result === undefined ? undefined : measure(result);
  });
}

function figure(limit: number, title: string, place: PlaceOfCase, name: string): Goal {
  return one(limit, title, ({ figures }) => figures[name], place, own);
}

function difference(
  limit: number,
  title: string,
  place: PlaceOfCase,
  program: string,
  other: string,
): Goal {
  return atMost(limit, title, (cases) => {
    const [more, less] = [resultOf(cases, place, program), resultOf(cases, place, other)];
    return more && less && 1000 * (more.cpu.least - less.cpu.least);
  });
}
