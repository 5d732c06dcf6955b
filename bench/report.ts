/**
 * The tables of a run, in Markdown: a column for each mix, and which of them is the worst.
 */

import type { Goal } from "./goals.ts";
import type { CaseResults, Result, Times } from "./results.ts";

export interface MixResults {
  readonly mix: string;
  readonly cases: readonly CaseResults[];
}

/**
 * One row a program: least and median times, peak memory, and trailhound's CPU and wall as a share of
 * this program's on the mix where that is worst for trailhound.
 */
export function resultTable(all: readonly MixResults[]): string {
  const heading = [
    "question, logs",
    "program",
    ...all.map(({ mix }) => `CPU s (median), mix ${mix}`),
    ...all.map(({ mix }) => `wall s (median), mix ${mix}`),
    ...all.map(({ mix }) => `MB, mix ${mix}`),
    ...["CPU x", "wall x", "worst mix"],
  ];
  return table(
    heading,
    rowsIn(all).map((row) => resultRow(row, all)),
  );
}

interface RowKey {
  readonly question: CaseResults["question"];
  readonly shape: CaseResults["shape"];
  readonly program: string;
}

/** Each program of each case, in the order in which it first stands in any mix. */
function rowsIn(all: readonly MixResults[]): readonly RowKey[] {
  const rows = new Map<string, RowKey>();
  for (const { question, shape, results, wrong } of all.flatMap(({ cases }) => cases)) {
    for (const program of [...results.map((each) => each.program), ...wrong]) {
      rows.set(`${question} ${shape} ${program}`, { question, shape, program });
    }
  }
  const order = [...rows.values()].map(({ question, shape }) => `${question} ${shape}`);
  return [...rows.values()].sort(
    (a, b) => order.indexOf(`${a.question} ${a.shape}`) - order.indexOf(`${b.question} ${b.shape}`),
  );
}

function resultRow(row: RowKey, all: readonly MixResults[]): string[] {
  const measured = all.map(({ mix, cases }) => ({
    mix,
    own: find(cases, { ...row, program: "trailhound" }),
    result: find(cases, row),
    wrong: cases.some((each) => isCase(each, row) && each.wrong.includes(row.program)),
  }));
  const cells = (cell: (result: Result) => string) =>
    measured.map(({ result, wrong }) => (result ? cell(result) : wrong ? "WRONG" : "–"));
  // Variants of trailhound itself are worst where they take longest, others where they are least behind.
  const burden = ({ own, result }: (typeof measured)[number]) =>
    result === undefined || own === undefined
      ? Number.NEGATIVE_INFINITY
      : row.program.startsWith("trailhound")
        ? result.cpu.least
        : own.cpu.least / result.cpu.least;
  const worst = measured.reduce((a, b) => (burden(b) > burden(a) ? b : a));
  return [
    `${row.question}, ${row.shape}`,
    row.program,
    ...cells(({ cpu }) => timesCell(cpu)),
    ...cells(({ wall }) => timesCell(wall)),
    ...cells(({ memory }) => memory?.toFixed(0) ?? "–"),
    share(worst.own?.cpu, worst.result?.cpu),
    share(worst.own?.wall, worst.result?.wall),
    worst.result === undefined ? "" : worst.mix,
  ];
}

function isCase({ question, shape }: CaseResults, row: RowKey): boolean {
  return question === row.question && shape === row.shape;
}

function find(cases: readonly CaseResults[], row: RowKey): Result | undefined {
  return cases
    .find((each) => isCase(each, row))
    ?.results.find(({ program }) => program === row.program);
}

function timesCell({ least, median }: Times): string {
  return `${least.toFixed(2)} (${median.toFixed(2)})`;
}

function share(own: Times | undefined, other: Times | undefined): string {
  return own === undefined || other === undefined ? "" : (own.least / other.least).toFixed(2);
}

/** What no mix has measured is left out. */
export function goalTable(goals: readonly Goal[], all: readonly MixResults[]): string {
  const rows = goals.flatMap((goal) => {
    const measured = all.flatMap(({ mix, cases }) => {
      const value = goal.measured(cases);
      return value === undefined ? [] : [{ mix, value }];
    });
    if (measured.length === 0) return [];
    const most = goal.kind === "at most";
    const worst = measured.reduce((a, b) => (most === b.value > a.value ? b : a));
    const complete = measured.length === all.length;
    const met = most ? worst.value <= goal.limit : worst.value >= goal.limit;
    const cells = all.map(({ mix }) => {
      const value = measured.find((each) => each.mix === mix)?.value;
      return value === undefined ? "not measured" : value.toFixed(value < 10 ? 2 : 0);
    });
    return [
      [
        goal.title,
        `${goal.kind} ${goal.limit}`,
        ...cells,
        worst.mix,
        !met ? "MISSED" : complete ? "met" : "met where measured",
      ],
    ];
  });
  return table(["goal", "limit", ...all.map(({ mix }) => `mix ${mix}`), "worst mix", ""], rows);
}

/** What trailhound told of itself, a line a question. */
export function figureLines(all: readonly MixResults[]): string {
  return all
    .flatMap(({ mix, cases }) =>
      cases.flatMap(({ question, shape, results }) => {
        const figures = results.find(({ program }) => program === "trailhound")?.figures ?? {};
        const told = Object.entries(figures).map(([name, value]) => `${name} ${round(value)}`);
        return told.length === 0 ? [] : [`- mix ${mix}, ${question}, ${shape}: ${told.join("; ")}`];
      }),
    )
    .join("\n");
}

function round(value: number): string {
  return value.toFixed(Number.isInteger(value) ? 0 : 1);
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heading.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [line(heading), rule, ...rows.map(line)].join("\n");
}
