/**
 * The lives of what a name stands for: which events brought each thing into being, hid or weakened it,
 * ended it and brought it back, in the order of time.
 *
 * A name may stand for things of several kinds, accounts and regions, each with a story of its own, and
 * for one thing after another: a creation after an end begins a new life, and so does one that could
 * not have succeeded had the thing been there. What came of a life is `verdict.ts`.
 */

import { type Effect, effectFor, nameOf, serviceOf } from "../event/effect.ts";
import { alreadyGone, outcomeFor } from "../event/item-outcome.ts";
import { namedTargets } from "../event/named-targets.ts";
import { type CloudTrailRecord, valuesAt } from "../event/record.ts";
import type { Bearing } from "../event/targets.ts";
import { timeOf } from "../event/time.ts";
import { isUniqueId } from "../event/unique-ids.ts";
import { valuesOf } from "../event/values.ts";
import { wordsOf } from "../event/verb-classes.ts";
import type { ResourcePattern } from "../query/filter.ts";
import type { FoundEvent } from "../query/query.ts";

/** A successful call that touched the existence or the protection of the thing itself. */
export interface Turn {
  readonly event: FoundEvent;
  readonly effect: Exclude<Effect, { readonly kind: "changed" | "none" }>;
  /** False if it was so already: a second deletion that succeeds, stopping what is stopped. */
  readonly moved: boolean;
}

/** What tells things of one name apart. */
export interface Thing {
  readonly service: string;
  /** `bucket`, `dbinstance`; "" if no event tells. */
  readonly kind: string;
  readonly account: string;
  readonly region: string;
  /** The name or id, where the question takes in things of several. */
  readonly name: string;
}

export interface Life {
  readonly thing: Thing;
  /** In the order of time; those of one second in an order that can have been. */
  readonly turns: readonly Turn[];
  /** Deletions and the like that were denied or failed while this life lasted. */
  readonly attempts: readonly FoundEvent[];
}

