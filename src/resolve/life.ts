/**
 * The lives of what a name stands for: which events brought each thing into being, hid or weakened it,
 * ended it and brought it back, in the order of time.
 *
 * A name may stand for things of several kinds, accounts and regions, each with a story of its own, and
 * for one thing after another: a creation after an end begins a new life, and so does one that could
 * not have succeeded had the thing been there. What came of a life is `verdict.ts`.
 */

import { type Effect, type EffectKind, effectFor, nameOf, serviceOf } from "../event/effect.ts";
import { alreadyGone, outcomeFor } from "../event/item-outcome.ts";
import { type CloudTrailRecord, valuesAt } from "../event/record.ts";
import type { Bearing } from "../event/targets.ts";
import { valuesOf } from "../event/values.ts";
import { wordsOf } from "../event/verb-classes.ts";
import type { ResourcePattern } from "../query/filter.ts";
import type { FoundEvent } from "../query/query.ts";
import { type Change, effectsBy, type Memory, memoryOfSettings } from "./changes.ts";
import { livesOf } from "./lifetime.ts";
import { type Life, type Move, orderOf, type Thing, type Turn } from "./turn.ts";

export interface Story {
  /** By their first turn; lives of one thing follow each other in time. */
  readonly lives: readonly Life[];
  /** Calls that succeeded and were no turn, on the resource or a part of it; in the order of time. */
  readonly changes: readonly FoundEvent[];
  /** Calls that would have been a turn or a change. */
  readonly unsuccessful: readonly FoundEvent[];
  /** Calls that only read or were about something else. */
  readonly others: readonly FoundEvent[];
  /** What calls that succeeded set on the resource, and what it was before; by the ids of the events. */
  readonly set: ReadonlyMap<string, readonly Change[]>;
}

/** How the resource stands in an event, under whichever of its names. */
export interface Standing {
  readonly bearing: Bearing;
  /** The name by which the event knows it. */
  readonly pattern: ResourcePattern;
  /** Which of several things it is; "" where the question is about one. */
  readonly name: string;
  /** The other names under which alone the event is about it. */
  readonly aliases?: readonly string[];
}

type Whereabouts = Pick<Thing, "service" | "account" | "region" | "name">;

interface Placed {
  readonly turn: Move;
  readonly place: Whereabouts;
  /** Of things; "" for calls that do not tell. */
  readonly kind: string;
}

export function storyOf(
  events: Iterable<FoundEvent>,
  standingsIn: (record: CloudTrailRecord) => readonly Standing[],
): Story {
  const placed: Placed[] = [];
  const changes: FoundEvent[] = [];
  const unsuccessful: FoundEvent[] = [];
  const tries: Placed[] = [];
  const others: FoundEvent[] = [];
  const set = new Map<string, readonly Change[]>();
  const memory = memoryOfSettings();
  for (const event of inTime(events)) {
    const { record } = event;
    const standings = standingsIn(record);
    const near = standings.filter(({ bearing }) => bearing === "target" || bearing === "part");
    const sorted = near.map((standing) => sortedOut(event, standing, memory));
    const [first] = sorted;
    if (first === undefined || /^(?:none|entered)$/.test(first.kind)) others.push(event);
    else if (sorted.every(({ succeeded }) => !succeeded)) unsuccessful.push(event);
    else if (!sorted.some(({ turns }) => turns.length > 0)) changes.push(event);
    for (const { turns, succeeded } of sorted) {
      const told = turns.filter((turn) => succeeded || !brings(turn));
      (succeeded ? placed : tries).push(...told);
    }
    const changed = sorted.flatMap((one) => one.changes);
    if (changed.length > 0) set.set(event.id, changed);
  }
  const told = lifetimes(placed, tries);
  return {
    set,
    lives: told.lives,
    changes: inTime(new Set([...changes, ...told.changes])),
    unsuccessful,
    others,
  };
}

/** A creation that failed tried to end nothing. */
function brings({ turn: { effect } }: Placed): boolean {
  return ["created", "saved", "shown", "strengthened"].includes(effect.kind);
}

interface Sorted {
  readonly kind: EffectKind;
  readonly succeeded: boolean;
  readonly turns: readonly Placed[];
  readonly changes: readonly Change[];
}

function sortedOut(
  event: FoundEvent,
  { bearing, name, pattern }: Standing,
  memory: Memory,
): Sorted {
  const { record } = event;
  const effect = effectFor(record, pattern);
  const succeeded = outcomeFor(record, pattern) === "success";
  const place = whereaboutsOf(record, name);
  const changes = succeeded ? memory.changesIn(whereKey(place), record) : [];
  if (succeeded && effect.kind === "deleted" && bearing === "target")
    memory.forget(whereKey(place));
  const isIdle = succeeded && alreadyGone(record, pattern);
  const turns = effectsBy(effect, changes, record).flatMap((told): readonly Placed[] =>
    touches(told.effect, bearing)
      ? [
          {
            turn: { event, effect: told.effect, isIdle, changes: told.changes },
            place,
            kind: kindOf(record, told.effect),
          },
        ]
      : [],
  );
  return { kind: effect.kind, succeeded, turns, changes };
}

