/**
 * Things of several kinds that bear one name: a bucket, a table and a role called `orders` are three, and
 * what was done to one says nothing of the others.
 */

import { nameOf as callNameOf, serviceOf } from "../../event/effect.ts";
import { namedTargets } from "../../event/named-targets.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { partNoun } from "../../event/targets.ts";
import { valuesOf } from "../../event/values.ts";
import type { Answer } from "../../query/answer.ts";
import type { FoundEvent } from "../../query/query.ts";
import type { Story } from "../../resolve/life.ts";
import { isByService, orderOf } from "../../resolve/turn.ts";
import { type Horizon, verdictOf } from "../../resolve/verdict.ts";
import { behindSentences } from "../../words/caller-behind.ts";
import { callOf, type NameOf, onDay } from "../../words/event-words.ts";
import { counted } from "../../words/sentences.ts";
import { verdictFacts, verdictSentences } from "../../words/verdict-words.ts";
import type { Findings, Sorting } from "./findings.ts";
import type { Question } from "./question.ts";

export interface Kind {
  /** `bucket`, `DB instance`; "" where there is one kind only, or none that events tell. */
  readonly words: string;
  readonly findings: Findings;
}

interface Group {
  readonly service: string;
  readonly words: string;
  readonly events: FoundEvent[];
}

/** Calls on the things themselves; of the others it cannot be said which of them they were about. */
const own = ["successes", "attempts", "idle"] as const;

/** The most telling first: what was done before what was tried, then what is worst to lose, then the newest. */
export function kindsIn(
  findings: Findings,
  { deed, stands }: Pick<Sorting, "deed" | "stands">,
): readonly [Kind, ...Kind[]] {
  const groups = deed.partsCount
    ? []
    : groupsOf(
        own.flatMap((list) => findings[list]),
        stands,
      );
  const isOf =
    ({ events }: Group) =>
    (event: FoundEvent) =>
      events.includes(event);
  const [first, ...others] = groups
    .map((group) => {
      const [successes = [], attempts = [], idle = []] = own.map((list) =>
        findings[list].filter(isOf(group)),
      );
      return { ...group, findings: { ...nothing, successes, attempts, idle } };
    })
    .sort((a, b) => standing(a) - standing(b) || newest(b) - newest(a));
  if (first === undefined || others.length === 0) return [{ words: "", findings }];
  const { ends, parts, possible, mentions } = findings;
  return [
    { words: first.words, findings: { ...first.findings, ends, parts, possible, mentions } },
    ...others,
  ];
}

const nothing: Findings = {
  ...{ successes: [], attempts: [], idle: [], ends: [], parts: [], possible: [], mentions: [] },
};

function standing({ words, findings: { successes } }: Kind): number {
  const rank = worst.indexOf(words);
  return (successes.length > 0 ? 0 : worst.length + 1) + (rank < 0 ? worst.length : rank);
}

function newest({ findings: { successes, attempts, idle } }: Kind): number {
  return Math.max(...[...successes, ...attempts, ...idle].map(orderOf));
}

/** What holds data comes before what lets in or works, and that before what can be made anew. */
const worst: readonly string[] = [
  ...["bucket", "table", "DB cluster", "DB instance", "cluster", "domain", "file system", "volume"],
  ...["key", "secret", "object", "user pool", "identity pool", "repository", "stream", "database"],
  ...["DB cluster snapshot", "DB snapshot", "snapshot", "backup vault", "recovery point"],
  ...["hosted zone", "trail", "user", "role", "group", "policy", "log group", "image", "stack"],
  ...["instance", "function", "queue", "topic", "parameter", "distribution", "rest API", "API"],
];

function groupsOf(events: readonly FoundEvent[], stands: Sorting["stands"]): readonly Group[] {
  const groups: Group[] = [];
  const vague: FoundEvent[] = [];
  for (const event of events) {
    const { record } = event;
    const words = wordsFor(record);
    if (words === undefined || stands(record).bearing !== "target") vague.push(event);
    else groupFor(groups, serviceOf(record), words).events.push(event);
  }
  for (const event of vague) {
    const group = groups.find(({ service }) => service === serviceOf(event.record)) ?? groups[0];
    group?.events.push(event);
  }
  return groups;
}

/** Calls name one thing more or less exactly: `DB instance`, `DB instance read replica`. */
function groupFor(groups: Group[], service: string, words: string): Group {
  const found = groups.find(
    (group) =>
      group.service === service && (group.words.includes(words) || words.includes(group.words)),
  );
  const group = found ?? { service, words, events: [] };
  if (found === undefined) groups.push(group);
  return group;
}

/** Undefined where the call does not tell: a service's own event, Cloud Control's `resource`. */
function wordsFor(record: CloudTrailRecord): string | undefined {
  const [target] = namedTargets(record);
  const told = target?.kind ?? partNoun(record);
  const words = told?.replace(/ (?:deletion|batch)$/, "");
  const isPlain = words !== undefined && words !== "" && words !== "resource";
  return isPlain && !(isByService(record) && callNameOf(record) !== "PolicyExecutionEvent")
    ? words
    : undefined;
}

interface Told {
  readonly story: Story | undefined;
  readonly horizon: Horizon;
  readonly nameOf: NameOf;
}

/** `A table of that name was deleted, too, by nina on ...`, and what is behind and came of each. */
export function otherKindSentences(
  kinds: readonly Kind[],
  question: Question,
  { story, horizon, nameOf }: Told,
): readonly string[] {
  const { deed, timeZone, way } = question;
  return kinds.flatMap(({ words, findings: { successes, attempts, idle } }) => {
    const [done] = successes;
    const [event = attempts[0] ?? idle[0]] = successes;
    if (event === undefined) return [];
    const by = `${nameOf(event)}${onDay(event.record, timeZone)} (${callOf(event.record)})`;
    if (done === undefined) {
      const tried = counted(attempts.length + idle.length, "attempt");
      const latest = attempts.length + idle.length === 1 ? "" : "the newest ";
      return [
        `${tried} to ${deed.infinitive} ${article(words)} of that name came to nothing, ${latest}by ${by}.`,
      ];
    }
    const verdict = story && verdictOf(story, horizon, done);
    return [
      `${capital(article(words))} of that name was ${deed.words[0]}, too, by ${by}.`,
      ...behindSentences(way.people(done), question),
      ...(verdict === undefined
        ? []
        : verdictSentences(verdict, timeZone, nameOf, { event: done, words: deed.words })),
    ];
  });
}

export function otherKindFacts(
  kinds: readonly Kind[],
  { story, horizon, nameOf }: Told,
): NonNullable<Answer["facts"]> {
  if (kinds.length === 0) return {};
  return {
    otherKinds: kinds.map(({ words, findings: { successes, attempts, idle } }) => {
      const [event] = [...successes, ...attempts, ...idle];
      const verdict = story && event && verdictOf(story, horizon, event);
      return {
        kind: words,
        times: successes.length,
        attempts: attempts.length,
        who: event === undefined ? null : nameOf(event),
        eventID: event === undefined ? null : (valuesOf("eventID", event.record)[0] ?? null),
        ...(verdict === undefined ? {} : { fate: verdictFacts(verdict) }),
      };
    }),
  };
}

function article(words: string): string {
  return `${/^[aeiou]/i.test(words) && !/^u(?:ser|n)/.test(words) ? "an" : "a"} ${words}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
