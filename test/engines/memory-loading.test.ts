/** What the memory engine makes of odd and damaged input: what it finds, counts and tells. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { memoryEngine } from "../../src/engines/memory/index.ts";
import type { Coverage } from "../../src/query/coverage.ts";
import { everything, type Filter } from "../../src/query/filter.ts";
import { parseWhere } from "../../src/query/where.ts";
import { at, byUser, calling, event, withId } from "../support/events.ts";

const top = mkdtempSync(join(tmpdir(), "trailhound-"));
after(() => rmSync(top, { recursive: true }));

type Files = Readonly<Record<string, string | Uint8Array>>;

let folders = 0;

function folderOf(files: Files): string {
  folders += 1;
  const folder = join(top, String(folders));
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** Both ways the engine works: everything indexed, or one question over much input. */
const ways = [
  { way: "indexed", smallInputBytes: Number.POSITIVE_INFINITY },
  { way: "scanned", smallInputBytes: 0 },
];

interface Answer {
  readonly names: readonly unknown[];
  readonly total: number;
  readonly coverage: Coverage;
}

async function ask(folder: string, smallInputBytes: number, filter: Filter): Promise<Answer> {
  const engine = memoryEngine({
    paths: [folder],
    lateDeliveryMs: 0,
    threads: 1,
    index: false,
    smallInputBytes,
  });
  const query = { kind: "events", filter } as const;
  const { total, events, coverage } = await engine.reading([query]).events(query);
  const names: unknown[] = [];
  for await (const { record } of events) names.push(record["eventName"]);
  return { names, total, coverage: coverage() };
}

const one = event(calling("One"), at("2026-11-05T10:00:00Z"));
const two = event(calling("Two"), at("2026-11-05T11:00:00Z"));
const [first, second] = [JSON.stringify(one), JSON.stringify(two)];
const records = `{"Records":[${first},${second}]}`;

type Counts = Partial<
  Pick<Coverage, "files" | "records" | "duplicates" | "malformed" | "undated" | "problemCount">
> & { readonly notLogs?: number };

interface CoverageCase {
  readonly name: string;
  readonly files: Files;
  readonly counts: Counts;
}

const none = {
  files: 1,
  records: 2,
  duplicates: 0,
  malformed: 0,
  undated: 0,
  problemCount: 0,
  notLogs: 0,
};

const coverageCases: readonly CoverageCase[] = [
  { name: "an object of records", files: { a: records }, counts: {} },
  { name: "gzip", files: { a: gzipSync(records) }, counts: {} },
  { name: "lines", files: { a: `${first}\n${second}` }, counts: {} },
  { name: "a bare array", files: { a: `[${first},${second}]` }, counts: {} },
  { name: "two files", files: { a: first, "b.json": second }, counts: { files: 2 } },
  {
    name: "the same events in two files",
    files: { a: records, b: gzipSync(records), c: first },
    counts: { files: 3, records: 5, duplicates: 3 },
  },
  {
    name: "a log among other files",
    files: { a: records, b: "text", c: "{}", d: '{"digestS3Object":"x"}', e: "" },
    counts: { notLogs: 4 },
  },
  {
    name: "other files only",
    files: { b: "text" },
    counts: { files: 0, records: 0, notLogs: 1, problemCount: 1 },
  },
  {
    name: "no records",
    files: { a: '{"Records":[]}' },
    counts: { records: 0 },
  },
  {
    name: "a malformed line",
    files: { a: `${first}\n{"eventName":\n${second}` },
    counts: { records: 3, malformed: 1, problemCount: 1 },
  },
  {
    name: "two records on a line",
    files: { a: `${first}\n${second}${first.replace("One", "Three")}` },
    counts: { records: 3 },
  },
  {
    name: "a document on a line",
    files: { a: `${first}\n{"Records":[${second}]}` },
    counts: {},
  },
  {
    name: "an unclosed record",
    files: { a: `{"Records":[${first},${first.slice(0, -1)},${second}]}` },
    counts: { records: 3, malformed: 1, problemCount: 2 },
  },
  {
    name: "a log that breaks off",
    files: { a: records.slice(0, -20) },
    counts: { records: 2, malformed: 1, problemCount: 1 },
  },
  {
    name: "gzip that breaks off",
    files: { a: gzipSync(records).subarray(0, -10) },
    counts: { records: 2, problemCount: 1 },
  },
  {
    name: "gzip with garbage behind",
    files: { a: Buffer.concat([gzipSync(records), Buffer.from("garbage")]) },
    counts: { problemCount: 1 },
  },
  {
    name: "UTF-16",
    files: { a: Buffer.from(records, "utf16le") },
    counts: {},
  },
  {
    name: "events without a time",
    files: { a: JSON.stringify([event(at(undefined)), event(at("soon")), two]) },
    counts: { records: 3, undated: 2 },
  },
];

