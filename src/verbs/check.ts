/**
 * `trailhound check`: whether anybody did what nobody may, as rules say it. The gate of a pipeline: it
 * fails on findings, and it does not pass on evidence that nobody read.
 */

import { every } from "../query/build.ts";
import type { Question } from "../query/query.ts";
import { UserError } from "../query/user-error.ts";
import { issuingFilter } from "../resolve/issuers.ts";
import { loadRules, usualFile } from "../rules/load.ts";
import { levels, type RuleSet } from "../rules/rule.ts";
import { findingsOf } from "./check/findings.ts";
import { gapsOf } from "./check/gaps.ts";
import { hitsAmong, suspects } from "./check/hits.ts";
import { reportedAs } from "./check/reported.ts";
import { findingsSection } from "./check/rows.ts";
import { complaintLines, sentences } from "./check/sentences.ts";
import { choiceOr, flag, texts } from "./options.ts";
import { type Scope, type Verb, verb } from "./verb.ts";

const options = {
  rules: texts(
    "--rules <file|folder>",
    `rules, in Sigma or the short form; repeatable; ${usualFile} in the working folder otherwise`,
  ),
  failOn: choiceOr(
    "low",
    [...levels, "never"],
    "--fail-on <level>",
    "the mildest finding that fails",
  ),
  allowPartial: flag("--allow-partial", "do not fail for logs that could not be read"),
  allowEmpty: flag("--allow-empty", "do not fail if there is no record at all"),
};

export const check = checkWith(undefined);

/** Before its rules are read, nothing is known of what it will ask. */
function checkWith(read: RuleSet | undefined): Verb {
  const rules = read?.rules ?? [];
  const filterOf = ({ filter }: Scope<typeof options>) => every([filter, suspects(rules)]);
  return verb({
    name: "check",
    summary: "fail if anybody did what nobody may, by rules in Sigma or a short form of their own",
    details:
      "A finding is one rule, broken by one identity on one target, however often; whoever is behind a " +
      "session stands for it. What could not be read fails the check as well.",
    options,
    takes: ["filter", "limit"],
    givesReport: true,
    readsLogs: true,
    reach: "sessions",
    statuses: [
      "clean, and all was read",
      "somebody did what nobody may",
      "could not check: a broken rule, no logs, or logs that could not be read",
    ],
    examples: [
      { command: "check", says: `by the rules in ${usualFile}` },
      { command: "check --rules rules/ --fail-on high", says: "by all rules in a folder" },
    ],
    async prepared({ options: { rules: paths } }) {
      return checkWith(await loadRules(paths));
    },
    questions: (scope): readonly Question[] => [
      { kind: "events", filter: filterOf(scope) },
      // Of whom the sessions have to be known, the findings say.
      { kind: "events", filter: issuingFilter },
      { kind: "thorough" },
    ],
    async run(reading, scope) {
      if (read === undefined || (rules.length === 0 && read.mistakes.length === 0)) {
        throw new UserError("--rules: there is no rule for CloudTrail in these files");
      }
      const { limit, timeZone, options: chosen } = scope;
      const { events } = await reading.events({
        ...{ kind: "events", filter: filterOf(scope), anyLane: true },
      });
      const findings = findingsOf(await hitsAmong(reading, events, rules), timeZone).map(
        (finding) => reportedAs(finding, chosen),
      );
      const failing = findings.filter(({ standing }) => standing.kind === "fails");
      const coverage = reading.coverage();
      const gaps = gapsOf(read, coverage, chosen);
      const isUnchecked = gaps.some(({ allowedBy }) => allowedBy === undefined);
      return {
        found: findings.length > 0,
        sentences: sentences({ findings, failing, read, coverage, ...chosen }),
        facts: {
          findings: findings.length,
          failing: failing.length,
          rules: rules.length,
          mistakes: read.mistakes.length,
        },
        sections: [findingsSection(findings.slice(0, limit))],
        report: { findings, rules: rules.filter(({ isReported }) => isReported), gaps },
        hints: [],
        complaints: [
          ...read.mistakes.map((mistake) => complaintLines(mistake)),
          ...read.warnings.map((warning) => complaintLines(warning, "warning: ")),
        ],
        verdict: failing.length > 0 ? "bad" : isUnchecked ? "unknown" : "good",
        ...(chosen.allowPartial && { mayRestOnPart: true }),
      };
    },
  });
}
