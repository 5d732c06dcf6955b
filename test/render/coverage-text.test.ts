import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Coverage, Problem } from "../../src/query/coverage.ts";
import { basisLines, problemLines } from "../../src/render/coverage-text.ts";
import { plainCoverage } from "./answers.ts";

const day = Date.UTC(2026, 10, 14);

function tallies(...values: readonly string[]) {
  return values.map((value) => ({ value, events: 1 }));
}

const basis: readonly {
  readonly name: string;
  readonly of: Partial<Coverage>;
  readonly lines: readonly string[];
}[] = [
  {
    name: "counts in words, with singular and plural",
    of: { records: 1, files: 1, duplicates: 1 },
    lines: ["Rests on 1 record in 1 file; 1 duplicate counted once."],
  },
  {
    name: "says what the logs span",
    of: {
      records: 1_000_000,
      files: 1627,
      span: { first: day, last: day + 1000 },
      accounts: tallies("111122223333", "444455556666"),
      regions: tallies("eu-central-1"),
      duplicates: 12,
    },
    lines: [
      "Rests on 1,000,000 records in 1,627 files; 2026-11-14T00:00:00Z to 2026-11-14T00:00:01Z; " +
        "2 accounts (111122223333, 444455556666); 1 region (eu-central-1); " +
        "12 duplicates counted once.",
    ],
  },
  {
    name: "promises no more than was looked at",
    of: { exact: false, span: { first: day, last: day }, accounts: tallies("111122223333") },
    lines: [
      "Rests on 2 records in 1 file; at least 2026-11-14T00:00:00Z to 2026-11-14T00:00:00Z; " +
        "at least 1 account (111122223333).",
    ],
  },
  {
    name: "says when there was nothing to rest on",
    of: { records: 0, files: 3 },
    lines: ["Rests on nothing: no CloudTrail record was found."],
  },
  {
    name: "shortens a long list",
    of: { regions: tallies("a", "b", "c", "d", "e", "f", "g") },
    lines: ["Rests on 2 records in 1 file; 7 regions (a, b, c, d, e and 2 more)."],
  },
  {
    name: "names what was left out, and why",
    of: {
      outsideWindow: 1627,
      notLogs: [
        { origin: "a", what: "digest" },
        { origin: "b", what: "AWS Config snapshot" },
        { origin: "c", what: "digest" },
      ],
      notFollowed: 1,
      undated: 3,
    },
    lines: [
      "Rests on 2 records in 1 file.",
      "Left unopened, being outside the time asked for by name: 1,627 files.",
      "Skipped, not CloudTrail logs: 3 files (digest: 2, AWS Config snapshot: 1).",
      "Not followed: 1 link or device.",
      "Without a readable time: 3 records.",
    ],
  },
  {
    name: "admits that the answer is partial",
    of: { problemCount: 2, malformed: 1 },
    lines: [
      "Rests on 2 records in 1 file.",
      "2 problems: the answer rests on part of the input; unreadable: 1 record.",
    ],
  },
  {
    name: "shows text from the log and never obeys it",
    of: { accounts: tallies("\x1b[2J") },
    lines: ["Rests on 2 records in 1 file; 1 account (\\x1b[2J)."],
  },
];

describe("basisLines", () => {
  for (const { name, of, lines } of basis) {
    it(name, () => assert.deepEqual(basisLines({ ...plainCoverage, ...of }, "UTC"), lines));
  }
});

const cut = "the gzip stream ends early";
const problems: readonly {
  readonly name: string;
  readonly problems: readonly Problem[];
  readonly count?: number;
  readonly lines: readonly string[];
}[] = [
  { name: "says nothing when all is well", problems: [], lines: [] },
  {
    name: "names file, place and reason",
    problems: [
      { origin: "a.json.gz", offset: 1234, reason: cut },
      { origin: "b.ndjson", line: 7, reason: "no JSON" },
      { origin: "c\n.json", reason: "no permission" },
    ],
    lines: [
      `a.json.gz, byte 1234: ${cut}`,
      "b.ndjson, line 7: no JSON",
      "c\\n.json: no permission",
    ],
  },
  {
    name: "stops after five",
    problems: Array.from({ length: 6 }, () => ({ origin: "a", reason: cut })),
    count: 1006,
    lines: [...Array.from({ length: 5 }, () => `a: ${cut}`), "and 1,001 more"],
  },
];

describe("problemLines", () => {
  for (const { name, problems: found, count = found.length, lines } of problems) {
    it(name, () => {
      const coverage = { ...plainCoverage, problems: found, problemCount: count };
      assert.deepEqual(problemLines(coverage), lines);
    });
  }
});
