/**
 * Gathers the rows a thread keeps into a segment.
 */

// Indexes into typed arrays stay within `count`; the casts only drop the `undefined` of the checked
// index access.

import { createHash } from "node:crypto";
import { type Dictionary, NO_ID, type Rows } from "../kernel/kernel.ts";
import type { Arena } from "./entries.ts";
import { foldBytes } from "./fold-bytes.ts";
import { GrowingCodes, GrowingNumbers } from "./growing.ts";
import { RecordKeeper } from "./kept-bytes.ts";
import type { Codes, Segment, Tokens } from "./segment.ts";
import { SideTableBuilder } from "./side-table.ts";

/** Where the rows of a block come from. */
export interface BlockPlace {
  readonly source: number;
  readonly base: number;
  /** The kernel's input, which the rows' offsets point into. */
  readonly bytes: Uint8Array;
  /** For each row, 0 if its bytes need not be kept. */
  readonly kept: Uint8Array;
  /** For each row, 0 if no sketch of it was expected. */
  readonly sketched: Uint8Array;
  /** For each row a bit for each needle that it may hold, where needles were looked for. */
  readonly held: Uint8Array | undefined;
}

interface SegmentPlan {
  /** How many of the kernel's columns are those of all rows; the others are those of sketches. */
  readonly columns: number;
  readonly sketchColumns: number;
  readonly keepBytes: number;
}

const words = () => new GrowingNumbers((length) => new Uint32Array(length));
const reals = () => new GrowingNumbers((length) => new Float64Array(length));

export class SegmentBuilder {
  private count = 0;
  private readonly times = reals();
  private readonly ids = words();
  private readonly unidentified = words();
  private readonly offsets = words();
  private readonly lengths = words();
  private readonly keptRows = words();
  private readonly keptPlaces = reals();
  private readonly firstRows = words();
  private readonly bases = reals();
  private readonly sources = words();
  private readonly columns: readonly GrowingCodes[];
  private readonly tokenStarts = words();
  private readonly tokenCodes = words();
  private readonly keeper: RecordKeeper;
  private readonly keeps: boolean;
  private readonly side: SideTableBuilder;
  private readonly held = new GrowingCodes();

  constructor({ columns, sketchColumns, keepBytes }: SegmentPlan) {
    this.side = new SideTableBuilder(columns, sketchColumns);
    this.columns = Array.from({ length: columns }, () => new GrowingCodes());
    this.keeper = new RecordKeeper(keepBytes);
    this.keeps = keepBytes > 0;
  }

  /** Adds the given rows of a block, by their numbers in ascending order. */
  append(rows: Rows, chosen: Uint32Array, place: BlockPlace, dictionaries: readonly Dictionary[]) {
    const added = chosen.length;
    if (added === 0) return;
    this.firstRows.push(this.count);
    this.bases.push(place.base);
    this.sources.push(place.source);
    // Where all rows are kept, whole arrays are copied.
    const all = added === rows.count;
    const gather = (from: Uint8Array | Uint32Array | Float64Array, to: Codes | Float64Array) => {
      if (all) to.set(from, this.count);
      else
        for (let i = 0; i < added; i += 1) to[this.count + i] = from[chosen[i] as number] as number;
    };

    gather(rows.times, this.times.extend(added));
    gather(rows.starts, this.offsets.extend(added));
    const lengths = this.lengths.extend(added);
    const ids = this.ids.extend(added * 4);
    for (let i = 0; i < added; i += 1) {
      const row = chosen[i] as number;
      const to = this.count + i;
      const start = rows.starts[row] as number;
      const end = rows.ends[row] as number;
      lengths[to] = end - start;
      if (((rows.flags[row] as number) & NO_ID) === 0) {
        for (let word = 0; word < 4; word += 1) {
          ids[to * 4 + word] = rows.ids[row * 4 + word] as number;
        }
      } else {
        this.unidentified.push(to);
        ids.set(contentId(place.bytes.subarray(start, end)), to * 4);
      }
    }
    for (const [index, column] of this.columns.entries()) {
      gather(
        rows.codes[index] as Uint32Array,
        column.extend(added, dictionaries[index]?.size ?? 1),
      );
    }
    if (rows.tokenStarts.length > 0) this.appendTokens(rows, chosen, all);
    if (this.keeps) this.keep(rows, chosen, place);
    const { bytes, sketched, held } = place;
    if (held !== undefined) gather(held, this.held.extend(added, 1));
    const places = placesIn(chosen, sketched);
    if (places.length > 0) {
      this.side.append(
        { rows, bytes, dictionaries },
        places.map((index) => chosen[index] as number),
        places.map((index) => this.count + index),
      );
    }
    this.count += added;
  }

