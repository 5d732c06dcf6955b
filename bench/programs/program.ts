/**
 * A program under measurement: how it is asked each question, and how its answer is read.
 */

import { spawnSync } from "node:child_process";
import type { Truth } from "../generator/truth.ts";
import type { Command } from "../measure.ts";
import type { Question } from "../questions.ts";

export interface Input {
  readonly shape: "tree" | "ndjson";
  readonly path: string;
  /** For questions written to a file. */
  readonly folder: string;
  readonly truth: Truth;
}

export interface Run {
  readonly command: Command;
  /** The answer, as `expectedLines` gives the right one; any order. */
  readonly lines: (stdout: string) => readonly string[];
  /** The right answer, where the program can only give another one than was asked for. */
  readonly expected?: readonly string[];
  /** The answer shows only some of the right lines. */
  readonly part?: boolean;
  /** Further numbers that the program tells of itself. */
  readonly figures?: (stdout: string) => Readonly<Record<string, number>>;
}

export interface Program {
  readonly name: string;
  /** Undefined when the program is not installed. */
  readonly version: () => string | undefined;
  /** Undefined when the program has no exact answer to the question. */
  readonly run: (question: Question, input: Input) => Run | undefined;
}

/** What the command prints; undefined when it cannot be run. */
export function outputOf(file: string, ...rest: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(file, rest, { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

export function textLines(stdout: string): readonly string[] {
  return stdout.split("\n").filter((line) => line !== "");
}

/** For commands that need a pipe: `$1`, `$2`, ... are the rest. */
export function shell(script: string, ...rest: readonly string[]): Command {
  return { file: "bash", arguments: ["-c", script, "bash", ...rest] };
}
