/**
 * Keys that stand twice in one object of a record. JSON.parse takes the last of them and says nothing;
 * CloudTrail writes none.
 */

const token = /"[^"\\]*(?:\\.[^"\\]*)*"\s*(:?)|[{}[\]]/gs;

/** Their paths, each once; of JSON that was read without fault. */
export function doubledKeys(text: string): readonly string[] {
  const doubled = new Set<string>();
  /** The keys met so far in each object or array around. */
  const around: { readonly path: string; readonly keys: Set<string> }[] = [];
  let path = "";
  for (const [found, colon] of text.matchAll(token)) {
    const inner = around.at(-1);
    if (found === "{" || found === "[") around.push({ path, keys: new Set() });
    else if (found === "}" || found === "]") path = around.pop()?.path ?? "";
    else if (colon === ":" && inner !== undefined) {
      const key = String(JSON.parse(found.slice(0, found.lastIndexOf('"') + 1)));
      path = inner.path === "" ? key : `${inner.path}.${key}`;
      if (inner.keys.has(key)) doubled.add(path);
      inner.keys.add(key);
    }
  }
  return [...doubled];
}
