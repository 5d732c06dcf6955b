/**
 * The answer of `trailhound who` in words, and the same for machines.
 */

import { effectOf } from "../event/effect.ts";
import { describeIdentity } from "../event/identity.ts";
import { endingFor, outcomeFor } from "../event/item-outcome.ts";
import { mentions } from "../event/mention.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { naming } from "../event/resource-names.ts";
import { bearing, partNoun, primaryTargets } from "../event/targets.ts";
import { formatTime } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import type { Deed } from "../event/verb-classes.ts";
import type { Answer } from "../query/answer.ts";
import type { Filter, ResourcePattern } from "../query/filter.ts";
import type { FoundEvent } from "../query/query.ts";
import { unmentioned } from "./absence.ts";
import { callOf, circumstances, clientOf, endings, onDay, timeOf, whoOf } from "./event-words.ts";
import { counted, grouped, listed } from "./sentences.ts";

export interface Question {
  readonly deed: Deed;
  readonly resource: ResourcePattern;
  /** The resource in the words of the user. */
  readonly asked: string;
  /** What else the user asked for. */
  readonly filter: Filter;
  readonly timeZone: string;
}

/** Calls of the deed by what they did to the resource; newest first. */
export interface Findings {
  readonly successes: readonly FoundEvent[];
  /** Calls on the resource itself that were denied, failed or were dry runs. */
  readonly attempts: readonly FoundEvent[];
  /** Calls that succeeded and left the resource as it was. */
  readonly idle: readonly FoundEvent[];
  /** Calls on something that belongs to the resource, however they ended. */
  readonly parts: readonly FoundEvent[];
  /** Calls on many things that are not logged one by one; the resource may be among them. */
  readonly possible: readonly FoundEvent[];
  /** Calls on something else that name the resource. */
  readonly mentions: readonly FoundEvent[];
}

/** All events that mention the resource, whatever they did. */
export interface Seen {
  readonly total: number;
  /** Unless it is among the findings. */
  readonly newest?: FoundEvent;
}

type Facts = NonNullable<Answer["facts"]>;
type Verdict = "done" | "attempted" | "none";

export function verdictOf({ successes, attempts }: Findings): Verdict {
  if (successes.length > 0) return "done";
  return attempts.length > 0 ? "attempted" : "none";
}

export function sentencesFor(
  question: Question,
  { successes, attempts, idle, parts, possible }: Findings,
  seen: Seen,
): readonly string[] {
  const [decisive] = successes;
  const headlines =
    decisive === undefined
      ? [nobodySentence(question, seen)]
      : doneSentences(question, decisive, successes);
  return [
    ...headlines,
    ...attemptSentences(question, attempts, decisive),
    ...idleSentences(question, idle, decisive),
    ...partSentences(question, parts, decisive),
    ...possibleSentences(question, possible, decisive),
    ...seenSentences(question, seen),
  ];
}

/** Who and when are missing when nobody did it. */
export function factsOf({ deed, asked }: Question, findings: Findings): Facts {
  const { successes, attempts, idle, parts, possible, mentions } = findings;
  const [decisive] = successes;
  return {
    deed: deed.words[0],
    resource: asked,
    verdict: verdictOf(findings),
    times: successes.length,
    attempts: attempts.length,
    idle: idle.length,
    parts: parts.length,
    possible: possible.length,
    mentions: mentions.length,
    ...(decisive === undefined ? {} : decisiveFacts(decisive.record)),
  };
}

function decisiveFacts(record: CloudTrailRecord): Facts {
  const { name, arn } = describeIdentity(record);
  const time = timeOf(record);
  return {
    who: name,
    arn: arn ?? null,
    when: time === undefined ? null : formatTime(time, "UTC"),
    from: valuesOf("sourceIPAddress", record)[0] ?? null,
    client: clientOf(record) ?? null,
    event: callOf(record),
    region: valuesOf("awsRegion", record)[0] ?? null,
    account: valuesOf("recipientAccountId", record)[0] ?? null,
    eventID: valuesOf("eventID", record)[0] ?? null,
  };
}

function nobodySentence({ deed, resource, asked, filter }: Question, { total }: Seen): string {
  const what = resource.glob ? `anything that fits ${asked}` : asked;
  const why = total === 0 ? `: ${unmentioned(filter)} ${pronoun(resource)}` : "";
  return `Nobody ${deed.words[0]} ${what}, in these logs${why}.`;
}

function pronoun({ glob }: ResourcePattern): string {
  return glob ? "one" : "it";
}

function doneSentences(
  { deed, resource, asked, timeZone }: Question,
  { record }: FoundEvent,
  all: readonly FoundEvent[],
): readonly string[] {
  const [done] = deed.words;
  const targets = primaryTargets(record);
  const fitting = targets.filter((target) => mentions(resource, target));
  const what = (resource.glob && listed(fitting.length > 0 ? fitting : targets)) || asked;
  const call = [callOf(record), ...othersIn(record, resource)].join(" on ");
  const { via } = describeIdentity(record);
  const effect = effectOf(record);
  const later = deed.infinitive === "delete" && effect.kind === "scheduled" ? effect : undefined;
  const headline =
    `${whoOf(record, "Somebody")}${via === undefined ? "" : `, through ${via},`} ` +
    `${later === undefined ? done : "scheduled the deletion of"} ${what}` +
    `${circumstances(record, timeZone, { call })}.`;
  const headlines =
    later === undefined
      ? [headline]
      : [headline, `It can be undone for ${counted(later.days, "day")} from then.`];
  if (all.length === 1) return headlines;
  const people = namesOf(all);
  const each = people.length > 1 ? "" : all.length === 2 ? "both " : "all ";
  return [
    ...headlines,
    `That is the newest of ${grouped(all.length)} such calls, ${each}by ${listed(people)}.`,
  ];
}

