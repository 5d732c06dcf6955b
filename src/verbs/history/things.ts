/**
 * What became of each thing that has the name, in words, or of all that fits a pattern.
 */

import { addTo } from "../../event/add-to.ts";
import { type Life, orderOf, type Thing, type Turn } from "../../resolve/turn.ts";
import { inForce, type Verdict, verdictOf } from "../../resolve/verdict.ts";
import { beforeWords } from "../../words/change-words.ts";
import { callOf, onDay } from "../../words/event-words.ts";
import { counted, listed, often } from "../../words/sentences.ts";
import { rescueWords, verdictSentences, wasOf } from "../../words/verdict-words.ts";
import type { Inquiry, Telling } from "./inquiry.ts";
import { countsOf, isGone, isTold, mostTurns, toldTurns, turnWords } from "./turns.ts";

/** One thing, and its lives in the order of time. */
interface Lived {
  readonly thing: Thing;
  readonly lives: readonly Life[];
}

/** In the order in which the logs first tell of each. */
export function thingsIn(lives: readonly Life[]): readonly Lived[] {
  const found = new Map<Thing, Life[]>();
  for (const life of lives) {
    if (life.turns.length === 0) continue;
    found.set(life.thing, [...(found.get(life.thing) ?? []), life]);
  }
  return Array.from(found, ([thing, own]) => ({ thing, lives: own }));
}

/** Of one thing: its turns, what protects it, and what it has come to if the turns do not tell. */
export function thingSentences(
  inquiry: Inquiry,
  { thing, lives }: Lived,
  things: readonly Lived[],
  telling: Telling,
): readonly string[] {
  const name = nameAmong(thing, things, inquiry.asked);
  const turns = lives.flatMap((life) => life.turns);
  const listed = turns.filter(isTold);
  const own = inquiry.whole.lives.filter((life) => life.thing === thing);
  const verdict = verdictOf({ lives: own }, inquiry);
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

/** Of all that fits a pattern, together. */
export function globSentences(
  { asked }: Inquiry,
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
    const told = own.map(({ effect, event, changes }) => {
      const { record } = event;
      const how = `${"how" in effect ? effect.how : ""}${beforeWords(changes)}`;
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
