/**
 * Where a trace starts: the event, or the sessions of the key, session or identity that was named.
 */

import { isGuid, isGuidBeginning } from "../../event/event-id.ts";
import { describeIdentity } from "../../event/identity.ts";
import { namesFor } from "../../event/names.ts";
import { type CloudTrailRecord, textsAt } from "../../event/record.ts";
import { timeOf } from "../../event/time.ts";
import { during, equals, every, field, fitting, path, some } from "../../query/build.ts";
import type { Filter, TextTest } from "../../query/filter.ts";
import { eventsOf } from "../../query/found.ts";
import { fits, parsePattern } from "../../query/pattern.ts";
import { printedName } from "../../query/printed-name.ts";
import type { FoundEvent, Reading } from "../../query/query.ts";
import { joinedSpan, type Span, spanOf } from "../../query/span.ts";
import { eventIDTerm } from "../../query/term.ts";
import { allSessions, sessionsBehind } from "../../resolve/gather.ts";
import type { Issuance } from "../../resolve/issuances.ts";
import {
  type Credentials,
  credentialsUsedBy,
  issuedBy,
  recordSignedWith,
} from "../../resolve/issuers.ts";
import { personFilter } from "../../resolve/persons.ts";
import { linkSessions, type Sessions } from "../../resolve/sessions.ts";
import { alsoCalled } from "../../resolve/through-roles.ts";

export interface Start {
  /** The event asked for by its id. */
  readonly event?: FoundEvent;
  /** That event, or a call of the session. */
  readonly record: CloudTrailRecord;
  /** The session to go forward from: the event's, or the one that the event began. */
  readonly session?: { readonly id: string; readonly credentials: Credentials };
  /** The event began that session. */
  readonly issued?: true;
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
  /** Events whose ids all begin with the text: too short an id to tell one, or somebody's name. */
  readonly alike?: readonly FoundEvent[];
}

/** Calls signed with the same credentials. */
interface Run {
  readonly event: FoundEvent;
  readonly calls: number;
  readonly span: Span;
}

/** What may be called so: an event, or whoever made one. */
export function namedFilters(text: string): readonly Filter[] {
  const printed = printedName(text);
  const named = [calledSo(text), ...(printed === undefined ? [] : [printed])];
  return [eventIDTerm(text), ...named, personFilter(calledSo(text))];
}

function calledSo(text: string): TextTest {
  return { kind: "text", subject: field("user"), pattern: parsePattern(text) };
}

/** Texts that are no id are looked for among callers first: that takes no reading. */
export async function startsFrom(reading: Reading, text: string): Promise<Starts> {
  const events = isGuidBeginning(text)
    ? await eventsOf(reading, { filter: eventIDTerm(text) })
    : [];
  if (events.length > 0) return startsFromBeginning(reading, text, events);
  const [first, second] = isGuid(text)
    ? [startsFromID, startsFromName]
    : [startsFromName, startsFromID];
  const found = await first(reading, text);
  return found.starts.length > 0 ? found : second(reading, text);
}

/** A whole name goes before the beginning of an id. */
async function startsFromBeginning(
  reading: Reading,
  text: string,
  events: readonly FoundEvent[],
): Promise<Starts> {
  const callers = await eventsOf(reading, { filter: fitting("user", text), limit: 1 });
  if (callers.length > 0) return { ...(await startsFromName(reading, text)), alike: events };
  const [only, ...others] = events;
  return only === undefined || others.length > 0
    ? { sessions: linkSessions([]), starts: [], alike: events }
    : startsAtEvent(reading, only);
}

async function startsFromID(reading: Reading, text: string): Promise<Starts> {
  const [asked] = await eventsOf(reading, { filter: eventIDTerm(text), limit: 1 });
  return asked === undefined
    ? { sessions: linkSessions([]), starts: [] }
    : startsAtEvent(reading, asked);
}

