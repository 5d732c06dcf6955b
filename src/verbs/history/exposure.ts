/**
 * To whom a resource was opened, in words.
 */

import { doorsIn } from "../../resolve/doors.ts";
import type { Story } from "../../resolve/life.ts";
import { doorWords } from "../../words/door-words.ts";
import { callOf, onDay } from "../../words/event-words.ts";
import { often } from "../../words/sentences.ts";
import { nameOf } from "./doer.ts";
import { mostTurns } from "./turns.ts";

/** What was opened of it, the newest first: for whom, and whether that still stands. */
export function exposureSentences(
  it: string,
  { lives, changes }: Story,
  timeZone: string,
): readonly string[] {
  const turns = lives.flatMap((life) => life.turns);
  const doors = doorsIn([...changes, ...turns.map(({ event }) => event)]);
  const told = doors
    .toReversed()
    .slice(0, mostTurns)
    .map((door) => {
      const { opened, closed } = door;
      const shut =
        closed === undefined
          ? "that still stands, in these logs"
          : `undone${onDay(closed.record, timeZone)} by ${nameOf(closed.record)} (${callOf(closed.record)})`;
      return (
        `${it} was ${doorWords(door)}${onDay(opened.record, timeZone)} by ${nameOf(opened.record)} ` +
        `(${callOf(opened.record)}); ${shut}.`
      );
    });
  const more = doors.length - told.length;
  return more === 0 ? told : [...told, `It was opened ${often(more)} more, before that.`];
}