export interface Story {
  /** By their first turn; lives of one thing follow each other in time. */
  readonly lives: readonly Life[];
  /** Calls that succeeded and were no turn, on the resource or a part of it; in the order of time. */
  readonly changes: readonly FoundEvent[];
  /** Calls that would have been a turn or a change. */
  readonly unsuccessful: readonly FoundEvent[];
  /** Calls that only read or were about something else. */
  readonly others: number;
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

type Place = Pick<Thing, "service" | "account" | "region" | "name">;

/** Before it is known what the thing had come to. */
interface Move extends Omit<Turn, "moved"> {
  /** The event itself tells that it found things so already. */
  readonly isIdle: boolean;
}

interface Placed {
  readonly turn: Move;
  readonly place: Place;
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
  let others = 0;
  for (const event of inTime(events)) {
    const { record } = event;
    const standings = standingsIn(record);
    const near = standings.filter(({ bearing }) => bearing === "target" || bearing === "part");
    const sorted = near.map((standing) => sortedOut(event, standing));
    const [first] = sorted;
    if (first === undefined || first.effect.kind === "none") others += 1;
    else if (sorted.every(({ succeeded }) => !succeeded)) unsuccessful.push(event);
    else if (!sorted.some(({ turn }) => turn !== undefined)) changes.push(event);
    for (const { turn, succeeded } of sorted) {
      if (turn !== undefined && (succeeded || !brings(turn)))
        (succeeded ? placed : tries).push(turn);
    }
  }
  const told = lifetimes(placed, tries);
  return {
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

function sortedOut(
  event: FoundEvent,
  { bearing, name, pattern }: Standing,
): { readonly effect: Effect; readonly succeeded: boolean; readonly turn: Placed | undefined } {
  const { record } = event;
  const effect = effectFor(record, pattern);
  const succeeded = outcomeFor(record, pattern) === "success";
  if (!touches(effect, bearing)) return { effect, succeeded, turn: undefined };
  const isIdle = succeeded && alreadyGone(record, pattern);
  const turn = {
    turn: { event, effect, isIdle },
    place: placeOf(record, name),
    kind: kindOf(record, effect),
  };
  return { effect, succeeded, turn };
}

function inTime(events: Iterable<FoundEvent>): readonly FoundEvent[] {
  return [...events].sort((a, b) => orderOf(a) - orderOf(b));
}

/** Events without a time come first: nothing tells that they came after anything. */
export function orderOf({ record }: FoundEvent): number {
  return timeOf(record) ?? Number.NEGATIVE_INFINITY;
}

/** Whether the effect is one on the thing itself, given how that stands in the event. */
function touches(effect: Effect, bearing: Bearing): effect is Turn["effect"] {
  switch (effect.kind) {
    case "changed":
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

function placeOf(record: CloudTrailRecord, name: string): Place {
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
  const keyOf = ({ service, account, region, name }: Place) =>
    JSON.stringify([service, account, region, name]);
  const kindsAt = new Map<string, Set<string>>();
  for (const { place, kind } of [...placed, ...tries]) {
    const known = kindsAt.get(keyOf(place)) ?? new Set();
    kindsAt.set(keyOf(place), kind === "" ? known : known.add(kind));
  }
  const thingFor = ({ place, kind, turn }: Placed) => {
    const at = [...(kindsAt.get(keyOf(place)) ?? [])];
    // DisableKey tells of a key that ScheduleKeyDeletion tells of, too.
    const own = kind || (at.find((one) => called(turn).includes(one)) ?? at[0] ?? "");
    const key = `${keyOf(place)}${own}`;
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

/** What a life has come to. */
type State = "unknown" | "there" | "waiting" | "gone";

interface Lived {
  turns: Turn[];
  state: State;
  id: string | undefined;
  /** What is hidden or switched off, by what it is about. */
  readonly off: Set<string>;
}

function born(): Lived {
  return { turns: [], state: "unknown", id: undefined, off: new Set() };
}

function livesOf(
  thing: Thing,
  turns: readonly Move[],
  attempts: readonly FoundEvent[],
): { readonly lives: readonly Life[]; readonly changes: readonly FoundEvent[] } {
  const lived: Lived[] = [born()];
  const changes: FoundEvent[] = [];
  const pending = [...turns];
  for (let life = lived.at(-1) ?? born(); pending.length > 0; life = lived.at(-1) ?? life) {
    const [turn] = pending.splice(nextOf(pending, life), 1);
    if (turn === undefined) break;
    // What was renamed lives on beside what took its name.
    const id = uniqueIdIn(turn.event.record);
    const own = lived.find((one) => id !== undefined && one.id === id) ?? life;
    if (isChange(turn, own)) changes.push(turn.event);
    else if (!beginsAnew(turn, own)) live(turn, own);
    else live(turn, lived[lived.push(born()) - 1] ?? own);
  }
  const told = lived.filter(({ turns: { length } }) => length > 0);
  const ends = told.map(({ turns: own }) => endOf(own));
  const isIn = (event: FoundEvent, i: number) => {
    const time = orderOf(event);
    return (
      (i === 0 || time > (ends[i - 1] ?? time)) &&
      (i === told.length - 1 || time <= (ends[i] ?? time))
    );
  };
  if (told.length === 0) return { lives: [{ thing, turns: [], attempts }], changes };
  return {
    lives: told.map(({ turns: own }, i) => ({
      thing,
      turns: own,
      attempts: attempts.filter((event) => isIn(event, i)),
    })),
    changes,
  };
}

function endOf(turns: readonly Turn[]): number | undefined {
  const last = turns.at(-1);
  return last === undefined ? undefined : orderOf(last.event);
}

/** Of the turns that share the first one's second, one that can have come next. */
function nextOf(pending: readonly Move[], { state, off }: Lived): number {
  const [first] = pending;
  if (first === undefined) return 0;
  const time = orderOf(first.event);
  const others = pending.findIndex(({ event }) => orderOf(event) !== time);
  const among = others < 0 ? pending : pending.slice(0, others);
  const index = among.findIndex(({ effect }) => canFollow(effect, state, off));
  return Math.max(index, 0);
}

function canFollow(effect: Turn["effect"], state: State, off: ReadonlySet<string>): boolean {
  switch (effect.kind) {
    case "created":
      return state === "gone" || state === "unknown";
    case "deleted":
      return state === "there" || state === "waiting";
    case "scheduled":
      return state === "there" || state === "unknown";
    case "saved":
      return state === "waiting" || state === "gone";
    case "shown":
    case "strengthened":
      return off.has(effect.about);
    case "hidden":
    case "weakened":
      return state !== "gone" && !off.has(effect.about);
    case "version deleted":
    case "emptied":
    case "renamed":
      return true;
  }
}

/** Whether it only overwrote what was there, or confirmed a setting that nobody had changed. */
function isChange({ effect }: Move, { state, off }: Lived): boolean {
  if (effect.kind === "created")
    return effect.mayExist && (state === "there" || state === "waiting");
  return effect.kind === "strengthened" && !off.has(effect.about);
}

/** Whether the turn cannot be one of the life so far. */
function beginsAnew({ effect, event }: Move, { state, turns, id }: Lived): boolean {
  if (turns.length === 0) return false;
  const own = uniqueIdIn(event.record);
  if (own !== undefined && id !== undefined && own !== id) return true;
  switch (effect.kind) {
    case "created":
      return true;
    case "deleted":
      return state === "gone" && !succeedsTwice(event.record);
    case "hidden":
    case "weakened":
    case "scheduled":
      return state === "gone" && own === undefined;
    case "saved":
    case "shown":
    case "strengthened":
    case "version deleted":
    case "emptied":
    case "renamed":
      return false;
  }
}

/** Deletions that succeed although nothing is there any more; of others a second one tells of a second life. */
const idempotent: ReadonlySet<string> = new Set([
  ...["TerminateInstances", "DeleteObject", "DeleteTopic", "DeleteLoadBalancer", "DeleteStack"],
  ...["DeleteTargetGroup", "DeleteListener", "DeleteRule", "DeleteKeyPair", "DeleteItem"],
  ...["DeleteDashboards", "DeleteQueue", "DeleteAlarms", "StopTask", "TerminateJobFlows"],
  ...["EndSecretVersionDelete", "TerminateWorkspaces"],
]);

function succeedsTwice(record: CloudTrailRecord): boolean {
  return idempotent.has(nameOf(record)) || isByService(record);
}

/** A service's own event, which tells that what was asked for earlier has come about. */
export function isByService({ eventType }: CloudTrailRecord): boolean {
  return eventType === "AwsServiceEvent";
}

/** The id that tells this life from others, if the event gives exactly one thing's. */
function uniqueIdIn(record: CloudTrailRecord): string | undefined {
  const [only, ...others] = namedTargets(record);
  return others.length > 0 ? undefined : only?.names.find(isUniqueId);
}

function live(turn: Move, life: Lived): void {
  const { effect, event } = turn;
  const moved = moves(turn, life);
  life.turns.push({ effect, event, moved });
  life.id ??= uniqueIdIn(event.record);
  switch (effect.kind) {
    case "created":
    case "saved":
      life.state = "there";
      break;
    case "deleted":
      life.state = "gone";
      break;
    case "scheduled":
      if (life.state !== "gone") life.state = "waiting";
      break;
    case "hidden":
    case "weakened":
      life.off.add(effect.about);
      break;
    case "shown":
    case "strengthened":
      life.off.delete(effect.about);
      break;
    case "version deleted":
    case "emptied":
    case "renamed":
      break;
  }
}

function moves({ effect, isIdle }: Move, { state, off }: Lived): boolean {
  switch (effect.kind) {
    case "created":
    case "version deleted":
    case "emptied":
    case "renamed":
      return true;
    case "deleted":
      return state !== "gone" && !isIdle;
    case "scheduled":
      return state !== "gone" && state !== "waiting";
    case "saved":
      return state !== "there";
    case "hidden":
      return !off.has(effect.about) && !isIdle;
    case "shown":
      return !isIdle;
    case "weakened":
    case "strengthened":
      return true;
  }
}
