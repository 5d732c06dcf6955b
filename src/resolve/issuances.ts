/**
 * The calls in the logs that issued credentials, each once, whoever logged or repeated it.
 */

import { textsAt } from "../event/record.ts";
import { byText } from "../query/compare.ts";
import { type FoundEvent, sketchOf } from "../query/query.ts";
import type { Credentials } from "./issuers.ts";
import type { Begins } from "./issuing-calls.ts";
import { idOf, type ReadCall } from "./session-reads.ts";

/** A call that issued credentials. */
export interface Issuance {
  /** The eventID, or the place of a record without one. */
  readonly id: string;
  /** Of the copies that two accounts have of the call, the one that tells more about its caller. */
  readonly event: FoundEvent;
  /** The other copies. */
  readonly copies: readonly FoundEvent[];
  readonly issued: Credentials;
  readonly begins: Begins;
  /** See `Issuer`. */
  readonly asks: boolean;
  readonly repeats: boolean;
  /** The session that it began, as an id (see `idsOf`): a long-term key is one session. */
  readonly begun: string;
  /** What the call itself was signed with. */
  readonly used: Credentials;
  /** Epoch milliseconds: when the session began, else when the call was made; 0 if not known. */
  readonly time: number;
}

/** Undefined for a call that issued nothing, as far as its copies tell. */
export function issueOf(read: ReadCall, copies: readonly ReadCall[]): Issuance | undefined {
  const { id, event, used, time } = read;
  const told = copies.length === 0 ? read.issued : toldTogether([read, ...copies]);
  if (told === undefined) return undefined;
  const { begins, issued, asks, repeats } = told;
  return {
    id,
    event,
    copies: copies.length === 0 ? noEvents : copies.map((copy) => copy.event),
    issued,
    begins,
    ...{ asks, repeats },
    begun: begins === "key" ? (issued.key ?? id) : id,
    used,
    time: issued.created ?? time ?? 0,
  };
}

/** A service that issues what somebody asked it for does so in a call of its own. */
export function withoutServices(issues: readonly Issuance[]): readonly Issuance[] {
  const asked = new Set(issues.flatMap(({ asks, issued }) => (asks ? (issued.key ?? []) : [])));
  if (asked.size === 0) return issues;
  const isOfService = ({ asks, issued, event }: Issuance) =>
    !asks &&
    asked.has(issued.key ?? "") &&
    textsAt(sketchOf(event), "userIdentity.type").includes("AWSService");
  return issues.filter((issue) => !isOfService(issue));
}

/** A call that only shows a key again counts where the one that made it is not in the logs. */
export function withoutRepeats(issues: readonly Issuance[]): readonly Issuance[] {
  const made = new Set(issues.flatMap(({ repeats, issued }) => (repeats ? [] : issued.key)));
  return issues.filter(({ repeats, issued }) => !repeats || !made.has(issued.key));
}

const noEvents: readonly FoundEvent[] = [];

/** Either copy may leave out what the other has. */
function toldTogether(reads: readonly ReadCall[]): ReadCall["issued"] {
  const told = reads.flatMap(({ issued }) => issued ?? []);
  const [first] = told;
  return (
    first && { ...first, issued: Object.assign({}, ...told.map((one) => one.issued).reverse()) }
  );
}

/** Whether it is the call of that id (see `idOf`), or one with a copy of that id. */
export function isOf({ id, copies }: Issuance, called: string): boolean {
  return called === id || copies.some((copy) => called === idOf(copy));
}

/** The order of time; of those of one moment, that of their ids. */
export function inTime(a: Issuance, b: Issuance): number {
  return a.time - b.time || byText(a.id, b.id);
}
