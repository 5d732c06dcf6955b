/**
 * What to say when no event mentions a resource, or nobody is called so.
 */

import { foldCase } from "../event/fold-case.ts";
import { leaves } from "../event/leaves.ts";
import { distanceTo, ending } from "../event/likeness.ts";
import { field } from "../query/build.ts";
import { byText } from "../query/compare.ts";
import { everything, type Filter } from "../query/filter.ts";
import { eventsOf, groupsOf } from "../query/found.ts";
import type { Reading } from "../query/query.ts";
import { listed } from "./sentences.ts";

/** Whether flags leave anything out; `filter` is what the user asked for beside the resource. */
export function isNarrowed(filter: Filter): boolean {
  return filter.kind !== "every" || filter.filters.length > 0;
}

/** `no event mentions`. */
export function unmentioned(filter: Filter, events = "event"): string {
  return `no ${events}${isNarrowed(filter) ? " that the flags let through" : ""} mentions`;
}

const s3Arn = /^arn:[^:]*:s3:::(?=[^/]*\/)/;

export async function didYouMean(reading: Reading, text: string): Promise<readonly string[]> {
  const similar = (await reading.similar(text)).names.map((name) => name.replace(s3Arn, "s3://"));
  return similar.length === 0 ? [] : [`Did you mean ${listed(similar, 5, "or")}?`];
}

/** Anybody resembles a name of two letters. */
const shortestName = 3;

const namesQuestion = {
  kind: "groups",
  filter: everything,
  by: (["identity", "session"] as const).map(field),
} as const;

/** Users, roles and sessions of nearly that name, nearest first. */
export async function whoWasMeant(reading: Reading, text: string): Promise<readonly string[]> {
  const wanted = foldCase(ending(text).replace(/[*?]/g, ""));
  if (wanted.length < shortestName) return [];
  const groups = await groupsOf(reading, namesQuestion);
  const names = new Set(groups.flatMap(({ values }) => values.flatMap((name) => name ?? [])));
  const near = [...names].map(ending).flatMap((name) => {
    const distance = distanceTo(wanted, foldCase(name));
    return distance === undefined ? [] : [{ name, distance }];
  });
  near.sort((a, b) => a.distance - b.distance || byText(a.name, b.name));
  const found = [...new Set(near.map(({ name }) => name))].filter((name) => name !== text);
  return found.length === 0 ? [] : [`Did you mean ${listed(found.slice(0, 5), 5, "or")}?`];
}

/** Of an operation each record holds the same paths: these show most of those there are. */
const recordsTried = 1000;

/** Paths that matching events hold and that resemble one that none holds, nearest first. */
export async function pathsMeant(
  reading: Reading,
  filter: Filter,
  path: readonly string[],
): Promise<readonly string[]> {
  const held = new Set<string>();
  for (const { record } of await eventsOf(reading, { filter, limit: recordsTried })) {
    for (const [leaf] of leaves(record)) {
      const keys = leaf.split(".");
      for (const at of keys.keys()) held.add(keys.slice(0, at + 1).join("."));
    }
  }
  const near = [...held].flatMap((name) => {
    const distance = distanceBetween(path.map(foldCase), name.split(".").map(foldCase));
    return distance === undefined ? [] : [{ name, distance }];
  });
  near.sort((a, b) => a.distance - b.distance || byText(a.name, b.name));
  return near.slice(0, 3).map(({ name }) => name);
}

/** Smaller is nearer; undefined: not similar. Long keys around do not make unlike ones alike. */
function distanceBetween(wanted: readonly string[], held: readonly string[]): number | undefined {
  const last = distanceTo(wanted.at(-1) ?? "", held.at(-1) ?? "");
  if (last === undefined) return undefined;
  const around = wanted.slice(0, -1);
  const missed = around.filter((key) => !held.includes(key)).length;
  if (missed < around.length) return last + missed;
  return distanceTo(wanted.join("."), held.join("."));
}
