/**
 * What was measured: the least wall and CPU time and the highest memory of all rounds.
 */

import type { Input } from "./programs/program.ts";
import type { Question } from "./questions.ts";

/**
 * A question put to one shape of the logs. `start` is the programs' start without any logs, `linking`
 * the load of an index.
 */
export interface Case {
  readonly question: Question | "linking" | "start";
  readonly shape: Input["shape"] | "none";
}

/** Of a program whose answers were right in every round. */
export interface Result {
  readonly program: string;
  /** Seconds. */
  readonly wall: number;
  readonly cpu: number;
  /** MB. */
  readonly memory: number | undefined;
  /** What the program told of itself. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface CaseResults extends Case {
  readonly results: readonly Result[];
  /** Programs whose answer was wrong. */
  readonly wrong: readonly string[];
}
