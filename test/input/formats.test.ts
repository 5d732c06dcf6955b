import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { event } from "../support/events.ts";
import { feedOf, type Reading, read } from "./reading.ts";

const [one, two] = ["One", "Two"].map((eventName) => event({ eventName }));
const first = JSON.stringify(one);
const second = JSON.stringify(two);
const pretty = JSON.stringify(one, null, 2);
const bom = "\ufeff";
const wide = (text: string) => Buffer.from(text, "utf16le");
const digest = JSON.stringify({ awsAccountId: "111122223333", digestS3Object: "x", logFiles: [] });
const config = JSON.stringify({ fileVersion: "1.0", configurationItems: [{ eventName: "no" }] });
const notification = JSON.stringify({
  Records: [{ eventVersion: "2.1", eventSource: "aws:s3", eventTime: "x", s3: { bucket: {} } }],
});

const both = ["One", "Two"];

const logs: Readonly<Record<string, readonly [text: string, records?: readonly string[]]>> = {
  "an object of records": [`{"Records":[${first},${second}]}`],
  "a pretty-printed object": [JSON.stringify({ Records: [one, two] }, null, 2)],
  "tabs and line ends of Windows": [
    JSON.stringify({ Records: [one, two] }, null, "\t").replaceAll("\n", "\r\n"),
  ],
  "keys before the records": [`{"a":{"Records":[1]},"b":"[","Records":[${first},${second}]}`],
  "keys behind the records": [`{"Records":[${first},${second}] , "a":[{"b":"]}"}], "c":null}`],
  "records twice": [`{"Records":[${first}],"a":1,"Records":[${second}]}`],
  "records that were null at first": [`{"Records":null,"Records":[${first},${second}]}`],
  "a byte order mark": [`${bom}{"Records":[${first},${second}]}`],
  "white space around": [`\n \t{"Records" : [ ${first} , ${second} ] }\n\n`],
  "no records": [`{"Records":[]}`, []],
  "a bare array": [`[${first},${second}]`],
  "a pretty-printed array": [JSON.stringify([one, two], null, 4)],
  "a record a line": [`${first}\n${second}\n`],
  "no end of line at the end": [`${first}\n${second}`],
  "empty lines": [`\n\n${first}\n\n \t\n${second}\n\n`],
  "lines of Windows, marked": [`${bom}${first}\r\n${second}\r\n`],
  "events that have a key of something else": [`${first.replace("{", '{"Type":"x",')}\n${second}`],
  "a single event": [first, ["One"]],
  "a single pretty-printed event": [`${pretty}\n`, ["One"]],
  "pretty-printed events": [`${pretty}\n${JSON.stringify(two, null, 2)}`],
  "events without anything between": [first + second],
  "documents without anything between": [`{"Records":[${first}]}{"Records":[${second}]}`],
  "documents a line": [`{"Records":[${first}]}\n{"Records":[${second}]}\n`],
  "marked documents": [`${bom}{"Records":[${first}]}\r\n${bom}{"Records":[${second}]}\r\n`],
  "an array, then a document": [`[${first}]{"Records":[${second}]}`],
  "a line, then a document on a line": [`${first}\n{"Records":[${second}]}\n`],
  "an event, then a document": [`${pretty}{"Records":[${second}]}`],
  "two events on one line": [`${first}${second}\n`],
};

describe("a log", () => {
  for (const [name, [text, records = both]] of Object.entries(logs)) {
    it(`may be ${name}`, async () => {
      const { bytes, places, ...reading } = await read(feedOf(Buffer.from(text)));
      assert.deepEqual(reading, { isLog: true, notLogs: [], records, problems: [] });
      assert.equal(bytes, Buffer.byteLength(text));
      for (const [index, [start, end]] of places.entries()) {
        const record = JSON.parse(Buffer.from(text).subarray(start, end).toString());
        assert.equal(record.eventName, records[index]);
      }
    });
  }
});

