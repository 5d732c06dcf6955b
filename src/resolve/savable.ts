/**
 * What somebody sent to its end and what may not be there yet: deletions that wait, and what a deletion
 * only hid, each with the verdict of its story.
 *
 * One story is told for each thing that such a call names, from the calls that name the same thing; what
 * came of it is `verdict.ts`.
 */

import { effectOf, nameOf, serviceOf } from "../event/effect.ts";
import { type Calls, schedules, switches } from "../event/effect-table.ts";
import { comparable } from "../event/letter-case.ts";
import { type NamedTarget, namedTargets } from "../event/named-targets.ts";
import { outcomeOf } from "../event/outcome.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { arnParts, ownNames } from "../event/resource-names.ts";
import { wholesOf } from "../event/targets.ts";
import { classOf } from "../event/verb-classes.ts";
import { anyOf, every, fitting, some } from "../query/build.ts";
import type { Filter } from "../query/filter.ts";
import type { FoundEvent } from "../query/query.ts";
import { type Standing, type Story, storyOf } from "./life.ts";
import { mayTurn } from "./story.ts";
import { orderOf } from "./turn.ts";
import { type Horizon, type Verdict, verdictOf } from "./verdict.ts";

/** A call that began the end of something, the newest on it, and what came of that. */
export interface Ending {
  readonly call: FoundEvent;
  readonly thing: NamedTarget;
  readonly verdict: Verdict;
}

/** A deletion that can be taken back: not every call that hides, as one that stops an instance. */
const rows: readonly { readonly service: string; readonly call: Calls }[] = [
  ...schedules,
  ...switches
    .filter(({ part, undoneBy, off }) => part === undefined && undoneBy !== undefined && ends(off))
    .map(({ service, off }) => ({ service, call: off })),
];

function ends({ names }: Calls): boolean {
  return names.some((name) => classOf(name) === "destroy");
}

/** The calls that may have begun such an end; their records tell whether they did. */
export const endingFilter: Filter = some(
  rows.map(({ service, call }) => every([calledAt(service), anyOf("eventName", call.names)])),
);

/** All that may tell what came of these calls, themselves among it. */
export function aftermathOf(calls: readonly FoundEvent[]): Filter {
  const services = new Set(calls.map(({ record }) => serviceOf(record)));
  return some([endingFilter, every([some([...services].map(calledAt)), mayTurn])]);
}

function calledAt(service: string): Filter {
  return fitting("eventSource", `${service}.*`);
}

/** Whether the call, if it succeeded, left something that may be saved. */
export function isEnding({ record }: FoundEvent): boolean {
  const effect = effectOf(record);
  if (effect.kind === "scheduled") return true;
  const isUndoable = effect.kind === "hidden" && effect.undoneBy !== undefined;
  return isUndoable && classOf(nameOf(record)) === "destroy";
}

/** Of these calls those that succeeded, and of several on one thing the newest; `events` are the aftermath. */
export function endingsIn(
  calls: readonly FoundEvent[],
  events: readonly FoundEvent[],
  horizon: Horizon,
): readonly Ending[] {
  const naming = eventsByKey(events);
  const places = new Map(events.map((event, i) => [event, i]));
  const asked = new Set(calls.map(({ id }) => id));
  const stories = new Map<string, Story>();
  const storyUnder = (keys: ReadonlySet<string>) => {
    const near = new Set([...keys].flatMap((key) => naming.get(key) ?? []));
    // Calls of one second stay in the order of the logs, under whichever name they know the thing.
    const inOrder = [...near].toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
    return storyOf(inOrder, (record) => standingsUnder(keys, record));
  };
  return calls.flatMap((call) =>
    thingsIn(call.record).flatMap((thing): readonly Ending[] => {
      const keys = new Set(keysOf(thing.names, call.record));
      const told = [...keys].join();
      const story = stories.get(told) ?? storyUnder(keys);
      stories.set(told, story);
      if (!isNewest(call, story, asked)) return [];
      const verdict = verdictOf(story, horizon, call);
      const emptied = verdict.kind === "hidden" ? bucketGone(call, naming) : undefined;
      return [
        {
          call,
          thing,
          verdict: emptied === undefined ? verdict : { kind: "deleted", decisive: emptied },
        },
      ];
    }),
  );
}

