/**
 * The lives of a resource in words: how it came and went, what weakened it, who changed it, what was
 * tried in vain, and what it has come to.
 */

import { addTo } from "../../event/add-to.ts";
import { effectOf } from "../../event/effect.ts";
import { outcomeFor } from "../../event/item-outcome.ts";
import { mentions } from "../../event/mention.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import type { Answer } from "../../query/answer.ts";
import type { Filter, ResourcePattern } from "../../query/filter.ts";
import type { FoundEvent } from "../../query/query.ts";
import type { Alias } from "../../resolve/alias-evidence.ts";
import { doorsIn } from "../../resolve/doors.ts";
import type { Story } from "../../resolve/life.ts";
import { type Life, orderOf, type Thing, type Turn } from "../../resolve/turn.ts";
import { inForce, type Verdict, verdictOf } from "../../resolve/verdict.ts";
import { unmentioned } from "../../words/absence.ts";
import { aliasFacts, aliasSentences } from "../../words/alias-words.ts";
import { doorWords } from "../../words/door-words.ts";
import { callOf, endings, type NameOf, onDay } from "../../words/event-words.ts";
import { counted, listed, often } from "../../words/sentences.ts";
import { rescueWords, verdictFacts, verdictSentences, wasOf } from "../../words/verdict-words.ts";

export interface Subject {
  readonly resource: ResourcePattern;
  /** The resource in the words of the user. */
  readonly asked: string;
  /** What else the user asked for. */
  readonly filter: Filter;
  readonly reads: boolean;
  readonly aliases: readonly Alias[];
  /** Those that led to events, or are names that people know it by. */
  readonly toldAliases: readonly Alias[];
  /** Up to when the logs reach. */
  readonly newest?: number;
  /** With what the flags leave out. */
  readonly whole: Story;
}

export interface Telling {
  readonly timeZone: string;
  /** Whoever is behind the call, where the logs tell. */
  readonly nameOf: NameOf;
}

export function sentencesFor(subject: Subject, story: Story, telling: Telling): readonly string[] {
  const { lives, changes, unsuccessful, others } = story;
  const things = thingsIn(lives);
  const entries = others.filter(({ record }) => effectOf(record).kind === "entered");
  const isEmpty = things.length + changes.length === 0;
  return [
    ...(isEmpty ? [nothingSentence(subject, story)] : []),
    ...(subject.resource.glob
      ? globSentences(subject, things, telling)
      : things.flatMap((thing) => thingSentences(subject, thing, things, telling))),
    ...(subject.resource.glob ? [] : exposureSentences(subject, story, telling)),
    ...(changes.length > 0 ? [changesSentence(subject, story, telling)] : []),
    ...(unsuccessful.length > 0 ? [unsuccessfulSentence(subject, unsuccessful)] : []),
    ...(entries.length > 0 ? [entriesSentence(entries, telling)] : []),
    ...(others.length > entries.length ? [othersSentence(others.length - entries.length)] : []),
    ...aliasSentences(subject.asked, subject.toldAliases, telling.timeZone),
  ];
}

/** One thing, and its lives in the order of time. */
interface Lived {
  readonly thing: Thing;
  readonly lives: readonly Life[];
}

function thingsIn(lives: readonly Life[]): readonly Lived[] {
  const found = new Map<Thing, Life[]>();
  for (const life of lives) {
    if (life.turns.length === 0) continue;
    found.set(life.thing, [...(found.get(life.thing) ?? []), life]);
  }
  return Array.from(found, ([thing, own]) => ({ thing, lives: own }));
}

/** The same for machines. */
export function factsOf(subject: Subject, story: Story): NonNullable<Answer["facts"]> {
  const { lives, changes, unsuccessful, others } = story;
  const turns = lives.flatMap((life) => life.turns).filter(isTold);
  const count = (kind: Turn["effect"]["kind"]) =>
    turns.filter(({ effect }) => effect.kind === kind).length;
  return {
    resource: subject.asked,
    created: count("created"),
    deleted: count("deleted"),
    markedForDeletion: count("scheduled"),
    savedFromDeletion: count("saved"),
    hidden: count("hidden"),
    weakened: count("weakened"),
    changed: changes.length,
    unsuccessful: unsuccessful.length,
    others: others.length,
    last: turns.map(turnWords).at(-1) ?? null,
    lives: lives.filter((life) => life.turns.length > 0).length,
    verdict: verdictFacts(verdictOf(subject.whole, subject)),
    aliases: subject.aliases.map(aliasFacts),
  };
}

