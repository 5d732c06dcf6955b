/**
 * One event in the words of a sentence: who, when, from where, with what, and what came of it.
 */

import { describeClient } from "../event/client.ts";
import { describeIdentity, type Identity } from "../event/identity.ts";
import type { Outcome } from "../event/outcome.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { timeOf } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import type { FoundEvent } from "../query/query.ts";
import { moment } from "./sentences.ts";

export function clientOf(record: CloudTrailRecord): string | undefined {
  return describeClient(valuesOf("userAgent", record)[0]);
}

/**
 * With what it is, for a workload, and with the account, where that is another one than the event's.
 * `somebody` is for who has no name.
 */
export function whoOf(record: CloudTrailRecord, somebody = "somebody"): string {
  const identity = describeIdentity(record);
  const { name, kind, account } = identity;
  if (name === "unknown" || kind === "anonymous") return `${somebody} ${name}`;
  const [recipient = account] = valuesOf("recipientAccountId", record);
  const isTold = account === undefined || account === recipient || name.includes(account);
  return `${name}${workloadWords(identity)}${isTold ? "" : ` of account ${account}`}`;
}

/** ` (EC2 instance)`: the name has the rest. */
function workloadWords({ workload, session }: Identity): string {
  if (workload === undefined) return "";
  const told = session !== undefined && workload.endsWith(session) ? session.length : 0;
  return ` (${workload.slice(0, workload.length - told).trim()})`;
}

/** Names whoever made a call, in the middle of a sentence. */
export type NameOf = (event: FoundEvent) => string;

export const callerOf: NameOf = ({ record }) => whoOf(record);

export function callOf(record: CloudTrailRecord): string {
  return valuesOf("eventName", record)[0] ?? "a call without a name";
}

/** ` on 2026-11-05 at 09:14:03 UTC`, with the space before it. */
export function onDay(record: CloudTrailRecord, timeZone: string): string {
  const time = timeOf(record);
  return time === undefined ? " at a time the log does not tell" : ` on ${moment(time, timeZone)}`;
}

/**
 * ` on 2026-11-05 at 09:14:03 UTC from 203.0.113.7 with AWS CLI 2.15 (DeleteBucket, us-east-1, account
 * 111122223333)`, with the space before it; behind the address its country and network, if known. The
 * place is left out if it is that of `told`.
 */
export function circumstances(
  record: CloudTrailRecord,
  timeZone: string,
  {
    call = callOf(record),
    code = valuesOf("errorCode", record)[0],
    told,
  }: {
    readonly call?: string;
    readonly code?: string | undefined;
    readonly told?: CloudTrailRecord;
  } = {},
): string {
  const { name, via } = describeIdentity(record);
  const [address] = valuesOf("sourceIPAddress", record);
  const [agent] = valuesOf("userAgent", record);
  const from = fromWords(record);
  const client = [name, via, address].includes(agent) ? undefined : clientOf(record);
  const place = localityOf(record);
  const isTold = told !== undefined && place.join() === localityOf(told).join();
  const facts = [call, ...(code === undefined ? [] : [code]), ...(isTold ? [] : place)];
  return (
    `${onDay(record, timeZone)}${from}${client === undefined ? "" : ` with ${client}`} ` +
    `(${facts.join(", ")})`
  );
}

/** ` from 198.51.100.9 (eu-west-1, account 111122223333)`: what of it is not as for the call told before. */
export function otherPlace(record: CloudTrailRecord, before?: CloudTrailRecord): string {
  const from = fromWords(record);
  const place = localityOf(record);
  const isSame = before !== undefined && place.join() === localityOf(before).join();
  return (
    (before !== undefined && from === fromWords(before) ? "" : from) +
    (isSame || place.length === 0 ? "" : ` (${place.join(", ")})`)
  );
}

/** A service gives its own name for the address. */
function fromWords(record: CloudTrailRecord): string {
  const { name, via } = describeIdentity(record);
  const [address] = valuesOf("sourceIPAddress", record);
  const isOwn = address === undefined || [name, via].includes(address);
  return isOwn ? "" : ` from ${address}${whereabouts(record)}`;
}

/** ` (DE, AS64496 Example Net)`, where a database of addresses tells; ` (private)` for what is nowhere. */
function whereabouts(record: CloudTrailRecord): string {
  const known = [
    ...valuesOf("country", record),
    ...valuesOf("network", record),
    ...valuesOf("addressClass", record).flatMap((name) => classWords.get(name) ?? []),
  ];
  return known.length === 0 ? "" : ` (${known.join(", ")})`;
}

/** Of the classes that an address does not show by itself. */
const classWords: ReadonlyMap<string, string> = new Map([
  ["private", "private"],
  ["reserved", "a reserved address"],
  ["vpc-endpoint", "through a VPC endpoint"],
  ["invalid", "no valid address"],
]);

function localityOf(record: CloudTrailRecord): readonly string[] {
  const accounts = valuesOf("recipientAccountId", record).map((account) => `account ${account}`);
  return [...valuesOf("awsRegion", record), ...accounts];
}

interface Ending {
  readonly outcome: Outcome;
  /** Completes `1 attempt` and `2 attempts`. */
  readonly one: string;
  readonly many: string;
}

/** All but success. */
export const endings: readonly Ending[] = [
  { outcome: "denied", one: "was denied", many: "were denied" },
  { outcome: "failed", one: "failed", many: "failed" },
  {
    outcome: "dry-run",
    one: "was a dry run that changed nothing",
    many: "were dry runs that changed nothing",
  },
];
