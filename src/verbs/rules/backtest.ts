/**
 * `trailhound rules backtest`: what each rule would have found in these logs, and which cannot find
 * anything there because the events or categories that they ask for are not in them.
 */

import type { Column, Row } from "../../query/answer.ts";
import { every, field } from "../../query/build.ts";
import { byText } from "../../query/compare.ts";
import { groupsOf } from "../../query/found.ts";
import type { Question } from "../../query/query.ts";
import { issuingFilter } from "../../resolve/issuers.ts";
import { levels, type Rule, type RuleSet } from "../../rules/rule.ts";
import { countCell, timeCell } from "../../words/cells.ts";
import { counted, grouped, listed } from "../../words/sentences.ts";
import { findingsOf } from "../check/findings.ts";
import { hitsAmong, suspects } from "../check/hits.ts";
import { type Scope, type Verb, verb } from "../verb.ts";
import { complaintsOf, leftOutWords, ruleFiles, rulesNamed } from "./options.ts";
import { unableWords } from "./unable.ts";

const columns: readonly Column[] = [
  { name: "level", title: "Level" },
  { name: "rule", title: "Rule", wrap: true },
  { name: "findings", title: "Findings", align: "right" },
  { name: "events", title: "Events", align: "right" },
  { name: "who", title: "By", wrap: true },
  { name: "first", title: "First", rank: 2 },
  { name: "last", title: "Last", rank: 3 },
  { name: "note", title: "Note", wrap: true, rank: 1 },
];

const options = { rules: ruleFiles };

export const rulesBacktest = backtestWith(undefined);

/** Before its rules are read, nothing is known of what it will ask. */
function backtestWith(set: RuleSet | undefined): Verb {
  const rules = set?.rules ?? [];
  const filterOf = ({ filter }: Scope<typeof options>) => every([filter, suspects(rules)]);
  const presence = { kind: "groups", by: [field("eventSource"), field("eventName")] } as const;
  return verb({
    name: "rules backtest",
    summary: "tell what each rule would have found in these logs, and which could find nothing",
    details: "Nothing fails here: it is for trying rules before a pipeline goes by them.",
    options,
    takes: ["filter", "limit"],
    readsLogs: true,
    reach: "sessions",
    statuses: [
      "rules would have found something",
      "no rule would have",
      "a broken rule, or logs that could not be read",
    ],
    examples: [
      { command: "rules backtest --rules rules/", says: "what would fail from tomorrow on" },
    ],
    async prepared({ options: given }) {
      return backtestWith(await rulesNamed(given.rules));
    },
    questions: (scope): readonly Question[] => [
      { kind: "events", filter: filterOf(scope) },
      { ...presence, filter: scope.filter },
      { kind: "events", filter: issuingFilter },
      { kind: "thorough" },
    ],
    async run(reading, scope) {
      const read = set ?? (await rulesNamed(scope.options.rules));
      const { events } = await reading.events({
        ...{ kind: "events", filter: filterOf(scope), anyLane: true },
      });
      const hits = await hitsAmong(reading, events, { rules, exceptions: [] });
      const { timeZone, limit, moment } = scope;
      const findings = findingsOf(hits, { now: moment("now") ?? Date.now(), timeZone });
      const present = await groupsOf(reading, { ...presence, filter: scope.filter });
      const calls = present.map(({ values: [source = "", name = ""] }) => ({ source, name }));
      const told = rules
        .filter(({ isReported }) => isReported)
        .map((rule) => ({
          rule,
          own: findings.filter((finding) => finding.rule === rule),
          unable: unableWords(rule, calls),
        }))
        .toSorted(
          (a, b) =>
            b.own.length - a.own.length ||
            levels.indexOf(b.rule.level) - levels.indexOf(a.rule.level) ||
            byText(a.rule.id, b.rule.id),
        );
      const finding = told.filter(({ own }) => own.length > 0);
      const unable = told.filter((one) => one.own.length === 0 && one.unable !== undefined);
      return {
        found: finding.length > 0,
        ...(read.mistakes.length > 0 && { verdict: "unknown" as const }),
        sentences: [
          `${grouped(finding.length)} of ${counted(told.length, "rule")} would have found something: ` +
            `${counted(findings.length, "finding")}.`,
          ...(unable.length === 0
            ? []
            : [
                `${counted(unable.length, "rule")} could find nothing here, as no event that ` +
                  `${unable.length === 1 ? "it asks" : "they ask"} for is in these logs.`,
              ]),
          ...leftOutWords(read),
        ],
        facts: {
          rules: told.length,
          finding: finding.length,
          findings: findings.length,
          unable: unable.map(({ rule }) => rule.id),
          mistakes: read.mistakes.length,
        },
        sections: [{ name: "rules", columns, rows: told.slice(0, limit).map(rowOf) }],
        hints: [],
        complaints: complaintsOf(read),
      };
    },
  });
}

interface Told {
  readonly rule: Rule;
  readonly own: ReturnType<typeof findingsOf>;
  readonly unable: string | undefined;
}

function rowOf({ rule, own, unable }: Told): Row {
  const people = [...new Set(own.map(({ who }) => who.name))];
  const first = own.flatMap((one) => one.first ?? []);
  const last = own.flatMap((one) => one.last ?? []);
  const least = first.length === 0 ? undefined : first.reduce((a, b) => Math.min(a, b));
  const most = last.length === 0 ? undefined : last.reduce((a, b) => Math.max(a, b));
  return {
    ...(own.length > 0 && { mark: "decisive" as const }),
    cells: [
      { text: rule.level },
      { text: rule.id },
      countCell(own.length),
      countCell(own.reduce((sum, { count }) => sum + count, 0)),
      people.length === 0 ? { text: undefined } : { text: listed(people), value: people },
      timeCell(least),
      timeCell(most),
      { text: own.length === 0 ? unable : undefined },
    ],
  };
}
