/**
 * What each identity does: its calls, regions, addresses, clients and roles, with the time of the
 * first and the last.
 */

import { parseAddress } from "../../event/address.ts";
import { describeClient } from "../../event/client.ts";
import type { FieldName } from "../../event/fields.ts";
import { describeIdentity } from "../../event/identity.ts";
import { serviceIn } from "../../event/names.ts";
import { timeOf } from "../../event/time.ts";
import { withoutVersion } from "../../event/verb-classes.ts";
import { every, field } from "../../query/build.ts";
import type { Filter, Subject } from "../../query/filter.ts";
import { groupsOf } from "../../query/found.ts";
import { matches } from "../../query/matches.ts";
import type { Group, Reading } from "../../query/query.ts";
import { permissionSetOf, recordSignedWith } from "../../resolve/issuers.ts";
import type { Sessions } from "../../resolve/sessions.ts";
import { callOf } from "../../words/event-words.ts";
import type { Callers } from "./callers.ts";

export const aspects = ["event", "region", "address", "agent", "role"] as const;
export type Aspect = (typeof aspects)[number];

export interface Habit {
  /** What `Callers` tell of. */
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

/** What habits are told by, beside whose they are. */
const countedSubjects: readonly Subject[] = (
  ["outcome", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent"] as const
).map(field);

/** All that callers and habits are told by. */
export function habitSubjects(callers: readonly Subject[]): readonly Subject[] {
  return [...callers, ...countedSubjects];
}

/** Of each identity that made a matching call, by what it goes by. */
export async function supportOf(
  reading: Reading,
  filter: Filter,
  { tiers }: Callers,
): Promise<ReadonlyMap<string, Support>> {
  const found = new Map<string, Support>();
  for (const { only, by, whoOf } of tiers) {
    const query = { kind: "groups", filter: every([filter, only]), by, once: true } as const;
    for (const { values, count, first, last } of await groupsOf(reading, query)) {
      const name = whoOf(values);
      if (name === undefined || first === undefined || last === undefined) continue;
      const before = found.get(name) ?? { events: 0, first, last };
      found.set(name, {
        events: before.events + count,
        first: Math.min(before.first, first),
        last: Math.max(before.last, last),
      });
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
    callers,
  }: {
    readonly filter: Filter;
    readonly wanted: readonly Aspect[];
    readonly sessions: Sessions;
    readonly callers: Callers;
  },
): Promise<readonly Habit[]> {
  const habits = new Habits();
  for (const aspect of wanted) {
    if (aspect === "role") addRoles(habits, filter, { sessions, callers });
    else await addCounted(habits, reading, { filter, aspect, callers });
  }
  return habits.all();
}

async function addCounted(
  habits: Habits,
  reading: Reading,
  {
    filter,
    aspect,
    callers,
  }: {
    readonly filter: Filter;
    readonly aspect: Exclude<Aspect, "role">;
    readonly callers: Callers;
  },
): Promise<void> {
  const { by, textOf } = counted[aspect];
  for (const { only, by: telling, whoOf } of callers.tiers) {
    const groups = await groupsOf(reading, {
      kind: "groups",
      filter: every([filter, only]),
      by: [...telling, field("outcome"), ...by.map(field)],
      once: true,
    });
    for (const { values, count, first, last } of groups) {
      const name = whoOf(values.slice(0, telling.length));
      const [outcome, ...rest] = values.slice(telling.length);
      const value = textOf(rest);
      if (name === undefined || value === undefined) continue;
      if (first === undefined || last === undefined) continue;
      const denied = outcome === "denied" ? count : 0;
      habits.add({ who: name, aspect, value, events: count, denied, first, last });
    }
  }
}

/** Roles that were assumed: the calls are at hand, and a denied one assumed nothing. */
function addRoles(
  habits: Habits,
  filter: Filter,
  { sessions, callers }: { readonly sessions: Sessions; readonly callers: Callers },
): void {
  for (const { event, issued } of sessions.issues) {
    const { record } = event;
    const { role } = describeIdentity(recordSignedWith(issued));
    const [who, time] = [callers.whoIn(record), timeOf(record)];
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
