/**
 * What was measured of each program in all rounds.
 */

import type { Measured } from "./measure.ts";
import type { Input } from "./programs/program.ts";
import type { Question } from "./questions.ts";

/**
 * A question put to one shape of the logs. `start` is the programs' start without any logs, `chains`
 * questions about sessions to a loaded index, `verify` no question about records, `check` rules over all.
 */
export interface Case {
  readonly question: Question | "chains" | "verify" | "check" | "start";
  readonly shape: Input["shape"] | "none";
}

/** Seconds. */
export interface Times {
  readonly least: number;
  readonly median: number;
}

/** Of a program whose answers were right in every round. */
export interface Result {
  readonly program: string;
  readonly wall: Times;
  readonly cpu: Times;
  /** MB, the highest of all rounds. */
  readonly memory: number | undefined;
  /** What the program told of itself, the least of all rounds. */
  readonly figures: Figures;
}

export type Figures = Readonly<Record<string, number>>;

export interface CaseResults extends Case {
  readonly results: readonly Result[];
  /** Programs whose answer was wrong. */
  readonly wrong: readonly string[];
}

/** One measured run, and what the program told of itself in it. */
export interface Round {
  readonly measured: Measured;
  readonly figures: Figures;
}

export function summed(program: string, rounds: readonly Round[]): Result {
  const peaks = rounds.flatMap(({ measured: { memory } }) => memory ?? []);
  return {
    program,
    wall: timesOf(rounds.map(({ measured: { wall } }) => wall)),
    cpu: timesOf(rounds.map(({ measured: { cpu } }) => cpu)),
    memory: peaks.length === 0 ? undefined : Math.max(...peaks),
    figures: leastOf(rounds.map(({ figures }) => figures)),
  };
}

function timesOf(seconds: readonly number[]): Times {
  return { least: Math.min(...seconds), median: medianOf(seconds) };
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

function leastOf(all: readonly Figures[]): Figures {
  const least = new Map<string, number>();
  for (const [name, value] of all.flatMap(Object.entries)) {
    least.set(name, Math.min(least.get(name) ?? value, value));
  }
  return Object.fromEntries(least);
}
