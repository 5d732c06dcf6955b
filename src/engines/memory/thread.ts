/**
 * What one thread does of a load: it takes tasks until none is left, keeps the matching events as a
 * segment and reports on each task what was read and what could not be.
 */

// Indexes into typed arrays stay within the block; the casts only drop the `undefined` of the checked
// index access.

import { type GeoDatabase, openGeo } from "../../event/geo.ts";
import { parseRecord } from "../../event/record.ts";
import { isMember, OpenArchives, openMember } from "../../input/archives/open.ts";
import { openFeed } from "../../input/containers/index.ts";
import { reasonOf } from "../../input/discover.ts";
import { readRecords } from "../../input/read-records.ts";
import { type Piece, pieces, piecesOfRecord } from "../../input/salvage.ts";
import type { LineRange, Source } from "../../input/source.ts";
import { createKernel } from "../../kernel/index.ts";
import { IRREGULAR, type Kernel, type Needle, NO_ID, type Rows } from "../../kernel/kernel.ts";
import { matches } from "../../query/matches.ts";
import { preparePatterns } from "../../query/pattern.ts";
import type { Entries } from "../../store/entries.ts";
import type { Segment } from "../../store/segment.ts";
import { SegmentBuilder } from "../../store/segment-builder.ts";
import { CoverageTally, type TallyReport } from "./coverage-tally.ts";
import { maybe, no } from "./mask.ts";
import { type ReadRecord, rowsOf } from "./parsed-rows.ts";
import { anyNeedle, columnFinder, kernelSpec, type LoadPlan } from "./plan.ts";
import { ProblemList, type Problems } from "./problems.ts";
import { Sample } from "./sample.ts";
import { type Selector, selectorFor } from "./selector.ts";
import type { View } from "./view.ts";

/** A source, for large files of lines a part of one, for archives that only pass all that is in it. */
export interface Task {
  /** Number of the source in the list of all. */
  readonly source: number;
  /** As many sources from there on; default one. */
  readonly count?: number;
  readonly range?: LineRange;
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
  readonly problems: Problems;
  /** Sources that hold wrapped events, and from where on places count in those. */
  readonly expanded: readonly (readonly [source: number, from: number])[];
}

export interface ThreadWork {
  readonly plan: LoadPlan;
  readonly sources: readonly Source[];
  /** The next task that nobody has taken, or undefined. */
  readonly claim: () => Task | undefined;
  /** Told after each task how many records it had. */
  readonly onTask: (records: number) => void;
  /** For fields that need them. */
  readonly geo: readonly GeoDatabase[];
}

export async function work(given: ThreadWork): Promise<ThreadReport> {
  const { plan, sources, claim, onTask, geo } = given;
  for (const { filter } of [plan, ...plan.wanted]) await preparePatterns(filter);
  if (geo.length > 0) await openGeo(geo);
  const loader = new ThreadLoader(plan, sources);
  for (let task = claim(); task !== undefined; task = claim()) {
    const before = loader.records;
    await loader.load(task);
    onTask(loader.records - before);
  }
  return loader.report();
}

type TellProblem = (offset: number | undefined, reason: string) => void;

class ThreadLoader {
  bytes = 0;
  records = 0;
  private malformed = 0;
  private undated = 0;
  private readonly plan: LoadPlan;
  private readonly sources: readonly Source[];
  private readonly kernel: Kernel;
  private readonly builder: SegmentBuilder;
  private readonly select: Selector;
  private readonly entries: readonly Entries[];
  /** Which column holds the name. */
  private readonly eventName: number | undefined;
  private readonly needles: readonly Needle[] | undefined;
  private readonly tally: CoverageTally;
  private readonly logs = new Set<number>();
  private readonly notLogs: { source: number; what: string }[] = [];
  private readonly problems = new ProblemList();
  private readonly archives = new OpenArchives();
  private readonly expanded: [source: number, from: number][] = [];

  constructor(plan: LoadPlan, sources: readonly Source[]) {
    this.plan = plan;
    this.sources = sources;
    this.kernel = createKernel(kernelSpec(plan));
    this.builder = new SegmentBuilder({
      columns: plan.columns.length,
      sketchColumns: plan.sketchPaths.length,
      keepBytes: plan.keepBytes,
    });
    const columnOf = columnFinder(plan.columns);
    this.select = selectorFor(plan.wanted, columnOf);
    this.entries = this.kernel.dictionaries;
    this.eventName = columnOf(["eventName"]);
    this.needles = plan.needles?.map(({ text, values }) => ({
      text: Buffer.from(text),
      ...(values && { values: values.map((value) => Buffer.from(value)) }),
    }));
    this.tally = new CoverageTally(columnOf);
  }

  async load({ source, range, count = 1 }: Task): Promise<void> {
    for (let number = source; number < source + count; number += 1) {
      await this.loadSource(number, range);
    }
  }

