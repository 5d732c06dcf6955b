/**
 * Events that were found: read to their end, and told apart by where they stand, since an eventID may
 * be missing, forged or masked.
 */

import type { Engine, EventsQuery, FoundEvent } from "./query.ts";

/** For questions of which the answer is small, or is needed as a whole. */
export async function eventsOf(
  engine: Engine,
  query: Omit<EventsQuery, "kind">,
): Promise<FoundEvent[]> {
  const { events } = await engine.events({ kind: "events", ...query });
  const all: FoundEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** The same for the same event, and for no other. */
export function placeOf({ origin, offset }: Pick<FoundEvent, "origin" | "offset">): string {
  return `${offset} ${origin}`;
}

export function isSameEvent(a: FoundEvent, b: FoundEvent): boolean {
  return a.offset === b.offset && a.origin === b.origin;
}
