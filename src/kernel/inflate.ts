/**
 * The fast way to inflate a gzip file that stands in memory whole: our own DEFLATE decoder
 * (`assembly/inflate/`), its result checked by Node's checksum.
 *
 * It answers only for files in perfect order. Anything else is for Node's zlib, which takes twice the
 * time, but says what is wrong and saves what can be saved.
 */

import zlib from "node:zlib";
import { wasmBytes } from "./inflate-bytes.generated.ts";

/** Serves one thread. Its memory grows to the largest file and stays. */
export interface Inflater {
  /**
   * Inflates all members of a gzip file. The bytes are good until the next call. Undefined for damage,
   * a checksum or length that does not agree, anything but zeros behind the last member, more than
   * `limit` bytes, or a header with more than a file name. With `members` for anything behind the first.
   */
  gunzip(packed: Uint8Array, limit: number, members?: "one member"): Uint8Array | undefined;
}

interface WasmExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  begin(length: number, limit: number): number;
  inflate(from: number): number;
  readonly output: { readonly value: number };
  readonly produced: { readonly value: number };
}

// What is used of it here: the types of Node 20 leave it out.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};

/** Undefined where Node has no `crc32` (before 20.15), or no WebAssembly with SIMD. */
export function createInflater(): Inflater | undefined {
  if (typeof zlib.crc32 !== "function") return undefined;
  let wasm: WasmExports | undefined;
  try {
    wasm = instantiate();
  } catch {
    return undefined;
  }
  return {
    gunzip(packed, limit, members) {
      try {
        wasm ??= instantiate();
        return gunzip(wasm, packed, { limit, isAlone: members !== undefined });
      } catch {
        // A trap: whatever it left behind goes with the instance.
        wasm = undefined;
        return undefined;
      }
    },
  };
}

function instantiate(): WasmExports {
  const module = new WebAssembly.Module(Buffer.from(wasmBytes, "base64"));
  return new WebAssembly.Instance(module).exports as WasmExports;
}

/** Of packed bytes and of inflated ones, so that no address goes beyond 2 GiB. */
const mostBytes = 1e9;

const trailerLength = 8;

interface Wanted {
  readonly limit: number;
  /** The first member is all there is. */
  readonly isAlone: boolean;
}

function gunzip(
  wasm: WasmExports,
  packed: Uint8Array,
  { limit, isAlone }: Wanted,
): Uint8Array | undefined {
  if (packed.length > mostBytes) return undefined;
  const place = wasm.begin(packed.length, Math.min(limit, mostBytes));
  if (place === 0) return undefined;
  new Uint8Array(wasm.memory.buffer, place, packed.length).set(packed);

  const fields = new DataView(packed.buffer, packed.byteOffset, packed.length);
  let inflated = new Uint8Array(0);
  let at = 0;
  do {
    const data = headerEnd(packed, at);
    if (data === undefined) return undefined;
    const end = wasm.inflate(data);
    if (end === 0 || end + trailerLength > packed.length) return undefined;
    const before = inflated.length;
    inflated = new Uint8Array(wasm.memory.buffer, wasm.output.value, wasm.produced.value);
    const member = inflated.subarray(before);
    if (fields.getUint32(end, true) !== zlib.crc32(member)) return undefined;
    if (fields.getUint32(end + 4, true) !== member.length) return undefined;
    at = end + trailerLength;
    if (isAlone && at < packed.length) return undefined;
  } while (at < packed.length && packed[at] !== 0);
  return packed.subarray(at).every((byte) => byte === 0) ? inflated : undefined;
}

const headerLength = 10;
const fileNameFlag = 8;

/** Where the header of the member at `at` ends (RFC 1952), if it is of the usual kind. */
function headerEnd(packed: Uint8Array, at: number): number | undefined {
  const [first, second, method, flags] = packed.subarray(at, at + headerLength);
  if (first !== 0x1f || second !== 0x8b || method !== 8) return undefined;
  if (flags === 0) return at + headerLength;
  const nameEnd = packed.indexOf(0, at + headerLength);
  return flags === fileNameFlag && nameEnd !== -1 ? nameEnd + 1 : undefined;
}
