/**
 * What formats of wrapped documents have in common.
 */

import { eventKeysAmong } from "./event-keys.ts";
import type { Documents, Wrapped } from "./format.ts";
import { type Key, type Opening, readOpening, recordsAt } from "./opening.ts";

export function namesOf({ keys }: Opening): ReadonlySet<string> {
  return new Set(keys.map(({ name }) => name));
}

/** The array of an envelope, if what its first element is like speaks for it. */
export function documentsUnder(
  envelope: string,
  what: string,
  { bytes, keys }: Opening,
  isOne: (first: Opening) => boolean,
): Documents | undefined {
  const at = recordsAt(bytes, keys, envelope);
  if (at === undefined) return undefined;
  const first = readOpening(bytes, at);
  if (first === undefined || !isOne(first)) return undefined;
  return { kind: "documents", what, at, envelope };
}

/** The value at the end of a path of keys, if it is a text or an object. */
export function wrappedAt(
  path: readonly string[],
  what: string,
  opening: Opening,
): Wrapped | undefined {
  const key = keyAt(path, opening);
  return key && { kind: "wrapped", what, at: key.valueAt, end: key.valueEnd };
}

/** The key at the end of a path, if its value is a text or an object. */
export function keyAt(path: readonly string[], opening: Opening): Key | undefined {
  let { bytes, keys } = opening;
  let found: Key | undefined;
  for (const [index, name] of path.entries()) {
    if (index > 0) keys = readOpening(bytes, found?.valueAt ?? bytes.length)?.keys ?? [];
    found = keys.find((key) => key.name === name);
    if (found === undefined) return undefined;
  }
  const first = bytes[found?.valueAt ?? bytes.length];
  return first === 0x22 || first === 0x7b ? found : undefined;
}

/** An event may have any key beside its own. */
export function isEvent(opening: Opening): boolean {
  return eventKeysAmong(opening.keys.map(({ name }) => name)) >= 2;
}
