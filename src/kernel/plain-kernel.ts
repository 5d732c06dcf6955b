/**
 * The plain kernel: the contract in a few lines of TypeScript. The tests hold the fast kernel to it,
 * and it takes over where there is no WebAssembly with SIMD.
 */

import { IRREGULAR, type Kernel, type KernelSpec, type Needle, NO_ID } from "./kernel.ts";
import { plainDictionary } from "./plain-dictionary.ts";
import { readRow } from "./plain-row.ts";
import { plainSplit, type RecordSpan } from "./plain-split.ts";

/** A record with one could hold a needle without showing it. */
const unicodeEscape: Needle = { text: Buffer.from("\\u") };
const allBits = 0xff;
const noId = new Uint32Array(4);

export function createPlainKernel(spec: KernelSpec): Kernel {
  const dictionaries = spec.columns.map(plainDictionary);
  const tokens = plainDictionary();
  let block = new Uint8Array(0);
  let places: readonly RecordSpan[] = [];
  let held = new Uint8Array(0);
  const textAt = ({ start, end }: RecordSpan, encoding: "utf8" | "latin1") =>
    Buffer.from(block.buffer, start, end - start).toString(encoding);

  function codeOf(text: string | undefined, column: number): number {
    if (text === undefined) return 0;
    if (spec.columns[column]?.kind === "presence") return text === '""' ? 0 : 1;
    return dictionaries[column]?.intern(Buffer.from(text)) ?? 0;
  }

  return {
    input(length, from, keep) {
      const next = new Uint8Array(length);
      next.set(block.subarray(from, from + keep));
      block = next;
      return block;
    },
    get bytes() {
      return block;
    },
    split(start, end, layout, final) {
      const found = plainSplit(block.subarray(start, end), layout, final);
      places = found.places.map((place) => ({
        start: place.start + start,
        end: place.end + start,
      }));
      return { count: places.length, consumed: found.consumed + start, state: found.state };
    },
    get starts() {
      return Uint32Array.from(places, ({ start }) => start);
    },
    get ends() {
      return Uint32Array.from(places, ({ end }) => end);
    },
    narrow(needles) {
      const tests = needles.map(holds);
      const mayHideAny = holds(unicodeEscape);
      const found = places.map((place) => {
        const text = lowered(textAt(place, "latin1"));
        if (mayHideAny(text)) return allBits;
        return tests.reduce((bits, test, at) => bits | (test(text) ? 1 << (at % 8) : 0), 0);
      });
      places = places.filter((_, at) => found[at] !== 0);
      held = Uint8Array.from(found.filter((bits) => bits !== 0));
      return places.length;
    },
    get held() {
      return held;
    },
    extract() {
      const rows = places.map((place) => readRow(textAt(place, "utf8"), spec));
      const rowTokens = rows.map((row) =>
        (row?.tokens ?? []).map((token) => tokens.intern(Buffer.from(token))),
      );
      return {
        count: rows.length,
        starts: Uint32Array.from(places, ({ start }) => start),
        ends: Uint32Array.from(places, ({ end }) => end),
        flags: Uint8Array.from(rows, (row) => (row === undefined ? IRREGULAR : row.id ? 0 : NO_ID)),
        times: Float64Array.from(rows, (row) => row?.time ?? Number.NaN),
        ids: Uint32Array.from(rows.flatMap((row) => [...(row?.id ?? noId)])),
        codes: spec.columns.map((_, column) =>
          Uint32Array.from(rows, (row) => codeOf(row?.values[column], column)),
        ),
        tokenStarts: spec.tokens.length > 0 ? startsOf(rowTokens) : new Uint32Array(0),
        tokenCodes: Uint32Array.from(rowTokens.flat()),
      };
    },
    dictionaries,
    tokens,
  };
}

function startsOf(lists: readonly (readonly number[])[]): Uint32Array {
  let total = 0;
  return Uint32Array.from([0, ...lists.map((list) => (total += list.length))]);
}

/** The test whether a record, given in lower case, holds the needle. */
function holds({ text, values }: Needle): (record: string) => boolean {
  const wanted = latin1(text);
  if (values === undefined) return (record) => record.includes(wanted);
  const beginnings = values.map(latin1);
  return (record) => {
    for (let at = record.indexOf(wanted); at >= 0; at = record.indexOf(wanted, at + 1)) {
      const colon = pastSpace(record, at + wanted.length);
      if (record[colon] !== ":") continue;
      const value = pastSpace(record, colon + 1);
      if (record[value] !== '"') return true;
      if (beginnings.some((beginning) => record.startsWith(beginning, value + 1))) return true;
    }
    return false;
  };
}

function pastSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return at;
}

function latin1(bytes: Uint8Array): string {
  return lowered(Buffer.from(bytes).toString("latin1"));
}

/** Text of one character a byte, of which only ASCII letters have two cases. */
function lowered(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}
