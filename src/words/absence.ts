/**
 * What to say when no event mentions a resource, or nobody is called so.
 */

import { foldCase } from "../event/fold-case.ts";
import { distanceTo, ending } from "../event/likeness.ts";
import { field } from "../query/build.ts";
import { byText } from "../query/compare.ts";
import { everything, type Filter } from "../query/filter.ts";
import { groupsOf } from "../query/found.ts";
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
