/**
 * What an answer rests on, in words: for the foot of human answers, and for stderr. All lines are safe
 * to print.
 */

import { formatTime } from "../event/time.ts";
import type { Coverage, Problem, Tally } from "../query/coverage.ts";
import type { Span } from "../query/span.ts";
import { counted, thousands } from "./counts.ts";
import { safeText } from "./safe-text.ts";

const SHOWN = 5;

/**
 * The first line says what was read; each kind of thing that was not has a line after it. None for an
 * answer that rests on no logs.
 */
export function basisLines(coverage: Coverage | undefined, timeZone: string): readonly string[] {
  if (coverage === undefined) return [];
  const { notLogs, outsideWindow, unverified, notFollowed, undated, malformed, problemCount } =
    coverage;
  const lines = [restsOn(coverage, timeZone)];
  if (outsideWindow > 0) {
    const left = counted(outsideWindow, "file");
    lines.push(`Left unopened, being outside the time asked for by name: ${left}.`);
  }
  if (unverified !== undefined) lines.push(...unverifiedLines(unverified));
  if (notLogs.length > 0) {
    lines.push(
      `Skipped, not CloudTrail logs: ${counted(notLogs.length, "file")} (${kinds(notLogs)}).`,
    );
  }
  if (notFollowed > 0) {
    lines.push(`Not followed: ${counted(notFollowed, "link or device", "links or devices")}.`);
  }
  if (undated > 0) lines.push(`Without a readable time: ${counted(undated, "record")}.`);
  if (problemCount > 0) {
    const lost = malformed > 0 ? `; unreadable: ${counted(malformed, "record")}` : "";
    const problems = counted(problemCount, "problem");
    lines.push(`${problems}: the answer rests on part of the input${lost}.`);
  }
  return lines.map(safeText);
}

function unverifiedLines(leftOut: NonNullable<Coverage["unverified"]>): readonly string[] {
  const total = leftOut.reduce((sum, { files }) => sum + files, 0);
  if (total === 0) return ["Nothing was left out: digests prove every log."];
  const reasons = leftOut.map(({ why, files }) => `${why}: ${thousands(files)}`);
  return [`Left out, as no digest proves them: ${counted(total, "file")} (${listed(reasons)}).`];
}

/** One line a problem, the first five; then how many more there are. */
export function problemLines({ problems, problemCount }: Coverage): readonly string[] {
  const lines = problems.slice(0, SHOWN).map(problemLine);
  const more = problemCount - lines.length;
  return more > 0 ? [...lines, `and ${thousands(more)} more`] : lines;
}

function problemLine({ origin, line, offset, reason }: Problem): string {
  const places = [safeText(origin)];
  if (line !== undefined) places.push(`line ${line}`);
  if (offset !== undefined) places.push(`byte ${offset}`);
  return `${places.join(", ")}: ${safeText(reason)}`;
}

function restsOn(coverage: Coverage, timeZone: string): string {
  const { records, files, span, accounts, regions, duplicates, exact } = coverage;
  const seen = [
    ...spanText(span, timeZone),
    ...tallyText(accounts, "account"),
    ...tallyText(regions, "region"),
  ].map((text) => (exact ? text : `at least ${text}`));
  const repeated = duplicates > 0 ? [`${counted(duplicates, "duplicate")} counted once`] : [];
  if (records === 0) return "Rests on nothing: no CloudTrail record was found.";
  const read = `Rests on ${counted(records, "record")} in ${counted(files, "file")}`;
  return `${[read, ...seen, ...repeated].join("; ")}.`;
}

function spanText({ first, last }: Span, timeZone: string): readonly string[] {
  if (first === undefined || last === undefined) return [];
  return [`${formatTime(first, timeZone)} to ${formatTime(last, timeZone)}`];
}

function tallyText(tallies: readonly Tally[], noun: string): readonly string[] {
  if (tallies.length === 0) return [];
  return [`${counted(tallies.length, noun)} (${listed(tallies.map(({ value }) => value))})`];
}

/** What the files are instead, and how many of each. */
function kinds(notLogs: Coverage["notLogs"]): string {
  const counts = new Map<string, number>();
  for (const { what } of notLogs) counts.set(what, (counts.get(what) ?? 0) + 1);
  return listed([...counts].map(([what, count]) => `${what}: ${thousands(count)}`));
}

function listed(values: readonly string[]): string {
  const more = values.length - SHOWN;
  const shown = values.slice(0, SHOWN).join(", ");
  return more > 0 ? `${shown} and ${thousands(more)} more` : shown;
}