async function startsAtEvent(reading: Reading, asked: FoundEvent): Promise<Starts> {
  const copies = await copiesOf(reading, asked);
  const sessions =
    copies.length > 0
      ? await sessionsBehind(reading, [asked, ...copies])
      : await allSessions(reading);
  return { sessions, starts: [startAt(asked, sessions)] };
}

async function startsFromName(reading: Reading, text: string): Promise<Starts> {
  const sessions = await allSessions(reading);
  const runs = new Map<string, Run>();
  const test = calledSo(text);
  const also = await alsoCalled(reading, test);
  const filter = also === undefined ? test : some([test, also]);
  const { events } = await reading.events({ kind: "events", filter });
  for await (const event of events) {
    const { record } = event;
    const key = JSON.stringify(credentialsUsedBy(record));
    runs.set(key, joined(runs.get(key), { event, calls: 1, span: spanOf(record) }));
  }
  return { sessions, starts: sessionsNamed(text, runs.values(), sessions) };
}

function joined(before: Run | undefined, run: Run): Run {
  if (before === undefined) return run;
  return {
    event: before.event,
    calls: before.calls + run.calls,
    span: joinedSpan(before.span, run.span),
  };
}

/** What other accounts logged of a call whose caller this one does not know. */
async function copiesOf(reading: Reading, { record }: FoundEvent): Promise<readonly FoundEvent[]> {
  const [shared] = textsAt(record, "sharedEventID");
  const isOutside = textsAt(record, "userIdentity.type").includes("AWSAccount");
  if (shared === undefined || !isOutside || issuedBy(record) !== undefined) return [];
  const time = timeOf(record);
  const filter = every([
    // Both bear the time of the call; this alone leaves few to be looked into.
    ...(time === undefined ? [] : [during({ from: time, until: time + 1000 })]),
    equals(path("sharedEventID"), shared),
  ]);
  return eventsOf(reading, { filter });
}

function startAt(event: FoundEvent, sessions: Sessions): Start {
  const { record } = event;
  const begun = issueOf(event, sessions);
  const session =
    (begun && { id: begun.begun, credentials: begun.issued }) ??
    sessionOf(sessions.fullest(record), sessions);
  return {
    ...(begun?.begins === "session" && { issued: true as const }),
    event,
    record,
    ...(session === undefined ? {} : { session }),
    calls: 1,
    span: spanOf(record),
  };
}

function issueOf(event: FoundEvent, { issues }: Sessions): Issuance | undefined {
  return issues.find((one) => [one.event, ...one.copies].some((copy) => copy.id === event.id));
}

function sessionOf(record: CloudTrailRecord, sessions: Sessions): Start["session"] {
  const [id] = sessions.idsOf(record);
  return id === undefined ? undefined : { id, credentials: credentialsUsedBy(record) };
}

/** Sessions that made calls, and those that were begun and made none; the latest first. */
function sessionsNamed(text: string, runs: Iterable<Run>, sessions: Sessions): readonly Start[] {
  const starts = new Map<string, Start>();
  const issues = new Map(sessions.issues.map((issue) => [issue.begun, issue]));
  const isMeant = fits(parsePattern(text));
  for (const issue of sessions.issues) {
    const isBeginning = issue.begins !== "witness" || sessions.madeIn(issue).includes(issue.begun);
    if (isBeginning && (namesOf(issue).some(isMeant) || isPrinted(issue, text)))
      starts.set(issue.begun, unused(issue));
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
function namesOf({ issued: { key, arn, principalId, userName } }: Issuance): readonly string[] {
  return [key, arn, principalId, userName].flatMap((id) =>
    id === undefined ? [] : namesFor("arn", id),
  );
}

/** By the name that answers print for it. */
function isPrinted({ issued }: Issuance, text: string): boolean {
  return describeIdentity(recordSignedWith(issued)).name === text;
}

function unused({ id, event, issued, begun }: Issuance): Start {
  return {
    record: recordSignedWith(issued),
    session: { id: begun, credentials: issued },
    calls: 0,
    span: spanOf(event.record),
    eventID: id,
  };
}