function whereKey({ service, account, region, name }: Whereabouts): string {
  return JSON.stringify([service, account, region, name]);
}

function inTime(events: Iterable<FoundEvent>): readonly FoundEvent[] {
  return [...events].sort((a, b) => orderOf(a) - orderOf(b));
}

/** Whether the effect is one on the thing itself, given how that stands in the event. */
function touches(effect: Effect, bearing: Bearing): effect is Turn["effect"] {
  switch (effect.kind) {
    case "changed":
    case "entered":
    case "none":
      return false;
    case "created":
    case "deleted":
    case "scheduled":
    case "saved":
    case "emptied":
    case "renamed":
      return bearing === "target";
    case "version deleted":
      return bearing === "target" || bearing === "part";
    case "hidden":
    case "shown":
    case "weakened":
    case "strengthened":
      return bearing === "target" || (bearing === "part" && effect.onWhole);
  }
}

function whereaboutsOf(record: CloudTrailRecord, name: string): Whereabouts {
  const service = serviceOf(record);
  // Buckets are known by their name alone, whoever calls from wherever.
  if (service === "s3") return { service, account: "", region: "", name };
  const [owner] = valuesAt(record, ["resources", "accountId"]);
  const [recipient = ""] = valuesOf("recipientAccountId", record);
  const [region = ""] = valuesOf("awsRegion", record);
  return { service, account: typeof owner === "string" ? owner : recipient, region, name };
}

/** The kind of thing that a call creates or ends; "" for one that only switches something. */
function kindOf(record: CloudTrailRecord, { kind }: Effect): string {
  const exists = ["created", "deleted", "scheduled", "saved"].includes(kind);
  if (!exists) return "";
  const { noun } = wordsOf(nameOf(record));
  const [, one = noun] = /^(.+?)(?:From|To|With|In|On|For|By)[A-Z]/.exec(noun) ?? [];
  const word = one.replace(/(?<=.)Deletion$/, "").toLowerCase();
  const singular = word.endsWith("ies")
    ? `${word.slice(0, -3)}y`
    : word.replace(/(?<=[^aisu])s$/, "");
  return kinds.get(singular) ?? singular;
}

/** Where the call that creates a thing and the one that ends it call it differently. */
const kinds: ReadonlyMap<string, string> = new Map([
  ["metricalarm", "alarm"],
  ["compositealarm", "alarm"],
  ["multipartupload", "object"],
  ["dbinstancereadreplica", "dbinstance"],
  ["servicelinkedrole", "role"],
  ["evictedevent", "instance"],
]);

/** Sorts turns and attempts by thing, and tells each thing's lives. */
function lifetimes(
  placed: readonly Placed[],
  tries: readonly Placed[],
): { readonly lives: readonly Life[]; readonly changes: readonly FoundEvent[] } {
  const things = new Map<string, { thing: Thing; turns: Move[]; tries: FoundEvent[] }>();
  const kindsAt = new Map<string, Set<string>>();
  for (const { place, kind } of [...placed, ...tries]) {
    const known = kindsAt.get(whereKey(place)) ?? new Set();
    kindsAt.set(whereKey(place), kind === "" ? known : known.add(kind));
  }
  const thingFor = ({ place, kind, turn }: Placed) => {
    const at = [...(kindsAt.get(whereKey(place)) ?? [])];
    // DisableKey tells of a key that ScheduleKeyDeletion tells of, too.
    const own = kind || (at.find((one) => called(turn).includes(one)) ?? at[0] ?? "");
    const key = `${whereKey(place)}${own}`;
    const found = things.get(key) ?? { thing: { ...place, kind: own }, turns: [], tries: [] };
    things.set(key, found);
    return found;
  };
  for (const one of placed) thingFor(one).turns.push(one.turn);
  for (const one of tries) thingFor(one).tries.push(one.turn.event);
  const told = [...things.values()].map(({ thing, turns, tries: failed }) =>
    livesOf(thing, turns, failed),
  );
  return {
    lives: told.flatMap(({ lives }) => lives).sort((a, b) => begins(a) - begins(b)),
    changes: told.flatMap(({ changes }) => changes),
  };
}

function called({ event }: Move): string {
  return nameOf(event.record).toLowerCase();
}

function begins({ turns: [first], attempts: [attempt] }: Life): number {
  const event = first?.event ?? attempt;
  return event === undefined ? Number.NEGATIVE_INFINITY : orderOf(event);
}

/** What of the story these events tell; lives go on being counted where others lie between them. */
export function toldBy(events: Iterable<FoundEvent>, story: Story): Story {
  const told = new Set(events);
  const isTold = (event: FoundEvent) => told.has(event);
  return {
    lives: story.lives.map((life) => ({
      ...life,
      turns: life.turns.filter(({ event }) => isTold(event)),
      attempts: life.attempts.filter(isTold),
    })),
    changes: story.changes.filter(isTold),
    unsuccessful: story.unsuccessful.filter(isTold),
    others: story.others.filter(isTold),
    set: story.set,
  };
}
