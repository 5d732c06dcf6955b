/**
 * Loading: from paths and a plan to segments, on as many threads as pay.
 *
 * All threads take tasks from one counter, this one included. What each gives is put together in a way
 * that does not depend on who read what.
 */

import { closeSync, openSync, readSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { GeoDatabase } from "../../event/geo.ts";
import { isMember } from "../../input/archives/open.ts";
import { containerOf } from "../../input/containers/index.ts";
import type { TimeWindow } from "../../input/delivery-time.ts";
import { type Discovery, discover, standardInput } from "../../input/discover.ts";
import { openingOf, recognise } from "../../input/formats/index.ts";
import type { FileSource, Source } from "../../input/source.ts";
import type { Segment } from "../../store/segment.ts";
import { mergeTallies, type TallyReport } from "./coverage-tally.ts";
import type { LoadPlan } from "./plan.ts";
import { mergeProblems, type Problems } from "./problems.ts";
import { type Task, type ThreadReport, type ThreadWork, work } from "./thread.ts";

export interface Progress {
  /** Bytes of the files on disk that were begun so far. */
  readonly bytes: number;
  /** Unknown while reading from a pipe. */
  readonly totalBytes: number | undefined;
  readonly records: number;
}

export interface LoadOptions {
  readonly threads?: number | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly geo?: readonly GeoDatabase[] | undefined;
}

export interface Loaded {
  readonly plan: LoadPlan;
  readonly sources: readonly Source[];
  readonly segments: readonly Segment[];
  readonly tally: TallyReport;
  readonly records: number;
  readonly bytes: number;
  readonly malformed: number;
  readonly undated: number;
  readonly logFiles: number;
  readonly notLogs: readonly { readonly source: number; readonly what: string }[];
  readonly problems: Problems;
  /** For sources that hold wrapped events: from where on places count in those. */
  readonly expanded: ReadonlyMap<number, number>;
}

/** Finds what there is to read. With no path, or "-", standard input. */
export function findSources(paths: readonly string[], window: TimeWindow): Discovery {
  return paths.length === 0
    ? { paths, sources: [standardInput], unreadable: [], notFollowed: 0, outsideWindow: 0 }
    : discover(paths, window);
}

export async function load(
  sources: readonly Source[],
  plan: LoadPlan,
  { threads, onProgress, geo = [] }: LoadOptions,
): Promise<Loaded> {
  const tasks = tasksOf(sources);
  const counters = new Int32Array(new SharedArrayBuffer(8));
  const shared: WorkerData = { plan, sources, tasks, counters, geo };
  const helpers = Math.min(threads ?? worthwhileThreads(sources, plan), tasks.length) - 1;
  const helping = Array.from({ length: Math.max(0, helpers) }, () => inWorker(shared));
  const own = work(sharedWork(shared, onProgress && progressTeller(shared, onProgress)));
  const reports = await Promise.all([own, ...helping]);
  return merged(sources, plan, reports);
}

function merged(
  sources: readonly Source[],
  plan: LoadPlan,
  reports: readonly ThreadReport[],
): Loaded {
  const sum = (count: (report: ThreadReport) => number) =>
    reports.reduce((total, report) => total + count(report), 0);
  return {
    plan,
    sources,
    segments: reports.map(({ segment }) => segment),
    tally: mergeTallies(reports.map(({ tally }) => tally)),
    records: sum(({ records }) => records),
    bytes: sum(({ bytes }) => bytes),
    malformed: sum(({ malformed }) => malformed),
    undated: sum(({ undated }) => undated),
    logFiles: new Set(reports.flatMap(({ logs }) => logs)).size,
    notLogs: reports.flatMap(({ notLogs }) => notLogs).sort((a, b) => a.source - b.source),
    problems: mergeProblems(reports.map(({ problems }) => problems)),
    expanded: new Map(reports.flatMap(({ expanded }) => expanded)),
  };
}

/** What a worker thread is given; see `worker.ts`. */
export interface WorkerData {
  readonly plan: LoadPlan;
  readonly sources: readonly Source[];
  readonly tasks: readonly Task[];
  /** Shared by all threads: how many tasks were taken, how many records were read. */
  readonly counters: Int32Array;
  readonly geo: readonly GeoDatabase[];
}

/** The work of one thread on tasks that all share. */
export function sharedWork(
  { plan, sources, tasks, counters, geo }: WorkerData,
  onProgress?: () => void,
): ThreadWork {
  return {
    plan,
    sources,
    geo,
    claim: () => tasks[Atomics.add(counters, 0, 1)],
    onTask: (records) => {
      Atomics.add(counters, 1, records);
      onProgress?.();
    },
  };
}

function progressTeller(
  { sources, tasks, counters }: WorkerData,
  tell: (progress: Progress) => void,
): () => void {
  const sizes = tasks.map(({ source: number, range }) => {
    const source = sources[number];
    if (range !== undefined) return range.until - range.from;
    return source?.kind === "file" ? source.bytes : Number.NaN;
  });
  let counted = 0;
  let bytes = 0;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const totalBytes = Number.isNaN(total) ? undefined : total;
  return () => {
    const taken = Math.min(Atomics.load(counters, 0), sizes.length);
    for (; counted < taken; counted += 1) bytes += sizes[counted] || 0;
    tell({ bytes, totalBytes, records: Atomics.load(counters, 1) });
  };
}

function inWorker(workerData: WorkerData): Promise<ThreadReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

/** Files of lines larger than this are cut into parts of this size. */
const rangeBytes = 16 * 1024 * 1024;

/** Streams first: they can only be read here and now. */
function tasksOf(sources: readonly Source[]): readonly Task[] {
  return sources.flatMap((source, index): Task[] => {
    if (isMember(source)) return memberTasks(sources, index);
    if (source.kind === "stream" || source.bytes < 2 * rangeBytes || !isOfLines(source)) {
      return [{ source: index }];
    }
    const count = Math.ceil(source.bytes / rangeBytes);
    return Array.from({ length: count }, (_, part) => ({
      source: index,
      range: {
        from: part * rangeBytes,
        until: Math.min((part + 1) * rangeBytes, source.bytes),
        isLast: part === count - 1,
      },
    }));
  });
}

/** The files of an archive that only passes go to one thread, in their order. */
function memberTasks(sources: readonly Source[], index: number): Task[] {
  const archive = passingArchive(sources[index]);
  if (archive === undefined) return [{ source: index }];
  if (passingArchive(sources[index - 1]) === archive) return [];
  let count = 1;
  while (passingArchive(sources[index + count]) === archive) count += 1;
  return [{ source: index, count }];
}

function passingArchive(source: Source | undefined): string | undefined {
  return source?.kind === "file" && source.member?.onlyPasses ? source.path : undefined;
}

const headBytes = 64 * 1024;

/** Whether a plain file holds one record a line from its first byte on. */
function isOfLines({ path }: FileSource): boolean {
  const head = Buffer.alloc(headBytes);
  try {
    const descriptor = openSync(path, "r");
    try {
      const length = readSync(descriptor, head, 0, headBytes, 0);
      if (containerOf(head) !== undefined) return false;
      const opening = openingOf(head.subarray(0, length), 0);
      if (opening === undefined || opening.at > 0) return false;
      const recognised = recognise(opening);
      return recognised.kind === "records" && recognised.layout === "lines";
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // Whoever reads the file as a whole will say what is wrong with it.
    return false;
  }
}

/** A thread costs about 20 ms to start, which this much work makes good twice over. */
const bytesPerThread = 48 * 1024 * 1024;

/** How many threads the amount of work is worth; inflating costs most, skipping lines least. */
function worthwhileThreads(sources: readonly Source[], plan: LoadPlan): number {
  let work = 0;
  for (const source of sources) {
    if (source.kind === "stream") continue;
    if (/\.gz$/.test(source.path)) work += source.bytes * 8;
    else work += plan.needles === undefined ? source.bytes : source.bytes / 4;
  }
  return Math.max(1, Math.min(availableParallelism(), 8, Math.ceil(work / bytesPerThread)));
}
