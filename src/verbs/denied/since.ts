/**
 * What was denied first and went through later: the same call, by the same principal, on the same
 * resource. Somebody gained a permission in between, or found another way to it.
 */

import { addTo } from "../../event/add-to.ts";
import { foldCase } from "../../event/fold-case.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { ownNames } from "../../event/resource-names.ts";
import { primaryTargets } from "../../event/targets.ts";
import { timeOf } from "../../event/time.ts";
import { valuesOf } from "../../event/values.ts";
import { anyOf, during, equals, every, field } from "../../query/build.ts";
import type { Filter } from "../../query/filter.ts";
import { groupsOf } from "../../query/found.ts";
import type { Reading } from "../../query/query.ts";
import { callKey, type DeniedGroup } from "./groups.ts";

export interface Success {
  readonly time: number;
  readonly eventID?: string;
}

/**
 * The first call of each group's kind that succeeded after the last one that was denied, anywhere in
 * the logs: a filter for what was denied says nothing of what was not.
 */
export async function successesAfter(
  reading: Reading,
  groups: readonly DeniedGroup[],
): Promise<ReadonlyMap<DeniedGroup, Success>> {
  const found = new Map<DeniedGroup, Success>();
  const candidates = await candidatesAmong(reading, groups);
  if (candidates.length === 0) return found;
  const index = indexed(candidates);
  const filter = every([successesOf(candidates), mayFit(candidates)]);
  const { events } = await reading.events({ kind: "events", filter });
  for await (const { record } of events) {
    const time = timeOf(record);
    if (time === undefined) continue;
    const [eventID] = valuesOf("eventID", record);
    for (const group of index.fitting(record)) {
      if (found.has(group) || time <= (group.last ?? time)) continue;
      found.set(group, { time, ...(eventID !== undefined && { eventID }) });
    }
  }
  return found;
}

/** By columns alone, so that most questions end here: those whose call succeeded later, on anything. */
async function candidatesAmong(
  reading: Reading,
  groups: readonly DeniedGroup[],
): Promise<readonly DeniedGroup[]> {
  const own = groups.filter(
    ({ isOwn, hasSeveral, eventName, last }) => isOwn && !hasSeveral && eventName && last,
  );
  if (own.length === 0) return [];
  const counted = await groupsOf(reading, {
    kind: "groups",
    filter: successesOf(own),
    by: (["identity", "eventSource", "eventName"] as const).map(field),
  });
  const latest = new Map(
    counted.map(({ values, last }) => [JSON.stringify(values.map((value) => value ?? null)), last]),
  );
  return own.filter(({ call, last = 0 }) => (latest.get(call) ?? 0) > last);
}

function successesOf(groups: readonly DeniedGroup[]): Filter {
  const names = groups.flatMap(({ eventName }) => eventName ?? []);
  return every([equals("outcome", "success"), anyOf("eventName", names)]);
}

/** Of the successes, those behind the first denial and by somebody who was denied. */
function mayFit(groups: readonly DeniedGroup[]): Filter {
  const from = Math.min(...groups.map(({ last = 0 }) => last));
  const callers = groups.flatMap(({ caller }) => caller ?? []);
  const isKnown = callers.length === groups.length;
  return every([during({ from }), ...(isKnown ? [anyOf("identity", callers)] : [])]);
}

interface Index {
  fitting(record: CloudTrailRecord): Iterable<DeniedGroup>;
}

/** By call and name: looked up for each success, however many resources were denied. */
function indexed(groups: readonly DeniedGroup[]): Index {
  const byWhole = new Map<string, DeniedGroup[]>();
  const byTail = new Map<string, DeniedGroup[]>();
  const calls = new Set(groups.map(({ call }) => call));
  for (const group of groups) {
    const name = nameAsked(group);
    addTo(byWhole, denialKey(group.call, name), group);
    for (const tail of ownNames(name)) addTo(byTail, denialKey(group.call, tail), group);
  }
  return {
    *fitting(record) {
      const call = callKey(record);
      // Most are somebody else's, and what a call acts on takes long to tell.
      if (!calls.has(call)) return;
      yield* byWhole.get(denialKey(call, anything)) ?? [];
      for (const target of primaryTargets(record)) {
        // The ARN in one, the name in the other, either way round.
        yield* byTail.get(denialKey(call, target)) ?? [];
        for (const tail of ownNames(target)) yield* byWhole.get(denialKey(call, tail)) ?? [];
      }
    },
  };
}

const anything = "*";

/** Permission may be asked for on all things of a kind: `arn:...:instance/*`. */
function nameAsked({ resource = anything }: DeniedGroup): string {
  if (/[/:]\*$/.test(resource)) return anything;
  return resource.replace(/^(?:user|role|group|policy|instance profile|access key) /, "");
}

function denialKey(call: string, name: string): string {
  return `${call}${foldCase(name)}`;
}
