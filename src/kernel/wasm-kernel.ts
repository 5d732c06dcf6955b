/**
 * The fast kernel: gives the WebAssembly of `assembly/` the shape of the contract.
 */

import { chooseAnchors } from "./anchors.ts";
import type { Kernel, KernelSpec, Layout } from "./kernel.ts";
import { wasmDictionary } from "./wasm-dictionary.ts";
import {
  type Address,
  bytesAt,
  instantiate,
  placed,
  type WasmExports,
  wordsAt,
} from "./wasm-exports.ts";
import { plan } from "./wasm-plan.ts";

/** What the splitting functions answer with. */
const states = ["more", "end", "broken"] as const;

export function createKernel(spec: KernelSpec): Kernel {
  const wasm = instantiate();
  const tables = spec.columns.map(() => wasm.create());
  const tokenTable = wasm.create();
  const root = plan(wasm, spec, tables);
  const hasTokens = spec.tokens.length > 0;
  const needleAt = needlePlacer(wasm);
  let input: Address = 0;
  let inputLength = 0;
  const starts = () => wordsAt(wasm, wasm.starts.value, wasm.count.value);
  const ends = () => wordsAt(wasm, wasm.ends.value, wasm.count.value);

  return {
    input(length, from, keep) {
      input = wasm.input(length, from, keep);
      inputLength = length;
      return bytesAt(wasm, input, length);
    },
    get bytes() {
      return bytesAt(wasm, input, inputLength);
    },
    split(start, end, layout, final) {
      const state = states[splitter(wasm, layout)(start, end, final)] ?? "broken";
      return { count: wasm.count.value, consumed: wasm.consumed.value >>> 0, state };
    },
    get starts() {
      return starts();
    },
    get ends() {
      return ends();
    },
    narrow(needles) {
      if (needles.some((needle) => needle.length === 0)) return wasm.count.value;
      wasm.unmark();
      for (const [index, needle] of (needles.length > 0 ? needles : [hidingEscape]).entries()) {
        const { address, first, second } = needleAt(needle);
        wasm.markNeedle(address, needle.length, first, second, index === 0);
      }
      wasm.keepMarked();
      return wasm.count.value;
    },
    extract() {
      wasm.extract(root, tables.length, tokenTable);
      const count = wasm.count.value;
      const tokenStarts = wordsAt(wasm, wasm.tokenStarts.value, hasTokens ? count + 1 : 0);
      return {
        count,
        starts: starts(),
        ends: ends(),
        flags: bytesAt(wasm, wasm.flags.value, count),
        times: new Float64Array(wasm.memory.buffer, wasm.times.value >>> 0, count),
        ids: wordsAt(wasm, wasm.ids.value, count * 4),
        codes: tables.map((_, column) =>
          wordsAt(wasm, wasm.codes.value + column * wasm.room.value * 4, count),
        ),
        tokenStarts,
        tokenCodes: wordsAt(wasm, wasm.tokenCodes.value, tokenStarts[count] ?? 0),
      };
    },
    dictionaries: tables.map((table) => wasmDictionary(wasm, table)),
    tokens: wasmDictionary(wasm, tokenTable),
  };
}

const hidingEscape = Buffer.from("\\u");

function splitter(wasm: WasmExports, layout: Layout) {
  switch (layout) {
    case "elements":
      return wasm.splitElements;
    case "values":
      return wasm.splitStream;
    case "lines":
      return wasm.splitRows;
  }
}

interface PlacedNeedle {
  readonly address: Address;
  readonly first: number;
  readonly second: number;
}

/** Needles as the WebAssembly wants them; each is placed once, for they are asked for block by block. */
function needlePlacer(wasm: WasmExports): (needle: Uint8Array) => PlacedNeedle {
  const known = new Map<string, PlacedNeedle>();
  return (needle) => {
    const text = Buffer.from(needle)
      .toString("latin1")
      .replace(/[A-Z]+/g, (s) => s.toLowerCase());
    const found = known.get(text);
    if (found) return found;
    const lowered = Buffer.from(text, "latin1");
    const fresh = { address: placed(wasm, lowered), ...chooseAnchors(lowered) };
    known.set(text, fresh);
    return fresh;
  };
}