const others: Readonly<Record<string, readonly [text: string | Uint8Array, what: string]>> = {
  "nothing at all": ["", "an empty file"],
  "white space": [`${bom} \r\n\t`, "an empty file"],
  "a digest": [digest, "a CloudTrail digest"],
  "a Config snapshot": [config, "an AWS Config snapshot"],
  "a notification": [notification, "a notification, not the log itself"],
  "other records": ['{"Records":[{"a":1}]}', "a notification, not the log itself"],
  "an empty array": ["[ ]", "an empty JSON array"],
  "an array of numbers": ["[1,2]", "a JSON array of something else"],
  "an array of other objects": ['[{"eventName":"x"}]', "a JSON array of something else"],
  "other JSON": ['{"name":"trailhound","eventName":"x"}', "JSON of another kind"],
  "an empty object": ["{}", "JSON of another kind"],
  "other JSON, a line each": ['{"a":1}\n{"b":2}\n', "JSON of another kind"],
  "other JSON, cut off": ['{"name":"trailhound","version":"', "JSON of another kind"],
  text: ["eventVersion and eventTime\n", "text that is no JSON log"],
  CSV: ["eventTime,eventName\n2026-11-05,One\n", "text that is no JSON log"],
  "a template": ["{{ log }}\n", "JSON of another kind"],
  "a number": ["12", "text that is no JSON log"],
  "bytes of all kinds": [Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 0, 0]), "a binary file"],
  "a long line of junk": ["x".repeat(3_000_000), "text that is no JSON log"],
  "a long object of junk": [`{${"x".repeat(3_000_000)}`, "JSON of another kind"],
};

const nothing = { isLog: false, notLogs: [], records: [], problems: [] };

async function of(content: string | Uint8Array): Promise<Omit<Reading, "bytes" | "places">> {
  const { bytes, places, ...reading } = await read(feedOf(Buffer.from(content as string)));
  return reading;
}

describe("no log", () => {
  for (const [name, [content, what]] of Object.entries(others)) {
    it(`is ${name}`, async () => {
      assert.deepEqual(await of(content), { ...nothing, notLogs: [what] });
    });
  }
});

const utf16 = "UTF-16 text in another container; unpack it first";
const twice = "gzip within gzip; inflate it once";
const zeroed = "zero bytes where a log should begin";
const cut = "the log breaks off in the middle of a record";

const lost: Readonly<Record<string, readonly [content: string | Uint8Array, reason: string]>> = {
  "UTF-16": [wide(`{"Records":[${first}]}`), utf16],
  "marked UTF-16": [wide(`${bom}${first}\r\n`), utf16],
  "UTF-16 the other way round": [wide(`${bom}[${first}]`).swap16(), utf16],
  "UTF-16 the other way round, unmarked": [wide(`[${first}]`).swap16(), utf16],
  "what was packed twice": [gzipSync(`{"Records":[${first}]}`), twice],
  zeros: [Buffer.alloc(70_000), zeroed],
  "one brace": ["{", cut],
  "part of a key": ['[ {"eventV', cut],
  "the key of the records": ['{"Records" :', cut],
  "one key of an event": ['{"eventVersion":"1.0', cut],
};

describe("a log that cannot be read", () => {
  for (const [name, [content, reason]] of Object.entries(lost)) {
    it(`is ${name}`, async () => {
      assert.deepEqual(await of(content), { ...nothing, isLog: true, problems: [[0, reason]] });
    });
  }
});

describe("a log among other things", () => {
  const cases: readonly [name: string, text: string, notLogs: string[], problems: unknown[]][] = [
    ["digests", `${digest}${digest}${first}\n${second}`, ["a CloudTrail digest"], []],
    [
      "a digest between logs",
      `{"Records":[${first}]}${digest}\n{"Records":[${second}]}`,
      ["a CloudTrail digest"],
      [],
    ],
    [
      "a notification and a snapshot",
      `${notification}${config}{"Records":[${first},${second}]}`,
      ["a notification, not the log itself", "an AWS Config snapshot"],
      [],
    ],
    [
      "text between logs",
      `[${first}] text {"Records":[${second}]}`,
      [],
      [[first.length + 3, "what follows is no CloudTrail log"]],
    ],
    [
      "an empty object",
      `{"Records":[{},${first},${second}]}`,
      [],
      [[12, "JSON of another kind as a record"]],
    ],
    [
      "a damaged first line",
      `{"eventVers\n${first}\n${second}`,
      [],
      [[0, "a record that is no JSON object"]],
    ],
    [
      "other lines of JSON",
      `${first}\n{"level":"info"}\nnull\n{}\n${second}`,
      [],
      [
        [first.length + 1, "JSON of another kind as a record"],
        [first.length + 18, "a record that is no JSON object"],
        [first.length + 23, "JSON of another kind as a record"],
      ],
    ],
  ];
  for (const [name, text, notLogs, problems] of cases) {
    it(`is found beside ${name}`, async () => {
      assert.deepEqual(await of(text), { isLog: true, notLogs, records: both, problems });
    });
  }
});
