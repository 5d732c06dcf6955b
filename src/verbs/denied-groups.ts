/**
 * Denied calls, counted together where action, principal, resource and reason are the same.
 *
 * A role's sessions are one principal, as a policy makes no difference between them; only Identity
 * Center's roles are told apart by person.
 */

import { type Denial, denialOf } from "../event/denial.ts";
import { iamActionsOf } from "../event/iam-actions.ts";
import { describeIdentity } from "../event/identity.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { valuesOf } from "../event/values.ts";
import type { Filter } from "../query/filter.ts";
import type { FoundEvent } from "../query/query.ts";
import { clientOf, timeOf } from "./event-words.ts";

export const deniedOnly: Filter = {
  kind: "text",
  subject: { kind: "field", field: "outcome" },
  pattern: { kind: "equals", text: "denied" },
};

/** What is the same in all calls of a group. */
export interface DeniedCall {
  readonly action: string | undefined;
  readonly principal: string;
  /** Where it was denied. */
  readonly account: string | undefined;
  readonly resource: string | undefined;
  readonly why: string;
}

export interface DeniedGroup extends Omit<DeniedCall, "resource"> {
  /** Of calls on several things in one bucket or log group: `orders/*`. */
  resource: string | undefined;
  hasSeveral: boolean;
  /** Of the principal and the event: `callKey` of any call in the group. */
  readonly call: string;
  /** Tells principals of one name apart. */
  readonly identity: string;
  readonly eventName: string | undefined;
  /** The permission is the one that the event is called after. */
  readonly isOwn: boolean;
  readonly policyType: Denial["policyType"];
  count: number;
  first: number | undefined;
  last: number | undefined;
  /** Of the newest call. */
  eventID: string | undefined;
}

/** All denied calls of a question, in groups, and what kinds of them there are. */
export interface DeniedCalls {
  readonly groups: readonly DeniedGroup[];
  readonly total: number;
  /** Calls that services made of themselves, by service. */
  readonly byServices: ReadonlyMap<string, number>;
  readonly byConsole: number;
  readonly encoded: { readonly whole: number; readonly cut: number; readonly eventID?: string };
}

/** In order of time, as engines give them. */
export async function deniedCallsIn(events: AsyncIterable<FoundEvent>): Promise<DeniedCalls> {
  const groups = new Map<string, DeniedGroup>();
  const byServices = new Map<string, number>();
  const encoded: { whole: number; cut: number; eventID?: string } = { whole: 0, cut: 0 };
  let total = 0;
  let byConsole = 0;
  for await (const { record } of events) {
    const denial = denialOf(record);
    if (denial === undefined) continue;
    total += 1;
    countIn(groups, record, denial);
    const { name, kind } = describeIdentity(record);
    if (kind === "service") byServices.set(name, (byServices.get(name) ?? 0) + 1);
    else if (isFromConsole(record)) byConsole += 1;
    if (denial.encoded !== undefined) {
      encoded[denial.encoded] += 1;
      const [eventID] = valuesOf("eventID", record);
      if (denial.encoded === "whole" && eventID !== undefined) encoded.eventID ??= eventID;
    }
  }
  return { groups: [...groups.values()], total, byServices, byConsole, encoded };
}

function countIn(groups: Map<string, DeniedGroup>, record: CloudTrailRecord, denial: Denial): void {
  const { action, resource, policyType } = denial;
  const why = reasonWords(denial, record);
  const call = callKey(record);
  const [account] = valuesOf("recipientAccountId", record);
  const person = personOf(record);
  const holder = holderOf(resource);
  const key = JSON.stringify([action, call, person, account, holder ?? resource, why]);
  const time = timeOf(record);
  const [eventID] = valuesOf("eventID", record);
  const group = groups.get(key);
  if (group === undefined) {
    groups.set(key, {
      hasSeveral: false,
      ...{ action, resource, why, policyType, call },
      principal: principalOf(record),
      account,
      identity: [...valuesOf("identity", record).slice(0, 1), ...person].join("/"),
      eventName: valuesOf("eventName", record)[0],
      isOwn: action !== undefined && iamActionsOf(record).includes(action),
      ...{ count: 1, first: time, last: time, eventID },
    });
    return;
  }
  group.count += 1;
  if (group.resource !== resource) {
    group.resource = holder;
    group.hasSeveral = true;
  }
  if (time === undefined) return;
  group.first ??= time;
  group.last = time;
  group.eventID = eventID;
}

/** Objects and log streams are too many for a group each: a delivery that is denied names new ones. */
function holderOf(resource = ""): string | undefined {
  const [, bucket] = /^((?:arn:[^:]*:s3:::)?[a-z\d.-]+\/)./.exec(resource) ?? [];
  const [, streams] =
    /^(arn:[^:]*:logs:[^:]*:[^:]*:log-group:[^:]*:log-stream:)./.exec(resource) ?? [];
  const holder = bucket ?? streams;
  return holder === undefined ? undefined : `${holder}*`;
}

/** Who made which call: the same for a call that was denied and for one that was not. */
export function callKey(record: CloudTrailRecord): string {
  const fields = ["identity", "eventSource", "eventName"] as const;
  return JSON.stringify(fields.map((field) => valuesOf(field, record)[0] ?? null));
}

function personOf(record: CloudTrailRecord): readonly string[] {
  const { role = "", session = "" } = describeIdentity(record);
  return ssoRole.test(role) ? [session] : [];
}

const ssoRole = /^AWSReservedSSO_/;

export function principalOf(record: CloudTrailRecord): string {
  const { name, role, account } = describeIdentity(record);
  const own = role === undefined || ssoRole.test(role) ? name : role;
  const [recipient = account] = valuesOf("recipientAccountId", record);
  const isTold = account === undefined || account === recipient || own.includes(account);
  return isTold ? own : `${own} of account ${account}`;
}

function isFromConsole(record: CloudTrailRecord): boolean {
  const { sessionCredentialFromConsole: said } = record;
  return said === true || said === "true" || /^AWS console/.test(clientOf(record) ?? "");
}

/** `no identity-based policy allows it`, `explicit deny in a service control policy (p-0a1b2c3d)`. */
function reasonWords(
  { policyType, explicit, policyArn, encoded }: Denial,
  record: CloudTrailRecord,
) {
  const [code] = valuesOf("errorCode", record);
  switch (policyType) {
    case undefined:
      if (explicit) return "explicit deny";
      if (encoded) return "only an encoded message";
      return code === undefined ? "not told" : `not told (${code})`;
    case "S3 Block Public Access":
      return "S3 Block Public Access prevents it";
    case "cross-account pass role":
      return "a role of another account cannot be passed";
    default: {
      const policy = policyType.endsWith("boundary") ? policyType : `${policyType} policy`;
      if (explicit === undefined) return `denied by a ${policy}`;
      if (!explicit) return `no ${policy} allows it`;
      const article = /^[aeiou]/.test(policy) ? "an" : "a";
      const which = policyArn === undefined ? "" : ` (${policyArn.split("/").at(-1)})`;
      return `explicit deny in ${article} ${policy}${which}`;
    }
  }
}
