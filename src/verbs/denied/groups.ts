/**
 * Denied calls, counted together where action, principal, resource and reason are the same.
 *
 * A role's sessions are one principal, as a policy makes no difference between them; only Identity
 * Center's roles are told apart by person. Or else whoever is known to be behind the calls is the principal.
 */

import { type Denial, denialOf } from "../../event/denial.ts";
import { iamActionsOf } from "../../event/iam-actions.ts";
import { describeIdentity, type Identity } from "../../event/identity.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { timeOf } from "../../event/time.ts";
import { valuesOf } from "../../event/values.ts";
import { equals } from "../../query/build.ts";
import type { FoundEvent } from "../../query/query.ts";
import { permissionSetOf } from "../../resolve/issuers.ts";
import { reasonWords } from "../../words/denial-words.ts";
import { clientOf } from "../../words/event-words.ts";
import { type Human, type Humans, knownBehind } from "../../words/humans.ts";
import { namesakes } from "../../words/namesakes.ts";

export const deniedOnly = equals("outcome", "denied");

export interface DeniedGroup {
  readonly action: string | undefined;
  readonly principal: string;
  /** The caller as logged, if whoever is behind it is the principal and is another. */
  readonly as: string | undefined;
  /** Tells principals of one name apart. */
  readonly identity: string;
  /** Groups that are the same to whoever asks are one row. */
  readonly row: string;
  /** Where it was denied. */
  readonly account: string | undefined;
  /** Of calls on several things in one bucket or log group: `orders/*`. */
  resource: string | undefined;
  hasSeveral: boolean;
  readonly why: string;
  readonly policyType: Denial["policyType"];
  /** Of the principal and the event: `callKey` of any call in the group. */
  readonly call: string;
  /** The field `identity` of the call. */
  readonly caller: string | undefined;
  readonly eventName: string | undefined;
  /** The permission is the one that the event is called after. */
  readonly isOwn: boolean;
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
  /** Reads that the console made to show a page. */
  readonly byConsole: number;
  readonly encoded: { readonly whole: number; readonly cut: number; readonly eventID?: string };
}

/** In order of time, as engines give them. With `humans`, by whoever is behind the calls. */
export async function deniedCallsIn(
  events: AsyncIterable<FoundEvent>,
  humans?: Humans,
): Promise<DeniedCalls> {
  const groups = new Map<string, DeniedGroup>();
  const people = new Map<string, Human>();
  const byServices = new Map<string, number>();
  const encoded: { whole: number; cut: number; eventID?: string } = { whole: 0, cut: 0 };
  let total = 0;
  let byConsole = 0;
  for await (const { record } of events) {
    const denial = denialOf(record);
    if (denial === undefined) continue;
    total += 1;
    const identity = describeIdentity(record);
    const human = humans && knownBehind(humans, record);
    if (human !== undefined) people.set(human.key, human);
    countIn(groups, record, denial, { identity, human });
    const { name, kind } = identity;
    if (kind === "service") byServices.set(name, (byServices.get(name) ?? 0) + 1);
    else if (isPageOfConsole(record)) byConsole += 1;
    if (denial.encoded !== undefined) {
      encoded[denial.encoded] += 1;
      const [eventID] = valuesOf("eventID", record);
      if (denial.encoded === "whole" && eventID !== undefined) encoded.eventID ??= eventID;
    }
  }
  return { groups: named(groups.values(), people), total, byServices, byConsole, encoded };
}

/** People of one name are told apart once all are known. */
function named(
  groups: Iterable<DeniedGroup>,
  people: ReadonlyMap<string, Human>,
): readonly DeniedGroup[] {
  const nameOf = namesakes(people.values());
  return Array.from(groups, (group) => {
    const human = people.get(group.identity);
    return human === undefined ? group : { ...group, principal: nameOf(human) };
  });
}

function countIn(
  groups: Map<string, DeniedGroup>,
  record: CloudTrailRecord,
  denial: Denial,
  { identity, human }: { readonly identity: Identity; readonly human: Human | undefined },
): void {
  const { action, resource, policyType } = denial;
  const why = reasonWords(denial, record);
  const call = callKey(record);
  const [account] = valuesOf("recipientAccountId", record);
  const [caller] = valuesOf("identity", record);
  const person = human === undefined ? personOf(identity) : [human.key];
  const holder = holderOf(action, resource);
  const key = JSON.stringify([action, call, person, account, holder ?? resource, why]);
  const time = timeOf(record);
  const [eventID] = valuesOf("eventID", record);
  const group = groups.get(key);
  if (group === undefined) {
    const principal = principalOf(record, identity);
    groups.set(key, {
      hasSeveral: false,
      ...{ action, resource, why, policyType, call },
      principal: human?.name ?? principal,
      as: human === undefined || human.name === principal ? undefined : principal,
      account,
      caller,
      identity: human?.key ?? [...(caller === undefined ? [] : [caller]), ...person].join("/"),
      row: human ? JSON.stringify([action, person, account, holder ?? resource, why]) : key,
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
function holderOf(action = "", resource = ""): string | undefined {
  const [, holder] = holders.get(action.split(":", 1)[0] ?? "")?.exec(resource) ?? [];
  return holder === undefined ? undefined : `${holder}*`;
}

/** By IAM prefix. */
const holders: ReadonlyMap<string, RegExp> = new Map([
  ["s3", /^((?:arn:[^:]*:s3:::)?[^/:]+\/)./],
  ["logs", /^(arn:[^:]*:logs:[^:]*:[^:]*:log-group:[^:]*:log-stream:)./],
]);

/** Who made which call: the same for a call that was denied and for one that was not. */
export function callKey(record: CloudTrailRecord): string {
  const fields = ["identity", "eventSource", "eventName"] as const;
  return JSON.stringify(fields.map((field) => valuesOf(field, record)[0] ?? null));
}

/** Identity Center's roles are everybody's who has the permission set. */
function personOf({ role = "", session = "" }: Identity): readonly string[] {
  return permissionSetOf(role) === undefined ? [] : [session];
}

function principalOf(record: CloudTrailRecord, { name, role, account }: Identity): string {
  const own = role === undefined || permissionSetOf(role) !== undefined ? name : role;
  const [recipient = account] = valuesOf("recipientAccountId", record);
  const isTold = account === undefined || account === recipient || own.includes(account);
  return isTold ? own : `${own} of account ${account}`;
}

function isPageOfConsole(record: CloudTrailRecord): boolean {
  if (valuesOf("readOnly", record)[0] !== "true") return false;
  const { sessionCredentialFromConsole: said } = record;
  return said === true || said === "true" || /^AWS console/.test(clientOf(record) ?? "");
}
