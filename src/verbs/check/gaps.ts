/**
 * What a check could not look at, so that there may be more findings than it tells: whatever is here and
 * is not allowed keeps it from being passed.
 */

import type { Coverage } from "../../query/coverage.ts";
import type { Gap } from "../../query/report.ts";
import type { ExceptionSet } from "../../rules/exceptions.ts";
import type { Complaint, RuleSet } from "../../rules/rule.ts";
import { counted } from "../../words/sentences.ts";

export interface Allowed {
  readonly allowPartial: boolean;
  readonly allowEmpty: boolean;
}

interface Read {
  readonly rules: Pick<RuleSet, "mistakes">;
  readonly exceptions: Pick<ExceptionSet, "mistakes">;
  readonly coverage: Coverage;
}

export function gapsOf(
  { rules, exceptions, coverage }: Read,
  { allowPartial, allowEmpty }: Allowed,
): readonly Gap[] {
  const partial = allowPartial ? { allowedBy: "--allow-partial" } : {};
  const empty = allowEmpty ? { allowedBy: "--allow-empty" } : {};
  return [
    ...rules.mistakes.map((mistake) => mistaken("rules", mistake)),
    ...exceptions.mistakes.map((mistake) => mistaken("exceptions", mistake)),
    ...unread(coverage).map((gap): Gap => ({ about: "logs", ...gap, ...partial })),
    ...(coverage.records === 0
      ? [{ about: "logs", problem: "there was no record to check", ...empty } as const]
      : []),
  ];
}

function mistaken(about: Gap["about"], { place: { file, line }, problem }: Complaint): Gap {
  return { about, problem, file, line };
}

function unread({ problems, problemCount, unverified = [] }: Coverage) {
  const more = problemCount - problems.length;
  return [
    ...problems.map(({ origin, reason, offset, line }) => {
      const place = line === undefined ? `byte ${offset}` : `line ${line}`;
      const isPlaced = line !== undefined || offset !== undefined;
      return { problem: isPlaced ? `${place}: ${reason}` : reason, file: origin };
    }),
    ...(more > 0 ? [{ problem: `${counted(more, "problem")} more with the logs` }] : []),
    ...unverified.map(({ why, files, first }) => {
      return { problem: `left out, ${why}: ${counted(files, "file")}`, file: first };
    }),
  ];
}
