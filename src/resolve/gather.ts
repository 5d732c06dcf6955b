/**
 * From an engine to linked sessions: which calls that issue credentials have to be read for a question.
 */

import type { CloudTrailRecord } from "../event/record.ts";
import type { Engine, FoundEvent } from "../query/query.ts";
import { issuanceOf, issuingFilter } from "./issuers.ts";
import { linkSessions, type Sessions } from "./sessions.ts";

const known = new WeakMap<Engine, Promise<Sessions>>();

/** Every call that issued credentials, linked; gathered once for each engine. */
export function allSessions(engine: Engine): Promise<Sessions> {
  const sessions = known.get(engine) ?? gathered(engine);
  known.set(engine, sessions);
  return sessions;
}

async function gathered(engine: Engine): Promise<Sessions> {
  const { events } = await engine.events({ kind: "events", filter: issuingFilter });
  const issuing: FoundEvent[] = [];
  for await (const event of events) {
    if (issuanceOf(event.record) !== undefined) issuing.push(event);
  }
  return linkSessions(issuing);
}

/**
 * The calls that issued the credentials of these records, those that issued the credentials of these
 * calls, and so on, linked: enough for `chainOf` of any of the records.
 */
export function sessionsBehind(
  engine: Engine,
  _records: Iterable<CloudTrailRecord>,
): Promise<Sessions> {
  return allSessions(engine);
}
