/**
 * What one thread does of a load: it takes tasks until none is left, keeps the matching events as a
 * segment and reports on each task what was read and what could not be.
 */

// Indexes into typed arrays stay within the block; the casts only drop the `undefined` of the checked
// index access.

import { mentionables } from "../../event/mention.ts";
import { type CloudTrailRecord, isObject, type Json, valuesSpelled } from "../../event/record.ts";
import { parseEventTime } from "../../event/time.ts";
import { reasonOf } from "../../input/discover.ts";
import { openFeed } from "../../input/feed.ts";
import { readRecords } from "../../input/read-records.ts";
import type { LineRange, Source } from "../../input/source.ts";
import { IRREGULAR, type Kernel, NO_ID, type Rows } from "../../kernel/kernel.ts";
import { createKernel } from "../../kernel/wasm-kernel.ts";
import { matches } from "../../query/matches.ts";
import { preparePatterns } from "../../query/pattern.ts";
import type { Entries } from "../../store/entries.ts";
import type { Segment } from "../../store/segment.ts";
import { SegmentBuilder } from "../../store/segment-builder.ts";
import { CoverageTally, type TallyReport } from "./coverage-tally.ts";
import { compile, type Evaluator } from "./evaluate.ts";
import { idWords } from "./event-id.ts";
import { maybe, no } from "./mask.ts";
import { columnFinder, kernelSpec, type LoadPlan } from "./plan.ts";
import type { View } from "./view.ts";

/** A source, or for large files of lines a part of one. */
export interface Task {
  /** Number of the source in the list of all. */
  readonly source: number;
  readonly range?: LineRange;
}

export interface TaskProblem {
  readonly source: number;
  /** Byte offset in the inflated source; undefined when it could not be opened at all. */
  readonly offset: number | undefined;
  readonly reason: string;
}

export interface ThreadReport {
  readonly segment: Segment;
  readonly tally: TallyReport;
  readonly records: number;
  readonly bytes: number;
  readonly malformed: number;
  readonly undated: number;
  /** Numbers of sources that hold records, and of those that are no logs. */
  readonly logs: readonly number[];
  readonly notLogs: readonly { readonly source: number; readonly what: string }[];
  readonly problems: readonly TaskProblem[];
}

export interface ThreadWork {
  readonly plan: LoadPlan;
  readonly sources: readonly Source[];
  /** The next task that nobody has taken, or undefined. */
  readonly claim: () => Task | undefined;
  /** Told after each task how many records it had. */
  readonly onTask: (records: number) => void;
}

export async function work({ plan, sources, claim, onTask }: ThreadWork): Promise<ThreadReport> {
  await preparePatterns(plan.filter);
  const loader = new ThreadLoader(plan, sources);
  for (let task = claim(); task !== undefined; task = claim()) {
    const before = loader.records;
    await loader.load(task);
    onTask(loader.records - before);
  }
  return loader.report();
}

class ThreadLoader {
  bytes = 0;
  records = 0;
  private malformed = 0;
  private undated = 0;
  private readonly plan: LoadPlan;
  private readonly sources: readonly Source[];
  private readonly kernel: Kernel;
  private readonly builder: SegmentBuilder;
  private readonly evaluator: Evaluator;
  private readonly entries: readonly Entries[];
  private readonly needles: readonly Uint8Array[] | undefined;
  private readonly tally: CoverageTally;
  private readonly logs = new Set<number>();
  private readonly notLogs: { source: number; what: string }[] = [];
  private readonly problems: TaskProblem[] = [];

  constructor(plan: LoadPlan, sources: readonly Source[]) {
    this.plan = plan;
    this.sources = sources;
    this.kernel = createKernel(kernelSpec(plan));
    this.builder = new SegmentBuilder(plan.columns.length, plan.keepBytes);
    const columnOf = columnFinder(plan.columns);
    this.evaluator = compile(plan.filter, columnOf);
    this.entries = this.kernel.dictionaries;
    this.needles = plan.needles?.map((needle) => Buffer.from(needle));
    this.tally = new CoverageTally(columnOf);
  }

  async load({ source, range }: Task): Promise<void> {
    const problem = (offset: number | undefined, reason: string) => {
      this.problems.push({ source, offset, reason });
    };
    const sample = new Sample(range);
    try {
      const feed = openFeed(this.sources[source] as Source, range);
      try {
        this.bytes += await readRecords(
          feed,
          this.kernel,
          {
            log: () => this.logs.add(source),
            block: (base, count) => {
              this.records += count;
              if (this.needles !== undefined) sample.see(this.kernel, count);
              this.block(source, base, problem);
            },
            problem,
            notLog: (what) => this.notLogs.push({ source, what }),
          },
          range,
        );
      } finally {
        feed.close();
      }
    } catch (error) {
      if (!(error instanceof Error && "code" in error && "syscall" in error)) throw error;
      problem(undefined, reasonOf(error));
    }
    for (const record of sample.records()) this.tally.addRecord(record);
  }