/** A bucket is deleted only when nothing is left in it, under no marker either. */
function bucketGone(
  call: FoundEvent,
  naming: ReadonlyMap<string, readonly FoundEvent[]>,
): FoundEvent | undefined {
  return keysOf(wholesOf(call.record), call.record)
    .flatMap((key) => naming.get(key) ?? [])
    .find(
      (event) =>
        nameOf(event.record) === "DeleteBucket" &&
        outcomeOf(event.record) === "success" &&
        orderOf(event) > orderOf(call),
    );
}

/** What is closed without being named is the caller's own account. */
function thingsIn(record: CloudTrailRecord): readonly NamedTarget[] {
  const named = namedTargets(record).filter(({ names }) => names.length > 0);
  const { recipientAccountId } = record;
  if (named.length > 0 || serviceOf(record) !== "account") return named;
  return typeof recipientAccountId === "string"
    ? [{ names: [recipientAccountId], kind: "account" }]
    : [];
}

function isNewest(call: FoundEvent, { lives }: Story, asked: ReadonlySet<string>): boolean {
  const own = lives.find(({ turns }) => turns.some(({ event }) => event.id === call.id));
  const begun = lives
    .filter(({ thing }) => thing === own?.thing)
    .flatMap(({ turns }) => turns)
    .filter(({ event, moved }) => moved && asked.has(event.id) && isEnding(event))
    .map(({ event }) => event)
    .toSorted((a, b) => orderOf(a) - orderOf(b));
  return begun.at(-1)?.id === call.id;
}

function eventsByKey(events: readonly FoundEvent[]): ReadonlyMap<string, readonly FoundEvent[]> {
  const naming = new Map<string, FoundEvent[]>();
  for (const event of events) {
    const { record } = event;
    const names = [...thingsIn(record).flatMap((thing) => thing.names), ...wholesOf(record)];
    for (const key of new Set(keysOf(names, record))) {
      const known = naming.get(key);
      if (known === undefined) naming.set(key, [event]);
      else known.push(event);
    }
  }
  return naming;
}

function standingsUnder(keys: ReadonlySet<string>, record: CloudTrailRecord): readonly Standing[] {
  const isIts = (names: readonly string[]) => keysOf(names, record).some((key) => keys.has(key));
  const standing = (names: readonly string[], bearing: Standing["bearing"]): Standing => ({
    bearing,
    name: "",
    pattern: { text: names[0] ?? "", glob: false },
  });
  const own = thingsIn(record).find(({ names }) => isIts(names));
  if (own !== undefined) return [standing(own.names, "target")];
  const whole = wholesOf(record).filter((name) => isIts([name]));
  return [standing(whole, whole.length > 0 ? "part" : "mention")];
}

/**
 * Equal for names of one thing. Tails of a name, such as `db` of `orders/db`, are none of it: nothing
 * here was written by a user, and what is named so may be something else that was saved.
 */
function keysOf(names: readonly string[], record: CloudTrailRecord): readonly string[] {
  const service = serviceOf(record);
  return names.flatMap((name) => {
    const arns = ownNames(name).filter((one) => one.startsWith("arn:"));
    const own = arns.flatMap((arn) => {
      const [, owner, resource] = arnParts.exec(arn) ?? [];
      if (resource === undefined) return [];
      return [owner === "s3" ? resource : resource.replace(/^[^/:]*[/:]/, "")];
    });
    return [name, ...own].map((one) => JSON.stringify([service, comparable(one, service)]));
  });
}
