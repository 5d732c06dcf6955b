/**
 * The sessions in the logs, from counts of events by their credentials.
 *
 * Long-term access keys have no sessions; what they signed is cut where nothing happened for more than
 * an hour. Services that call without credentials have none either, and neither have sign-ins that
 * failed: they are counted apart.
 */

import { describeClient } from "../../event/client.ts";
import { describeIdentity } from "../../event/identity.ts";
import { type CloudTrailRecord, textsAt } from "../../event/record.ts";
import { equals, every, field, not } from "../../query/build.ts";
import { byText } from "../../query/compare.ts";
import type { Filter } from "../../query/filter.ts";
import { groupsOf } from "../../query/found.ts";
import type { Question, Reading } from "../../query/query.ts";
import { joinedSpan, type Span } from "../../query/span.ts";
import { callerSubjects } from "../../resolve/caller-groups.ts";
import { allSessions, sessionsQuestion } from "../../resolve/gather.ts";
import type { Issuance } from "../../resolve/issuances.ts";
import { credentialsUsedBy, isLongTerm } from "../../resolve/issuers.ts";
import type { Sessions } from "../../resolve/sessions.ts";
import { counted, opening, type Piece, pauseMs, signIns } from "./pieces.ts";

/** How many events there are of each value. */
export type Counts = ReadonlyMap<string, number>;

/** A session, or a stretch of time in which a long-term key was used. */
export interface SessionLine {
  /** As `Sessions.idsOf` gives it. */
  readonly id: string;
  readonly kind: "session" | "stretch";
  /** The caller of its calls. */
  readonly record: CloudTrailRecord;
  readonly issue?: Issuance | undefined;
  /** When the credentials were issued. */
  readonly began?: number | undefined;
  readonly span: Span;
  readonly events: number;
  readonly reads: number;
  readonly failures: number;
  readonly writes: Counts;
  readonly addresses: Counts;
  readonly clients: Counts;
  /** Some of its calls may have been made in another session that began alike. */
  readonly isDoubtful: boolean;
}

export interface SessionList {
  readonly sessions: Sessions;
  /** By the time of their first call. */
  readonly lines: readonly SessionLine[];
  /** Calls that services made without credentials. */
  readonly ofServices: number;
  /** Calls that nobody signed. */
  readonly unsigned: number;
  readonly failedSignIns: number;
}

/** Fields that the calls are counted by, or that tell which calls count. */
const looked = [
  ...(["sourceIPAddress", "userAgent", "readOnly", "outcome", "eventName"] as const),
  ...(["eventSource", "accessKeyId", "sessionStart"] as const),
];

/** All that `sessionList` asks. */
export function sessionListQuestions(filter: Filter): readonly Question[] {
  return [
    sessionsQuestion,
    { kind: "groups", filter, by: [...callerSubjects, ...looked.map(field)] },
  ];
}

export async function sessionList(reading: Reading, filter: Filter): Promise<SessionList> {
  const sessions = await allSessions(reading);
  const pieces = [
    ...(await counted(reading, every([filter, not(opening)]))),
    ...signIns(sessions, filter),
  ];
  const whose = attribution(sessions);
  const isOf = (wanted: Whose["kind"]) =>
    pieces
      .filter((piece) => piece.kind === "calls" && whose(piece).kind === wanted)
      .reduce((sum, { count }) => sum + count, 0);
  return {
    sessions,
    lines: linesOf(pieces, sessions, whose),
    ofServices: isOf("service"),
    unsigned: isOf("nobody"),
    failedSignIns: await failedSignIns(reading, filter),
  };
}

type Whose =
  | { readonly kind: "service" | "nobody" }
  | {
      readonly kind: "session";
      readonly id: string;
      readonly isCertain: boolean;
      readonly isLongTerm: boolean;
      readonly created: number | undefined;
    };

/** Remembers what it said of a caller: many pieces have one. */
function attribution(sessions: Sessions): (piece: Piece) => Whose {
  const known = new Map<string, Whose>();
  return ({ caller, record }) => {
    const whose = known.get(caller) ?? attributed(record, sessions);
    known.set(caller, whose);
    return whose;
  };
}

