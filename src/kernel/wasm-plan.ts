/**
 * Turns a spec into the tree of keys that the WebAssembly walks (`assembly/plan.ts`).
 */

import type { KernelSpec } from "./kernel.ts";
import { type Address, placed, type WasmExports } from "./wasm-exports.ts";

/** Kinds of task, as in `assembly/extract.ts`. */
const dictionaryTask = 0;
const presenceTask = 1;
const timeTask = 2;
const idTask = 3;

/** The root of the tree. `dictionaries` are those of the columns. An empty path leads nowhere. */
export function plan(
  wasm: WasmExports,
  spec: KernelSpec,
  dictionaries: readonly Address[],
): Address {
  const root = wasm.createNode();
  const unused = wasm.createNode();
  const edgeAt = (path: readonly string[]): Address => {
    let node = root;
    let edge = wasm.addEdge(unused, 0, 0);
    for (const key of path) {
      const bytes = Buffer.from(key);
      edge = wasm.addEdge(node, placed(wasm, bytes), bytes.length);
      node = wasm.below(edge)
    }
    return edge;
  };
  for (const [column, { path, kind }] of spec.columns.entries()) {
    const task = kind === "presence" ? presenceTask : dictionaryTask;
    wasm.addTask(edgeAt(path), task, column, dictionaries[column] ?? 0);
  }
  wasm.addTask(edgeAt(spec.time), timeTask, 0, 0);
  wasm.addTask(edgeAt(spec.id), idTask, 0, 0);
  for (const path of spec.tokens) wasm.wantTokens(edgeAt(path));
  return root;
}
