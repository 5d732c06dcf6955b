/**
 * What each identity does: its calls, regions, addresses, clients and roles, with the time of the
 * first and the last.
 */

import { parseAddress } from "../../event/address.ts";
import { describeClient } from "../../event/client.ts";
import type { FieldName } from "../../event/fields.ts";
import { describeIdentity } from "../../event/identity.ts";
import { serviceIn } from "../../event/names.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { timeOf } from "../../event/time.ts";
import { valuesOf } from "../../event/values.ts";
import { withoutVersion } from "../../event/verb-classes.ts";
import { every, exists, field, fitting, not, path, some } from "../../query/build.ts";
import type { Filter, Subject } from "../../query/filter.ts";
import { groupsOf } from "../../query/found.ts";
import { matches } from "../../query/matches.ts";
import type { Group, Reading } from "../../query/query.ts";
import { permissionSetOf, recordSignedWith } from "../../resolve/issuers.ts";
import type { Sessions } from "../../resolve/sessions.ts";
import { callOf } from "../../words/event-words.ts";

export const aspects = ["event", "region", "address", "agent", "role"] as const;
export type Aspect = (typeof aspects)[number];

export interface Habit {
  /** The identity, as an ARN where it has one. */
  readonly who: string;
  readonly aspect: Aspect;
  readonly value: string;
  readonly events: number;
  readonly denied: number;
  readonly first: number;
  readonly last: number;
}

/** How much of an identity there is in some stretch of time. */
export interface Support {
  readonly events: number;
  readonly first: number;
  readonly last: number;
}

/** Those of Identity Center's roles are named by it after the person. */
const ofPerson = fitting("role", "AWSReservedSSO_*");
const ofAccount = fitting("identityType", "AWSAccount");
/** What services call on their own account says root of some calls, and has no key. */
const ofService = some([
  fitting("identityType", "AWSService"),
  fitting("role", "AWSServiceRoleFor*"),
  every([fitting("identityType", "Root"), exists("invokedBy"), not(exists("accessKeyId"))]),
]);

interface Tier {
  readonly only: Filter;
  /** What the identity goes by, where its sessions have names of their own. */
  readonly who: Subject;
}

const tiers: readonly Tier[] = [
  { only: ofPerson, who: path("userIdentity.arn") },
  { only: ofAccount, who: path("userIdentity.accountId") },
  {
    only: every([not(ofPerson), not(ofAccount), not(ofService)]),
    who: field("identity"),
  },
];

/** All that identities and habits are told by. */
export const habitSubjects: readonly Subject[] = [
  ...tiers.map(({ who }) => who),
  ...(["role", "identityType", "invokedBy", "accessKeyId", "outcome"] as const).map(field),
  ...(["eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent"] as const).map(
    field,
  ),
];

/** The same of a record. */
function whoIn(record: CloudTrailRecord): string | undefined {
  if (matches(ofService, record)) return undefined;
  if (matches(ofPerson, record)) return describeIdentity(record).arn;
  return matches(ofAccount, record)
    ? describeIdentity(record).account
    : valuesOf("identity", record)[0];
}

/** For reading: `Deploy` of its ARN. */
export function nameOf(who: string): string {
  if (/^\d{12}$/.test(who)) return `account ${who}`;
  return who.startsWith("arn:") ? describeIdentity(recordSignedWith({ arn: who })).name : who;
}

/** Of each identity that made a matching call, by what it goes by. */
export async function supportOf(
  reading: Reading,
  filter: Filter,
): Promise<ReadonlyMap<string, Support>> {
  const found = new Map<string, Support>();
  for (const { only, who } of tiers) {
    const query = { kind: "groups", filter: every([filter, only]), by: [who], once: true } as const;
    for (const { values, count, first, last } of await groupsOf(reading, query)) {
      const [name] = values;
      if (name === undefined || first === undefined || last === undefined) continue;
      found.set(name, { events: count, first, last });
    }
  }
  return found;
}

interface Aspected {
  readonly by: readonly FieldName[];
  /** Undefined for values that tell nothing of the identity. */
  textOf(values: Group["values"]): string | undefined;
}

const counted: { readonly [aspect in Exclude<Aspect, "role">]: Aspected } = {
  event: {
    by: ["eventSource", "eventName"],
    textOf: ([source = "", name]) => name && `${serviceIn(source)}:${withoutVersion(name)}`,
  },
  region: { by: ["awsRegion"], textOf: ([region]) => region },
  address: {
    by: ["sourceIPAddress"],
    textOf: ([text = ""]) => (parseAddress(text) === undefined ? undefined : text),
  },
  agent: { by: ["userAgent"], textOf: ([agent]) => clientName(agent) },
};

/** `AWS CLI` of `AWS CLI 2.15`: an update is no news. */
function clientName(agent: string | undefined): string | undefined {
  return describeClient(agent)?.replace(/ \d+(?:\.\d+)?$/, "");
}

export async function habitsOf(
  reading: Reading,
  {
    filter,
    wanted,
    sessions,
  }: {
    readonly filter: Filter;
    readonly wanted: readonly Aspect[];
    readonly sessions: Sessions;
  },
): Promise<readonly Habit[]> {
  const habits = new Habits();
  for (const aspect of wanted) {
    if (aspect === "role") addRoles(habits, filter, sessions);
    else await addCounted(habits, reading, { filter, aspect });
  }
  return habits.all();
}

async function addCounted(
  habits: Habits,
  reading: Reading,
  { filter, aspect }: { readonly filter: Filter; readonly aspect: Exclude<Aspect, "role"> },
): Promise<void> {
  const { by, textOf } = counted[aspect];
  for (const { only, who } of tiers) {
    const groups = await groupsOf(reading, {
      kind: "groups",
      filter: every([filter, only]),
      by: [who, field("outcome"), ...by.map(field)],
      once: true,
    });
    for (const { values, count, first, last } of groups) {
      const [name, outcome, ...rest] = values;
      const value = textOf(rest);
      if (name === undefined || value === undefined) continue;
      if (first === undefined || last === undefined) continue;
      const denied = outcome === "denied" ? count : 0;
      habits.add({ who: name, aspect, value, events: count, denied, first, last });
    }
  }
}

/** Roles that were assumed: the calls are at hand, and a denied one assumed nothing. */
function addRoles(habits: Habits, filter: Filter, sessions: Sessions): void {
  for (const { event, issued } of sessions.issues) {
    const { record } = event;
    const { role } = describeIdentity(recordSignedWith(issued));
    const [who, time] = [whoIn(record), timeOf(record)];
    if (role === undefined || who === undefined || time === undefined) continue;
    if (!callOf(record).startsWith("AssumeRole") || !matches(filter, record)) continue;
    const once = { events: 1, denied: 0, first: time, last: time };
    habits.add({ who, aspect: "role", value: permissionSetOf(role) ?? role, ...once });
  }
}

class Habits {
  private readonly known = new Map<string, Habit>();

  add(habit: Habit): void {
    const { who, aspect, value } = habit;
    const key = JSON.stringify([who, aspect, value]);
    const before = this.known.get(key);
    this.known.set(
      key,
      before === undefined
        ? habit
        : {
            ...before,
            events: before.events + habit.events,
            denied: before.denied + habit.denied,
            first: Math.min(before.first, habit.first),
            last: Math.max(before.last, habit.last),
          },
    );
  }

  all(): readonly Habit[] {
    return [...this.known.values()];
  }
}
