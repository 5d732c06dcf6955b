/**
 * The events in memory: the segments of a load, without the repetitions among them, and the way back
 * to a record.
 */

// Indexes stay within the segments; the casts only drop the `undefined` of the checked index access.

import { type CloudTrailRecord, parseRecord } from "../../event/record.ts";
import { reasonOf } from "../../input/discover.ts";
import { RecordReader } from "../../input/read-again.ts";
import { isEverything } from "../../query/filter.ts";
import { takesAnyLane } from "../../query/lanes.ts";
import { preparePatterns } from "../../query/pattern.ts";
import type { EventsQuery, FoundEvent, GroupsQuery } from "../../query/query.ts";
import { findDuplicates } from "../../store/duplicates.ts";
import { values } from "../../store/entries.ts";
import { keptRecord } from "../../store/kept-bytes.ts";
import { type Place, placeOf, type Segment } from "../../store/segment.ts";
import { callsAmong } from "./calls.ts";
import { compile } from "./evaluate.ts";
import type { Loaded } from "./load.ts";
import { type Mask, maybe, no, openIn } from "./mask.ts";
import { anyNeedle, columnFinder, needleBits } from "./plan.ts";
import type { LoadProblem } from "./problems.ts";
import { isSameFilter } from "./questions.ts";
import type { Evaluator } from "./subject-test.ts";
import { allRows, type ColumnOf, type View, viewOf } from "./view.ts";

/** Records held at once to tell whether they match. */
const readAtOnce = 256;

const notKept = "a record of the stream was not kept";

/** One row of one segment. */
export interface RowRef {
  readonly segment: number;
  readonly row: number;
}

/** What decides which rows are selected. */
type Selecting = Pick<EventsQuery, "filter" | "anyLane"> & Partial<Pick<GroupsQuery, "by">>;

/** For each segment the numbers of some of its rows, in order. */
export type Selection = readonly Uint32Array[];

export class EventStore {
  readonly loaded: Loaded;
  readonly segments: readonly Segment[];
  readonly views: readonly View[];
  readonly columnOf: ColumnOf;
  readonly duplicates: number;
  /** Records that could not be read again. */
  readonly problems: LoadProblem[] = [];
  private readonly told = new Set<string>();
  /** For each segment its rows that repeat no other, and those of them that are calls. */
  private readonly distinct: readonly Uint32Array[];
  private readonly calls: readonly Uint32Array[];
  private readonly reader = new RecordReader();

  constructor(loaded: Loaded) {
    this.loaded = loaded;
    this.segments = loaded.segments;
    this.views = loaded.segments.map(viewOf);
    this.columnOf = columnFinder(loaded.plan.columns);
    const { repeated, count } = findDuplicates(this.segments, this.eventNameReader());
    this.distinct = this.views.map((view, segment) => withoutRepeated(view, repeated[segment]));
    this.calls = this.distinct.map((rows, segment) =>
      callsAmong(rows, this.views[segment] as View, this.columnOf),
    );
    this.duplicates = count;
  }

  private eventNameReader(): (segment: number, row: number) => string {
    const column = this.columnOf(["eventName"]);
    return (segment, row) => {
      const view = this.views[segment] as View;
      const code = column === undefined ? 0 : (view.codes[column]?.[row] ?? 0);
      const entries = column === undefined ? undefined : view.entries[column];
      return code === 0 || entries === undefined ? "" : (values(entries, code)[0] ?? "");
    };
  }

  /** The rows that match, without repetitions; not to be changed. */
  async select(query: Selecting): Promise<Selection> {
    const { filter } = query;
    // What was dropped while loading need not be asked again.
    const { plan } = this.loaded;
    const filtered = !plan.keepsDoubtful && isSameFilter(filter, plan.filter);
    const rows = takesAnyLane(query) ? this.distinct : this.calls;
    if (filtered || isEverything(filter)) return rows;
    await preparePatterns(filter);
    const evaluator = compile(filter, this.columnOf);
    const needles = needleBits(filter, plan.needles);
    const selection: Uint32Array[] = [];
    for (const [segment, view] of this.views.entries()) {
      const asked = this.holding(segment, rows[segment] as Uint32Array, needles);
      const mask = evaluator(view, asked);
      await this.settle(mask, asked, segment, evaluator);
      const open = openIn(mask);
      for (let at = 0; at < open.length; at += 1) open[at] = asked[open[at] as number] as number;
      selection.push(open);
    }
    return selection;
  }

