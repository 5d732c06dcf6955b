/**
 * What the verbs about rules have in common: where the rules stand, and what is said of mistakes in them.
 */

import type { Told } from "../../query/answer.ts";
import { UserError } from "../../query/user-error.ts";
import { builtin, loadRules, usualFile } from "../../rules/load.ts";
import { suggestion } from "../../rules/node.ts";
import type { Rule, RuleSet } from "../../rules/rule.ts";
import { counted } from "../../words/sentences.ts";
import { complaintLines } from "../check/sentences.ts";
import { texts } from "../options.ts";

export const ruleFiles = texts(
  "--rules <file|folder>",
  `rules, in Sigma or the short form, or ${builtin}; repeatable; ${usualFile} in the working folder otherwise`,
);

/** The rules that the user named. Files without any are the user's mistake. */
export async function rulesNamed(paths: readonly string[]): Promise<RuleSet> {
  const set = await loadRules(paths);
  if (set.rules.length === 0 && set.mistakes.length === 0) {
    throw new UserError("--rules: there is no rule for CloudTrail in these files");
  }
  return set;
}

/** By its id or its name. */
export function ruleCalled(wanted: string, { rules }: RuleSet): Rule {
  const found = rules.find(({ id, name }) => id === wanted || name === wanted);
  if (found !== undefined) return found;
  const ids = rules.map(({ id }) => id);
  throw new UserError(`no rule has the id "${wanted}"; ${suggestion(wanted, ids)}`);
}

/** Mistakes and warnings, each with the line that it stands in. */
export function complaintsOf({ mistakes, warnings }: RuleSet): NonNullable<Told["complaints"]> {
  return [
    ...mistakes.map((mistake) => complaintLines(mistake)),
    ...warnings.map((warning) => complaintLines(warning, "warning: ")),
  ];
}

/** What of the files is no rule that could be asked. */
export function leftOutWords({ mistakes, foreign }: RuleSet): readonly string[] {
  return [
    ...(mistakes.length === 0
      ? []
      : [`${counted(mistakes.length, "mistake")} kept rules from being read.`]),
    ...(foreign.length === 0
      ? []
      : [`${counted(foreign.length, "rule is", "rules are")} for logs of something else.`]),
  ];
}
