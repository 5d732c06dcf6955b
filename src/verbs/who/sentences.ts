/**
 * The answer of `trailhound who` in words, and the same for machines.
 */

import { effectOf } from "../../event/effect.ts";
import { describeIdentity } from "../../event/identity.ts";
import { endingFor, outcomeFor } from "../../event/item-outcome.ts";
import { mentions } from "../../event/mention.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { naming } from "../../event/resource-names.ts";
import { givenAccess } from "../../event/sharing.ts";
import { partNoun, primaryTargets } from "../../event/targets.ts";
import { formatTime, timeOf } from "../../event/time.ts";
import { valuesOf } from "../../event/values.ts";
import type { Deed } from "../../event/verb-classes.ts";
import type { Answer } from "../../query/answer.ts";
import type { Filter, ResourcePattern } from "../../query/filter.ts";
import type { FoundEvent } from "../../query/query.ts";
import type { Span } from "../../query/span.ts";
import type { Alias } from "../../resolve/alias-evidence.ts";
import { firstCalls } from "../../resolve/causes.ts";
import type { Hop } from "../../resolve/chain.ts";
import type { Door } from "../../resolve/doors.ts";
import type { Standing } from "../../resolve/life.ts";
import { orderOf } from "../../resolve/turn.ts";
import { unmentioned } from "../../words/absence.ts";
import { aliasFacts, aliasSentences } from "../../words/alias-words.ts";
import {
  behindSentences,
  guiseWords,
  nameBehind,
  subjectWords,
} from "../../words/caller-behind.ts";
import { causeFacts, causeSentences, doerOf, partDoneTo } from "../../words/cause-words.ts";
import { chainFacts } from "../../words/chain-words.ts";
import { doorFacts, granteeWords, standingSentences } from "../../words/door-words.ts";
import {
  callOf,
  circumstances,
  clientOf,
  endings,
  type NameOf,
  onDay,
  whoOf,
} from "../../words/event-words.ts";
import { namesakes } from "../../words/namesakes.ts";
import { counted, grouped, listed } from "../../words/sentences.ts";
import type { Way } from "./chain-and-cause.ts";
import { openedBy } from "./exposure.ts";
import { type Fate, fateFacts, fateSentences } from "./fate.ts";
import type { Findings } from "./findings.ts";
import { type InTheWay, inTheWayWords } from "./in-the-way.ts";

export interface Question {
  readonly deed: Deed;
  readonly resource: ResourcePattern;
  /** The resource in the words of the user. */
  readonly asked: string;
  /** Its other names. */
  readonly aliases: readonly Alias[];
  /** How it stands in an event, under whichever of its names. */
  readonly stands: (record: CloudTrailRecord) => Standing;
  /** What else the user asked for. */
  readonly filter: Filter;
  readonly timeZone: string;
  /** Of the logs, where it is known in full. */
  readonly span: Span;
  readonly way: Way;
  /** Why nobody may be found although somebody did it. */
  readonly inTheWay: InTheWay;
  /** What was opened of it, where the deed is to open. */
  readonly doors: readonly Door[];
}

/** All events that mention the resource, whatever they did. */
export interface Seen {
  readonly total: number;
  /** Unless it is among the findings. */
  readonly newest?: FoundEvent;
}

type Facts = NonNullable<Answer["facts"]>;
type Reach = "done" | "attempted" | "none";

export function howFar({ successes, attempts }: Findings): Reach {
  if (successes.length > 0) return "done";
  return attempts.length > 0 ? "attempted" : "none";
}

export function sentencesFor(
  question: Question,
  findings: Findings,
  { seen, fate }: { readonly seen: Seen; readonly fate: Fate | undefined },
): readonly string[] {
  const { successes, attempts, idle, parts, possible } = findings;
  const [decisive] = successes;
  const { timeZone, asked } = question;
  const nameOf = namer(question);
  return [
    ...(decisive === undefined
      ? [nobodySentence(question, findings, { seen, fate })]
      : doneSentences(question, decisive, { all: successes, fate })),
    ...(fate === undefined ? [] : fateSentences(fate, decisive, { ...question, nameOf })),
    ...endSentences(question, findings.ends),
    ...attemptSentences(question, attempts, decisive),
    ...idleSentences(question, idle, decisive),
    ...partSentences(question, parts, decisive),
    ...possibleSentences(question, possible, decisive),
    ...aliasSentences(asked, toldAliases(question, findings), timeZone),
    ...seenSentences(question, seen),
  ];
}

