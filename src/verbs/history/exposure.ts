/**
 * To whom a resource was opened, in words.
 */

import { mentions } from "../../event/mention.ts";
import { doorsIn } from "../../resolve/doors.ts";
import type { Story } from "../../resolve/life.ts";
import { doorWords } from "../../words/door-words.ts";
import { callOf, onDay } from "../../words/event-words.ts";
import { often } from "../../words/sentences.ts";
import type { Inquiry, Telling } from "./inquiry.ts";
import { isTurned, mostTurns } from "./turns.ts";

/** What was opened of it, the newest first: for whom, and whether that still stands. */
export function exposureSentences(
  { asked, resource }: Inquiry,
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
