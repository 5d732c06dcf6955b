/** Reads bytes as a load does, and says in plain values what came of it. */

import type { Feed } from "../../src/input/containers/container.ts";
import { readRecords } from "../../src/input/read-records.ts";
import { type Piece, pieces, piecesOfRecord } from "../../src/input/salvage.ts";
import type { LineRange } from "../../src/input/source.ts";
import type { Kernel } from "../../src/kernel/kernel.ts";
import { createPlainKernel } from "../../src/kernel/plain-kernel.ts";
import { createKernel } from "../../src/kernel/wasm-kernel.ts";

const spec = { columns: [], time: [], id: [], tokens: [] };

export const kernels: readonly (readonly [name: string, kernel: Kernel])[] = [
  ["the fast kernel", createKernel(spec)],
  ["the plain kernel", createPlainKernel(spec)],
];

export interface Reading {
  readonly isLog: boolean;
  readonly notLogs: readonly string[];
  /** The eventName of each record. */
  readonly records: readonly unknown[];
  /** Where each record stands. */
  readonly places: readonly (readonly [start: number, end: number])[];
  readonly problems: readonly (readonly [offset: number, reason: string])[];
  readonly bytes: number;
  /** From where on places count in the events of wrapped documents. */
  readonly expandedFrom?: number;
}

/** Hands out the bytes as `sizes` says, the last size again and again. */
export function feedOf(
  bytes: Uint8Array,
  sizes: readonly number[] = [Number.POSITIVE_INFINITY],
  damage?: string,
): Feed {
  let at = 0;
  let fills = 0;
  return {
    fill(target) {
      const size = sizes[Math.min(fills, sizes.length - 1)] ?? 1;
      fills += 1;
      const part = bytes.subarray(at, at + Math.min(size, target.length));
      target.set(part);
      at += part.length;
      return part.length;
    },
    damage,
    close: () => {},
  };
}

export async function read(
  feed: Feed,
  { kernel = createKernel(spec), range }: { kernel?: Kernel; range?: LineRange } = {},
): Promise<Reading> {
  let isLog = false;
  const notLogs: string[] = [];
  let expandedFrom: number | undefined;
  let originOf = (place: number) => place;
  const found: { start: number; end: number; name: unknown }[] = [];
  const problems: [number, string][] = [];
  const take = (base: number, all: Iterable<Piece>) => {
    for (const piece of all) {
      if (piece.kind === "lost") problems.push([originOf(base + piece.start), piece.reason]);
      else {
        const { start, end, record } = piece;
        found.push({ start: base + start, end: base + end, name: record["eventName"] });
      }
    }
  };
  const visitor = {
    log: () => {
      isLog = true;
    },
    block: (base: number, count: number) => {
      for (let i = 0; i < count; i += 1) {
        const start = kernel.starts[i] ?? 0;
        take(base + start, piecesOfRecord(kernel.bytes.slice(start, kernel.ends[i])));
      }
    },
    damaged: (base: number, start: number, end: number, reason: string) =>
      take(base + start, pieces(kernel.bytes.slice(start, end), reason)),
    expanded: (from: number, origins: (place: number) => number) => {
      expandedFrom = from;
      originOf = origins;
    },
    problem: (offset: number, reason: string) => problems.push([offset, reason]),
    notLog: (what: string) => notLogs.push(what),
  };
  const bytes = await readRecords(feed, kernel, visitor, range);
  return {
    isLog,
    notLogs,
    records: found.map(({ name }) => name),
    places: found.map(({ start, end }) => [start, end]),
    problems,
    bytes,
    ...(expandedFrom === undefined ? {} : { expandedFrom }),
  };
}

export function readText(text: string, kernel?: Kernel): Promise<Reading> {
  return read(feedOf(Buffer.from(text)), kernel === undefined ? {} : { kernel });
}
