/**
 * What a session went on to do, and the sessions that it led to, as a tree of sessions and calls.
 */

import { type Outcome, outcomeOf } from "../../event/outcome.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { primaryTargets } from "../../event/targets.ts";
import { timeOf } from "../../event/time.ts";
import { valuesOf } from "../../event/values.ts";
import type { Cell, Column, Row, Section } from "../../query/answer.ts";
import { every } from "../../query/build.ts";
import type { Filter } from "../../query/filter.ts";
import type { FoundEvent, Reading } from "../../query/query.ts";
import type { Issuance } from "../../resolve/issuances.ts";
import { type Credentials, callsNaming } from "../../resolve/issuers.ts";
import { type SessionBranch, sessionTree } from "../../resolve/session-tree.ts";
import type { Sessions } from "../../resolve/sessions.ts";
import { countCell, timeCell } from "../../words/cells.ts";
import { sessionName } from "../../words/chain-words.ts";
import { markOf } from "../../words/event-rows.ts";
import { callOf } from "../../words/event-words.ts";
import { counted, listed } from "../../words/sentences.ts";
import type { Start } from "./starts.ts";

interface Tally {
  calls: number;
  first?: number;
  last?: number;
  /** Where the calls came from, what they acted on. */
  readonly places: Set<string>;
}

/** Calls of the same name with the same outcome. */
interface CallTally extends Tally {
  readonly eventName: string;
  readonly outcome: Outcome;
  readonly isRead: boolean;
  readonly eventID: string | undefined;
}

interface SessionTally extends Tally {
  readonly byCall: Map<string, CallTally>;
  /** Calls beside those, which may have been made in another session that began alike. */
  doubtful: number;
}

export interface Doings {
  /** Of the session that the tree grows from. */
  readonly credentials: Credentials;
  readonly branches: readonly SessionBranch[];
  readonly tallies: ReadonlyMap<string, SessionTally>;
}

/** The filter leaves out calls, never sessions. */
export async function doingsOf(
  reading: Reading,
  { id, credentials }: NonNullable<Start["session"]>,
  sessions: Sessions,
  filter: Filter,
): Promise<Doings> {
  const branches = sessionTree(id, sessions);
  const mayBelong = callsNaming([
    credentials,
    ...branches.flatMap(({ issue }) => issue?.issued ?? []),
  ]);
  const { events } = await reading.events({
    kind: "events",
    filter: every([filter, mayBelong]),
  });
  const tallies = new Map(branches.map((branch) => [branch.id, emptySession()]));
  for await (const event of events) {
    const [own = "", ...possible] = sessions.idsOf(event.record);
    const tally = tallies.get(own);
    if (tally !== undefined) add(tally, event);
    else for (const one of possible.flatMap((other) => tallies.get(other) ?? [])) one.doubtful += 1;
  }
  return { credentials, branches, tallies };
}

function emptySession(): SessionTally {
  return { calls: 0, places: new Set(), byCall: new Map(), doubtful: 0 };
}

function add(session: SessionTally, { record }: FoundEvent): void {
  count(session, record, valuesOf("sourceIPAddress", record));
  const eventName = callOf(record);
  const outcome = outcomeOf(record);
  const key = `${eventName} ${outcome}`;
  const call = session.byCall.get(key) ?? {
    calls: 0,
    places: new Set(),
    eventName,
    outcome,
    isRead: valuesOf("readOnly", record).includes("true"),
    eventID: valuesOf("eventID", record)[0],
  };
  session.byCall.set(key, call);
  count(call, record, primaryTargets(record));
}

function count(tally: Tally, record: CloudTrailRecord, places: readonly string[]): void {
  const time = timeOf(record);
  tally.calls += 1;
  // Events come in order of time, those without one last.
  if (time !== undefined) {
    tally.first ??= time;
    tally.last = time;
  }
  for (const place of places) tally.places.add(place);
}

const columns: readonly Column[] = [
  { name: "did", title: "Session and calls", wrap: true },
  { name: "what", title: "What", wrap: true },
  { name: "events", title: "Events", align: "right" },
  { name: "first", title: "First", rank: 1 },
  { name: "last", title: "Last", rank: 2 },
  { name: "from", title: "From", rank: 3, wrap: true },
  { name: "eventID", title: "Event ID", rank: 4, id: true },
];

