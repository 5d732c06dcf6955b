/**
 * One question put to several programs in turn.
 *
 * Every answer is checked against what the generator planted, before and during the measurement; a
 * program that answers wrongly gets no time. Rounds alternate between the programs, so that a busy
 * moment of the machine hits all of them.
 */

import { type Measured, measure } from "./measure.ts";
import type { Input, Program, Run } from "./programs/program.ts";
import { expectedLines, type Question } from "./questions.ts";
import { type CaseResults, type Round, summed } from "./results.ts";

interface Contender {
  readonly program: Program;
  readonly run: Run;
  readonly rounds: Round[];
  wrong: boolean;
}

export async function contest(
  question: Question,
  input: Input,
  installed: readonly Program[],
  rounds: number,
  note: (text: string) => void,
): Promise<CaseResults> {
  const right = expectedLines(question, input.truth);
  const contenders = installed.flatMap((program): Contender[] => {
    const run = program.run(question, input);
    return run === undefined ? [] : [{ program, run, rounds: [], wrong: false }];
  });
  // Round 0 checks, and brings the files into the page cache; its times are left out.
  for (let round = 0; round <= rounds; round++) {
    for (const contender of contenders.filter(({ wrong }) => !wrong)) {
      const { program, run } = contender;
      note(`${question}, ${input.shape}, round ${round}: ${program.name}`);
      const measured = await measure(run.command);
      const mistake = mistakeIn(measured, run, right);
      if (mistake !== undefined) {
        contender.wrong = true;
        note(`WRONG answer of ${program.name}: ${mistake}`);
      } else if (round > 0) {
        contender.rounds.push({ measured, figures: run.figures?.(measured.stdout) ?? {} });
      }
    }
  }
  return {
    question,
    shape: input.shape,
    results: contenders
      .filter(({ wrong }) => !wrong)
      .map(({ program, rounds: own }) => summed(program.name, own)),
    wrong: contenders.filter(({ wrong }) => wrong).map(({ program }) => program.name),
  };
}

/** What is wrong with an answer, in a few words. */
function mistakeIn(once: Measured, run: Run, right: readonly string[]): string | undefined {
  const expected = new Set(run.expected ?? right);
  const firstError = once.stderr.split("\n")[0] ?? "";
  let given: readonly string[];
  try {
    given = run.lines(once.stdout);
  } catch (error) {
    return `unreadable (status ${once.status}, ${firstError}): ${String(error)}`;
  }
  const distinct = new Set(given);
  const extra = given.filter((line) => !expected.has(line));
  const missing = run.part ? [] : [...expected].filter((line) => !distinct.has(line));
  const twice = given.length > distinct.size;
  if (given.length > 0 && !twice && extra.length === 0 && missing.length === 0) return undefined;
  const sample = [
    ...missing.slice(0, 2).map((line) => `-${line}`),
    ...extra.slice(0, 2).map((line) => `+${line}`),
  ];
  return `${given.length} lines for ${expected.size} (status ${once.status}) ${sample.join(" ")} ${firstError}`;
}
