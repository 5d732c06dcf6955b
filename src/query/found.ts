/**
 * Replies as those want them who need nothing of them but what was found.
 */

import type { EventsQuery, FoundEvent, Group, GroupsQuery, Reading } from "./query.ts";

/** For questions of which the answer is small, or is needed as a whole. */
export async function eventsOf(
  reading: Reading,
  query: Omit<EventsQuery, "kind">,
): Promise<FoundEvent[]> {
  const { events } = await reading.events({ kind: "events", ...query });
  const all: FoundEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

export async function groupsOf(reading: Reading, query: GroupsQuery): Promise<readonly Group[]> {
  const { groups } = await reading.groups(query);
  return groups;
}
