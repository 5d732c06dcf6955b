/**
 * `trailhound check`: whether anybody did what nobody may, as rules say it. The gate of a pipeline: it
 * fails on findings, and it does not pass on evidence that nobody read.
 */

import { every } from "../query/build.ts";
import type { Question } from "../query/query.ts";
import { UserError } from "../query/user-error.ts";
import { issuingFilter } from "../resolve/issuers.ts";
import { type ExceptionSet, loadExceptions, usualExceptions } from "../rules/exceptions.ts";
import { builtin, loadRules, usualFile } from "../rules/load.ts";
import { levels, type RuleSet } from "../rules/rule.ts";
import { type Baseline, readBaseline } from "./check/baseline.ts";
import { exceptionFacts } from "./check/exceptions.ts";
import { findingsOf } from "./check/findings.ts";
import { gapsOf } from "./check/gaps.ts";
import { hitsAmong, suspects } from "./check/hits.ts";
import { reportedAs } from "./check/reported.ts";
import { questionsFor, requirementsIn, uncovered } from "./check/required.ts";
import { findingsSection } from "./check/rows.ts";
import { complaintLines, sentences } from "./check/sentences.ts";
import { choiceOr, flag, text, texts } from "./options.ts";
import { type Scope, type Verb, verb } from "./verb.ts";

const options = {
  rules: texts(
    "--rules <file|folder>",
    `rules, in Sigma or the short form, or ${builtin}; repeatable; ${usualFile} in the working folder otherwise`,
  ),
  failOn: choiceOr(
    "low",
    [...levels, "never"],
    "--fail-on <level>",
    "the mildest finding that fails",
  ),
  baseline: text(
    "--baseline <report.json>",
    "an earlier report (check --json): only what is not in it fails",
  ),
  exceptions: texts(
    "--exceptions <file>",
    `what is let pass, by whom and until when; ${usualExceptions} in the working folder otherwise`,
  ),
  require: texts(
    "--require <what>",
    "fail if the logs do not cover it: account=111122223333,region=us-east-1,hours=20; repeatable",
  ),
  allowPartial: flag("--allow-partial", "do not fail for logs that could not be read"),
  allowEmpty: flag("--allow-empty", "do not fail if there is no record at all"),
};

/** What stands in the files that the options name. */
interface Files {
  readonly rules: RuleSet;
  readonly exceptions: ExceptionSet;
  readonly baseline: Baseline | undefined;
}

export const check = checkWith(undefined);

/** Before its rules are read, nothing is known of what it will ask. */
function checkWith(files: Files | undefined): Verb {
  const rules = files?.rules.rules ?? [];
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
      "could not check: a broken rule, or logs that are missing or could not be read",
    ],
    examples: [
      { command: "check", says: `by the rules in ${usualFile}` },
      { command: "check --rules rules/ --fail-on high", says: "by all rules in a folder" },
      {
        command: "check --format github --out sarif=report.sarif",
        says: "annotations for a run, and a report for code scanning",
      },
    ],
    async prepared({ options: given }) {
      const read = await loadRules(given.rules);
      return checkWith({
        rules: read,
        exceptions: await loadExceptions(given.exceptions, read.rules),
        baseline: await readBaseline(given.baseline),
      });
    },
    questions: (scope): readonly Question[] => [
      { kind: "events", filter: filterOf(scope) },
      // Of whom the sessions have to be known, the findings say.
      { kind: "events", filter: issuingFilter },
      { kind: "thorough" },
      ...questionsFor(requirementsIn(scope.options.require), scope.filter),
    ],
    async run(reading, scope) {
      if (files === undefined || (rules.length === 0 && files.rules.mistakes.length === 0)) {
        throw new UserError("--rules: there is no rule for CloudTrail in these files");
      }
      const { exceptions, baseline } = files;
      const { limit, timeZone, moment, options: chosen } = scope;
      const now = moment("now") ?? Date.now();
      const { events } = await reading.events({
        ...{ kind: "events", filter: filterOf(scope), anyLane: true },
      });
      const hits = await hitsAmong(reading, events, { rules, ...exceptions });
      const findings = findingsOf(hits, { now, timeZone }).map((finding) =>
        reportedAs(finding, { ...chosen, baseline }),
      );
      const coverage = reading.coverage();
      const required = requirementsIn(chosen.require);
      const gaps = [
        ...gapsOf({ ...files, coverage }, chosen),
        ...(await uncovered(reading, required, scope)),
      ];
      const isFailed = findings.some(({ standing }) => standing.kind === "fails");
      const isUnchecked = gaps.some(({ allowedBy }) => allowedBy === undefined);
      const report = {
        findings,
        rules: rules.filter(({ isReported }) => isReported),
        gaps,
        ...(baseline && { baseline: baseline.file }),
      };
      return {
        found: findings.length > 0,
        sentences: sentences({ ...chosen, ...files, findings, gaps, coverage, now }),
        facts: {
          findings: findings.length,
          failing: findings.filter(({ standing }) => standing.kind === "fails").length,
          rules: rules.length,
          mistakes: files.rules.mistakes.length + exceptions.mistakes.length,
          ...exceptionFacts(exceptions, findings, now),
        },
        sections: [findingsSection(findings.slice(0, limit))],
        report,
        hints: [],
        complaints: [files.rules, exceptions].flatMap(({ mistakes, warnings }) => [
          ...mistakes.map((mistake) => complaintLines(mistake)),
          ...warnings.map((warning) => complaintLines(warning, "warning: ")),
        ]),
        verdict: isFailed ? "bad" : isUnchecked ? "unknown" : "good",
        ...(chosen.allowPartial && { mayRestOnPart: true }),
      };
    },
  });
}