  private async loadSource(source: number, range: LineRange | undefined): Promise<void> {
    const problem: TellProblem = (offset, reason) => {
      this.problems.add({ source, offset, reason });
    };
    let originOf = (place: number) => place;
    const recordProblem: TellProblem = (offset, reason) =>
      problem(offset === undefined ? undefined : originOf(offset), reason);
    const sample = new Sample(range);
    try {
      const given = this.sources[source] as Source;
      const feed = isMember(given)
        ? await openMember(given, this.archives)
        : openFeed(given, range);
      try {
        this.bytes += await readRecords(
          feed,
          this.kernel,
          {
            log: () => this.logs.add(source),
            block: (base, count) => {
              this.records += count;
              if (this.needles !== undefined) sample.see(this.kernel, count);
              this.block(source, base, recordProblem);
            },
            damaged: (base, start, end, reason) => {
              const found = pieces(this.kernel.bytes.slice(start, end), reason);
              this.keepRead(this.sound(found, base, start, recordProblem), source, base);
            },
            expanded: (from, origins) => {
              originOf = origins;
              this.expanded.push([source, from]);
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

  private block(source: number, base: number, problem: TellProblem): void {
    const { kernel } = this;
    if (this.needles !== undefined && kernel.narrow(this.needles) === 0) return;
    const held = this.needles && kernel.held.slice();
    const rows = kernel.extract();
    const doubtful: { start: number; bytes: Uint8Array }[] = [];
    for (let row = 0; row < rows.count; row += 1) {
      if (!this.isDoubtful(rows, row)) continue;
      rows.flags[row] = IRREGULAR;
      const start = rows.starts[row] as number;
      doubtful.push({ start, bytes: kernel.bytes.slice(start, rows.ends[row]) });
    }
    this.keep(rows, held, source, base);
    // Counted with the block, each as the one record that it seemed to be.
    this.records -= doubtful.length;
    const read = doubtful.flatMap(({ start, bytes }) =>
      this.sound(piecesOfRecord(bytes), base, start, problem),
    );
    this.keepRead(read, source, base);
  }

  /** The kernel would not vouch for the row, or shows nothing by which an event is known. */
  private isDoubtful({ flags, times, codes }: Rows, row: number): boolean {
    const flag = flags[row] as number;
    if ((flag & IRREGULAR) !== 0) return true;
    if ((flag & NO_ID) === 0 || !Number.isNaN(times[row])) return false;
    return this.eventName === undefined || codes[this.eventName]?.[row] === 0;
  }

  /** Counts the pieces of a stretch of the kernel's input and gives the records among them. */
  private sound(
    found: Iterable<Piece>,
    base: number,
    start: number,
    problem: TellProblem,
  ): readonly ReadRecord[] {
    const read: ReadRecord[] = [];
    for (const piece of found) {
      this.records += 1;
      if (piece.kind === "record") {
        read.push({ start: start + piece.start, end: start + piece.end, record: piece.record });
      } else {
        this.malformed += 1;
        problem(base + start + piece.start, piece.reason);
      }
    }
    return read;
  }

  private keepRead(read: readonly ReadRecord[], source: number, base: number): void {
    if (read.length === 0) return;
    const rows = rowsOf(read, this.plan, this.kernel);
    // Nobody looked for needles in them.
    const held = this.needles && new Uint8Array(rows.count).fill(anyNeedle);
    this.keep(rows, held, source, base);
  }

  /** Judges the regular rows of a block and keeps those that match. */
  private keep(rows: Rows, held: Uint8Array | undefined, source: number, base: number): void {
    const { bytes } = this.kernel;
    const view: View = { ...rows, entries: this.entries, tokens: undefined };
    if (this.needles === undefined) this.tally.addRows(view, rows.flags);
    const { keepsDoubtful } = this.plan;
    const { wanted, kept, sketched } = this.select(view, held);
    const chosen = new Uint32Array(rows.count);
    let count = 0;
    for (let row = 0; row < rows.count; row += 1) {
      if (((rows.flags[row] as number) & IRREGULAR) !== 0) continue;
      if (Number.isNaN(rows.times[row])) this.undated += 1;
      const verdict = wanted[row] as number;
      if (verdict === no) continue;
      if (verdict === maybe && !keepsDoubtful && !this.matchesRecord(rows, row, bytes)) continue;
      // Whoever asks looks at the record, although the event may only be counted then.
      if (verdict === maybe) kept[row] = maybe;
      chosen[count] = row;
      count += 1;
    }
    const place = { source, base, bytes, kept, sketched, held };
    this.builder.append(rows, chosen.subarray(0, count), place, this.kernel.dictionaries);
  }

  private matchesRecord(rows: Rows, row: number, bytes: Uint8Array): boolean {
    const record = parseRecord(bytes.subarray(rows.starts[row], rows.ends[row]));
    return record !== undefined && matches(this.plan.filter, record);
  }

  report(): ThreadReport {
    this.archives.close();
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
      problems: this.problems.report(),
      expanded: this.expanded,
    };
  }
}