describe("coverage", () => {
  for (const { name, files, counts } of coverageCases) {
    for (const { way, smallInputBytes } of ways) {
      it(`of ${name}, ${way}`, async () => {
        const { coverage } = await ask(folderOf(files), smallInputBytes, everything);
        const { files: count, records, duplicates, malformed, undated, problemCount } = coverage;
        assert.deepEqual(
          {
            files: count,
            records,
            duplicates,
            malformed,
            undated,
            problemCount,
            notLogs: coverage.notLogs.length,
          },
          { ...none, ...counts },
        );
      });
    }
  }
});

describe("problems", () => {
  it("are counted all, and the first are named in order of file and place", async () => {
    const folder = folderOf({ b: `${first}\n${"null\n".repeat(3000)}`, a: `${second}\nnull` });
    const { coverage } = await ask(folder, 0, everything);
    assert.deepEqual([coverage.problemCount, coverage.malformed], [3001, 3001]);
    assert.equal(coverage.problems.length, 100);
    const places = coverage.problems.map(({ origin, offset }) => [origin.slice(-1), offset]);
    assert.deepEqual(places.slice(0, 3), [
      ["a", second.length + 1],
      ["b", first.length + 1],
      ["b", first.length + 6],
    ]);
  });

  it("are one for a file that is not there", async () => {
    const { coverage } = await ask(join(top, "none"), 0, everything);
    assert.deepEqual(
      coverage.problems.map(({ reason }) => reason),
      ["no such file or directory"],
    );
  });
});

/** A record that is odd, and expressions it must be found by. */
interface OddCase {
  readonly name: string;
  readonly record: string | Uint8Array;
  readonly found: readonly string[];
}

const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

const oddCases: readonly OddCase[] = [
  {
    name: "a key twice, of which the last counts",
    record: '{"eventName":"First","eventName":"Odd","eventID":"1"}',
    found: ["eventName = Odd", "not eventName = First"],
  },
  {
    name: "keys of prototypes",
    record: '{"__proto__":{"errorCode":"E"},"constructor":{"x":1},"eventName":"Odd","eventID":"2"}',
    found: ["eventName = Odd", "constructor.x = 1", "not errorCode exists"],
  },
  {
    name: "arrays nested 100,000 deep",
    record: `{"eventName":"Odd","eventID":"3","requestParameters":{"name":"n","deep":${deep(100_000)}}}`,
    found: ["eventName = Odd", "requestParameters.name = n"],
  },
  {
    name: "objects nested 100,000 deep where a text belongs",
    record: `{"eventVersion":"1","eventName":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)},"eventID":"4","awsRegion":"r"}`,
    found: ["awsRegion = r"],
  },
  {
    name: "huge numbers",
    record: '{"eventName":"Odd","eventID":"5","eventTime":1e400,"requestParameters":{"n":-1e999}}',
    found: ["eventName = Odd"],
  },
  {
    name: "lone surrogates",
    record: String.raw`{"eventName":"Odd","eventID":"6","userAgent":"\ud800"}`,
    found: ["eventName = Odd", "userAgent exists"],
  },
  {
    name: "bytes that are no UTF-8",
    record: Buffer.from('{"eventName":"Odd","eventID":"7","userAgent":"a\xff\xfeb"}', "latin1"),
    found: ["eventName = Odd", 'userAgent = "a*b"'],
  },
  {
    name: "times beyond all calendars",
    record: '{"eventName":"Odd","eventID":"8","eventTime":"99999-13-45T99:99:99Z"}',
    found: ["eventName = Odd"],
  },
  {
    name: "values of other types",
    record:
      '{"eventName":404,"eventID":{},"eventTime":[],"sourceIPAddress":false,"awsRegion":["r"]}',
    found: ["eventName = 404", "sourceIPAddress = false", "awsRegion = r"],
  },
  {
    name: "nothing but nulls around",
    record:
      '{"eventName":"Odd","userIdentity":null,"eventTime":null,"eventID":null,"resources":null}',
    found: ["eventName = Odd", "not userIdentity exists"],
  },
  {
    name: "escapes in keys and values",
    record: String.raw`{"\u0065ventName":"\u004fdd","eventID":"9"}`,
    found: ["eventName = Odd", "eventName = odd"],
  },
  {
    name: "a field of a megabyte",
    record: `{"eventName":"Odd","eventID":"10","userAgent":"${"x".repeat(1_000_000)}"}`,
    found: ["eventName = Odd", 'userAgent = "x*"'],
  },
];