/** In the passive: `created`, `marked for deletion`, `stopped`. */
function turnWords({ effect }: Turn): string {
  switch (effect.kind) {
    case "created":
    case "deleted":
    case "emptied":
      return effect.kind;
    case "scheduled":
      return "marked for deletion";
    case "saved":
      return "saved from deletion";
    case "hidden":
    case "shown":
      return effect.how;
    case "weakened":
    case "strengthened":
      return `${effect.part} ${effect.how}`;
    case "renamed":
      return `renamed to ${effect.to}`;
    case "version deleted":
      return "a version deleted";
  }
}

/** What one call did, for a column: undefined for what was no turn. */
export function didText(event: FoundEvent, { lives }: Story): string | undefined {
  for (const life of lives) {
    const turn = life.turns.find((one) => one.event === event);
    if (turn === undefined) continue;
    const own = lives.filter(({ thing, turns }) => thing === life.thing && turns.length > 0);
    const which = own.length > 1 ? ` (life ${own.indexOf(life) + 1})` : "";
    return `${turn.moved ? "" : "already "}${turnWords(turn)}${which}`;
  }
  return undefined;
}

function nothingSentence(subject: Subject, { unsuccessful, others }: Story): string {
  const { asked, filter, reads } = subject;
  const isMentioned = unsuccessful.length + others.length > 0;
  const why = isMentioned ? "" : `: ${unmentioned(filter, reads ? "event" : "write")} it`;
  return `Nothing happened to ${asked}, in these logs${why}.`;
}

/** More would be a list, and that is below. */
const mostTurns = 4;

/** Turns that stand in the main sentence; what protects it has sentences of its own. */
function isTold({ effect: { kind }, moved }: Turn): boolean {
  return moved && kind !== "weakened" && kind !== "strengthened" && kind !== "version deleted";
}

function thingSentences(
  subject: Subject,
  { thing, lives }: Lived,
  things: readonly Lived[],
  telling: Telling,
): readonly string[] {
  const name = nameAmong(thing, things, subject.asked);
  const turns = lives.flatMap((life) => life.turns);
  const listed = turns.filter(isTold);
  const own = subject.whole.lives.filter((life) => life.thing === thing);
  const verdict = verdictOf({ lives: own, changes: [], unsuccessful: [], others: [] }, subject);
  const told = verdict.kind === "hidden" ? { event: verdict.decisive, words: [] } : undefined;
  return [
    ...(listed.length > 0 ? [turnsSentence(name, lives, telling)] : []),
    ...partSentences(listed.length > 0 ? "Its" : `${name}'s`, lives, telling),
    ...idleSentences(turns),
    ...(addsToTurns(verdict, lives)
      ? verdictSentences(verdict, telling.timeZone, telling.nameOf, told)
      : []),
  ];
}

function isGone(turns: readonly Turn[]): boolean {
  return turns.some(({ moved, effect }) => moved && effect.kind === "deleted");
}

/** Whether the turns do not tell it already. */
function addsToTurns(verdict: Verdict, lives: readonly Life[]): boolean {
  switch (verdict.kind) {
    case "scheduled":
    case "inferred":
      return true;
    case "already gone":
      return !lives.some(({ turns }) => isGone(turns));
    case "deleted":
      return verdict.completedBy !== undefined && !isGone(lives.at(-1)?.turns ?? []);
    case "hidden":
      return verdict.undoneBy !== undefined;
    case "undone":
      return !lives.some(({ turns }) => turns.some(({ event }) => event === verdict.undoneBy));
    case "weakened":
    case "exists":
    case "attempted":
    case "none":
      return false;
  }
}

/** The name with what tells it from the other things of that name. */
function nameAmong(thing: Thing, things: readonly Lived[], asked: string): string {
  const others = things.filter((one) => one.thing !== thing).map((one) => one.thing);
  const differs = (key: "service" | "kind" | "account" | "region") =>
    others.some((other) => other[key] !== thing[key]);
  const marks = [
    ...(thing.name !== "" && thing.name !== asked ? [thing.name] : []),
    ...(differs("service") || differs("kind") ? [`${thing.service} ${thing.kind}`.trim()] : []),
    ...(differs("region") && thing.region !== "" ? [thing.region] : []),
    ...(differs("account") && thing.account !== "" ? [`account ${thing.account}`] : []),
  ];
  return marks.length === 0 ? asked : `${asked} (${marks.join(", ")})`;
}