/** What was attached to the resource, read in it or put there, if that is not the resource itself. */
function othersIn(record: CloudTrailRecord, resource: ResourcePattern): readonly string[] {
  if (resource.glob || bearing(record, resource) !== "part") return [];
  const isNamed = naming([resource.text], false);
  const others = primaryTargets(record).filter(
    (target) => !isNamed(target) && !mentions({ text: target, glob: false }, resource.text),
  );
  return others.length === 0 ? [] : [listed(others)];
}

function namesOf(events: readonly FoundEvent[]): readonly string[] {
  return [...new Set(events.map(({ record }) => whoOf(record)))];
}

/** Those that the answer made pointless stand apart from those that came before it. */
function attemptSentences(
  question: Question,
  attempts: readonly FoundEvent[],
  decisive: FoundEvent | undefined,
): readonly string[] {
  if (decisive === undefined) return endedSentences(question, attempts);
  const told = decisive.record;
  const since = timeOf(told);
  const isLater = ({ record }: FoundEvent) =>
    since !== undefined && (timeOf(record) ?? Number.NEGATIVE_INFINITY) >= since;
  const earlier = attempts.filter((attempt) => !isLater(attempt));
  return [
    ...endedSentences(question, earlier, { which: "Before that, ", told }),
    ...endedSentences(question, attempts.filter(isLater), { which: "After that, ", told }),
  ];
}

interface Context {
  /** Begins each sentence. */
  readonly which?: string;
  /** The event of the sentence before. */
  readonly told?: CloudTrailRecord;
}

/** One for each way in which attempts ended. */
function endedSentences(
  { deed, resource, timeZone }: Question,
  attempts: readonly FoundEvent[],
  { which = "", ...context }: Context = {},
): readonly string[] {
  const aim = which === "" ? ` to ${deed.infinitive} ${pronoun(resource)}` : "";
  return endings.flatMap(({ outcome, one, many }) => {
    const ended = attempts.filter(({ record }) => outcomeFor(record, resource) === outcome);
    const [newest] = ended;
    if (newest === undefined) return [];
    const people = namesOf(ended);
    const { code } = endingFor(newest.record, resource);
    const latest = people.length > 1 ? `; the newest by ${whoOf(newest.record)}` : ", the newest";
    return [
      `${which}${counted(ended.length, "attempt")}${aim} ${ended.length === 1 ? one : many}, ` +
        `by ${listed(people)}${ended.length === 1 ? "" : latest}` +
        `${circumstances(newest.record, timeZone, { ...context, code })}.`,
    ];
  });
}

/** `1 call found it deleted already, by bob on ...` */
function idleSentences(
  { deed, resource, timeZone }: Question,
  idle: readonly FoundEvent[],
  decisive: FoundEvent | undefined,
): readonly string[] {
  const [newest] = idle;
  if (newest === undefined) return [];
  const latest = idle.length === 1 ? "" : ", the newest";
  return [
    `${counted(idle.length, "call")} found ${pronoun(resource)} ${deed.words[0]} already, ` +
      `by ${listed(namesOf(idle))}${latest}${circumstances(newest.record, timeZone, decisive && { told: decisive.record })}.`,
  ];
}

function partSentences(
  question: Question,
  parts: readonly FoundEvent[],
  decisive: FoundEvent | undefined,
): readonly string[] {
  const done = parts.filter(({ record }) => outcomeFor(record, question.resource) === "success");
  const [newest] = done;
  const tried = endedSentences(question, parts, {
    which: "On parts of it, ",
    ...(decisive && { told: decisive.record }),
  });
  if (newest === undefined) return tried;
  const calls = namesOf(done).map((name) => {
    const its = done.filter(({ record }) => whoOf(record) === name);
    return `${listed(its.map(({ record }) => partOf(record)))} by ${name}`;
  });
  const latest = done.length === 1 ? "" : calls.length === 1 ? ", the newest" : "; the newest";
  return [
    `Parts of it were ${question.deed.words[0]}${decisive ? " too" : ""}: ${calls.join("; ")}` +
      `${latest}${onDay(newest.record, question.timeZone)}.`,
    ...tried,
  ];
}

/** What may be the answer where no call is known to be. */
function possibleSentences(
  { deed, resource, timeZone }: Question,
  possible: readonly FoundEvent[],
  decisive: FoundEvent | undefined,
): readonly string[] {
  const done = possible.filter(({ record }) => outcomeFor(record, resource) === "success");
  const [newest] = done;
  if (newest === undefined || decisive !== undefined) return [];
  const { record } = newest;
  const others = done.length === 1 ? "" : `, the newest of ${grouped(done.length)} such calls`;
  return [
    `${resource.glob ? "Some" : "It"} may have been among what ${whoOf(record)} ${deed.words[0]} in ` +
      `${listed(primaryTargets(record))}${circumstances(record, timeZone)}${others}: ` +
      "the log does not say which.",
  ];
}

/** `bucket policy`; the call itself where its name tells of more than one thing. */
function partOf(record: CloudTrailRecord): string {
  const noun = partNoun(record) ?? "";
  return noun === "" || / (?:from|to|with|in|on|for|by) /.test(noun) ? callOf(record) : noun;
}

function seenSentences(
  { resource, timeZone }: Question,
  { total, newest }: Seen,
): readonly string[] {
  if (newest === undefined) return [];
  const { record } = newest;
  const outcome = outcomeFor(record, resource);
  const ended = outcome === "success" ? "" : `, ${outcome}`;
  return [
    `Last mentioned${onDay(record, timeZone)}: ${callOf(record)} by ${whoOf(record)}${ended}; ` +
      `${counted(total, "event mentions", "events mention")} ${pronoun(resource)}.`,
  ];
}
