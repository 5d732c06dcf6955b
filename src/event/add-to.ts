/**
 * Putting things together that have a key in common, in the order in which they come.
 */

export function addTo<Key, Item>(groups: Map<Key, Item[]>, key: Key, item: Item): void {
  const same = groups.get(key);
  if (same === undefined) groups.set(key, [item]);
  else same.push(item);
}
