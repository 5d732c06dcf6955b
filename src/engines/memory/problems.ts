/**
 * The problems of a load: the first of them in order of place, and how many there are. One broken file
 * may have millions.
 */

export interface LoadProblem {
  readonly source: number;
  /** Byte offset in the inflated source; undefined when it could not be opened at all. */
  readonly offset: number | undefined;
  readonly reason: string;
}

export interface Problems {
  readonly first: readonly LoadProblem[];
  readonly count: number;
}

/** As many problems are named; all are counted. */
export const namedProblems = 100;

export class ProblemList {
  private count = 0;
  private kept: LoadProblem[] = [];

  add(problem: LoadProblem): void {
    this.count += 1;
    this.kept.push(problem);
    if (this.kept.length >= namedProblems * 10) this.kept = firstOf(this.kept);
  }

  report(): Problems {
    return { first: firstOf(this.kept), count: this.count };
  }
}

export function mergeProblems(all: readonly Problems[]): Problems {
  return {
    first: firstOf(all.flatMap(({ first }) => first)),
    count: all.reduce((sum, { count }) => sum + count, 0),
  };
}

function firstOf(problems: readonly LoadProblem[]): LoadProblem[] {
  return problems
    .toSorted((a, b) => a.source - b.source || (a.offset ?? -1) - (b.offset ?? -1))
    .slice(0, namedProblems);
}