describe("input without logs", () => {
  const cases: readonly (readonly [name: string, files: Files, reason: string])[] = [
    ["an empty folder", {}, "there are no files in it"],
    ["a folder of other files", { a: "x", b: "y" }, "there are no CloudTrail logs in it"],
  ];
  for (const [name, files, reason] of cases) {
    it(`is told of ${name}`, async () => {
      const folder = folderOf(files);
      const { coverage } = await ask(folder, 0, everything);
      const [only] = coverage.problems.filter((problem) => problem.reason === reason);
      assert.equal(only?.origin, Object.keys(files).length === 0 ? folder : "input");
    });
  }
});

describe("a record with", () => {
  const before = event(calling("Before"), byUser("bob"), withId("before"));
  const around = [before, two].map((record) => JSON.stringify(record));

  for (const { name, record, found } of oddCases) {
    const shapes: Files = {
      lines: Buffer.concat(
        [`${around[0]}\n`, record, `\n${around[1]}`].map((part) => Buffer.from(part)),
      ),
      records: Buffer.concat(
        [`{"Records":[${around[0]},`, record, `,${around[1]}]}`].map((part) => Buffer.from(part)),
      ),
    };
    for (const [shape, content] of Object.entries(shapes)) {
      for (const { way, smallInputBytes } of ways) {
        it(`${name} is found in ${shape}, ${way}`, async () => {
          const folder = folderOf({ a: content });
          const all = await ask(folder, smallInputBytes, everything);
          assert.equal(all.names.length, 3);
          assert.deepEqual([all.coverage.records, all.coverage.problemCount], [3, 0]);
          for (const expression of found) {
            const odd = `not eventName in (Before, Two) and (${expression})`;
            const { total } = await ask(folder, smallInputBytes, parseWhere(odd));
            assert.equal(total, 1, expression);
          }
        });
      }
    }
  }
});

describe("events of one id", () => {
  const same = withId("x");
  const cases: readonly (readonly [name: string, lines: readonly object[], kept: number])[] = [
    ["are one when they are the same", [event(same), event(same)], 1],
    ["are two when their names differ", [event(same), event(same, calling("Other"))], 2],
    ["are two when their times differ", [event(same), event(same, at("2027-01-01T00:00:00Z"))], 2],
    ["are two when the id is empty", [event(withId("")), event(withId(""))], 2],
    ["are two when there is none", [event(withId(undefined)), event(withId(undefined))], 2],
    ["are one without a time", [event(same, at(undefined)), event(same, at(undefined))], 1],
  ];
  for (const [name, records, kept] of cases) {
    it(name, async () => {
      const [first, second] = records.map((record) => JSON.stringify(record));
      for (const files of [{ a: `${first}\n${second}` }, { a: `${first}`, b: `${second}` }]) {
        const { total, coverage } = await ask(folderOf(files as Files), 0, everything);
        assert.deepEqual([total, coverage.duplicates], [kept, 2 - kept]);
      }
    });
  }
});
