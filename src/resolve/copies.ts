/**
 * One call that several accounts logged: which events are copies of it, and which of them tells most.
 */

import { addTo } from "../event/add-to.ts";
import { textsAt } from "../event/record.ts";
import { byText } from "../query/compare.ts";
import type { FoundEvent } from "../query/query.ts";
import { momentMs } from "./beginnings.ts";
import { type ReadCall, readCall, sharedPaths } from "./session-reads.ts";

/** A call as the account that tells most of its caller logged it, and as the others did. */
export interface LoggedCall {
  readonly read: ReadCall;
  readonly copies: readonly ReadCall[];
}

const none: readonly ReadCall[] = [];

/** One for each call, however many accounts logged it; those that only one logged come first. */
export function callsAmong(reads: readonly ReadCall[]): readonly LoggedCall[] {
  const alone: ReadCall[] = [];
  const shared = new Map<string, ReadCall[]>();
  for (const read of reads) {
    const id = read.shared?.id;
    if (id === undefined) alone.push(read);
    else addTo(shared, id, read);
  }
  for (const same of shared.values()) {
    if (!areCopies(same)) alone.push(...same);
  }
  return [
    ...alone.map((read) => ({ read, copies: none })),
    ...[...shared.values()].filter(areCopies).flatMap(callFrom),
  ];
}

/** The events without the copies that other accounts have of them, in their order. */
export function withoutCopies(events: readonly FoundEvent[]): readonly FoundEvent[] {
  const shared = events.filter(({ record }) => textsAt(record, "sharedEventID").length > 0);
  const kept = new Set(callsAmong(shared.map(readCall)).map(({ read }) => read.event));
  const left = new Set(shared.filter((event) => !kept.has(event)));
  return events.filter((event) => !left.has(event));
}

/** An id shared by different calls, or twice in one account, is forged or masked. */
function areCopies(reads: readonly ReadCall[]): boolean {
  const shared = reads.flatMap((read) => read.shared ?? []);
  const accounts = new Set(shared.flatMap(({ account }) => account ?? []));
  // Either copy may leave out a part; what both have is the same.
  const isOne = sharedPaths.every(
    (_, path) => new Set(shared.flatMap(({ values }) => values[path] ?? [])).size < 2,
  );
  const times = reads.flatMap(({ time }) => time ?? []);
  return (
    isOne &&
    accounts.size === reads.length &&
    times.every((time) => Math.abs(time - (times[0] ?? time)) <= momentMs)
  );
}

/** The account of a role knows of a caller from outside no more than the account and an id. */
function callFrom(same: readonly ReadCall[]): readonly LoggedCall[] {
  const isFull = (read: ReadCall) => read.outsider === undefined;
  const [read, ...copies] = same.toSorted(
    (a, b) => Number(isFull(b)) - Number(isFull(a)) || byText(a.id, b.id),
  );
  return read === undefined ? [] : [{ read, copies }];
}
