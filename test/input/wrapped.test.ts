import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gunzipSync } from "node:zlib";
import { parseRecord } from "../../src/event/record.ts";
import { RecordReader } from "../../src/input/read-again.ts";
import { event } from "../support/events.ts";
import { feedOf, read, readText } from "./reading.ts";

const folder = "fixtures/logs/wrapped";
const names = ["CreateBucket", "PutBucketPolicy", "DeleteBucket"];

function contentOf(file: string): Buffer {
  const bytes = readFileSync(join(folder, file));
  return file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

describe("the same events", () => {
  for (const file of readdirSync(folder)) {
    it(`are read from ${file} in pieces of any size`, async () => {
      const bytes = contentOf(file);
      for (const size of [Number.POSITIVE_INFINITY, 1000, 7]) {
        const { records, isLog, notLogs, problems, ...rest } = await read(feedOf(bytes, [size]));
        const found = { records, isLog, notLogs, problems };
        assert.deepEqual(found, { records: names, isLog: true, notLogs: [], problems: [] });
        assert.equal(rest.bytes, bytes.length);
      }
    });

    it(`are read again from ${file} by their places`, async () => {
      const bytes = contentOf(file);
      const { places, expandedFrom } = await read(feedOf(bytes));
      const path = join(folder, file);
      const source = { kind: "file", path, origin: path, bytes: bytes.length } as const;
      const reader = new RecordReader();
      for (const index of [2, 0, 1]) {
        const [start = 0, end = 0] = places[index] ?? [];
        const place = { offset: start, length: end - start, expandedFrom };
        const record = parseRecord(await reader.read(source, place));
        assert.equal(record?.["eventName"], names[index]);
      }
      reader.close();
    });

    it(`are kept up to wherever ${file} breaks off, and the break is told`, async () => {
      const bytes = contentOf(file);
      let kept = 0;
      for (let end = 1; end < bytes.length; end += Math.max(13, bytes.length >> 8)) {
        const { records, problems, notLogs } = await read(feedOf(bytes.subarray(0, end)));
        assert.deepEqual(records, names.slice(0, records.length), `${end}`);
        assert.ok(records.length >= kept, `${end}`);
        kept = records.length;
        const isTold = problems.length > 0 || notLogs.length > 0 || isBetween(bytes, end);
        assert.ok(isTold, `${end}: ${problems}`);
      }
    });
  }
});

/** Some shapes are whole again after each document, and a table behind the last cell of a row. */
function isBetween(bytes: Buffer, end: number): boolean {
  return /[}\n] ?$|(?:\}"|"Management")$/.test(bytes.subarray(0, end).toString());
}

const [one = "", two = "", three = ""] = ["One", "Two", "Three"].map((eventName) =>
  JSON.stringify(event({ eventName })),
);
const row = (text: string) =>
  JSON.stringify({ EventId: "x", EventName: "y", CloudTrailEvent: text });
const page = (...rows: readonly string[]) => `{"Events":[${rows.join(",")}]}`;
const bridge = (detail: string) => `{"version":"0","detail-type":"x","detail":${detail}}`;
const cutText = "a record that is no JSON object";
const ends = "the log breaks off before its end";
const breaks = "the log breaks off in the middle of a record";

interface Case {
  readonly name: string;
  readonly text: string;
  readonly records?: readonly string[];
  readonly problems?: readonly (readonly [number, string])[];
  readonly notLogs?: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: "logs and wrapped documents of all kinds one after another",
    text: `{"Records":[${one}]}\n${page(row(two))}${bridge(three)}`,
    records: ["One", "Two", "Three"],
  },
  {
    name: "a log behind a wrapped document",
    text: `${page(row(one))}\n{"Records":[${two},${three}],"a":{}}`,
    records: ["One", "Two", "Three"],
  },
  {
    name: "an event over several lines in a text",
    text: page(row(JSON.stringify(JSON.parse(one), null, 2))),
    records: ["One"],
  },
  {
    name: "several events in one message",
    text: JSON.stringify({ Type: "Notification", Message: `{"Records":[${one},${two}]}` }),
    records: ["One", "Two"],
  },
  {
    name: "a digest between wrapped documents",
    text: `${page(row(one))}{"digestS3Object":"x"}${page(row(two))}`,
    records: ["One", "Two"],
  },
  {
    name: "an event that was cut off in its text",
    text: page(row(one.slice(0, 300)), row(two)),
    records: ["Two"],
    problems: [[11, cutText]],
  },
  {
    name: "a text that is no text",
    text: page(row(one), '{"EventId":"x","CloudTrailEvent":"\\x"}', row(two)),
    records: ["One", "Two"],
    problems: [[row(one).length + 12, "a text that is no JSON where an event should be"]],
  },
  {
    name: "a missing end of the page",
    text: page(row(one)).slice(0, -2),
    records: ["One"],
    problems: [[row(one).length + 11, ends]],
  },
  {
    name: "a page that breaks off in a row, and another behind it",
    text: `${page(row(one), row(two)).slice(0, -20)}\n${page(row(three))}`,
    records: ["One", "Three"],
    problems: [
      [row(one).length + 12, breaks],
      [page(row(one), row(two)).length - 20 + 1 + page(row(three)).length, ends],
    ],
  },
  {
    name: "messages of a program",
    text: '{"events":[{"timestamp":1,"message":"started"},{"timestamp":2,"message":"{\\"a\\":1}"}]}',
    notLogs: ["a CloudWatch Logs export"],
  },
  {
    name: "an event of EventBridge that is none of CloudTrail",
    text: bridge('{"state":"stopped"}'),
    notLogs: ["an EventBridge event"],
  },
  {
    name: "a notice of a delivery",
    text: JSON.stringify({ Type: "Notification", Message: '{"s3Bucket":"b","s3ObjectKey":["k"]}' }),
    notLogs: ["a notification, not the log itself"],
  },
];

describe("a file of wrapped documents", () => {
  for (const { name, text, records = [], problems = [], notLogs = [] } of cases) {
    it(`may have ${name}`, async () => {
      const reading = await readText(text);
      assert.deepEqual(
        { records: reading.records, problems: reading.problems, notLogs: reading.notLogs },
        { records, problems, notLogs },
      );
      assert.equal(reading.isLog, records.length > 0);
    });
  }

  it("ends, however deep documents stand in each other", async () => {
    let text = one;
    for (let depth = 0; depth < 14; depth += 1) text = bridge(text);
    const { records, problems } = await readText(text);
    assert.deepEqual(records, []);
    assert.deepEqual(problems, [[0, "too many documents within each other"]]);
  });
});