  private block(source: number, base: number, problem: (at: number, reason: string) => void): void {
    const { kernel } = this;
    if (this.needles !== undefined && kernel.narrow(this.needles) === 0) return;
    const rows = kernel.extract();
    const irregular: { start: number; end: number; bytes: Buffer }[] = [];
    for (let row = 0; row < rows.count; row += 1) {
      if (((rows.flags[row] as number) & IRREGULAR) === 0) continue;
      const start = rows.starts[row] as number;
      const end = rows.ends[row] as number;
      irregular.push({ start, end, bytes: Buffer.from(kernel.bytes.slice(start, end)) });
    }
    this.keep(rows, kernel.bytes, source, base);

    const read: { start: number; end: number; record: CloudTrailRecord }[] = [];
    for (const { start, end, bytes } of irregular) {
      const record = parseRecord(bytes);
      if (record !== undefined) {
        read.push({ start, end, record });
      } else {
        this.malformed += 1;
        problem(base + start, "a record that is no JSON object");
      }
    }
    if (read.length > 0) {
      const rows = this.rowsOf(read);
      this.keep(rows, kernel.bytes, source, base);
    }
  }

  /** Judges the regular rows of a block and keeps those that match. */
  private keep(rows: Rows, bytes: Uint8Array, source: number, base: number): void {
    const view: View = { ...rows, entries: this.entries, tokens: undefined };
    if (this.needles === undefined) this.tally.addRows(view, rows.flags);
    const mask = this.evaluator(view);
    const chosen = new Uint32Array(rows.count);
    let count = 0;
    for (let row = 0; row < rows.count; row += 1) {
      if (((rows.flags[row] as number) & IRREGULAR) !== 0) continue;
      if (Number.isNaN(rows.times[row])) this.undated += 1;
      const verdict = mask[row] as number;
      if (verdict === no) continue;
      if (verdict === maybe && !this.matchesRecord(rows, row, bytes)) continue;
      chosen[count] = row;
      count += 1;
    }
    const place = { source, base, bytes };
    this.builder.append(rows, chosen.subarray(0, count), place, this.kernel.dictionaries);
  }

  private matchesRecord(rows: Rows, row: number, bytes: Uint8Array): boolean {
    const record = parseRecord(bytes.subarray(rows.starts[row], rows.ends[row]));
    return record !== undefined && matches(this.plan.filter, record);
  }

  /** Rows for records that the kernel would not vouch for, read from the parsed record. */
  private rowsOf(read: readonly { start: number; end: number; record: CloudTrailRecord }[]): Rows {
    const count = read.length;
    const { dictionaries, tokens } = this.kernel;
    const codes = this.plan.columns.map((path, column) =>
      Uint32Array.from(read, ({ record }) => {
        const found = valuesSpelled(record, path);
        if (found.length === 0) return 0;
        const raw = JSON.stringify(found.length === 1 ? found[0] : found);
        return dictionaries[column]?.intern(Buffer.from(raw)) ?? 0;
      }),
    );
    const ids = new Uint32Array(count * 4);
    const flags = new Uint8Array(count);
    const tokenStarts = new Uint32Array(this.plan.tokens ? count + 1 : 0);
    const tokenCodes: number[] = [];
    for (const [row, { record }] of read.entries()) {
      const id = record["eventID"];
      if (typeof id === "string" && id !== "") ids.set(idWords(id), row * 4);
      else flags[row] = NO_ID;
      if (!this.plan.tokens) continue;
      for (const text of mentionables(record)) {
        tokenCodes.push(tokens.intern(Buffer.from(JSON.stringify(text).slice(1, -1))));
      }
      tokenStarts[row + 1] = tokenCodes.length;
    }
    return {
      count,
      starts: Uint32Array.from(read, ({ start }) => start),
      ends: Uint32Array.from(read, ({ end }) => end),
      flags,
      times: Float64Array.from(
        read,
        ({ record }) => parseEventTime(record["eventTime"]) ?? Number.NaN,
      ),
      ids,
      codes,
      tokenStarts,
      tokenCodes: Uint32Array.from(tokenCodes),
    };
  }

  report(): ThreadReport {
    const { dictionaries, tokens } = this.kernel;
    return {
      segment: this.builder.finish(dictionaries, this.plan.tokens ? tokens : undefined),
      tally: this.tally.report(),
      records: this.records,
      bytes: this.bytes,
      malformed: this.malformed,
      undated: this.undated,
      logs: [...this.logs],
      notLogs: this.notLogs,
      problems: this.problems,
    };
  }
}

/** Undefined for what is no JSON or no object. */
export function parseRecord(bytes: Uint8Array): CloudTrailRecord | undefined {
  try {
    const value = JSON.parse(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(),
    ) as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The first and the last record of a source: what is known of its span, accounts and regions when
 * most of its records are skipped unread. Of a part of a file only what is at the file's ends counts,
 * so that the answer does not depend on how the file was cut.
 */
class Sample {
  private readonly wantsFirst: boolean;
  private readonly wantsLast: boolean;
  private first: Uint8Array | undefined;
  private last: Uint8Array | undefined;

  constructor(range: LineRange | undefined) {
    this.wantsFirst = range === undefined || range.from === 0;
    this.wantsLast = range === undefined || range.isLast;
  }

  see({ bytes, starts, ends }: Kernel, count: number): void {
    if (this.wantsFirst) this.first ??= bytes.slice(starts[0], ends[0]);
    if (this.wantsLast) this.last = bytes.slice(starts[count - 1], ends[count - 1]);
  }

  *records(): Generator<CloudTrailRecord> {
    for (const bytes of [this.first, this.last]) {
      const record = bytes === undefined ? undefined : parseRecord(bytes);
      if (record !== undefined) yield record;
    }
  }
}
