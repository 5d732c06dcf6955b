/** Both kernels, and ways to use one without minding offsets and codes. */

import type { Kernel, KernelSpec, Layout, Split } from "../../src/kernel/kernel.ts";
import { IRREGULAR, NO_ID } from "../../src/kernel/kernel.ts";
import { createPlainKernel } from "../../src/kernel/plain-kernel.ts";
import { createKernel } from "../../src/kernel/wasm-kernel.ts";

export const kernels: readonly { name: string; create: (spec: KernelSpec) => Kernel }[] = [
  { name: "the fast kernel", create: createKernel },
  { name: "the plain kernel", create: createPlainKernel },
];

export const noColumns: KernelSpec = { columns: [], time: [], id: [], tokens: [] };

/** Makes the bytes the kernel's block and splits them. */
export function split(
  kernel: Kernel,
  bytes: Uint8Array,
  layout: Layout,
  final: boolean,
): Split & { records: string[] } {
  kernel.input(bytes.length, 0, 0).set(bytes);
  const found = kernel.split(0, bytes.length, layout, final);
  return { ...found, records: records(kernel) };
}

/** The texts of the records that were found and kept. */
export function records(kernel: Kernel): string[] {
  const ends = kernel.ends;
  return Array.from(kernel.starts, (start, index) =>
    Buffer.from(kernel.bytes.slice(start, ends[index])).toString(),
  );
}

export interface ReadRow {
  readonly time: number;
  /** Undefined without an identifier. */
  readonly id: readonly number[] | undefined;
  /** The value of each column, `undefined` when absent; for `presence` a boolean. */
  readonly values: readonly unknown[];
  readonly tokens: ReadonlySet<string>;
}

/** What the kernel read from the records of its block, by value; undefined: irregular. */
export function readRows(kernel: Kernel, spec: KernelSpec): (ReadRow | undefined)[] {
  const { count, flags, times, ids, codes, tokenStarts, tokenCodes } = kernel.extract();
  return Array.from({ length: count }, (_, row): ReadRow | undefined => {
    const flag = flags[row] ?? 0;
    if (flag & IRREGULAR) return undefined;
    return {
      time: times[row] ?? 0,
      id: flag & NO_ID ? undefined : [...ids.subarray(row * 4, row * 4 + 4)],
      values: spec.columns.map(({ kind }, column) => {
        const code = codes[column]?.[row] ?? 0;
        return kind === "presence" ? code === 1 : entryValue(kernel, column, code);
      }),
      tokens: new Set(
        Array.from(tokenCodes.subarray(tokenStarts[row], tokenStarts[row + 1]), (code) =>
          tokenText(kernel, code),
        ),
      ),
    };
  });
}

function entryValue(kernel: Kernel, column: number, code: number): unknown {
  if (code === 0) return undefined;
  return JSON.parse(Buffer.from(kernel.dictionaries[column]?.bytes(code) ?? []).toString());
}

/** A token with its escapes resolved. */
function tokenText(kernel: Kernel, code: number): string {
  return JSON.parse(`"${Buffer.from(kernel.tokens.bytes(code)).toString()}"`) as string;
}
