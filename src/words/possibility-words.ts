/**
 * How a resource may have gone without an event of its own, in words that never say that it did.
 */

import { textsAt } from "../event/record.ts";
import type { Answer } from "../query/answer.ts";
import type { Expiry } from "../resolve/expiry.ts";
import type { Possibility } from "../resolve/possibilities.ts";
import { callerOf, callOf, type NameOf, onDay } from "./event-words.ts";
import { counted } from "./sentences.ts";

/** More would bury the answer. */
const most = 4;

/** A sentence each, the last of them about those that are left out. */
export function possibilitySentences(
  possibilities: readonly Possibility[],
  timeZone: string,
  nameOf: NameOf = callerOf,
): readonly string[] {
  const shown = possibilities.slice(0, most).map((one) => sentence(one, timeZone, nameOf));
  const more = possibilities.length - shown.length;
  return more === 0
    ? shown
    : [...shown, `There are ${counted(more, "more such possibility", "more such possibilities")}.`];
}

function sentence(possibility: Possibility, timeZone: string, nameOf: NameOf): string {
  const { parent, event, certainty } = possibility;
  const { record } = event;
  const by = `by ${nameOf(event)}${onDay(record, timeZone)} (${callOf(record)})`;
  const could = certainty === "likely" ? "It probably went" : "It could also have gone";
  switch (possibility.kind) {
    case "instance":
      return `${could} with the instance ${parent}, terminated ${by}: it was set to go with it.`;
    case "image":
      return `${could} with the image ${parent} that was made of it, deregistered ${by} with its snapshots.`;
    case "stack":
      return `${could} with the stack ${parent} that made it, deleted ${by}.`;
    case "whole":
      return `${could} with ${parent}, deleted ${by}.`;
    case "emptied":
      return `It could also be among what was deleted from ${parent} ${by}, which does not log what.`;
    case "expiry":
      return `It could also have expired: ${ruleWords(possibility.expiry, parent)}, set ${by}; no event tells of that.`;
  }
}

function ruleWords(expiry: Expiry, parent: string): string {
  const { kind, name, prefix, days, date, hasConditions } = expiry;
  const when = days === undefined ? `on ${date ?? "a date"}` : `after ${counted(days, "day")}`;
  switch (kind) {
    case "lifecycle": {
      const which = name === undefined ? "a lifecycle rule" : `the lifecycle rule ${name}`;
      const what = prefix === undefined ? "everything" : `${prefix}*`;
      const only = hasConditions ? ", with certain tags or sizes only" : "";
      return `${which} of ${parent} deletes ${what} ${when}${only}`;
    }
    case "time to live":
      return `items of ${parent} go at the time that ${name === undefined ? "they give" : `their attribute ${name} gives`}`;
    case "retention":
      return `${parent} keeps its logs for ${counted(days ?? 0, "day")}`;
  }
}

/** The same for machines. */
export function possibilityFacts(
  possibilities: readonly Possibility[],
): readonly NonNullable<Answer["facts"]>[] {
  return possibilities.map(({ kind, parent, event, certainty, ...more }) => ({
    kind,
    parent,
    certainty,
    eventID: textsAt(event.record, "eventID")[0] ?? null,
    event: callOf(event.record),
    ...("expiry" in more ? { rule: more.expiry } : {}),
  }));
}