function namer({ way }: Question): NameOf {
  return (event) => doerOf(event.record) ?? nameBehind(way.people(event));
}

/** Those that led to an event of the answer, and those that may confuse. */
function toldAliases({ aliases, stands }: Question, findings: Findings): readonly Alias[] {
  const { successes, attempts, idle, parts } = findings;
  const led = new Set(
    [successes, attempts, idle, parts].flat().flatMap(({ record }) => stands(record).aliases ?? []),
  );
  return aliases.filter(({ isFollowed, name, tie }) =>
    isFollowed ? led.has(name) : tie === "tag Name" || tie === "KMS alias",
  );
}

/** Who and when are missing when nobody did it. */
export function factsOf(
  { deed, asked, aliases, way, doors }: Question,
  findings: Findings,
  fate: Fate | undefined,
): Facts {
  const { successes, attempts, idle, parts, possible, mentions } = findings;
  const [decisive] = successes;
  return {
    deed: deed.words[0],
    resource: asked,
    verdict: howFar(findings),
    times: successes.length,
    attempts: attempts.length,
    idle: idle.length,
    parts: parts.length,
    possible: possible.length,
    mentions: mentions.length,
    ...(decisive === undefined ? {} : decisiveFacts(decisive.record)),
    ...(decisive === undefined || deed.infinitive !== "share"
      ? {}
      : {
          sharedWith: givenAccess(decisive.record) ?? null,
          ...(doors.length === 0 ? {} : { doors: doorFacts(doors) }),
        }),
    ...(decisive === undefined ? {} : { behind: chainFacts(way.people(decisive).chain) }),
    ...(way.cause === undefined ? {} : { cause: causeFacts(way.cause) }),
    ...(fate === undefined ? {} : fateFacts(fate)),
    ...(aliases.length === 0 ? {} : { aliases: aliases.map(aliasFacts) }),
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

function nobodySentence(
  { deed, resource, asked, filter, inTheWay, timeZone }: Question,
  { possible }: Findings,
  { seen: { total }, fate }: { readonly seen: Seen; readonly fate: Fate | undefined },
): string {
  const what = resource.glob ? `anything that fits ${asked}` : asked;
  if (possible.length > 0 || (fate !== undefined && mayBeDone(fate))) {
    return `No call that ${deed.words[0]} ${what} is in these logs.`;
  }
  const hides = inTheWayWords(inTheWay, timeZone);
  if (hides !== undefined) return `Nobody ${deed.words[0]} ${what}, in these logs: ${hides}.`;
  const why = total === 0 ? `: ${unmentioned(filter)} ${pronoun(resource)}` : "";
  return `Nobody ${deed.words[0]} ${what}, in these logs${why}.`;
}

function mayBeDone({ verdict: { kind }, possibilities }: Fate): boolean {
  return possibilities.length > 0 || kind === "inferred" || kind === "already gone";
}

function pronoun({ glob }: ResourcePattern): string {
  return glob ? "one" : "it";
}

function doneSentences(
  question: Question,
  decisive: FoundEvent,
  { all, fate }: { readonly all: readonly FoundEvent[]; readonly fate: Fate | undefined },
): readonly string[] {
  const { deed, resource, asked, timeZone, way } = question;
  const { record } = decisive;
  const [done] = deed.words;
  const targets = primaryTargets(record);
  const fitting = targets.filter((target) => mentions(resource, target));
  const what = (resource.glob && listed(fitting.length > 0 ? fitting : targets)) || asked;
  const call = [callOf(record), ...othersIn(record, question)].join(" on ");
  const person = way.people(decisive);
  const effect = effectOf(record);
  const later = deed.infinitive === "delete" && effect.kind === "scheduled" ? effect : undefined;
  const isFateTold = fate?.verdict.kind !== undefined && fate.verdict.kind !== "none";
  const headline =
    `${doerOf(record) ?? `${subjectWords(person)}${guiseWords(person)}`} ` +
    `${later === undefined ? done : "scheduled the deletion of"} ${what}${sharedWith(question, record)}` +
    `${circumstances(record, timeZone, { call })}.`;
  const headlines = [
    headline,
    ...(later === undefined || isFateTold
      ? []
      : [`It can be undone for ${counted(later.days, "day")} from then.`]),
    ...behindSentences(person, question),
    ...causeWords(question, decisive),
    ...standingSentences(openedBy(decisive, question.doors), timeZone, namer(question)),
  ];
  if (all.length === 1) return headlines;
  const names = namesOf(all, question);
  const each = names.length > 1 ? "" : all.length === 2 ? "both " : "all ";
  return [
    ...headlines,
    `That is the ${rankOf(decisive, all)} of ${grouped(all.length)} such calls, ${each}by ${listed(names)}.`,
  ];
}

function rankOf(decisive: FoundEvent, all: readonly FoundEvent[]): string {
  return all.some((event) => orderOf(event) > orderOf(decisive))
    ? "worst that still stands"
    : "newest";
}

/** " with account 777788889999", where the deed is about that and the call tells it. */
function sharedWith({ deed }: Question, record: CloudTrailRecord): string {
  const given = deed.infinitive === "share" ? givenAccess(record) : undefined;
  return given === undefined || given.length === 0
    ? ""
    : ` with ${listed(given.map(granteeWords))}`;
}

/** Which call made a service do it, and how whoever called that came to it. */
function causeWords(question: Question, decisive: FoundEvent): readonly string[] {
  const { way, timeZone } = question;
  const { cause, people } = way;
  if (cause === undefined) return [];
  const [first, ...others] = firstCalls(cause);
  const sentences = causeSentences(decisive, cause, timeZone, namer(question));
  if (first === undefined || others.length > 0) return sentences;
  const starter = people(first);
  const isSame =
    starter.chain.hops.flatMap(idsIn).join() === people(decisive).chain.hops.flatMap(idsIn).join();
  return isSame ? sentences : [...sentences, ...behindSentences(starter, question)];
}

function idsIn({ issues }: Hop): readonly string[] {
  return issues.map(({ id }) => id);
}

/** What was attached to the resource, read in it or put there, if that is not the resource itself. */
function othersIn(record: CloudTrailRecord, { resource, stands }: Question): readonly string[] {
  const { bearing, pattern } = stands(record);
  if (resource.glob || bearing !== "part") return [];
  const isNamed = naming([pattern.text], pattern);
  const others = primaryTargets(record).filter(
    (target) => !isNamed(target) && !mentions({ text: target, glob: false }, pattern.text),
  );
  return others.length === 0 ? [] : [listed(others)];
}

function namesOf(events: readonly FoundEvent[], question: Question): readonly string[] {
  const nameOf = namer(question);
  const people = events.map((event) => {
    const { origins } = question.way.people(event).chain;
    return {
      name: nameOf(event),
      key: origins.map(({ identity }) => identity.key).join(" or "),
      account: origins[0]?.identity.account,
    };
  });
  return [...new Set(people.map(namesakes(people)))];
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
  question: Question,
  attempts: readonly FoundEvent[],
  { which = "", ...context }: Context = {},
): readonly string[] {
  const { deed, resource, timeZone, stands } = question;
  const aim = which === "" ? ` to ${deed.infinitive} ${pronoun(resource)}` : "";
  return endings.flatMap(({ outcome, one, many }) => {
    const ended = attempts.filter(({ record }) => outcomeOn(record, question) === outcome);
    const [newest] = ended;
    if (newest === undefined) return [];
    const names = namesOf(ended, question);
    const { code } = endingFor(newest.record, stands(newest.record).pattern);
    const latest = names.length > 1 ? `; the newest by ${namer(question)(newest)}` : ", the newest";
    return [
      `${which}${counted(ended.length, "attempt")}${aim} ${ended.length === 1 ? one : many}, ` +
        `by ${listed(names)}${ended.length === 1 ? "" : latest}` +
        `${circumstances(newest.record, timeZone, { ...context, code })}.`,
    ];
  });
}

function outcomeOn(record: CloudTrailRecord, { stands }: Question) {
  return outcomeFor(record, stands(record).pattern);
}

/** `It was deleted by omar on ... (DeleteRole).` */
function endSentences(question: Question, [newest]: readonly FoundEvent[]): readonly string[] {
  if (newest === undefined) return [];
  const { record } = newest;
  const done = effectOf(record).kind === "scheduled" ? "marked for deletion" : "deleted";
  return [
    `It was ${done} by ${namer(question)(newest)}${onDay(record, question.timeZone)} (${callOf(record)}).`,
  ];
}

/** `1 call found it deleted already, by bob on ...` */
function idleSentences(
  question: Question,
  idle: readonly FoundEvent[],
  decisive: FoundEvent | undefined,
): readonly string[] {
  const [newest] = idle;
  if (newest === undefined) return [];
  const { deed, resource, timeZone } = question;
  const latest = idle.length === 1 ? "" : ", the newest";
  const when = circumstances(newest.record, timeZone, decisive && { told: decisive.record });
  return [
    `${counted(idle.length, "call")} found ${pronoun(resource)} ${deed.words[0]} already, ` +
      `by ${listed(namesOf(idle, question))}${latest}${when}.`,
  ];
}

function partSentences(
  question: Question,
  parts: readonly FoundEvent[],
  decisive: FoundEvent | undefined,
): readonly string[] {
  const succeeded = parts.filter(({ record }) => outcomeOn(record, question) === "success");
  // What is only parted from it lives on.
  const done = succeeded.filter(({ record }) => !isParting(record, question));
  const [newest] = done;
  const parted = partingSentences(question, succeeded, decisive);
  const tried = endedSentences(question, parts, {
    which: "On parts of it, ",
    ...(decisive && { told: decisive.record }),
  });
  if (newest === undefined) return [...parted, ...tried];
  const nameOf = namer(question);
  const calls = namesOf(done, question).map((name) => {
    const its = done.filter((event) => nameOf(event) === name);
    return `${listed(its.map(({ record }) => partOf(record)))} by ${name}`;
  });
  const latest = done.length === 1 ? "" : calls.length === 1 ? ", the newest" : "; the newest";
  return [
    `Parts of it were ${question.deed.words[0]}${decisive ? " too" : ""}: ${calls.join("; ")}` +
      `${latest}${onDay(newest.record, question.timeZone)}.`,
    ...parted,
    ...tried,
  ];
}

/** Calls that take one thing from another, asked about as if they had deleted one. */
function isParting(record: CloudTrailRecord, { deed }: Question): boolean {
  return (
    deed.infinitive === "delete" &&
    /^(?:Remove|Deregister|Disassociate|Detach)[A-Z]\w*(?:From|To)[A-Z]/.test(callOf(record))
  );
}

/** `It had been taken out of web-profile by maria on ... (RemoveRoleFromInstanceProfile).` */
function partingSentences(
  question: Question,
  parts: readonly FoundEvent[],
  decisive: FoundEvent | undefined,
): readonly string[] {
  return parts
    .filter(({ record }) => isParting(record, question))
    .slice(0, mostParted)
    .map((event) => {
      const { record } = event;
      const { pattern } = question.stands(record);
      const isNamed = naming([pattern.text], pattern);
      const others = primaryTargets(record).filter((name) => !isNamed(name));
      const what = others.length === 0 ? "something else" : listed(others);
      return (
        `${decisive === undefined ? "It was" : "It had been"} parted from ${what} by ` +
        `${namer(question)(event)}${onDay(record, question.timeZone)} (${callOf(record)}).`
      );
    });
}

const mostParted = 3;

/** What may be the answer where no call is known to be. */
function possibleSentences(
  question: Question,
  possible: readonly FoundEvent[],
  decisive: FoundEvent | undefined,
): readonly string[] {
  const done = possible.filter(({ record }) => outcomeOn(record, question) === "success");
  const [newest] = done;
  if (newest === undefined || decisive !== undefined) return [];
  const { deed, resource, timeZone } = question;
  const { record } = newest;
  const others = done.length === 1 ? "" : `, the newest of ${grouped(done.length)} such calls`;
  return [
    `${resource.glob ? "Some" : "It"} may have been among what ${namer(question)(newest)} ` +
      `${deed.words[0]} in ${listed(primaryTargets(record))}${circumstances(record, timeZone)}` +
      `${others}: the log does not say which.`,
  ];
}

/** `bucket policy`; the call itself where its name tells of more than one thing. */
function partOf(record: CloudTrailRecord): string {
  const noun = partDoneTo(record) ?? partNoun(record) ?? "";
  return noun === "" || / (?:from|to|with|in|on|for|by) /.test(noun) ? callOf(record) : noun;
}

function seenSentences(question: Question, { total, newest }: Seen): readonly string[] {
  if (newest === undefined) return [];
  const { record } = newest;
  const outcome = outcomeOn(record, question);
  const ended = outcome === "success" ? "" : `, ${outcome}`;
  return [
    `Last mentioned${onDay(record, question.timeZone)}: ${callOf(record)} by ${whoOf(record)}${ended}; ` +
      `${counted(total, "event mentions", "events mention")} ${pronoun(question.resource)}.`,
  ];
}
