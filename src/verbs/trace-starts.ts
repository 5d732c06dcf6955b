/**
 * Where a trace starts: the event, or the sessions of the key, session or identity that was named.
 */

import { describeIdentity } from "../event/identity.ts";
import { namesFor } from "../event/names.ts";
import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import type { Span } from "../query/coverage.ts";
import { everything, type Filter } from "../query/filter.ts";
import { fits, parsePattern } from "../query/pattern.ts";
import type { Engine, FoundEvent } from "../query/query.ts";
import { allSessions, sessionsBehind } from "../resolve/gather.ts";
import {
  type Credentials,
  credentialsUsedBy,
  issuanceOf,
  recordSignedWith,
} from "../resolve/issuers.ts";
import type { Issue, Sessions } from "../resolve/sessions.ts";
import { timeOf } from "./event-words.ts";

export interface Start {
  /** The event asked for by its id. */
  readonly event?: FoundEvent;
  /** That event, or a call of the session. */
  readonly record: CloudTrailRecord;
  /** The session to go forward from: the event's, or the one that the event began. */
  readonly session?: { readonly id: string; readonly credentials: Credentials };
  /** Calls of the session by which it was found, whatever the filter. */
  readonly calls: number;
  readonly span: Span;
  /** An event that leads here again: the call that began the session, or its first. */
  readonly eventID?: string | undefined;
}

export interface Starts {
  readonly sessions: Sessions;
  /** One for an event; for a name its sessions, the latest first. */
  readonly starts: readonly Start[];
}

/** Calls signed with the same credentials. */
interface Run {
  readonly event: FoundEvent;
  readonly calls: number;
  readonly span: Span;
}

/** What may be called so: an event, or whoever made one. */
export function namedFilters(text: string): readonly Filter[] {
  return [isNamed("eventID", text), isNamed("user", text)];
}

export async function startsFrom(engine: Engine, text: string): Promise<Starts> {
  const [byId = everything, byWho = everything] = namedFilters(text);
  const asked = await firstOf(engine, byId);
  if (asked !== undefined) {
    const copies = await copiesOf(engine, asked);
    const sessions =
      copies.length > 0
        ? await sessionsBehind(engine, [asked, ...copies])
        : await allSessions(engine);
    return { sessions, starts: [startAt(asked, sessions)] };
  }
  const sessions = await allSessions(engine);
  const runs = new Map<string, Run>();
  const { events } = await engine.events({ kind: "events", filter: byWho });
  for await (const event of events) {
    const { record } = event;
    const key = JSON.stringify(credentialsUsedBy(record));
    runs.set(key, joined(runs.get(key), { event, calls: 1, span: spanOf(record) }));
  }
  return { sessions, starts: sessionsNamed(text, runs.values(), sessions) };
}

async function firstOf(engine: Engine, filter: Filter): Promise<FoundEvent | undefined> {
  const { events } = await engine.events({ kind: "events", filter, limit: 1 });
  for await (const event of events) return event;
  return undefined;
}

function isNamed(field: "eventID" | "user", text: string): Filter {
  return { kind: "text", subject: { kind: "field", field }, pattern: parsePattern(text) };
}

function joined(before: Run | undefined, run: Run): Run {
  if (before === undefined) return run;
  const times = [before.span, run.span]
    .flatMap(({ first = [], last = [] }) => [first, last])
    .flat();
  return {
    event: before.event,
    calls: before.calls + run.calls,
    span: times.length === 0 ? {} : { first: Math.min(...times), last: Math.max(...times) },
  };
}

function spanOf(record: CloudTrailRecord): Span {
  const time = timeOf(record);
  return time === undefined ? {} : { first: time, last: time };
}

/** What other accounts logged of a call whose caller this one does not know. */
async function copiesOf(engine: Engine, { record }: FoundEvent): Promise<readonly FoundEvent[]> {
  const [shared] = textsAt(record, "sharedEventID");
  const isOutside = textsAt(record, "userIdentity.type").includes("AWSAccount");
  if (shared === undefined || !isOutside || issuanceOf(record) !== undefined) return [];
  const time = timeOf(record);
  const filters: readonly Filter[] = [
    // Both bear the time of the call; this alone leaves few to be looked into.
    ...(time === undefined ? [] : [{ kind: "time", from: time, until: time + 1000 } as const]),
    {
      kind: "text",
      subject: { kind: "path", path: ["sharedEventID"] },
      pattern: { kind: "equals", text: shared },
    },
  ];
  const filter: Filter = { kind: "every", filters };
  const copies: FoundEvent[] = [];
  const { events } = await engine.events({ kind: "events", filter });
  for await (const copy of events) copies.push(copy);
  return copies;
}

function startAt(event: FoundEvent, sessions: Sessions): Start {
  const { record } = event;
  const session = sessionBegunBy(event, sessions) ?? sessionOf(sessions.fullest(record), sessions);
  return {
    event,
    record,
    ...(session === undefined ? {} : { session }),
    calls: 1,
    span: spanOf(record),
  };
}

function sessionBegunBy(event: FoundEvent, { issues }: Sessions): Start["session"] {
  const issue = issues.find((one) => [one.event, ...one.copies].some(isAt(event)));
  return issue && { id: issue.begun, credentials: issue.issued };
}

function isAt({ origin, offset }: FoundEvent): (other: FoundEvent) => boolean {
  return (other) => other.offset === offset && other.origin === origin;
}

function sessionOf(record: CloudTrailRecord, sessions: Sessions): Start["session"] {
  const [id] = sessions.idsOf(record);
  return id === undefined ? undefined : { id, credentials: credentialsUsedBy(record) };
}

/** Sessions that made calls, and those that were begun and made none; the latest first. */
function sessionsNamed(text: string, runs: Iterable<Run>, sessions: Sessions): readonly Start[] {
  const starts = new Map<string, Start>();
  const issues = new Map(sessions.issues.map((issue) => [issue.begun, issue]));
  for (const issue of sessions.issues) {
    if (namesOf(issue).some(fits(parsePattern(text)))) starts.set(issue.begun, unused(issue));
  }
  const ofSession = new Map<string, Run>();
  const ofNone = new Map<string, Run>();
  for (const run of runs) {
    const [id] = sessions.idsOf(run.event.record);
    const [some, key] =
      id === undefined ? [ofNone, describeIdentity(run.event.record).key] : [ofSession, id];
    some.set(key, joined(some.get(key), run));
  }
  for (const [id, { event, ...counts }] of ofSession) {
    const { record } = event;
    const issue = issues.get(id);
    const credentials = issue?.issued ?? credentialsUsedBy(record);
    const eventID = issue?.id ?? textsAt(record, "eventID")[0];
    starts.set(id, { record, session: { id, credentials }, ...counts, eventID });
  }
  // Of services, and of whoever has all ids masked: calls are all there is to tell of.
  for (const [key, { event, ...counts }] of ofNone) {
    const { record } = event;
    starts.set(`# ${key}`, { record, ...counts, eventID: textsAt(record, "eventID")[0] });
  }
  return [...starts.values()].sort((a, b) => (b.span.last ?? 0) - (a.span.last ?? 0));
}

/** What the session that it began may be called. */
function namesOf({ issued: { key, arn, principalId, userName } }: Issue): readonly string[] {
  return [key, arn, principalId, userName].flatMap((id) =>
    id === undefined ? [] : namesFor("arn", id),
  );
}

function unused({ id, event, issued, begun }: Issue): Start {
  return {
    record: recordSignedWith(issued),
    session: { id: begun, credentials: issued },
    calls: 0,
    span: spanOf(event.record),
    eventID: id,
  };
}
