import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { keptRecord, RecordKeeper } from "../../src/store/kept-bytes.ts";

describe("RecordKeeper", () => {
  interface Case {
    readonly name: string;
    readonly limit: number;
    readonly records: readonly string[];
    /** Which of them were kept. */
    readonly kept: readonly number[];
  }
  const huge = "h".repeat(5 << 20);

  const cases: readonly Case[] = [
    {
      name: "keeps all within the budget",
      limit: 10,
      records: ["abc", "", "defg"],
      kept: [0, 1, 2],
    },
    { name: "keeps up to the last byte", limit: 6, records: ["abc", "def"], kept: [0, 1] },
    { name: "leaves out what is beyond", limit: 5, records: ["abc", "def", "gh"], kept: [0, 2] },
    { name: "keeps nothing without a budget", limit: 0, records: ["a"], kept: [] },
    {
      name: "keeps records larger than a chunk",
      limit: Number.POSITIVE_INFINITY,
      records: ["a", huge, "b", huge],
      kept: [0, 1, 2, 3],
    },
  ];
  for (const { name, limit, records, kept } of cases) {
    it(name, () => {
      const keeper = new RecordKeeper(limit);
      const bytes = Buffer.alloc(huge.length);
      const places = records.map((record) => {
        // The caller's memory is used again at once.
        bytes.fill("x").write(record);
        return keeper.keep(bytes.subarray(0, record.length));
      });
      const all = {
        chunks: keeper.chunks,
        rows: Uint32Array.from(places.flatMap((place, row) => (place === undefined ? [] : [row]))),
        places: Float64Array.from(places.filter((place) => place !== undefined)),
      };
      for (const [row, record] of records.entries()) {
        const found = keptRecord(all, row, record.length);
        const text = found && Buffer.from(found).toString();
        assert.equal(text, kept.includes(row) ? record : undefined);
      }
      assert.equal(keptRecord(all, records.length, 1), undefined);
    });
  }
});
