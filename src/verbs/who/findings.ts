/**
 * The calls of a deed, by what they did to the resource asked about.
 */

import { amountsTo } from "../../event/amounts-to.ts";
import { doesTo } from "../../event/item-deeds.ts";
import { alreadyGone, outcomeFor } from "../../event/item-outcome.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import type { Deed } from "../../event/verb-classes.ts";
import type { Filter, ResourcePattern } from "../../query/filter.ts";
import { matches } from "../../query/matches.ts";
import type { FoundEvent } from "../../query/query.ts";
import type { Standing } from "../../resolve/life.ts";
import { withoutCopies } from "../../resolve/sessions.ts";

/** Newest first. */
export interface Findings {
  readonly successes: readonly FoundEvent[];
  /** Calls on the resource itself that were denied, failed or were dry runs. */
  readonly attempts: readonly FoundEvent[];
  /** Calls that succeeded and left the resource as it was. */
  readonly idle: readonly FoundEvent[];
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
}

export function findingsIn(
  events: readonly FoundEvent[],
  { deed, stands, mentioned }: Sorting,
): Findings {
  const found: Record<keyof Findings, FoundEvent[]> = {
    ...{ successes: [], attempts: [], idle: [], parts: [], possible: [], mentions: [] },
  };
  for (const event of withoutCopies(events)) {
    const { record } = event;
    if (!amountsTo(deed, record)) continue;
    const place = placeOf(record, stands(record), deed);
    if (place !== "mentions" || matches(mentioned, record)) found[place].push(event);
  }
  return found;
}

/** Whether the deed leaves nothing to do for whoever does it again. */
function leaves({ infinitive }: Deed): boolean {
  return infinitive === "delete" || infinitive === "stop" || infinitive === "start";
}

/** Where the event belongs in the answer. */
function placeOf(
  record: CloudTrailRecord,
  { bearing, pattern }: Standing,
  deed: Deed,
): keyof Findings {
  if (!doesTo(record, pattern, deed.infinitive)) return "mentions";
  switch (bearing) {
    case "target":
      return placeOnIt(record, pattern, deed);
    case "part":
      return deed.partsCount ? placeOnIt(record, pattern, deed) : "parts";
    case "possible":
      return "possible";
    case "mention":
      return "mentions";
  }
}

/** Of a call on the resource itself. */
function placeOnIt(record: CloudTrailRecord, pattern: ResourcePattern, deed: Deed): keyof Findings {
  if (outcomeFor(record, pattern) !== "success") return "attempts";
  return leaves(deed) && alreadyGone(record, pattern) ? "idle" : "successes";
}
