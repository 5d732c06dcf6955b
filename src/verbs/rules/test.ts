/**
 * `trailhound rules test`: whether rules do what their samples say.
 */

import type { Column, Row } from "../../query/answer.ts";
import { preparePatterns } from "../../query/pattern.ts";
import { counted, listed } from "../../words/sentences.ts";
import { verb } from "../verb.ts";
import { complaintsOf, leftOutWords, ruleFiles, rulesNamed } from "./options.ts";
import { type Tried, tried } from "./samples.ts";

const columns: readonly Column[] = [
  { name: "rule", title: "Rule", wrap: true },
  { name: "sample", title: "Sample", wrap: true },
  { name: "events", title: "Its events", wrap: true, rank: 1 },
  { name: "expected", title: "Expected" },
  { name: "was", title: "Was" },
];

export const rulesTest = verb({
  name: "rules test",
  summary: "hold rules against the samples in their files",
  details:
    "A sample that breaks its rule has to, and one that passes must not. Only what fails is listed.",
  options: { rules: ruleFiles },
  takes: ["limit"],
  readsLogs: false,
  statuses: [
    "all samples are judged as they say",
    "some are not",
    "a rule could not be read, or has no sample",
  ],
  examples: [{ command: "rules test --rules rules/", says: "in the pipeline of the rules" }],
  questions: () => [],
  async run(_, { options: { rules: paths }, limit }) {
    const set = await rulesNamed(paths);
    for (const { test } of set.rules) {
      if (test.kind === "events") await preparePatterns(test.filter);
    }
    const all = tried(set.rules);
    const judged = all.filter(({ broke }) => broke !== undefined);
    const failing = judged.filter(({ sample, broke }) => sample.breaks !== broke);
    const own = set.rules.filter(({ id, isReported }) => isReported && !id.endsWith("/denied"));
    const untested = own.filter(({ id }) => !judged.some(({ rule }) => rule.id === id));
    const isUnknown = set.mistakes.length > 0 || untested.length > 0;
    return {
      found: true,
      verdict: failing.length > 0 ? "bad" : isUnknown ? "unknown" : "good",
      sentences: [
        `${counted(judged.length, "sample")} of ${counted(own.length - untested.length, "rule")}: ` +
          `${failing.length === 0 ? "all are judged as they say" : `${counted(failing.length, "is judged otherwise than it says", "are judged otherwise than they say")}`}.`,
        ...(untested.length === 0
          ? []
          : [
              `Without a sample: ${listed(
                untested.map(({ id }) => id),
                5,
              )}.`,
            ]),
        ...leftOutWords(set),
      ],
      facts: {
        samples: judged.length,
        failing: failing.length,
        untested: untested.map(({ id }) => id),
        mistakes: set.mistakes.length,
      },
      sections:
        failing.length === 0
          ? []
          : [{ name: "samples", columns, rows: failing.slice(0, limit).map(rowOf) }],
      hints: [],
      complaints: complaintsOf(set),
    };
  },
});

function rowOf({ rule, sample: { place, breaks, events }, broke }: Tried): Row {
  const names = events.map(({ eventName }) => String(eventName ?? "an event without a name"));
  const word = (isBroken: boolean | undefined) => ({ text: isBroken ? "breaks" : "passes" });
  return {
    mark: "denied",
    cells: [
      { text: rule.id },
      { text: `${place.file}:${place.line}` },
      { text: listed(names), value: names },
      word(breaks),
      word(broke),
    ],
  };
}
