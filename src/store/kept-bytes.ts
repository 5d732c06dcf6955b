/**
 * Records kept whole, for sources that pass once and for answers of few events.
 */

/**
 * `rows` are the rows that are kept, in ascending order. The record of the one at i begins in chunk
 * `places[i] / 2^32`, at the byte the rest gives.
 */
export interface KeptBytes {
  readonly chunks: readonly Uint8Array[];
  readonly rows: Uint32Array;
  readonly places: Float64Array;
}

const chunkBytes = 4 * 1024 * 1024;
const perChunk = 2 ** 32;

/** Collects records up to a budget of bytes; what does not fit is simply not kept. */
export class RecordKeeper {
  readonly chunks: Uint8Array[] = [];
  private readonly limit: number;
  private used = 0;
  private total = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Keeps a copy of the bytes; gives their place, or undefined when the budget is spent. */
  keep(bytes: Uint8Array): number | undefined {
    if (this.total + bytes.length > this.limit) return undefined;
    let chunk = this.chunks.at(-1);
    if (chunk === undefined || this.used + bytes.length > chunk.length) {
      chunk = new Uint8Array(Math.max(Math.min(chunkBytes, this.limit), bytes.length));
      this.chunks.push(chunk);
      this.used = 0;
    }
    chunk.set(bytes, this.used);
    const place = (this.chunks.length - 1) * perChunk + this.used;
    this.used += bytes.length;
    this.total += bytes.length;
    return place;
  }
}

/** The bytes of a row, if they were kept. */
export function keptRecord(
  { chunks, rows, places }: KeptBytes,
  row: number,
  length: number,
): Uint8Array | undefined {
  let low = 0;
  for (let high = rows.length; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] ?? row) < row) low = middle + 1;
    else high = middle;
  }
  const place = places[low];
  if (place === undefined || rows[low] !== row) return undefined;
  const at = place % perChunk;
  return chunks[Math.floor(place / perChunk)]?.subarray(at, at + length);
}
