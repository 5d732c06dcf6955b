/**
 * The calls of a deed, by what they did to the resource asked about.
 */

import { amountsTo } from "../../event/amounts-to.ts";
import { effectFor, serviceOf } from "../../event/effect.ts";
import { doesTo } from "../../event/item-deeds.ts";
import { alreadyGone, outcomeFor } from "../../event/item-outcome.ts";
import { type CloudTrailRecord, textsAt } from "../../event/record.ts";
import { valuesOf } from "../../event/values.ts";
import type { Deed } from "../../event/verb-classes.ts";
import type { Filter, ResourcePattern } from "../../query/filter.ts";
import { matches } from "../../query/matches.ts";
import type { FoundEvent } from "../../query/query.ts";
import { withoutCopies } from "../../resolve/copies.ts";
import type { Judgement, Weakening } from "../../resolve/judgement.ts";
import type { Standing } from "../../resolve/life.ts";

/** Newest first. */
export interface Findings {
  readonly successes: readonly FoundEvent[];
  /** Calls on the resource itself that were denied, failed or were dry runs. */
  readonly attempts: readonly FoundEvent[];
  /** Calls that succeeded and left the resource as it was. */
  readonly idle: readonly FoundEvent[];
  /** Calls that deleted the resource: the end of it is no change of it. */
  readonly ends: readonly FoundEvent[];
  /** Calls on something that belongs to the resource, however they ended. */
  readonly parts: readonly FoundEvent[];
  /** Calls on many things that are not logged one by one; the resource may be among them. */
  readonly possible: readonly FoundEvent[];
  /** Calls on something else that name the resource. */
  readonly mentions: readonly FoundEvent[];
}

/** What events are sorted by. */
export interface Sorting {
  readonly deed: Deed;
  /** How the resource stands in an event, under whichever of its names. */
  readonly stands: (record: CloudTrailRecord) => Standing;
  /** What finds the resource under its names, beside calls that may have acted on it unnamed. */
  readonly mentioned: Filter;
  /** Whether a call that succeeded did it, as the story of the resource has it. */
  readonly judge: (event: FoundEvent) => Judgement;
  /** What it did to the protection of the resource, as the story has that. */
  readonly weakening: (event: FoundEvent) => Weakening | undefined;
  /** In which the story has a thing of that name; empty where no call created or ended one. */
  readonly services: ReadonlySet<string>;
}

export function findingsIn(events: readonly FoundEvent[], sorting: Sorting): Findings {
  const { mentioned } = sorting;
  const found: Record<keyof Findings, FoundEvent[]> = {
    ...{ successes: [], attempts: [], idle: [], ends: [], parts: [], possible: [], mentions: [] },
  };
  for (const event of withoutCopies(events)) {
    const { record } = event;
    if (!isOfDeed(event, sorting)) continue;
    const place = sectionOf(event, sorting);
    if (place !== "mentions" || matches(mentioned, record)) found[place].push(event);
  }
  return found;
}

/** A number is little or much only beside the one before it. */
function isOfDeed(event: FoundEvent, { deed, weakening }: Sorting): boolean {
  const told = deed.infinitive === "weaken" ? weakening(event) : undefined;
  return told === "weakened" || (told !== "strengthened" && amountsTo(deed, event.record));
}

/** Deeds that leave nothing to do for whoever does them again. */
const leaving = /^(?:create|delete|stop|start)$/;

/** Where the event belongs in the answer. */
function sectionOf(event: FoundEvent, sorting: Sorting): keyof Findings {
  const { deed, stands, services } = sorting;
  const { bearing, pattern } = stands(event.record);
  const { infinitive } = deed;
  if (!doesTo(event.record, pattern, infinitive)) return "mentions";
  switch (bearing) {
    case "target":
      return placeOnIt(event, pattern, sorting);
    case "part":
      return deed.partsCount && !(infinitive === "change" && isInside(event.record, pattern))
        ? placeOnIt(event, pattern, sorting)
        : "parts";
    case "possible":
      // A secret with a path for its name is no object of a bucket.
      return services.size === 0 || services.has(serviceOf(event.record)) ? "possible" : "mentions";
    case "mention":
      return "mentions";
  }
}

/** What is written to a bucket, a table or a queue changes what is in it. */
function isInside(record: CloudTrailRecord, pattern: ResourcePattern): boolean {
  if (!valuesOf("eventCategory", record).includes("Data")) return false;
  const [key] = textsAt(record, "requestParameters.key");
  return key === undefined || !pattern.text.endsWith(key);
}

/** Of a call on the resource itself. */
function placeOnIt(
  event: FoundEvent,
  pattern: ResourcePattern,
  { deed: { infinitive }, judge, weakening }: Sorting,
): keyof Findings {
  if (outcomeFor(event.record, pattern) !== "success") return "attempts";
  if (
    infinitive === "change" &&
    /^(?:deleted|scheduled)$/.test(effectFor(event.record, pattern).kind)
  )
    return "ends";
  if (infinitive === "weaken" && weakening(event) === "found") return "idle";
  if (!leaving.test(infinitive)) return "successes";
  const judged = judge(event);
  const isFound = judged === undefined ? alreadyGone(event.record, pattern) : judged === "found";
  return isFound ? "idle" : "successes";
}
