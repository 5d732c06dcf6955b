/**
 * What a record holds, value by value.
 */

import { type CloudTrailRecord, isObject, type Json } from "./record.ts";

/**
 * Every value that holds no others, with its path as `--fields` and `--where` take it: elements of
 * an array share the array's path. By a stack, because a record may be nested deeper than calls can be.
 */
export function* leaves(record: CloudTrailRecord): Iterable<readonly [path: string, value: Json]> {
  const pending: (readonly [string, Json])[] = [["", record]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [path, value] = next;
    const below = inside(path, value);
    if (below.length === 0) yield next;
    else pending.push(...below.reverse());
  }
}

function inside(path: string, value: Json): (readonly [string, Json])[] {
  if (Array.isArray(value)) return value.map((element) => [path, element]);
  if (!isObject(value)) return [];
  return Object.entries(value).map(([key, held = null]) => [
    path === "" ? key : `${path}.${key}`,
    held,
  ]);
}
