/**
 * The tables of a run, in Markdown.
 */

import type { Goal } from "./goals.ts";
import type { CaseResults, Result } from "./results.ts";

/** One row a program: its times, and trailhound's CPU and wall as a share of them. */
export function resultTable(cases: readonly CaseResults[]): string {
  const rows = cases.flatMap((each) => {
    const place = `${each.question}, ${each.shape}`;
    const own = each.results.find(({ program }) => program === "trailhound");
    return [
      ...each.results.map((result) => [
        place,
        result.program,
        result.wall.toFixed(2),
        result.cpu.toFixed(2),
        result.memory?.toFixed(0) ?? "–",
        share(own?.cpu, result.cpu),
        share(own?.wall, result.wall),
      ]),
      ...each.wrong.map((program) => [place, program, "WRONG", "WRONG", "", "", ""]),
    ];
  });
  const heading = ["question, logs", "program", "wall s", "CPU s", "MB", "CPU x", "wall x"];
  return table(heading, rows);
}

export function goalTable(goals: readonly Goal[]): string {
  const rows = goals.map(({ title, measured, limit, kind }) => {
    const met =
      measured !== undefined && (kind === "at most" ? measured <= limit : measured >= limit);
    return [
      title,
      `${kind} ${limit}`,
      measured === undefined ? "not measured" : measured.toFixed(measured < 10 ? 2 : 0),
      measured === undefined ? "" : met ? "met" : "MISSED",
    ];
  });
  return table(["goal for 1,000,000 events", "limit", "measured", ""], rows);
}

/** What trailhound told of itself, a line a question. */
export function figureLines(cases: readonly CaseResults[]): string {
  return cases
    .flatMap(({ question, shape, results }) => {
      const figures = results.find(({ program }) => program === "trailhound")?.figures ?? {};
      const told = Object.entries(figures).map(([name, value]) => `${name} ${round(value)}`);
      return told.length === 0 ? [] : [`- ${question}, ${shape}: ${told.join("; ")}`];
    })
    .join("\n");
}

function round(value: number): string {
  return value.toFixed(Number.isInteger(value) ? 0 : 1);
}

function share(own: Result["cpu"] | undefined, other: number): string {
  return own === undefined ? "" : (own / other).toFixed(2);
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