/**
 * Of each session at most `limit` kinds of call and `limit` sessions that it began. `accounts` are those
 * that the logs are of, where all are known.
 */
export function forwardSection(
  doings: Doings,
  {
    limit,
    accounts,
  }: { readonly limit: number; readonly accounts: ReadonlySet<string> | undefined },
): Section {
  const rows = forwardRows(doings, limit, accounts);
  return { name: "forward", title: "What came of it", columns, rows };
}

function* forwardRows(
  { credentials, branches, tallies }: Doings,
  limit: number,
  accounts: ReadonlySet<string> | undefined,
): Iterable<Row> {
  const [root] = branches;
  const shown = new Set(root === undefined ? [] : [root.id]);
  for (const { id, depth, issue, isCertain, children } of branches) {
    if (!shown.has(id)) continue;
    for (const child of children.slice(0, limit)) shown.add(child);
    const tally = tallies.get(id) ?? emptySession();
    const name =
      issue === undefined
        ? sessionName(credentials)
        : `${sessionName(issue.issued, issue.event.record)} (${isCertain ? "" : "perhaps "}${callOf(issue.event.record)})`;
    yield tallyRow(tally, { depth, name, from: [...tally.places], eventID: issue?.id });
    const elsewhere = tally.calls === 0 ? accountOf(issue) : undefined;
    if (elsewhere !== undefined && accounts?.has(elsewhere) === false) {
      yield moreRow(`its calls are in the logs of ${elsewhere}, not here`, depth + 1);
    }
    const calls = [...tally.byCall.values()].sort(writesFirst);
    for (const call of calls.slice(0, limit)) yield callRow(call, depth + 1);
    const more = calls.slice(limit);
    if (more.length > 0) {
      const events = more.reduce((sum, call) => sum + call.calls, 0);
      yield moreRow(andMore(more.length, "kind of call", "kinds of call"), depth + 1, events);
    }
    if (tally.doubtful > 0) {
      yield moreRow("and calls of this session or another like it", depth + 1, tally.doubtful);
    }
    if (children.length > limit) {
      yield moreRow(andMore(children.length - limit, "session", "sessions"), depth + 1);
    }
  }
}

/** The account in whose logs the session's calls would be, if that is not the one of the event. */
export function elsewhereOf(
  { credentials }: Doings,
  { record }: Pick<Start, "record">,
): string | undefined {
  const account = credentials.arn?.split(":")[4] || undefined;
  return valuesOf("recipientAccountId", record).some((own) => own === account)
    ? undefined
    : account;
}

/** Where the session acts. */
function accountOf(issue: Issuance | undefined): string | undefined {
  return issue?.issued.arn?.split(":")[4] || undefined;
}

/** Writes as they happened, then reads by how many. */
function writesFirst(a: CallTally, b: CallTally): number {
  if (a.isRead !== b.isRead) return Number(a.isRead) - Number(b.isRead);
  return a.isRead ? b.calls - a.calls : (a.first ?? 0) - (b.first ?? 0);
}

function callRow(call: CallTally, depth: number): Row {
  const { eventName: name, outcome, eventID } = call;
  return {
    ...tallyRow(call, { depth, name, what: [...call.places], eventID }),
    mark: markOf[outcome],
  };
}

interface Told {
  readonly depth: number;
  readonly name: string;
  readonly what?: readonly string[];
  readonly from?: readonly string[];
  readonly eventID?: string | undefined;
}

function tallyRow({ calls, first, last }: Tally, { depth, name, what, from, eventID }: Told): Row {
  return {
    cells: [
      { text: indented(name, depth) },
      listCell(what),
      countCell(calls),
      timeCell(first),
      timeCell(last),
      listCell(from),
      { text: eventID },
    ],
  };
}

function listCell(items: readonly string[] | undefined): Cell {
  return items === undefined ? { text: undefined } : { text: listed(items), items };
}

function andMore(count: number, one: string, many: string): string {
  return `and ${counted(count, `more ${one}`, `more ${many}`)}`;
}

function moreRow(name: string, depth: number, calls?: number): Row {
  return { cells: [{ text: indented(name, depth) }, { text: undefined }, countCell(calls)] };
}

function indented(name: string, depth: number): string {
  return depth === 0 ? name : `${"  ".repeat(depth - 1)}└ ${name}`;
}
