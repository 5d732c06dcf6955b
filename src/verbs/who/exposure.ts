/**
 * Which of the doors that the calls of an answer opened still stand: the worst of them is the answer,
 * whatever was opened after it.
 */

import { every } from "../../query/build.ts";
import type { Filter } from "../../query/filter.ts";
import { eventsOf } from "../../query/found.ts";
import type { FoundEvent, Reading } from "../../query/query.ts";
import { type Door, doorFilter, doorsIn, weightOf } from "../../resolve/doors.ts";
import { orderOf } from "../../resolve/turn.ts";

/** Doors of the resource, whoever opened them; `mentioned` finds it under its names. */
export async function doorsOf(reading: Reading, mentioned: Filter): Promise<readonly Door[]> {
  return doorsIn(await eventsOf(reading, { filter: every([mentioned, doorFilter]) }));
}

export function openedBy(event: FoundEvent, doors: readonly Door[]): readonly Door[] {
  return doors.filter(({ opened }) => opened.id === event.id);
}

/** The call put a narrower rule in place of one; a policy that lets in fewer still lets them in. */
function isRepair(event: FoundEvent, doors: readonly Door[]): boolean {
  const shut = doors
    .filter(({ kind, closed }) => kind === "rule" && closed?.id === event.id)
    .map(weightOf);
  return (
    shut.length > 0 && Math.max(0, ...openedBy(event, doors).map(weightOf)) < Math.max(...shut)
  );
}

/**
 * Without repairs: the worst that stands first, the newest of what weighs the same; then what was closed,
 * newest first.
 */
export function worstFirst(
  events: readonly FoundEvent[],
  doors: readonly Door[],
): readonly FoundEvent[] {
  const weight = (event: FoundEvent) => {
    const open = openedBy(event, doors).filter(({ closed }) => closed === undefined);
    return Math.max(0, ...open.map(weightOf));
  };
  return events
    .filter((event) => !isRepair(event, doors))
    .map((event) => ({ event, weight: weight(event) }))
    .sort((a, b) => b.weight - a.weight || orderOf(b.event) - orderOf(a.event))
    .map(({ event }) => event);
}
