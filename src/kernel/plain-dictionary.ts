/** A dictionary on a `Map`. */

import type { Dictionary } from "./kernel.ts";

export function plainDictionary(): Dictionary {
  const codes = new Map<string, number>();
  const entries: Uint8Array[] = [];
  return {
    get size() {
      return entries.length;
    },
    bytes: (code) => entries[code - 1] ?? new Uint8Array(0),
    intern(bytes) {
      // One character a byte, so that bytes which are no UTF-8 stay apart too.
      const key = Buffer.from(bytes).toString("latin1");
      const known = codes.get(key);
      if (known !== undefined) return known;
      entries.push(bytes.slice());
      codes.set(key, entries.length);
      return entries.length;
    },
    snapshot() {
      const offsets = new Uint32Array(entries.length + 1);
      for (const [index, { length }] of entries.entries()) {
        offsets[index + 1] = (offsets[index] ?? 0) + length;
      }
      return { arena: Buffer.concat(entries), offsets };
    },
  };
}
