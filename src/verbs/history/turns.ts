/**
 * The turns in the lives of a resource in words: `created on ... by ...`, `deleted again on ... by ...`.
 */

import type { FoundEvent } from "../../query/query.ts";
import type { Story } from "../../resolve/life.ts";
import type { Life, Turn } from "../../resolve/turn.ts";
import { beforeWords, changeText } from "../../words/change-words.ts";
import { onDay } from "../../words/event-words.ts";
import { counted, listed, often } from "../../words/sentences.ts";
import type { Telling } from "./inquiry.ts";

/** In the passive: `created`, `marked for deletion`, `stopped`. */
export function turnWords({ effect }: Turn): string {
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

/** What one call did, for a column: undefined for what was no turn and set nothing. */
export function didText(event: FoundEvent, { lives, set }: Story): string | undefined {
  const changes = set.get(event.id) ?? [];
  const own = lives.flatMap((life) =>
    life.turns.filter((turn) => turn.event === event).map((turn) => ({ turn, life })),
  );
  const [first] = own;
  if (first === undefined) return changeText(changes, event.record);
  const told = own.map(
    ({ turn }) => `${turn.moved ? "" : "already "}${turnWords(turn)}${beforeWords(turn.changes)}`,
  );
  const all = lives.filter(({ thing, turns }) => thing === first.life.thing && turns.length > 0);
  const which = all.length > 1 ? ` (life ${all.indexOf(first.life) + 1})` : "";
  return `${told.join("; ")}${which}`;
}

/** More would be a list, and that is below. */
export const mostTurns = 4;

/** Turns that stand in the main sentence; what protects it has sentences of its own. */
export function isTold({ effect: { kind }, moved }: Turn): boolean {
  return moved && kind !== "weakened" && kind !== "strengthened" && kind !== "version deleted";
}

/** Whether one of the turns deleted it. */
export function isGone(turns: readonly Turn[]): boolean {
  return turns.some(({ moved, effect }) => moved && effect.kind === "deleted");
}

/** `created 3 times and deleted twice`. */
export function countsOf(lives: readonly Pick<Life, "turns">[]): string {
  const deeds = lives.flatMap(({ turns }) => turns.filter(isTold).map(turnWords));
  const counts = [...new Set(deeds)].map(
    (deed) => `${deed} ${often(deeds.filter((one) => one === deed).length)}`,
  );
  return listed(counts, mostTurns);
}

/** `created on ... by ...`, `deleted again on ... by ... (what had ended it is not in these logs)`. */
export function toldTurns(
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

/** Whether any call made, ended or changed the state of it. */
export function isTurned(lives: readonly Life[]): boolean {
  return lives.some(({ turns }) => turns.length > 0);
}
