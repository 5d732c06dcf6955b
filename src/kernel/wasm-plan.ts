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
  const addPath = (path: readonly string[], use: (edge: Address) => void): void => {
    let node = root;
    for (const [index, key] of path.entries()) {
      const bytes = Buffer.from(key);
      const edge = wasm.addEdge(node, placed(wasm, bytes), bytes.length);
      if (index === path.length - 1) use(edge);
      else node = wasm.below(edge);
    }
  };
  for (const [column, { path, kind }] of spec.columns.entries()) {
    const task = kind === "presence" ? presenceTask : dictionaryTask;
    addPath(path, (edge) => wasm.addTask(edge, task, column, dictionaries[column] ?? 0));
  }
  addPath(spec.time, (edge) => wasm.addTask(edge, timeTask, 0, 0));
  addPath(spec.id, (edge) => wasm.addTask(edge, idTask, 0, 0));
  for (const path of spec.tokens) addPath(path, wasm.wantTokens);
  return root;
}
