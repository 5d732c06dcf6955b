/**
 * The 128 bits by which the store knows an eventID.
 */

import { hashId } from "../../kernel/id-hash.ts";

/** Four words; a GUID's own bits, a hash of anything else. */
export function idWords(id: string): Uint32Array {
  return hashId(Buffer.from(JSON.stringify(id).slice(1, -1)));
}

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

export function isGuid(id: string): boolean {
  return guid.test(id);
}
