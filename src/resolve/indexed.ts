/**
 * Lists of what has one key, for looking it up by that.
 */

import { addTo } from "../event/add-to.ts";

/** Without those that have no key. */
export function indexed<K extends string | number, T>(
  items: readonly T[],
  keyOf: (item: T) => K | undefined,
): ReadonlyMap<K, readonly T[]> {
  const index = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) addTo(index, key, item);
  }
  return index;
}
