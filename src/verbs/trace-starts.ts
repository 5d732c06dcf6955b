/**
 * Where a trace starts: the event, or the sessions of the key, session or identity that was named.
 */

import { namesFor } from "../event/names.ts";
import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import type { Span } from "../query/coverage.ts";
import type { Filter } from "../query/filter.ts";
import { matches } from "../query/matches.ts";
import { fits, parsePattern } from "../query/pattern.ts";
import type { Engine, FoundEvent } from "../query/query.ts";
import {
  type Credentials,
  credentialsUsedBy,
  issuanceOf,
  issuingFilter,
  recordSignedWith,
} from "../resolve/issuers.ts";
import { type Issue, linkSessions, type Sessions } from "../resolve/sessions.ts";
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

/** One pass gathers the calls that issue credentials beside those that were named. */
export async function startsFrom(engine: Engine, text: string): Promise<Starts> {
  const byId = isNamed("eventID", text);
  const byWho = isNamed("user", text);
  const filter: Filter = { kind: "some", filters: [issuingFilter, byId, byWho] };
  const { events } = await engine.events({ kind: "events", filter });
  const issuing: FoundEvent[] = [];
  const runs = new Map<string, Run>();
  let asked: FoundEvent | undefined;
  for await (const event of events) {
    const { record } = event;
    if (issuanceOf(record) !== undefined) issuing.push(event);
    if (matches(byId, record)) asked ??= event;
    else if (matches(byWho, record)) {
      const key = JSON.stringify(credentialsUsedBy(record));
      runs.set(key, joined(runs.get(key), { event, calls: 1, span: spanOf(record) }));
    }
  }
  if (asked === undefined) {
    const sessions = linkSessions(issuing);
    return { sessions, starts: sessionsNamed(text, runs.values(), sessions) };
  }
  const sessions = linkSessions([...issuing, ...(await copiesOf(engine, asked))]);
  return { sessions, starts: [startAt(asked, sessions)] };
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
  const filter: Filter = {
    kind: "text",
    subject: { kind: "path", path: ["sharedEventID"] },
    pattern: { kind: "equals", text: shared },
  };
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
  const issue = issues.find((one) => [one.event, ...one.copies].includes(event));
  return issue && { id: issue.begun, credentials: issue.issued };
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
  for (const run of runs) {
    const [id] = sessions.idsOf(run.event.record);
    if (id !== undefined) ofSession.set(id, joined(ofSession.get(id), run));
  }
  for (const [id, { event, ...counts }] of ofSession) {
    const { record } = event;
    const issue = issues.get(id);
    const credentials = issue?.issued ?? credentialsUsedBy(record);
    const eventID = issue?.id ?? textsAt(record, "eventID")[0];
    starts.set(id, { record, session: { id, credentials }, ...counts, eventID });
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