function attributed(record: CloudTrailRecord, sessions: Sessions): Whose {
  const { key, created } = credentialsUsedBy(record);
  const { kind } = describeIdentity(record);
  if (key === undefined && created === undefined) {
    if (kind === "service") return { kind: "service" };
    if (kind === "anonymous") return { kind: "nobody" };
  }
  const [id, ...others] = sessions.idsOf(record);
  return id === undefined
    ? { kind: "nobody" }
    : {
        kind: "session",
        id,
        isCertain: others.length === 0,
        isLongTerm: hasLongTermKey(record),
        created,
      };
}

/** Some calls with such a key tell when a session began, which is not when the key was made. */
export function hasLongTermKey(record: CloudTrailRecord): boolean {
  return isLongTerm(credentialsUsedBy(record).key ?? "");
}

interface Gathered {
  readonly pieces: Piece[];
  isCertain: boolean;
  isLongTerm: boolean;
  created: number | undefined;
}

function linesOf(
  pieces: readonly Piece[],
  sessions: Sessions,
  whose: (piece: Piece) => Whose,
): readonly SessionLine[] {
  const bySession = new Map<string, Gathered>();
  for (const piece of pieces) {
    const session = whose(piece);
    if (session.kind !== "session") continue;
    const { id, isCertain, isLongTerm, created } = session;
    const same = bySession.get(id) ?? { pieces: [], isCertain, isLongTerm, created };
    bySession.set(id, same);
    same.pieces.push(piece);
    same.isCertain &&= isCertain;
    same.isLongTerm ||= isLongTerm;
    same.created ??= created;
  }
  const issues = new Map(sessions.issues.map((issue) => [issue.begun, issue]));
  return [...bySession]
    .flatMap(([id, { pieces: all, isCertain, isLongTerm, created }]) => {
      const issue = issues.get(id);
      const began = isLongTerm ? undefined : (issue?.issued.created ?? created);
      const kind = began === undefined ? "stretch" : "session";
      return (began === undefined ? stretchesOf(all) : [all]).map(
        (some): SessionLine => ({
          ...{ id, kind, issue, began, isDoubtful: !isCertain },
          ...tallied(some),
        }),
      );
    })
    .sort((a, b) => (a.span.first ?? Infinity) - (b.span.first ?? Infinity) || byText(a.id, b.id));
}

/** Pieces were cut at the same pauses, so each lies in one stretch. What has no time is the last one. */
function stretchesOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const stretches: Piece[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  const inTime = pieces.toSorted((a, b) => (a.first ?? Infinity) - (b.first ?? Infinity));
  for (const piece of inTime) {
    const { first = Infinity, last = Infinity } = piece;
    const current = stretches.at(-1);
    if (current === undefined || first > end + pauseMs) stretches.push([piece]);
    else current.push(piece);
    end = Math.max(end, last);
  }
  return stretches;
}

function tallied(pieces: readonly Piece[]) {
  const of = (wanted: Piece["kind"]) => pieces.filter(({ kind }) => kind === wanted);
  const calls = of("calls");
  const total = (some: readonly Piece[]) => some.reduce((sum, { count }) => sum + count, 0);
  const having = (at: number, value: string) =>
    total(calls.filter(({ values }) => values[at] === value));
  const events = total(calls);
  return {
    record: callerOf(calls),
    span: calls.reduce<Span>(joinedSpan, {}),
    events,
    reads: having(1, "true"),
    failures: events - having(2, "success"),
    writes: countsOf(of("writes"), (eventName) => eventName),
    addresses: countsOf(calls, (address) => address),
    clients: countsOf(of("clients"), describeClient),
  };
}

/** Of the calls that nobody made for the caller, if there are any. */
function callerOf(pieces: readonly Piece[]): CloudTrailRecord {
  const own = pieces.find(({ record }) => textsAt(record, "userIdentity.invokedBy").length === 0);
  return (own ?? pieces[0])?.record ?? {};
}

/** Most events first. */
function countsOf(
  pieces: readonly Piece[],
  nameOf: (value: string | undefined) => string | undefined,
): Counts {
  const counts = new Map<string, number>();
  for (const {
    values: [value],
    count,
  } of pieces) {
    const name = nameOf(value);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  return new Map([...counts].sort(([a, n], [b, m]) => m - n || byText(a, b)));
}

async function failedSignIns(reading: Reading, filter: Filter): Promise<number> {
  const groups = await groupsOf(reading, {
    kind: "groups",
    filter: every([filter, opening, equals("eventName", "ConsoleLogin")]),
    by: [field("outcome")],
  });
  return groups.reduce(
    (sum, { values: [outcome], count }) => sum + (outcome === "success" ? 0 : count),
    0,
  );
}