function turnsSentence(name: string, lives: readonly Life[], telling: Telling): string {
  const told = toldTurns(lives, telling);
  return told.length <= mostTurns
    ? `${name} was ${listed(told, mostTurns)}.`
    : `${name} was ${countsOf(lives)}; the last: ${told.at(-1)}.`;
}

function globSentences(
  { asked }: Subject,
  things: readonly Lived[],
  telling: Telling,
): readonly string[] {
  const { timeZone, nameOf } = telling;
  const lives = things.flatMap((thing) => thing.lives);
  const turns = lives
    .flatMap((life) => life.turns)
    .sort((a, b) => orderOf(a.event) - orderOf(b.event));
  const last = turns.findLast(isTold);
  const weakened = turns.filter(({ effect: { kind } }) => kind === "weakened");
  const weakest = weakened.at(-1);
  const counted =
    last && `was ${countsOf(lives)}; the last: ${toldTurns([{ turns: [last] }], telling).join()}`;
  const lost =
    weakest &&
    `was weakened ${often(weakened.length)}; the last: ${turnWords(weakest)}` +
      `${onDay(weakest.event.record, timeZone)} by ${nameOf(weakest.event)} ` +
      `(${callOf(weakest.event.record)})`;
  return [counted, lost].flatMap((told, i) =>
    told === undefined ? [] : [`${i > 0 && counted ? "It" : `What fits ${asked}`} ${told}.`],
  );
}

function countsOf(lives: readonly Pick<Life, "turns">[]): string {
  const deeds = lives.flatMap(({ turns }) => turns.filter(isTold).map(turnWords));
  const counts = [...new Set(deeds)].map(
    (deed) => `${deed} ${often(deeds.filter((one) => one === deed).length)}`,
  );
  return listed(counts, mostTurns);
}

/** `created on ... by ...`, `deleted again on ... by ... (what had ended it is not in these logs)`. */
function toldTurns(
  lives: readonly Pick<Life, "turns">[],
  { timeZone, nameOf }: Telling,
): readonly string[] {
  const before = new Set<string>();
  return lives.flatMap(({ turns }, i) =>
    turns.filter(isTold).map((turn, n) => {
      const { record } = turn.event;
      const isFirst =
        turn.effect.kind === "shown" && !isBack(turn, turns.slice(0, turns.indexOf(turn)));
      const words = turnWords(turn).replace(isFirst ? / again$/ : /$/, "");
      const again = before.has(words) && !words.endsWith(" again") ? " again" : "";
      before.add(words);
      const gap = n === 0 && i > 0 ? gapWords(turn, lives[i - 1]?.turns ?? []) : "";
      return `${words}${again}${onDay(record, timeZone)} by ${nameOf(turn.event)}${timeLeft(turn)}${gap}`;
    }),
  );
}

/** Whether it had been off before, as far as these turns tell. */
function isBack({ effect }: Turn, turns: readonly Turn[]): boolean {
  return (
    effect.kind === "shown" &&
    turns.some(({ effect: other }) => other.kind === "hidden" && other.about === effect.about)
  );
}

/** Where one life ended, or the next began, without an event. */
function gapWords({ effect }: Turn, before: readonly Turn[]): string {
  const ended = before.some(({ effect: { kind } }) => kind === "deleted" || kind === "scheduled");
  if (!ended) return " (what had ended it is not in these logs)";
  return effect.kind === "created" ? "" : " (what had brought it back is not in these logs)";
}

function timeLeft({ effect }: Turn): string {
  return effect.kind === "scheduled" ? ` (${counted(effect.days, "day")} to undo it)` : "";
}

