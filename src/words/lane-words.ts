/**
 * Records that are no calls, in words: how many a question left out, or has among its events.
 */

import { laneFields, laneOf } from "../event/lane.ts";
import { field } from "../query/build.ts";
import { byText } from "../query/compare.ts";
import type { Filter } from "../query/filter.ts";
import { groupsOf } from "../query/found.ts";
import type { GroupsQuery, Reading } from "../query/query.ts";
import { counted, grouped, listed } from "./sentences.ts";

/** How many events match, as calls and otherwise. */
export interface Lanes {
  readonly calls: number;
  /** By the category of their lane. */
  readonly others: ReadonlyMap<string, number>;
}

/** What `lanesOf` asks. */
export function lanesQuestion(filter: Filter): GroupsQuery {
  return { kind: "groups", filter, by: laneFields.map(field) };
}

export async function lanesOf(reading: Reading, filter: Filter): Promise<Lanes> {
  let calls = 0;
  const others = new Map<string, number>();
  for (const { values, count } of await groupsOf(reading, lanesQuestion(filter))) {
    const lane = laneOf(values[0], values[1]);
    if (lane === undefined) calls += count;
    else others.set(lane, (others.get(lane) ?? 0) + count);
  }
  return { calls, others };
}

export function otherRecords({ others }: Lanes): number {
  return [...others.values()].reduce((sum, count) => sum + count, 0);
}

/** `Insight 2 and NetworkActivity 1`, most first. */
export function laneNames({ others }: Lanes): string {
  const told = [...others].sort(([a, one], [b, other]) => other - one || byText(a, b));
  return listed(
    told.map(([lane, count]) => `${lane} ${grouped(count)}`),
    told.length,
  );
}

/** Stands behind what counts calls; none where nothing was left out. */
export function leftOutLanes(lanes: Lanes): readonly string[] {
  const left = otherRecords(lanes);
  if (left === 0) return [];
  const are = left === 1 ? "is no call and not counted" : "are no calls and not counted";
  return [`${counted(left, "more record")} ${are}: ${laneNames(lanes)}.`];
}

export function laneFacts(lanes: Lanes): { readonly [name: string]: unknown } {
  return lanes.others.size === 0 ? {} : { notCalls: Object.fromEntries(lanes.others) };
}
