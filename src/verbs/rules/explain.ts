/**
 * `trailhound rules explain`: condition by condition, why an event breaks a rule or what kept it from
 * breaking it.
 */

import { valuesOf } from "../../event/values.ts";
import type { Column, Row } from "../../query/answer.ts";
import { not } from "../../query/build.ts";
import type { Filter } from "../../query/filter.ts";
import { eventsOf } from "../../query/found.ts";
import { preparePatterns } from "../../query/pattern.ts";
import type { FoundEvent } from "../../query/query.ts";
import { eventIDTerm } from "../../query/term.ts";
import { UserError } from "../../query/user-error.ts";
import { behindQuestions, sessionsBehind } from "../../resolve/gather.ts";
import type { Sessions } from "../../resolve/sessions.ts";
import { callOf, onDay } from "../../words/event-words.ts";
import { humanBehind } from "../../words/humans.ts";
import { listed } from "../../words/sentences.ts";
import { asksWho, matchesBehind } from "../check/behind.ts";
import { eventChoice } from "../trace/event-choice.ts";
import { verb } from "../verb.ts";
import { conditionOf, partsOf, valuesSeen } from "./conditions.ts";
import { complaintsOf, ruleCalled, ruleFiles, rulesNamed } from "./options.ts";

const columns: readonly Column[] = [
  { name: "condition", title: "Condition", wrap: true },
  { name: "holds", title: "Holds" },
  { name: "seen", title: "The event has", wrap: true },
  { name: "part", title: "Part", rank: 1 },
];

export const rulesExplain = verb({
  name: "rules explain",
  summary: "tell why an event breaks a rule, or what kept it from breaking it",
  arguments: [
    { name: "<rule>", help: "the id or the name of a rule" },
    { name: "<eventID>", help: "an eventID, or its beginning" },
  ],
  options: { rules: ruleFiles },
  takes: [],
  reach: "everything",
  readsLogs: true,
  statuses: [
    "it breaks the rule",
    "it does not",
    "not answered, or answered from part of the input",
  ],
  examples: [
    {
      command: "rules explain logging-stays-on 2b0f9a88",
      says: "which condition did not hold",
    },
  ],
  questions: ({ arguments: [, eventID = ""] }) => [
    { kind: "events", filter: eventIDTerm(eventID) },
    ...behindQuestions,
  ],
  async run(reading, { arguments: [id = "", eventID = ""], options: { rules: paths }, timeZone }) {
    const set = await rulesNamed(paths);
    const rule = ruleCalled(id, set);
    if (rule.test.kind !== "events") {
      throw new UserError(
        `${rule.id} is about several events together; explain takes the rules that it counts`,
      );
    }
    const { filter } = rule.test;
    await preparePatterns(filter);
    const complaints = complaintsOf(set);
    const found = await eventsOf(reading, { filter: eventIDTerm(eventID) });
    const [event, ...others] = found;
    if (event === undefined) {
      return {
        found: false,
        verdict: "unknown",
        sentences: [`No event has the id ${eventID}, in these logs.`],
        sections: [],
        hints: [],
        complaints,
      };
    }
    if (others.length > 0) {
      const command = `rules explain ${rule.id}`;
      return {
        ...eventChoice(eventID, found, { limit: undefined, command }),
        ...{ found: false, verdict: "unknown", hints: [], complaints },
      };
    }
    const judge = judgeOf(event, await sessionsBehind(reading, [event]));
    const isBroken = judge.holds(filter, true);
    const who = judge.who;
    return {
      found: isBroken,
      sentences: [
        `${callOf(event.record)} by ${who}${onDay(event.record, timeZone)} ` +
          `${isBroken ? "breaks" : "does not break"} ${rule.id} (${rule.title}).`,
        ...(isBroken ? [] : [`What kept it from that: ${listed(reasons(filter, judge), 5)}.`]),
      ],
      facts: {
        rule: rule.id,
        eventID: valuesOf("eventID", event.record)[0] ?? null,
        who,
        breaks: isBroken,
        ...(!isBroken && { reasons: reasons(filter, judge) }),
      },
      sections: [
        {
          name: "conditions",
          columns,
          branch: "condition",
          rows: rowsOf(filter, judge, { depth: 0, isWanted: true, part: "1" }),
        },
      ],
      hints: [],
      complaints,
    };
  },
});

interface Judge {
  /** Whoever is behind the event. */
  readonly who: string;
  /** `isWanted`: whether the rule is broken because of it, and not in spite of it. */
  readonly holds: (filter: Filter, isWanted: boolean) => boolean;
  readonly seen: (filter: Filter) => readonly string[] | undefined;
}

function judgeOf({ record }: FoundEvent, sessions: Sessions): Judge {
  const who = humanBehind(record, sessions).name;
  return {
    who,
    holds: (filter, isWanted) =>
      isWanted
        ? matchesBehind(filter, record, sessions)
        : !matchesBehind(not(filter), record, sessions),
    seen(filter) {
      const values = valuesSeen(filter, record);
      return values === undefined || !asksWho(filter) ? values : [...new Set([who, ...values])];
    },
  };
}

interface At {
  readonly depth: number;
  /** `1.2` is the second part of the first. */
  readonly part: string;
  readonly isWanted: boolean;
}

function rowsOf(filter: Filter, judge: Judge, { depth, part, isWanted }: At): readonly Row[] {
  const holds = judge.holds(filter, isWanted);
  const seen = judge.seen(filter);
  const below = {
    depth: depth + 1,
    isWanted: filter.kind === "not" ? !isWanted : isWanted,
  };
  return [
    {
      depth,
      mark: holds ? "succeeded" : "denied",
      cells: [
        { text: conditionOf(filter) },
        { text: holds ? "yes" : "no" },
        seen === undefined
          ? { text: undefined }
          : { text: seen.length === 0 ? "nothing there" : listed(seen), value: seen },
        { text: part },
      ],
    },
    ...partsOf(filter).flatMap((one, at) =>
      rowsOf(one, judge, { ...below, part: `${part}.${at + 1}` }),
    ),
  ];
}

/** Of what does not hold, the conditions that would have to. */
function reasons(filter: Filter, judge: Judge): readonly string[] {
  if (judge.holds(filter, true)) return [];
  if (filter.kind === "every") return filter.filters.flatMap((part) => reasons(part, judge));
  if (filter.kind === "some") {
    const all = filter.filters.flatMap((part) => reasons(part, judge));
    return all.length <= 1 ? all : [`none of ${all.length} alternatives holds`];
  }
  if (filter.kind === "not" && partsOf(filter).length > 0)
    return ["an exception of the rule holds"];
  const seen = judge.seen(filter);
  const has =
    seen === undefined ? "" : ` (it has ${seen.length === 0 ? "nothing there" : listed(seen)})`;
  return [`${conditionOf(filter)}${has}`];
}