/** One for each thing that protects or records it: `Its logging was stopped on ... by ...`. */
function partSentences(
  whose: string,
  lives: readonly Life[],
  { timeZone, nameOf }: Telling,
): readonly string[] {
  const turns = lives.flatMap((life) => life.turns);
  const parts = new Map<string, Turn[]>();
  for (const turn of turns) {
    const { effect } = turn;
    if (effect.kind !== "weakened" && effect.kind !== "strengthened") continue;
    addTo(parts, effect.part, turn);
  }
  const standing = lives.flatMap((life) => inForce(life.turns));
  return Array.from(parts, ([part, own]) => {
    const told = own.map(({ effect, event }) => {
      const { record } = event;
      const how = "how" in effect ? effect.how : "";
      return `${how}${onDay(record, timeZone)} by ${nameOf(event)} (${callOf(record)})`;
    });
    const last = own.at(-1);
    const { undoneBy } = last !== undefined && "undoneBy" in last.effect ? last.effect : {};
    const isOff =
      last !== undefined &&
      standing.includes(last) &&
      undoneBy !== undefined &&
      !isGone(lives.at(-1)?.turns ?? []);
    const rescue = isOff ? rescueWords(undoneBy) : "";
    const sentence =
      told.length <= mostTurns
        ? listed(told, mostTurns)
        : `set ${often(told.length)}; the last: ${told.at(-1)}`;
    return `${whose} ${part} ${wasOf(part)} ${sentence}${rescue}.`;
  });
}

/** Calls that succeeded and found it as they would have it. */
function idleSentences(turns: readonly Turn[]): readonly string[] {
  const idle = turns.filter(({ moved, effect }) => !moved && effect.kind === "deleted");
  if (idle.length === 0 || !isGone(turns)) return [];
  return [`${counted(idle.length, "more call")} to delete it succeeded when it was gone already.`];
}

function changesSentence(
  { resource, asked }: Subject,
  { lives, changes }: Story,
  { timeZone, nameOf }: Telling,
): string {
  const newest: CloudTrailRecord = changes.at(-1)?.record ?? {};
  const fits = resource.glob ? `What fits ${asked}` : asked;
  const people = listed([...new Set(changes.map(nameOf))]);
  const last = changes.length === 1 ? "" : ", the last time";
  return (
    `${isTurned(lives) ? "It" : fits} was changed ${often(changes.length)} by ${people}${last}` +
    `${onDay(newest, timeZone)} (${callOf(newest)}).`
  );
}

/** `2 attempts were denied and 1 attempt failed.` */
function unsuccessfulSentence({ resource }: Subject, events: readonly FoundEvent[]): string {
  const ends = endings.flatMap(({ outcome, one, many }) => {
    const count = events.filter(({ record }) => outcomeFor(record, resource) === outcome).length;
    return count === 0 ? [] : [`${counted(count, "attempt")} ${count === 1 ? one : many}`];
  });
  return `${listed(ends)}.`;
}

function isTurned(lives: readonly Life[]): boolean {
  return lives.some(({ turns }) => turns.length > 0);
}

/** What was opened of it, the newest first: for whom, and whether that still stands. */
function exposureSentences(
  { asked, resource }: Subject,
  { lives, changes }: Story,
  { timeZone, nameOf }: Telling,
): readonly string[] {
  const turns = lives.flatMap((life) => life.turns);
  const it = isTurned(lives) ? "It" : asked;
  const doors = doorsIn([...changes, ...turns.map(({ event }) => event)]).filter(
    // That it came to be is told.
    ({ kind }) => kind !== "user" && kind !== "event rule",
  );
  const told = doors
    .toReversed()
    .slice(0, mostTurns)
    .map((door) => {
      const { opened, closed } = door;
      const shut =
        closed === undefined
          ? "that still stands, in these logs"
          : `undone${onDay(closed.record, timeZone)} by ${nameOf(closed)} (${callOf(closed.record)})`;
      // A policy that was given to somebody was not opened itself.
      const what = mentions(resource, door.whom) ? door.thing : it;
      return (
        `${what} was ${doorWords(door)}${onDay(opened.record, timeZone)} by ${nameOf(opened)} ` +
        `(${callOf(opened.record)}); ${shut}.`
      );
    });
  const more = doors.length - told.length;
  return more === 0 ? told : [...told, `It was opened ${often(more)} more, before that.`];
}

/** `lena got into it or ran something on it once, on ... (StartSession).` */
function entriesSentence(entries: readonly FoundEvent[], { timeZone, nameOf }: Telling): string {
  const people = listed([...new Set(entries.map(nameOf))]);
  const { record }: Pick<FoundEvent, "record"> = entries.at(-1) ?? { record: {} };
  const last = entries.length === 1 ? "," : ", the last time";
  return (
    `${people} got into it or ran something on it ${often(entries.length)}${last}` +
    `${onDay(record, timeZone)} (${callOf(record)}).`
  );
}

function othersSentence(count: number): string {
  return `${counted(count, "call")} only ${count === 1 ? "reads or mentions" : "read or mention"} it.`;
}
