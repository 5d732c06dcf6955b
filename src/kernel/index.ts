/**
 * The kernel to use: the fast one, or the plain one where that cannot run.
 */

import type { Kernel, KernelSpec } from "./kernel.ts";
import { createPlainKernel } from "./plain-kernel.ts";
import { isSupported } from "./wasm-exports.ts";
import { createKernel as createWasmKernel } from "./wasm-kernel.ts";

export function createKernel(spec: KernelSpec): Kernel {
  return isSupported() ? createWasmKernel(spec) : createPlainKernel(spec);
}
