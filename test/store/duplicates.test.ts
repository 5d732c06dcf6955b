import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { findDuplicates } from "../../src/store/duplicates.ts";
import type { Segment } from "../../src/store/segment.ts";

/** One event: where it stands, its id (none: 0), its time and its name. */
interface Row {
  readonly at: readonly [source: number, offset: number];
  readonly id: number;
  readonly time?: number;
  readonly name?: string;
}

function segmentOf(rows: readonly Row[]): Segment {
  return {
    count: rows.length,
    times: Float64Array.from(rows, ({ time = 1000 }) => time),
    ids: Uint32Array.from(rows.flatMap(({ id }) => [0, id, 7, 0])),
    unidentified: Uint32Array.from([...rows.keys()].filter((row) => rows[row]?.id === 0)),
    offsets: Uint32Array.from(rows, ({ at }) => at[1]),
    lengths: new Uint32Array(rows.length),
    firstRows: Uint32Array.from(rows.keys()),
    bases: new Float64Array(rows.length),
    sources: Uint32Array.from(rows, ({ at }) => at[0]),
    columns: [],
    tokens: undefined,
    held: new Uint8Array(0),
    sketched: { rows: new Uint32Array(0), spelled: new Uint8Array(0), columns: [] },
    kept: { chunks: [], rows: new Uint32Array(0), places: new Float64Array(0) },
  };
}

/** The places of the rows that are dropped, in order. */
function dropped(segments: readonly (readonly Row[])[]): readonly string[] {
  const nameOf = (segment: number, row: number) => segments[segment]?.[row]?.name ?? "";
  const { repeated, count } = findDuplicates(segments.map(segmentOf), nameOf);
  const places = segments.flatMap((rows, segment) =>
    rows.filter((_, row) => repeated[segment]?.[row] === 1).map(({ at }) => at.join(":")),
  );
  assert.equal(places.length, count);
  return places.sort();
}

interface Case {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly dropped: readonly string[];
}

const cases: readonly Case[] = [
  { name: "finds nothing in nothing", rows: [], dropped: [] },
  {
    name: "keeps what stands first",
    rows: [
      { at: [0, 9], id: 1 },
      { at: [0, 5], id: 1 },
      { at: [1, 0], id: 1 },
    ],
    dropped: ["0:9", "1:0"],
  },
  {
    name: "keeps events of different ids",
    rows: [
      { at: [0, 0], id: 1 },
      { at: [0, 1], id: 2 },
    ],
    dropped: [],
  },
  {
    name: "keeps events of one id that differ in time or name",
    rows: [
      { at: [0, 0], id: 1, name: "A" },
      { at: [0, 1], id: 1, name: "B" },
      { at: [0, 2], id: 1, name: "A", time: 2000 },
      { at: [0, 3], id: 1, name: "B" },
    ],
    dropped: ["0:3"],
  },
  {
    name: "never takes events without an id for one another",
    rows: [
      { at: [0, 0], id: 0 },
      { at: [0, 1], id: 0 },
    ],
    dropped: [],
  },
  {
    name: "finds repetitions without a time",
    rows: [
      { at: [0, 0], id: 1, time: Number.NaN },
      { at: [0, 1], id: 1, time: Number.NaN },
    ],
    dropped: ["0:1"],
  },
];

describe("findDuplicates", () => {
  for (const { name, rows, dropped: expected } of cases) {
    it(name, () => {
      const reversed = rows.toReversed();
      const half = Math.ceil(rows.length / 2);
      const ways = [
        [rows],
        [reversed],
        rows.map((row) => [row]),
        [[], ...reversed.map((row) => [row]), []],
        [rows.slice(half), [], rows.slice(0, half)],
      ];
      for (const segments of ways) assert.deepEqual(dropped(segments), expected);
    });
  }

  it("takes no time for ids that are all the same, or chosen to meet", () => {
    const count = 100_000;
    const ids: readonly ((i: number) => Row)[] = [
      (i) => ({ at: [0, i], id: 1, time: i * 1000 }),
      (i) => ({ at: [0, i], id: i << 20 }),
    ];
    for (const row of ids) {
      const before = process.cpuUsage().user;
      dropped([Array.from({ length: count }, (_, i) => row(i + 1))]);
      assert.ok(process.cpuUsage().user - before < 2_000_000);
    }
  });
});
