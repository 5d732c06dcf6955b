/**
 * The answer of `trailhound who` in words, and the same for machines.
 */

import { describeIdentity } from "../event/identity.ts";
import { mentions } from "../event/mention.ts";
import { outcomeOf } from "../event/outcome.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { naming } from "../event/resource-names.ts";
import { scheduledDeletion } from "../event/scheduled-deletion.ts";
import { bearing, partNoun, primaryTargets } from "../event/targets.ts";
import { formatTime } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import type { Deed } from "../event/verb-classes.ts";
import type { Answer } from "../query/answer.ts";
import type { Span } from "../query/coverage.ts";
import type { Filter, ResourcePattern } from "../query/filter.ts";
import type { FoundEvent } from "../query/query.ts";
import { unmentioned } from "./absence.ts";
import { type Behind, behindSentences, guiseWords, nameBehind, subjectWords } from "./behind.ts";
import { chainFacts } from "./chain-words.ts";
import { callOf, circumstances, clientOf, endings, onDay, timeOf, whoOf } from "./event-words.ts";
import { counted, grouped, listed } from "./sentences.ts";

/** Who is behind each event of an answer. */
export type People = (event: FoundEvent) => Behind;

export interface Question {
  readonly deed: Deed;
  readonly resource: ResourcePattern;
  /** The resource in the words of the user. */
  readonly asked: string;
  /** What else the user asked for. */
  readonly filter: Filter;
  readonly timeZone: string;
  /** Of the logs, where it is known in full. */
  readonly span: Span;
  readonly people: People;
}

/** Calls of the deed by what they did to the resource; newest first. */
export interface Findings {
  readonly successes: readonly FoundEvent[];
  /** Calls on the resource itself that were denied, failed or were dry runs. */
  readonly attempts: readonly FoundEvent[];
  /** Calls on something that belongs to the resource, however they ended. */
  readonly parts: readonly FoundEvent[];
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
  { successes, attempts, parts }: Findings,
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
    ...partSentences(question, parts, decisive),
    ...seenSentences(question, seen),
  ];
}

/** Who and when are missing when nobody did it. */
export function factsOf({ deed, asked, people }: Question, findings: Findings): Facts {
  const { successes, attempts, parts, mentions } = findings;
  const [decisive] = successes;
  return {
    deed: deed.words[0],
    resource: asked,
    verdict: verdictOf(findings),
    times: successes.length,
    attempts: attempts.length,
    parts: parts.length,
    mentions: mentions.length,
    ...(decisive === undefined ? {} : decisiveFacts(decisive.record)),
    ...(decisive === undefined ? {} : { behind: chainFacts(people(decisive).chain) }),
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
  question: Question,
  decisive: FoundEvent,
  all: readonly FoundEvent[],
): readonly string[] {
  const { deed, resource, asked, timeZone, people } = question;
  const { record } = decisive;
  const [done] = deed.words;
  const targets = primaryTargets(record);
  const fitting = targets.filter((target) => mentions(resource, target));
  const what = (resource.glob && listed(fitting.length > 0 ? fitting : targets)) || asked;
  const call = [callOf(record), ...othersIn(record, resource)].join(" on ");
  const person = people(decisive);
  const later = deed.infinitive === "delete" ? scheduledDeletion(record) : undefined;
  const headline =
    `${subjectWords(person)}${guiseWords(person)} ` +
    `${later === undefined ? done : "scheduled the deletion of"} ${what}` +
    `${circumstances(record, timeZone, { call })}.`;
  const headlines = [
    headline,
    ...(later?.days === undefined
      ? []
      : [`It can be undone for ${counted(later.days, "day")} from then.`]),
    ...behindSentences(person, question),
  ];
  if (all.length === 1) return headlines;
  const names = namesOf(all, people);
  const each = names.length > 1 ? "" : all.length === 2 ? "both " : "all ";
  return [
    ...headlines,
    `That is the newest of ${grouped(all.length)} such calls, ${each}by ${listed(names)}.`,
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

function namesOf(events: readonly FoundEvent[], people: People): readonly string[] {
  return [...new Set(events.map((event) => nameBehind(people(event))))];
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
  { deed, resource, timeZone, people }: Question,
  attempts: readonly FoundEvent[],
  { which = "", ...context }: Context = {},
): readonly string[] {
  const aim = which === "" ? ` to ${deed.infinitive} ${pronoun(resource)}` : "";
  return endings.flatMap(({ outcome, one, many }) => {
    const ended = attempts.filter(({ record }) => outcomeOf(record) === outcome);
    const [newest] = ended;
    if (newest === undefined) return [];
    const names = namesOf(ended, people);
    const latest =
      names.length > 1 ? `; the newest by ${nameBehind(people(newest))}` : ", the newest";
    return [
      `${which}${counted(ended.length, "attempt")}${aim} ${ended.length === 1 ? one : many}, ` +
        `by ${listed(names)}${ended.length === 1 ? "" : latest}` +
        `${circumstances(newest.record, timeZone, context)}.`,
    ];
  });
}

function partSentences(
  question: Question,
  parts: readonly FoundEvent[],
  decisive: FoundEvent | undefined,
): readonly string[] {
  const done = parts.filter(({ record }) => outcomeOf(record) === "success");
  const [newest] = done;
  const tried = endedSentences(question, parts, {
    which: "On parts of it, ",
    ...(decisive && { told: decisive.record }),
  });
  if (newest === undefined) return tried;
  const nameOf = (event: FoundEvent) => nameBehind(question.people(event));
  const calls = namesOf(done, question.people).map((name) => {
    const its = done.filter((event) => nameOf(event) === name);
    return `${listed(its.map(({ record }) => partOf(record)))} by ${name}`;
  });
  const latest = done.length === 1 ? "" : calls.length === 1 ? ", the newest" : "; the newest";
  return [
    `Parts of it were ${question.deed.words[0]}${decisive ? " too" : ""}: ${calls.join("; ")}` +
      `${latest}${onDay(newest.record, question.timeZone)}.`,
    ...tried,
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
  const ended = outcomeOf(record) === "success" ? "" : `, ${outcomeOf(record)}`;
  return [
    `Last mentioned${onDay(record, timeZone)}: ${callOf(record)} by ${whoOf(record)}${ended}; ` +
      `${counted(total, "event mentions", "events mention")} ${pronoun(resource)}.`,
  ];
}
