/** What goes into a segment comes out of it, also after a way through another thread. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createKernel } from "../../src/kernel/wasm-kernel.ts";
import { entriesOf, values } from "../../src/store/entries.ts";
import { keptRecord } from "../../src/store/kept-bytes.ts";
import { buffersOf, placeOf, type Segment } from "../../src/store/segment.ts";
import { SegmentBuilder } from "../../src/store/segment-builder.ts";
import { at, calling, event, withId } from "../support/events.ts";

const spec = {
  columns: [
    { path: ["eventName"], kind: "dictionary" },
    { path: ["userIdentity", "userName"], kind: "dictionary" },
  ],
  time: ["eventTime"],
  id: ["eventID"],
  tokens: [["requestParameters"]],
} as const;

const records = Array.from({ length: 700 }, (_, i) =>
  event(
    calling(`Call${i % 300}`),
    at(i % 7 === 0 ? undefined : new Date(i * 1000).toISOString().replace(".000", "")),
    { requestParameters: { name: `Item-${i}`, none: i % 2 === 0 ? null : "X" } },
    i % 5 === 0 ? withId(undefined) : {},
    i % 3 === 0 ? { userIdentity: null } : {},
  ),
);

/** Feeds the records in blocks, keeping those that `keeps` names. */
function segmentOf(keeps: (index: number) => boolean, keepBytes: number): Segment {
  const kernel = createKernel(spec);
  const builder = new SegmentBuilder({ columns: spec.columns.length, sketchColumns: 0, keepBytes });
  for (let first = 0; first < records.length; first += 100) {
    const block = Buffer.from(
      records
        .slice(first, first + 100)
        .map((record) => JSON.stringify(record))
        .join("\n"),
    );
    kernel.input(block.length, 0, 0).set(block);
    kernel.split(0, block.length, "lines", true);
    const rows = kernel.extract();
    const chosen = Uint32Array.from(rows.starts.keys()).filter((row) => keeps(first + row));
    const kept = new Uint8Array(rows.count).fill(1);
    const place = {
      ...{ source: first / 100, base: first * 1e9, bytes: kernel.bytes },
      ...{ kept, sketched: new Uint8Array(rows.count), held: Uint8Array.from(rows.starts.keys()) },
    };
    builder.append(rows, chosen, place, kernel.dictionaries);
  }
  return builder.finish(kernel.dictionaries, kernel.tokens);
}

function shown(segment: Segment): readonly unknown[] {
  const columns = segment.columns.map((column) => ({ ...column, entries: entriesOf(column) }));
  const tokens = segment.tokens && { ...segment.tokens, entries: entriesOf(segment.tokens) };
  return Array.from({ length: segment.count }, (_, row) => {
    const { source, length } = placeOf(segment, row);
    const kept = keptRecord(segment.kept, row, length);
    return {
      time: segment.times[row],
      source,
      length,
      values: columns.map(({ codes, entries }) => {
        const code = codes[row] ?? 0;
        return code === 0 ? [] : values(entries, code);
      }),
      tokens: Array.from(
        tokens?.codes.subarray(tokens.starts[row], tokens.starts[row + 1]) ?? [],
        (code) => Buffer.from(tokens?.entries.bytes(code) ?? []).toString(),
      ),
      isUnidentified: segment.unidentified.includes(row),
      kept: kept && JSON.parse(Buffer.from(kept).toString()),
    };
  });
}

function expected(keeps: (index: number) => boolean, keepsBytes: boolean): readonly unknown[] {
  return records.flatMap((record, index) => {
    if (!keeps(index)) return [];
    const { eventName, eventTime, eventID, userIdentity, requestParameters } = record;
    const { name, none } = requestParameters as { name: string; none: string | null };
    return [
      {
        time: eventTime === undefined ? Number.NaN : Date.parse(String(eventTime)),
        source: Math.floor(index / 100),
        length: JSON.stringify(record).length,
        values: [[eventName], userIdentity === null ? [] : ["alice"]],
        tokens: [name, none].filter((text) => text !== null).map((text) => text.toLowerCase()),
        isUnidentified: eventID === undefined,
        kept: keepsBytes ? record : undefined,
      },
    ];
  });
}

describe("a segment", () => {
  const some = (index: number) => index % 3 === 1 || index > 500;
  const choices: readonly (readonly [string, (index: number) => boolean])[] = [
    ["all rows", () => true],
    ["some rows", some],
    ["no row", () => false],
  ];
  for (const [name, keeps] of choices) {
    it(`gives back ${name}`, () => {
      assert.deepEqual(shown(segmentOf(keeps, 0)), expected(keeps, false));
    });
    it(`gives back ${name} with their bytes, through another thread`, () => {
      const segment = segmentOf(keeps, Number.POSITIVE_INFINITY);
      const moved = structuredClone(segment, { transfer: buffersOf(segment) });
      assert.deepEqual(shown(moved), expected(keeps, true));
      assert.equal(segment.times.length + segment.kept.places.length, 0);
    });
  }

  it("knows where records stand beyond 4 GB", () => {
    const segment = segmentOf(() => true, 0);
    const { source, offset } = placeOf(segment, 699);
    assert.equal(source, 6);
    assert.ok(offset > 600e9 && offset < 600e9 + 1e6);
  });

  it("gives each record bits of its own, also one without an id", () => {
    const { ids } = segmentOf(() => true, 0);
    const idOf = (row: number) => [...ids.subarray(row * 4, row * 4 + 4)].join();
    const distinct = new Set(Array.from(records.keys(), idOf));
    assert.equal(distinct.size, records.length);
  });
});
