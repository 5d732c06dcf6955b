/**
 * What can still be saved, in words and for machines.
 */

import { formatTime, timeOf } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import type { Answer } from "../query/answer.ts";
import type { Ending } from "../resolve/savable.ts";
import type { Verdict } from "../resolve/verdict.ts";
import { callOf, type NameOf, onDay } from "./event-words.ts";
import { counted, moment } from "./sentences.ts";
import { rescueWords } from "./verdict-words.ts";

/** An end that has begun, and of which nothing tells that it came about or was taken back. */
export interface Pending extends Ending {
  readonly verdict:
    | Extract<Verdict, { readonly kind: "scheduled" }>
    | Extract<Verdict, { readonly kind: "hidden" | "weakened" }>;
}

/** `pending`; `hidden`, which waits for no date; `time over`, which nobody can save by a call. */
export function stateOf({ verdict }: Pending): "pending" | "hidden" | "time over" {
  if (verdict.kind !== "scheduled") return "hidden";
  return verdict.isOver ? "time over" : "pending";
}

export function deadlineOf({ verdict }: Pending): number | undefined {
  return verdict.kind === "scheduled" ? verdict.until : undefined;
}

/** The call that saves it; none when its time is over. */
export function rescueOf(one: Pending): string | undefined {
  if (stateOf(one) === "time over") return undefined;
  const { verdict } = one;
  return (verdict.kind === "scheduled" ? verdict.savedBy : verdict.undoneBy) ?? "AWS Support";
}

/** As the call names it. */
export function nameOfThing({ thing }: Ending): string {
  return thing.names[0] ?? "";
}

export function pendingSentence(one: Pending, nameOf: NameOf, timeZone: string): string {
  const { call, thing, verdict } = one;
  const what = `The ${thing.kind ?? "resource"} ${nameOfThing(one)}`;
  const by = `by ${nameOf(call)}${onDay(call.record, timeZone)} (${callOf(call.record)})`;
  if (verdict.kind !== "scheduled") {
    return `${what} was ${verdict.how} ${by}${rescueWords(verdict.undoneBy)}.`;
  }
  const { until, days, isOver } = verdict;
  if (isOver && until !== undefined) {
    return (
      `${what} was scheduled to be deleted ${by}, due on ${moment(until, timeZone)}; ` +
      "that time is over, and these logs tell neither that it was saved nor that it is gone."
    );
  }
  const end =
    until === undefined
      ? `for ${counted(days, "day")} after that`
      : `until ${moment(until, timeZone)}`;
  const rescue = `${rescueOf(one)} ${verdict.savedBy === undefined ? "can save" : "saves"} it`;
  return `${what} was scheduled to be deleted ${by}; ${end} ${rescue}.`;
}

/** Ids of events, and times in UTC. */
export function pendingFacts(one: Pending, nameOf: NameOf): NonNullable<Answer["facts"]> {
  const { call, thing } = one;
  const [eventID = null] = valuesOf("eventID", call.record);
  const [region = null] = valuesOf("awsRegion", call.record);
  const [account = null] = valuesOf("recipientAccountId", call.record);
  return {
    kind: thing.kind ?? null,
    names: [...thing.names],
    state: stateOf(one),
    until: timeText(deadlineOf(one)),
    savedBy: rescueOf(one) ?? null,
    by: nameOf(call),
    when: timeText(timeOf(call.record)),
    ...{ region, account, eventID },
  };
}

function timeText(time: number | undefined): string | null {
  return time === undefined ? null : formatTime(time, "UTC");
}