  private appendTokens(rows: Rows, chosen: Uint32Array, all: boolean): void {
    const base = this.tokenCodes.length;
    if (all) {
      const starts = this.tokenStarts.extend(rows.count);
      for (let row = 0; row < rows.count; row += 1) {
        starts[this.count + row] = base + (rows.tokenStarts[row] as number);
      }
      this.tokenCodes.extend(rows.tokenCodes.length).set(rows.tokenCodes, base);
      return;
    }
    for (const row of chosen) {
      const at = this.tokenCodes.length;
      this.tokenStarts.push(at);
      const codes = rows.tokenCodes.subarray(rows.tokenStarts[row], rows.tokenStarts[row + 1]);
      this.tokenCodes.extend(codes.length).set(codes, at);
    }
  }

  private keep(rows: Rows, chosen: Uint32Array, { bytes, kept }: BlockPlace): void {
    for (let index = 0; index < chosen.length; index += 1) {
      const row = chosen[index] as number;
      if (kept[row] === 0) continue;
      const place = this.keeper.keep(bytes.subarray(rows.starts[row], rows.ends[row]));
      if (place === undefined) continue;
      this.keptRows.push(this.count + index);
      this.keptPlaces.push(place);
    }
  }

  finish(dictionaries: readonly Dictionary[], tokens: Dictionary | undefined): Segment {
    this.tokenStarts.push(this.tokenCodes.length);
    return {
      count: this.count,
      times: this.times.finish(),
      ids: this.ids.finish(),
      unidentified: this.unidentified.finish(),
      offsets: this.offsets.finish(),
      lengths: this.lengths.finish(),
      firstRows: this.firstRows.finish(),
      bases: this.bases.finish(),
      sources: this.sources.finish(),
      columns: this.columns.map((column, index) => ({
        codes: column.finish(),
        ...(dictionaries[index]?.snapshot() ?? {
          arena: new Uint8Array(0),
          offsets: new Uint32Array(1),
        }),
      })),
      tokens: tokens && {
        starts: this.tokenStarts.finish(),
        codes: this.tokenCodes.finish(),
        ...folded(tokens.snapshot()),
      },
      held: Uint8Array.from(this.held.finish()),
      sketched: this.side.finish(dictionaries),
      kept: {
        chunks: this.keeper.chunks,
        rows: this.keptRows.finish(),
        places: this.keptPlaces.finish(),
      },
    };
  }
}

/** The places of the rows whose byte is not 0. */
function placesIn(rows: Uint32Array, mask: Uint8Array): Uint32Array {
  const places = new Uint32Array(rows.length);
  let count = 0;
  for (let place = 0; place < rows.length; place += 1) {
    if (mask[rows[place] as number] === 0) continue;
    places[count] = place;
    count += 1;
  }
  return places.subarray(0, count);
}

function folded(entries: Arena): Arena & Pick<Tokens, "capitals"> {
  return { ...entries, capitals: foldBytes(entries.arena) };
}

/**
 * Stands for the eventID of a record without one wherever events of one second are put in order, so
 * that the order does not depend on the files'. It never makes two records one.
 */
function contentId(record: Uint8Array): Uint32Array {
  const digest = createHash("sha256").update(record).digest();
  return Uint32Array.from([0, 4, 8, 12], (at) => digest.readUInt32LE(at));
}
