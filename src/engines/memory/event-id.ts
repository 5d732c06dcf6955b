/**
 * The 128 bits by which the store knows an eventID.
 */

import { hashId } from "../../kernel/id-hash.ts";

/** Four words; a GUID's own bits, a hash of anything else. */
export function idWords(id: string): Uint32Array {
  return hashId(Buffer.from(JSON.stringify(id).slice(1, -1)));
}