  /** Of the rows, those that may hold one of the needles. */
  private holding(segment: number, rows: Uint32Array, needles: number): Uint32Array {
    const { held } = this.segments[segment] as Segment;
    if (held.length === 0 || needles === anyNeedle) return rows;
    return rows.filter((row) => ((held[row] as number) & needles) !== 0);
  }

  /** Reads the records of doubtful rows, so that the mask says yes or no of all. */
  private async settle(mask: Mask, asked: Uint32Array, segment: number, evaluator: Evaluator) {
    let records = new Map<number, CloudTrailRecord>();
    let places: number[] = [];
    const judge = () => {
      const rows = Uint32Array.from(places, (place) => asked[place] as number);
      const verdicts = evaluator(this.views[segment] as View, rows, records);
      for (const [at, place] of places.entries()) mask[place] = verdicts[at] as number;
      records = new Map();
      places = [];
    };
    for (let place = mask.indexOf(maybe); place >= 0; place = mask.indexOf(maybe, place + 1)) {
      const row = asked[place] as number;
      const event = await this.event({ segment, row });
      mask[place] = no;
      if (event === undefined) continue;
      places.push(place);
      if (records.set(row, event.record).size >= readAtOnce) judge();
    }
    if (places.length > 0) judge();
  }

  /** Negative when the first stands before the second in the input. */
  comparePlaces(a: RowRef, b: RowRef): number {
    const first = placeOf(this.segments[a.segment] as Segment, a.row);
    const second = placeOf(this.segments[b.segment] as Segment, b.row);
    return first.source - second.source || first.offset - second.offset;
  }

  /** The record of a row; undefined, and a problem, if it cannot be read any more. */
  async event(ref: RowRef): Promise<FoundEvent | undefined> {
    const { place, kept, source } = this.stored(ref);
    if (kept !== undefined) return this.found(place, kept);
    if (source === undefined) return undefined;
    try {
      return this.found(place, await this.reader.read(source, this.readable(place)));
    } catch (error) {
      return this.problem(place, reasonOf(error));
    }
  }

  /** At once; "later" for what only `event` can read. */
  eventNow(ref: RowRef): FoundEvent | "later" | undefined {
    const { place, kept, source } = this.stored(ref);
    if (kept !== undefined) return this.found(place, kept);
    if (source === undefined) return undefined;
    try {
      const bytes = this.reader.readNow(source, this.readable(place));
      return bytes === undefined ? "later" : this.found(place, bytes);
    } catch (error) {
      return this.problem(place, reasonOf(error));
    }
  }

  /** Where a row's record is: its bytes if they were kept, else the file to read it from, if there is one. */
  private stored({ segment: index, row }: RowRef) {
    const segment = this.segments[index] as Segment;
    const place = placeOf(segment, row);
    const source = this.loaded.sources[place.source];
    if (source === undefined) return { place };
    const kept = keptRecord(segment.kept, row, place.length);
    if (kept !== undefined) return { place, kept };
    if (source.kind !== "stream") return { place, source };
    this.problem(place, notKept);
    return { place };
  }

  private readable(place: Place) {
    return { ...place, expandedFrom: this.loaded.expanded.get(place.source) };
  }

  private found(place: Place, bytes: Uint8Array): FoundEvent | undefined {
    const record: CloudTrailRecord | undefined = parseRecord(bytes);
    if (record === undefined) return this.problem(place, "a record that is no JSON object");
    const source = { origin: this.originOf(place), offset: place.offset, bytes };
    return { id: this.idOf(place), record, source };
  }

  idOf(place: Pick<Place, "source" | "offset">): string {
    return `${place.offset} ${this.originOf(place)}`;
  }

  originOf({ source }: Pick<Place, "source">): string {
    return this.loaded.sources[source]?.origin ?? "";
  }

  /** Each question may come upon the same record again. */
  private problem({ source, offset }: Place, reason: string): undefined {
    const place = `${source}:${offset}`;
    if (!this.told.has(place)) this.problems.push({ source, offset, reason });
    this.told.add(place);
    return undefined;
  }
}

function withoutRepeated(view: View, repeated: Uint8Array | undefined): Uint32Array {
  const rows = allRows(view);
  return repeated === undefined ? rows : rows.filter((row) => repeated[row] !== 1);
}
