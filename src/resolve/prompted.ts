/**
 * What services did in their own name because somebody had them do it: a stack that was deleted, a group
 * that was told another size. Such calls count for whoever started them, where the logs tell who.
 */

import { textsAt } from "../event/record.ts";
import { anyOf, equals, every, fitting, not, path, some } from "../query/build.ts";
import type { Filter } from "../query/filter.ts";
import { eventsOf } from "../query/found.ts";
import { matches } from "../query/matches.ts";
import type { FoundEvent, Question, Reading } from "../query/query.ts";
import { cascades, startersFilter } from "./cascades.ts";
import { type Cause, causesOf, firstCalls } from "./causes.ts";
import { chainOf, peopleBehind } from "./chain.ts";
import { allSessions, sessionsQuestion } from "./gather.ts";
import { indexed } from "./indexed.ts";
import { isProven, type Origin } from "./origin.ts";

const hosts = [...new Set(cascades.flatMap((cascade) => cascade.hosts))];

/** What services did that somebody's call may have started; what they read on the way is their own. */
export const servicesDoing: Filter = every([
  not(equals("readOnly", "true")),
  some([
    every([
      equals("eventType", "AwsServiceEvent"),
      anyOf(
        "eventSource",
        hosts.map((host) => host.replace(".amazonaws.com", "")),
      ),
    ]),
    anyOf("sourceIPAddress", hosts),
    some(hosts.map((host) => equals(path("userIdentity.invokedBy"), host))),
    some(
      hosts.map((host) =>
        fitting(
          path("userIdentity.sessionContext.sessionIssuer.arn"),
          `*:role/aws-service-role/${host}/*`,
        ),
      ),
    ),
  ]),
]);

/** What `promptersIn` asks. */
export const promptedQuestions: readonly Question[] = [
  sessionsQuestion,
  { kind: "events", filter: servicesDoing },
  { kind: "events", filter: startersFilter },
];

/**
 * The call with which it began, by the eventID of each event of a service; left out where several may have
 * been that call, nothing but the time says so, events share the eventID, or the service called with what
 * somebody may do who is known.
 */
export async function promptersIn(reading: Reading): Promise<ReadonlyMap<string, FoundEvent>> {
  const events = await eventsOf(reading, { filter: servicesDoing });
  const sessions = await allSessions(reading);
  const prompters = new Map<string, FoundEvent>();
  const causes = await causesOf(reading, events);
  for (const [eventID, [event, ...namesakes]] of indexed(events, eventIDOf)) {
    const cause = event && namesakes.length === 0 ? causes.get(event) : undefined;
    const [first, ...others] = cause !== undefined && isKnown(cause) ? firstCalls(cause) : [];
    if (event === undefined || first === undefined || others.length > 0) continue;
    if (!peopleBehind(chainOf(event.record, sessions)).every(isKnownPerson)) {
      prompters.set(eventID, first);
    }
  }
  return prompters;
}

/** What services did because calls that match had them do it; undefined for nothing. */
export async function promptedBy(reading: Reading, theirs: Filter): Promise<Filter | undefined> {
  const prompters = await promptersIn(reading);
  const ids = [...prompters].filter(([, { record }]) => matches(theirs, record));
  return ids.length === 0
    ? undefined
    : anyOf(
        "eventID",
        ids.map(([id]) => id),
      );
}

function eventIDOf({ record }: FoundEvent): string | undefined {
  return textsAt(record, "eventID")[0];
}

function isKnownPerson(origin: Origin): boolean {
  return isProven(origin) && (origin.kind === "person" || origin.kind === "root");
}

function isKnown(cause: Cause): boolean {
  for (let step: Cause | undefined = cause; step?.kind === "started"; step = step.cause) {
    if (step.link === "time" || step.link === "rule") return false;
  }
  return true;
}
