/** A dictionary in the memory of the WebAssembly (`assembly/dictionary.ts`). */

import type { Dictionary } from "./kernel.ts";
import { type Address, bytesAt, placed, type WasmExports, wordsAt } from "./wasm-exports.ts";

/** Entries are copied out through a buffer of this size; a longer one goes by itself. */
const packBytes = 1 << 16;
const packEntries = 1 << 12;

export function wasmDictionary(wasm: WasmExports, dictionary: Address): Dictionary {
  const bytes = (code: number): Uint8Array => {
    // An entry is its code, its length, its bytes.
    const entry = wasm.entry(dictionary, code) >>> 0;
    const [length = 0] = wordsAt(wasm, entry + 4, 1);
    return bytesAt(wasm, entry + 8, length);
  };
  return {
    get size() {
      return wasm.size(dictionary);
    },
    bytes,
    intern(content) {
      const block = placed(wasm, content);
      const code = wasm.intern(dictionary, block, content.length);
      wasm.release(block);
      return code;
    },
    snapshot() {
      const size = wasm.size(dictionary);
      const arena = new Uint8Array(wasm.content(dictionary) >>> 0);
      const offsets = new Uint32Array(size + 1);
      const buffer = wasm.allocate(packBytes);
      const lengths = wasm.allocate(packEntries * 4);
      const bufferEnd = buffer + packBytes;
      const lengthsEnd = lengths + packEntries * 4;
      let end = 0;
      for (let code = 1; code <= size; ) {
        const next = wasm.pack(dictionary, code, buffer, bufferEnd, lengths, lengthsEnd);
        const from = end;
        if (next === code) {
          const entry = bytes(code);
          arena.set(entry, from);
          end += entry.length;
          offsets[code++] = end;
          continue;
        }
        for (const length of wordsAt(wasm, lengths, next - code)) {
          end += length;
          offsets[code++] = end;
        }
        arena.set(bytesAt(wasm, buffer, end - from), from);
      }
      wasm.release(buffer);
      wasm.release(lengths);
      return { arena, offsets };
    },
  };
}
