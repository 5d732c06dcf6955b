/**
 * Doors that calls opened, in the order of time: for whom, and by whom they were closed, if they were.
 */

import { foldCase } from "../event/fold-case.ts";
import { mentions } from "../event/mention.ts";
import {
  type Closing,
  closingsIn,
  doorEvents,
  type Opening,
  openingsIn,
} from "../event/openings.ts";
import { outcomeOf } from "../event/outcome.ts";
import { valuesOf } from "../event/values.ts";
import { fitting, some } from "../query/build.ts";
import type { FoundEvent } from "../query/query.ts";
import { orderOf } from "./turn.ts";

export interface Door extends Opening {
  readonly opened: FoundEvent;
  readonly closed?: FoundEvent;
}

/** The calls that open or close something. */
export const doorFilter = some(doorEvents.map((name) => fitting("eventName", name)));

/** Of one and the same door opened twice, the first opening; what opens it after it was closed, anew. */
export function doorsIn(events: readonly FoundEvent[]): readonly Door[] {
  const doors: Door[] = [];
  for (const event of events.toSorted((a, b) => orderOf(a) - orderOf(b))) {
    if (outcomeOf(event.record) !== "success") continue;
    for (const closing of closingsIn(event.record)) {
      doors.forEach((door, i) => {
        if (closes(closing, event, door)) doors[i] = { ...door, closed: event };
      });
    }
    for (const opening of openingsIn(event.record)) {
      if (!doors.some((door) => isSameDoor(door, opening, event))) {
        doors.push({ ...opening, opened: event });
      }
    }
  }
  return doors;
}

function closes({ kinds, thing, ids, except }: Closing, event: FoundEvent, door: Door): boolean {
  if (door.closed !== undefined || !kinds.includes(door.kind)) return false;
  if (!isOneThing(thing, door.thing) || accountOf(event) !== accountOf(door.opened)) return false;
  // What a call opened itself, as a change of a rule does, it does not close.
  if (event.id === door.opened.id) return false;
  const isNamed = (names: readonly string[]) =>
    names.some((name) => [door.whom, ...door.ids].some((one) => foldCase(one) === foldCase(name)));
  return ids === undefined ? !isNamed(except) : isNamed(ids);
}

function isSameDoor(door: Door, { kind, thing, whom }: Opening, event: FoundEvent): boolean {
  return (
    door.closed === undefined &&
    door.kind === kind &&
    door.whom === whom &&
    isOneThing(door.thing, thing) &&
    accountOf(event) === accountOf(door.opened)
  );
}

/** Calls give a name, an id or an ARN. */
function isOneThing(one: string, other: string): boolean {
  return (
    foldCase(one) === foldCase(other) ||
    mentions({ text: one, glob: false }, other) ||
    mentions({ text: other, glob: false }, one)
  );
}

function accountOf({ record }: FoundEvent): string {
  return valuesOf("recipientAccountId", record)[0] ?? "";
}

/** How bad it is that it stands: whoever may come in, before accounts and people, before services. */
export function weightOf({ whom }: Opening): number {
  if (/^(?:all|\*)$|0\.0\.0\.0\/0$|::\/0$|^everybody/.test(whom)) return 3;
  if (/\.amazonaws\.com$/.test(whom)) return 1;
  return 2;
}
