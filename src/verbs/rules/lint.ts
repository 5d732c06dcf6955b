/**
 * `trailhound rules lint`: what is wrong in files of rules, and what is hardly meant so.
 */

import type { Complaint, Rule, RuleSet } from "../../rules/rule.ts";
import { counted } from "../../words/sentences.ts";
import { verb } from "../verb.ts";
import { complaintsOf, ruleFiles, rulesNamed } from "./options.ts";

export const rulesLint = verb({
  name: "rules lint",
  summary: "tell what is wrong in files of rules, with the place",
  details: "Rules without samples, and samples of one kind only, are told as warnings.",
  options: { rules: ruleFiles },
  takes: [],
  readsLogs: false,
  statuses: [
    "no mistakes; there may be warnings",
    "there are mistakes",
    "the files could not be read",
  ],
  examples: [{ command: "rules lint --rules rules/", says: "before the rules are merged" }],
  questions: () => [],
  async run(_, { options: { rules: paths } }) {
    const read = await rulesNamed(paths);
    const set: RuleSet = { ...read, warnings: [...read.warnings, ...read.rules.flatMap(untried)] };
    const { rules, mistakes, warnings, foreign } = set;
    const others =
      foreign.length === 0 ? "" : `, and ${counted(foreign.length, "rule")} for other logs`;
    return {
      found: true,
      verdict: mistakes.length > 0 ? "bad" : "good",
      sentences: [
        `${counted(mistakes.length, "mistake")} and ${counted(warnings.length, "warning")} in files with ` +
          `${counted(rules.length, "rule")}${others}.`,
      ],
      facts: {
        rules: rules.length,
        mistakes: mistakes.map(complaintFacts),
        warnings: warnings.map(complaintFacts),
      },
      sections: [],
      hints: [],
      complaints: complaintsOf(set),
    };
  },
});

/** A rule that was never seen to hold, or never not to, may forbid nothing or everything. */
function untried({ id, samples, place, isReported }: Rule): readonly Complaint[] {
  if (!isReported || id.endsWith("/denied")) return [];
  const lacks = [
    ...(samples.some(({ breaks }) => breaks) ? [] : ["breaks it"]),
    ...(samples.some(({ breaks }) => !breaks) ? [] : ["passes it"]),
  ];
  if (lacks.length === 0) return [];
  return [
    { place, problem: `"${id}" has no sample that ${lacks.join(", and none that ")}`, excerpt: "" },
  ];
}

function complaintFacts({ place: { file, line, column }, problem }: Complaint) {
  return { file, line, column, problem };
}
