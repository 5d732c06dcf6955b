/**
 * The resource that a verb is asked about: read once from what was written, and in the reading that the
 * logs know.
 */

import type { Reading } from "../query/query.ts";
import { type Resource, resourceNamed } from "../query/resource.ts";
import type { Scope } from "./verb.ts";

const read = new WeakMap<readonly string[], Resource>();

export function resourceAsked({ arguments: given, ignoreCase }: Scope, position: number): Resource {
  const resource = read.get(given) ?? resourceNamed(given[position] ?? "", { ignoreCase });
  read.set(given, resource);
  return resource;
}

/** All readings of it, the first as it is written. */
export function readingsOf(resource: Resource): readonly Resource[] {
  return [resource, ...resource.others];
}

/** The first reading that any event mentions; as it is written where none is. */
export async function asLogged(reading: Reading, resource: Resource): Promise<Resource> {
  if (resource.others.length === 0) return resource;
  for (const one of readingsOf(resource)) {
    const { total } = await reading.events({ kind: "events", filter: one.term, limit: 1 });
    if (total > 0) return one;
  }
  return resource;
}

/** Says which name was looked for, where it is not the one that was written. */
export function readingSentences(asked: Resource, found: Resource): readonly string[] {
  return found.pattern.text === asked.pattern.text
    ? []
    : [`No event names it as you wrote it; decoded, it is ${shown(found)}.`];
}

function shown({ pattern: { text } }: Resource): string {
  return text.replace(/^arn:[^:]*:s3:::/, "s3://");
}
