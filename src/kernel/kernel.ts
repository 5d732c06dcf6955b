/**
 * The kernel's contract: the hot loops over raw bytes, without I/O and without policy.
 *
 * Two implementations keep it: `wasm-kernel.ts` (AssemblyScript with SIMD) and `plain-kernel.ts`
 * (TypeScript, the oracle in tests and the fallback). A kernel serves one thread and holds one block
 * of input at a time; its dictionaries live as long as it does.
 *
 * The order of calls for a block: `input` (fill it), `split`, optionally `narrow`, `extract`.
 */

/**
 * How records follow each other in the bytes.
 *
 * - `elements`: elements of an array, `{..} , {..} ]`; white space and commas between them. The
 *   array's own `]` ends it, whatever follows.
 * - `values`: JSON values one after another, white space or nothing between them.
 * - `lines`: one value a line; what a line holds is its own affair, so damage ends with the line.
 */
export type Layout = "elements" | "values" | "lines";

export interface Split {
  /** Complete records found, in order; their places are in `starts`, `ends`. */
  readonly count: number;
  /** Everything before this offset is done with; the rest belongs before the next block. */
  readonly consumed: number;
  /** `more`: the block ended inside or between records. `end`: the array was closed (elements only).
   *  `full`: `recordsAtOnce` were found; the rest of the block is to be split again from `consumed`.
   *  `broken`: at `consumed` stands something that is neither a record nor a separator. */
  readonly state: "more" | "end" | "full" | "broken";
}

/** Bounds the memory that a block's rows can take, however small its records are. */
export const recordsAtOnce = 1 << 20;

/** A value to collect from each record. */
interface ColumnSpec {
  /** Keys from the record's top, matched exactly. */
  readonly path: readonly string[];
  /**
   * `dictionary`: the raw JSON text of the value, coded; equal texts share a code. Code 0: the value
   * is absent or null. `presence`: code 1 if there is a value other than null and "", else 0.
   */
  readonly kind: "dictionary" | "presence";
}

/** What to read. An empty path leads nowhere. */
export interface KernelSpec {
  readonly columns: readonly ColumnSpec[];
  /** Path of the time: RFC 3339 in the form `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly time: readonly string[];
  /** Path of the record's identifier, hashed to 128 bits. */
  readonly id: readonly string[];
  /**
   * Places whose strings, numbers and container keys become tokens: every string and number at or
   * below the path, and every key whose value is an object or array. Empty: no tokens.
   */
  readonly tokens: readonly (readonly string[])[];
}

/** Bits of `Rows.flags`. */
export const IRREGULAR = 1;
/** The record has no identifier (absent, null, empty or not a string); its id is all zero. */
export const NO_ID = 2;

/**
 * What `extract` gives, row by row. All arrays are views on the kernel's memory, valid until its
 * next call; `count` rows are filled.
 */
export interface Rows {
  readonly count: number;
  /** Offset of the record in the block, and its end. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /**
   * `IRREGULAR`: the kernel would not vouch for this record (an escape in a key, a key twice, a key
   * that differs from that of a path only in case, an array on the way to a column, a time in another
   * form, damage, too deep ...): every other value of the row is then meaningless, and the caller reads
   * the record with JSON.parse. A kernel may call any record irregular, but must never give a regular
   * row that differs from what JSON.parse says, for any record that JSON.parse accepts. Damage inside
   * values that nobody asked for may go unseen.
   */
  readonly flags: Uint8Array;
  /** Epoch milliseconds; NaN when absent or null. */
  readonly times: Float64Array;
  /** Four words a row. A GUID is its 128 bits; any other identifier is hashed. */
  readonly ids: Uint32Array;
  /** One array a column of the spec, in its order. */
  readonly codes: readonly Uint32Array[];
  /** Row r's tokens are tokenCodes[tokenStarts[r]] up to tokenStarts[r + 1]; the same token may recur. */
  readonly tokenStarts: Uint32Array;
  readonly tokenCodes: Uint32Array;
}

/** A growing table of distinct byte strings; codes count from 1. */
export interface Dictionary {
  /** Highest code in use. */
  readonly size: number;
  /** A view on the kernel's memory, valid until its next call. For columns: raw JSON text (a string
   *  with its quotes). For tokens: string contents without quotes, escapes as written; numbers as JSON.stringify writes them. */
  bytes(code: number): Uint8Array;
  /** All entries at once: entry `code` is arena[offsets[code - 1]] up to arena[offsets[code]]. Copies. */
  snapshot(): { readonly arena: Uint8Array; readonly offsets: Uint32Array };
  /** The code of the bytes, added if new. */
  intern(bytes: Uint8Array): number;
}

/** A text to be found in a record. */
export interface Needle {
  readonly text: Uint8Array;
  /**
   * The text is the end of a key with its quote, `eventname"`, and counts only where the key's value
   * begins with one of these, of four bytes or more, or is no string.
   */
  readonly values?: readonly Uint8Array[];
}

export interface Kernel {
  /**
   * Room for a block of `length` bytes, to be filled by the caller before `split`. The first `keep`
   * bytes from offset `from` of the present block are moved to the front.
   */
  input(length: number, from: number, keep: number): Uint8Array;
  /** The whole input of the present block. A view, valid until the next call. */
  readonly bytes: Uint8Array;
  /**
   * Finds the records in input[start, end). `final`: nothing follows, so a last value of `values` or
   * `lines` may end without separator. Depth over 1,000 makes the record itself unsplittable damage:
   * `broken` there for `elements` and `values`.
   * For `lines`, empty lines are no records, and a record's place leaves out white space around it.
   * For `elements` and `values`, only objects are records' bodies, but any JSON value is a record.
   */
  split(start: number, end: number, layout: Layout, final: boolean): Split;
  /** Places of the records of the last split. Views, valid until the next call. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /**
   * Of the records of the last split, keeps those that hold at least one of the needles (ASCII
   * letters without regard to case) or a `\u` escape, which could hide one. Returns how many; `starts`
   * and `ends` then give only these.
   */
  narrow(needles: readonly Needle[]): number;
  /**
   * For each record that `narrow` left the needles that it may hold: bit n is that of the needle n, of
   * needle n + 8 and so on; bits of no needle mean nothing. A view, valid until the next call.
   */
  readonly held: Uint8Array;
  /** Reads the values of the spec from the records that `split` and `narrow` left. */
  extract(): Rows;
  /** One for each column of the spec; empty for `presence`. */
  readonly dictionaries: readonly Dictionary[];
  readonly tokens: Dictionary;
}
