/**
 * Doors in words: what is open, for whom, and whether it still is.
 */

import { valuesOf } from "../event/values.ts";
import type { Answer } from "../query/answer.ts";
import type { FoundEvent } from "../query/query.ts";
import type { Door } from "../resolve/doors.ts";
import { callerOf, callOf, type NameOf, onDay } from "./event-words.ts";
import { listed } from "./sentences.ts";

/** `account 444455556666`, `everybody (0.0.0.0/0)`. */
export function granteeWords(given: string): string {
  if (given === "all" || given === "*") return "everybody";
  if (given === "0.0.0.0/0" || given === "::/0") return `everybody (${given})`;
  const [, account = given] = /^arn:[^:]*:iam::([0-9]{12}):root$/.exec(given) ?? [];
  return /^[0-9]{12}$/.test(account) ? `account ${account}` : given;
}

/** Completes "it was": `shared with account 444455556666`, `opened to tcp 22 from 0.0.0.0/0`. */
export function doorWords({ kind, whom }: Pick<Door, "kind" | "whom">): string {
  switch (kind) {
    case "share":
      return `shared with ${granteeWords(whom)}`;
    case "rule":
      return `opened to ${whom}`;
    case "grant":
      return `granted to ${granteeWords(whom)}`;
    case "trust":
      return `made to trust ${granteeWords(whom)}`;
    case "permission":
      return `given ${whom}`;
    case "membership":
      return `joined by ${whom}`;
    case "URL":
      return `opened to everybody at ${whom || "a URL"}`;
    case "key":
      return `given the key ${whom}`;
    case "password":
      return "given a password";
    case "user":
    case "event rule":
      return "created";
  }
}

/** Of the doors that one call opened: whether they still stand, or who closed them and when. */
export function standingSentences(
  doors: readonly Door[],
  timeZone: string,
  nameOf: NameOf = callerOf,
): readonly string[] {
  if (doors.length === 0) return [];
  const open = doors.filter(({ closed }) => closed === undefined);
  const shut = new Map<FoundEvent, Door[]>();
  for (const door of doors) {
    if (door.closed !== undefined) shut.set(door.closed, [...(shut.get(door.closed) ?? []), door]);
  }
  const undone = Array.from(shut, ([closed, its]) => {
    const what = listed(its.map(doorWords));
    return `no longer ${what} since ${nameOf(closed)}${onDay(closed.record, timeZone)} (${callOf(closed.record)})`;
  });
  if (open.length === 0) return [`That was undone: ${undone.join("; ")}.`];
  const still = `It is still ${listed(open.map(doorWords))}, in these logs`;
  return [`${[still, ...undone].join("; ")}.`];
}

/** The same for machines. */
export function doorFacts(doors: readonly Door[]): readonly NonNullable<Answer["facts"]>[] {
  const idOf = ({ record }: FoundEvent) => valuesOf("eventID", record)[0] ?? null;
  return doors.map(({ kind, thing, whom, opened, closed }) => ({
    kind,
    thing,
    whom,
    opened: idOf(opened),
    closed: closed === undefined ? null : idOf(closed),
  }));
}
