/**
 * The fast kernel: gives the WebAssembly of `assembly/` the shape of the contract.
 */

import { anchorOf, countPairs, lowered } from "./anchor.ts";
import type { Kernel, KernelSpec, Layout, Needle } from "./kernel.ts";
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
const states = ["more", "end", "broken", "full"] as const;

export function createKernel(spec: KernelSpec): Kernel {
  const wasm = instantiate();
  const tables = spec.columns.map(() => wasm.create());
  const tokenTable = wasm.create();
  const root = plan(wasm, spec, tables);
  const hasTokens = spec.tokens.length > 0;
  let input: Address = 0;
  let inputLength = 0;
  let placedNeedles: readonly Needle[] | undefined;
  /** Some needle is empty, and so in every record. */
  let holdsAll = false;
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
      holdsAll = needles.some(({ text }) => text.length === 0);
      if (holdsAll) return wasm.count.value;
      if (needles !== placedNeedles) {
        placeNeedles(wasm, needles, bytesAt(wasm, input, inputLength));
        placedNeedles = needles;
      }
      wasm.narrow();
      return wasm.count.value;
    },
    get held() {
      const count = wasm.count.value;
      return holdsAll ? new Uint8Array(count).fill(0xff) : bytesAt(wasm, wasm.marks.value, count);
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

/** A record with one could hold a needle without showing it. */
const unicodeEscape: Needle = { text: Buffer.from("\\u") };

function placeNeedles(wasm: WasmExports, needles: readonly Needle[], sample: Uint8Array): void {
  const pairs = countPairs(sample);
  wasm.clearNeedles();
  for (const needle of [...needles, unicodeEscape]) {
    const text = needle.text.map(lowered);
    const values = needle.values === undefined ? noValues : listed(needle.values);
    const table = values.length === 0 ? 0 : placed(wasm, values);
    wasm.addNeedle(placed(wasm, text), text.length, anchorOf(text, pairs), table, values.length);
  }
}

const noValues = new Uint8Array(0);

/** OPENINGS in assembly/needles.ts. */
const valueOpenings = 256;

/** As `addNeedle` takes them: room for a place each and one of the next, which it fills in. */
function listed(values: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([
    Buffer.alloc(valueOpenings * 4),
    ...values.flatMap((value) => {
      const head = Buffer.alloc(8);
      head.writeUInt32LE(value.length, 4);
      return [head, value.map(lowered)];
    }),
  ]);
}

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
