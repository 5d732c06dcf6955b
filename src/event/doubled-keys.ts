/**
 * Keys that stand more than once in one object of a record. JSON.parse takes the last of them and says nothing;
 * CloudTrail writes none.
 */

const token = /"[^"\\]*(?:\\.[^"\\]*)*"\s*(:?)|[{}[\]]/gs;

/** How often each stands, by its path: at most in one object; of JSON that was read without fault. */
export function doubledKeys(text: string): ReadonlyMap<string, number> {
  const doubled = new Map<string, number>();
  /** How often each key was met so far in each object or array around. */
  const around: { readonly path: string; readonly keys: Map<string, number> }[] = [];
  let path = "";
  for (const [found, colon] of text.matchAll(token)) {
    const inner = around.at(-1);
    if (found === "{" || found === "[") around.push({ path, keys: new Map() });
    else if (found === "}" || found === "]") path = around.pop()?.path ?? "";
    else if (colon === ":" && inner !== undefined) {
      const key = String(JSON.parse(found.slice(0, found.lastIndexOf('"') + 1)));
      path = inner.path === "" ? key : `${inner.path}.${key}`;
      const times = (inner.keys.get(key) ?? 0) + 1;
      inner.keys.set(key, times);
      if (times > 1) doubled.set(path, Math.max(times, doubled.get(path) ?? 0));
    }
  }
  return doubled;
}
