/**
 * The WebAssembly compiled from `assembly/` as TypeScript sees it, and views on its memory.
 *
 * Addresses beyond 2 GiB come out negative, hence `>>> 0` where one becomes an offset. A view is good
 * until the next call: memory that grows detaches the old ones.
 */

import { wasmBytes } from "./wasm-bytes.generated.ts";

export type Address = number;

/** A variable of the kernel. */
interface Variable {
  readonly value: number;
}

export interface WasmExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  allocate(length: number): Address;
  release(block: Address): void;

  input(length: number, from: number, keep: number): Address;
  splitElements(from: number, end: number, final: boolean): number;
  splitStream(from: number, end: number, final: boolean): number;
  splitRows(from: number, end: number, final: boolean): number;
  readonly count: Variable;
  readonly consumed: Variable;
  readonly starts: Variable;
  readonly ends: Variable;

  clearNeedles(): void;
  addNeedle(
    needle: Address,
    length: number,
    anchor: number,
    values: Address,
    valuesEnd: number,
  ): void;
  narrow(): void;
  readonly marks: Variable;

  createNode(): Address;
  addEdge(node: Address, key: Address, length: number): Address;
  below(edge: Address): Address;
  addTask(edge: Address, kind: number, column: number, dictionary: Address): void;
  wantTokens(edge: Address): void;
  extract(root: Address, columns: number, tokens: Address): void;
  /** Rows that the arrays below have room for; column c of `codes` begins with element c * room. */
  readonly room: Variable;
  readonly flags: Variable;
  readonly times: Variable;
  readonly ids: Variable;
  readonly codes: Variable;
  readonly tokenStarts: Variable;
  readonly tokenCodes: Variable;

  readonly hashKey: Variable;
  create(): Address;
  size(dictionary: Address): number;
  entry(dictionary: Address, code: number): Address;
  intern(dictionary: Address, bytes: Address, length: number): number;
  content(dictionary: Address): number;
  pack(
    dictionary: Address,
    code: number,
    to: Address,
    toEnd: Address,
    lengths: Address,
    lengthsEnd: Address,
  ): number;
}

// What is used of it here: the types of Node 20 leave it out.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
  readonly CompileError: new () => Error;
};

const hashKeyWords = 256;

/** Whether there is a WebAssembly, and with SIMD: not every processor has it, nor does `--jitless`. */
export function isSupported(): boolean {
  if (typeof WebAssembly === "undefined") return false;
  try {
    compile();
    return true;
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) return false;
    throw error;
  }
}

export function instantiate(): WasmExports {
  const wasm = new WebAssembly.Instance(compile()).exports as WasmExports;
  // Whoever writes the logs cannot know it, which is all that it is for.
  const randomWords = Array.from({ length: hashKeyWords }, () => Math.random() * 2 ** 32);
  wordsAt(wasm, wasm.hashKey.value, hashKeyWords).set(randomWords);
  return wasm;
}

let compiled: object | undefined;

function compile(): object {
  compiled ??= new WebAssembly.Module(Buffer.from(wasmBytes, "base64"));
  return compiled;
}

export function bytesAt(wasm: WasmExports, address: Address, length: number): Uint8Array {
  return new Uint8Array(wasm.memory.buffer, address >>> 0, length);
}

export function wordsAt(wasm: WasmExports, address: Address, length: number): Uint32Array {
  return new Uint32Array(wasm.memory.buffer, address >>> 0, length);
}

/** Copies bytes into a block of their own. */
export function placed(wasm: WasmExports, bytes: Uint8Array): Address {
  const block = wasm.allocate(bytes.length);
  bytesAt(wasm, block, bytes.length).set(bytes);
  return block;
}
