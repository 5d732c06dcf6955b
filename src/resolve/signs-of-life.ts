/**
 * When a resource last showed that it was there, and the calls that tell what it belongs to.
 */

import { outcomeOf } from "../event/outcome.ts";
import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { bearing } from "../event/targets.ts";
import { timeOf } from "../event/time.ts";
import { classOf } from "../event/verb-classes.ts";
import { equals, every } from "../query/build.ts";
import type { ResourcePattern } from "../query/filter.ts";
import { eventsOf } from "../query/found.ts";
import type { EventsQuery, FoundEvent, Reading } from "../query/query.ts";
import type { Resource } from "../query/resource.ts";

/** So many of the oldest and of the newest events about a resource tell what it belongs to. */
export const mostTelling = 40;

/** What calls show of whether it was there. */
export interface Signs {
  readonly resource: ResourcePattern;
  /** Successful calls that act on it or a part of it, in order of time: not all, if they are many. */
  readonly events: readonly FoundEvent[];
  /** The last that shows that it was there. Undefined: nothing does. */
  readonly last: number | undefined;
}

/** Undefined for what was deleted by an event of its own. */
export async function signsOf(
  reading: Reading,
  { pattern: resource, term }: Resource,
): Promise<Signs | undefined> {
  const filter = every([term, isSuccess]);
  const ends = await readSuccesses(reading, { filter, descending: true, limit: mostTelling });
  const oldest =
    ends.length < mostTelling ? [] : await readSuccesses(reading, { filter, limit: mostTelling });
  const places = new Set<string>();
  const events = [...oldest, ...ends.reverse()].filter((event) => {
    const place = event.id;
    const isNew = !places.has(place);
    places.add(place);
    return isNew && (isItem(event.record) || bearing(event.record, resource) !== "mention");
  });
  let last: number | undefined;
  let isGone = false;
  for (const event of events) {
    const { record } = event;
    const time = timeOf(record);
    const isOnIt = isItem(record) || bearing(record, resource) === "target";
    const does = classOf(textsAt(record, "eventName")[0] ?? "");
    if (isOnIt && does === "destroy") isGone = true;
    else {
      if (isOnIt && does === "create") isGone = false;
      last = time ?? last;
    }
  }
  return isGone ? undefined : { resource, events, last };
}

/** An item is named by its key alone, which is not taken for the target. */
export function isItem(record: CloudTrailRecord): boolean {
  const [eventSource] = textsAt(record, "eventSource");
  const [eventName = ""] = textsAt(record, "eventName");
  return eventSource === "dynamodb.amazonaws.com" && eventName.endsWith("Item");
}

/** Without calls that did not succeed, as their records tell. */
export async function readSuccesses(
  reading: Reading,
  query: Pick<EventsQuery, "filter" | "descending" | "limit">,
): Promise<FoundEvent[]> {
  const found = await eventsOf(reading, query);
  return found.filter(({ record }) => outcomeOf(record) === "success");
}

/** Asks for calls that succeeded. */
export const isSuccess = equals("outcome", "success");
