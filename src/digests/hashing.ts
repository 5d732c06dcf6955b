/**
 * Hashing log files, on as many threads as pay: all take files from one counter, and what each says of a
 * file does not depend on who read it.
 */

import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { reasonOf } from "../input/discover.ts";
import type { FileSource } from "../input/source.ts";
import { type Unpacked, unpack } from "./unpacking.ts";

export type Hashed =
  /** SHA-256 of the unpacked bytes, in hex. */
  | (Unpacked & { readonly kind: "read"; readonly hash: string })
  | { readonly kind: "unreadable"; readonly reason: string };

interface HashProgress {
  /** Bytes of the files on disk that were begun so far. */
  readonly bytes: number;
  readonly totalBytes: number;
  readonly records: number;
}

export interface HashOptions {
  readonly threads?: number | undefined;
  readonly onProgress?: ((progress: HashProgress) => void) | undefined;
}

/** What a worker thread is given; see `worker.ts`. */
export interface HashWork {
  readonly sources: readonly FileSource[];
  /** Shared by all threads: how many files were taken. */
  readonly counter: Int32Array;
}

/** One place in the list of files each. */
export type HashReport = readonly (readonly [file: number, hashed: Hashed])[];

/** In the order of the files. */
export async function hashAll(
  sources: readonly FileSource[],
  { threads, onProgress }: HashOptions,
): Promise<readonly Hashed[]> {
  const work: HashWork = { sources, counter: new Int32Array(new SharedArrayBuffer(4)) };
  const totalBytes = sources.reduce((sum, { bytes }) => sum + bytes, 0);
  const helpers = Math.min(threads ?? worthwhileThreads(totalBytes), sources.length) - 1;
  const helping = Array.from({ length: Math.max(0, helpers) }, () => inWorker(work));
  let counted = 0;
  let bytes = 0;
  const tell = () => {
    const taken = Math.min(Atomics.load(work.counter, 0), sources.length);
    for (; counted < taken; counted += 1) bytes += sources[counted]?.bytes ?? 0;
    onProgress?.({ bytes, totalBytes, records: 0 });
  };
  const reports = await Promise.all([hashSome(work, tell), ...helping]);
  const hashed = new Map(reports.flat());
  return sources.map((_, i) => hashed.get(i) ?? { kind: "unreadable", reason: "was not read" });
}

/** The part of one thread. */
export async function hashSome(
  { sources, counter }: HashWork,
  onFile: () => void = () => {},
): Promise<HashReport> {
  const report: [number, Hashed][] = [];
  for (;;) {
    const file = Atomics.add(counter, 0, 1);
    const source = sources[file];
    if (source === undefined) return report;
    report.push([file, await hashed(source)]);
    onFile();
  }
}

/** No trail delivers a log of such a size; what inflates to more is made to keep us busy. */
const longestLog = 2 * 1024 * 1024 * 1024;

async function hashed({ path }: FileSource): Promise<Hashed> {
  const hash = createHash("sha256");
  try {
    const unpacked = await unpack(path, { take: (piece) => hash.update(piece), limit: longestLog });
    return { kind: "read", ...unpacked, hash: hash.digest("hex") };
  } catch (error) {
    return { kind: "unreadable", reason: reasonOf(error) };
  }
}

function inWorker(workerData: HashWork): Promise<HashReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./hash-worker.js", import.meta.url), { workerData });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

/** A thread costs about 20 ms to start; this many packed bytes take five times as long. */
const bytesPerThread = 4 * 1024 * 1024;

function worthwhileThreads(bytes: number): number {
  return Math.max(1, Math.min(availableParallelism(), 8, Math.ceil(bytes / bytesPerThread)));
}
