/**
 * `trailhound rules list`: the rules that stand in files, the worst first.
 */

import type { Column, Row } from "../../query/answer.ts";
import { byText } from "../../query/compare.ts";
import { levels, type Rule } from "../../rules/rule.ts";
import { countCell } from "../../words/cells.ts";
import { counted, listed } from "../../words/sentences.ts";
import { verb } from "../verb.ts";
import { complaintsOf, leftOutWords, ruleFiles, rulesNamed } from "./options.ts";

const columns: readonly Column[] = [
  { name: "level", title: "Level" },
  { name: "rule", title: "Rule", wrap: true },
  { name: "title", title: "Forbids", wrap: true },
  { name: "samples", title: "Samples", align: "right", rank: 2 },
  { name: "tags", title: "Tags", wrap: true, rank: 3 },
  { name: "file", title: "File", wrap: true, rank: 1 },
];

export const rulesList = verb({
  name: "rules list",
  summary: "list the rules that check would go by",
  options: { rules: ruleFiles },
  takes: ["limit"],
  readsLogs: false,
  statuses: ["there are rules", "there is none", "a rule could not be read"],
  examples: [{ command: "rules list --rules rules/", says: "all rules in a folder" }],
  questions: () => [],
  async run(_, { options: { rules: paths }, limit }) {
    const set = await rulesNamed(paths);
    const rules = set.rules.toSorted(
      (a, b) => levels.indexOf(b.level) - levels.indexOf(a.level) || byText(a.id, b.id),
    );
    const byLevel = levels
      .toReversed()
      .map((level) => ({ level, count: rules.filter((rule) => rule.level === level).length }))
      .filter(({ count }) => count > 0);
    return {
      found: rules.length > 0,
      ...(set.mistakes.length > 0 && { verdict: "unknown" as const }),
      sentences: [
        `${counted(rules.length, "rule")}: ${listed(
          byLevel.map(({ level, count }) => `${count} ${level}`),
          byLevel.length,
        )}.`,
        ...leftOutWords(set),
      ],
      facts: { rules: rules.length, mistakes: set.mistakes.length },
      sections: [{ name: "rules", columns, rows: rules.slice(0, limit).map(rowOf) }],
      hints: [],
      complaints: complaintsOf(set),
    };
  },
});

function rowOf({ id, title, level, tags, samples, place: { file, line } }: Rule): Row {
  return {
    cells: [
      { text: level },
      { text: id },
      { text: title },
      countCell(samples.length),
      { text: tags.join(", "), value: tags },
      { text: `${file}:${line}` },
    ],
  };
}
