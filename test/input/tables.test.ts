import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Json } from "../../src/event/record.ts";
import { userIdentity } from "../../src/input/tables/columns.ts";
import { RowReader } from "../../src/input/tables/row.ts";
import { readStruct } from "../../src/input/tables/struct-text.ts";
import { feedOf, read, readText } from "./reading.ts";

const structs: Readonly<Record<string, readonly [text: string, value: unknown]>> = {
  "every member": ["{type=IAMUser, username=ann}", { type: "IAMUser", userName: "ann" }],
  "no absent member": ["{type=Root, username=null}", { type: "Root" }],
  nothing: ["{}", {}],
  "structs within": [
    "{type=AssumedRole, sessioncontext={attributes={mfaauthenticated=true, creationdate=x}, sessionissuer={username=Admin}}}",
    {
      type: "AssumedRole",
      sessionContext: {
        attributes: { mfaAuthenticated: "true", creationDate: "x" },
        sessionIssuer: { userName: "Admin" },
      },
    },
  ],
  "values with commas, equal signs and braces": [
    "{type=IAMUser, principalid=a,b, arn=x=1, y, username={q}}",
    { type: "IAMUser", principalId: "a,b", arn: "x=1, y", userName: "{q}" },
  ],
  "only known members": ["{type=IAMUser, colour=red}", undefined],
  "no member twice": ["{type=IAMUser, arn=real, username=ann, arn=false}", undefined],
  "one way only": ["{sessioncontext={sourceidentity=a}, username=b}, username=c}", undefined],
  "whole texts only": ["{type=IAMUser", undefined],
  "no hostile text for long": [`{username=${"}".repeat(100_000)}`, undefined],
};

describe("the text of a struct", () => {
  for (const [name, [text, value]] of Object.entries(structs)) {
    it(`gives ${name}`, () => assert.deepEqual(readStruct(text, userIdentity), value));
  }
});

interface RowCase {
  readonly name: string;
  readonly row: Readonly<Record<string, Json>>;
  readonly record?: unknown;
  readonly lacks?: readonly string[];
}

const rows: readonly RowCase[] = [
  {
    name: "columns in any spelling",
    row: { "Event name": "A", event_source: "s3", EVENTTIME: "2026-10-03T09:15:00Z" },
    record: { eventName: "A", eventSource: "s3", eventTime: "2026-10-03T09:15:00Z" },
  },
  {
    name: "a time as SQL prints it",
    row: { eventtime: "2026-10-03 09:15:00.000" },
    record: { eventTime: "2026-10-03T09:15:00Z" },
  },
  {
    name: "a time as the console prints it",
    row: { "Event time": "October 03, 2026, 04:15:00 (UTC-05:30)" },
    record: { eventTime: "2026-10-03T09:45:00Z" },
  },
  {
    name: "no time without its zone",
    row: { "Event time": "October 03, 2026, 04:15:00", eventname: "A" },
    record: { eventName: "A" },
    lacks: ["eventTime is no time that names its zone"],
  },
  {
    name: "columns of nested fields",
    row: {
      "userIdentity.arn": "x",
      UserIdentityUserName: "ann",
      SessionIssuerArn: "r",
      "requestParameters.bucketName": "b",
      "requestParameters.__proto__.polluted": "yes",
    },
    record: {
      userIdentity: {
        arn: "x",
        userName: "ann",
        sessionContext: { sessionIssuer: { arn: "r" } },
      },
      requestParameters: JSON.parse('{"bucketName":"b","__proto__":{"polluted":"yes"}}'),
    },
  },
  {
    name: "JSON in a cell as it stands",
    row: { requestparameters: '{"Host":"a","n":[1]}', readonly: "true", errorcode: "null" },
    record: { requestParameters: { Host: "a", n: [1] }, readOnly: true },
  },
  {
    name: "parameters without quotes, and says so",
    row: { requestParameters: "{bucketName=b, Host=h}" },
    record: { requestParameters: { bucketName: "b", Host: "h" } },
    lacks: [
      "requestParameters was read from a text without quotes: a value may have been cut in two",
    ],
  },
  {
    name: "no struct that could be several",
    row: { useridentity: "{arn=a, username=b, arn=c}", eventname: "A" },
    record: { eventName: "A" },
    lacks: ["userIdentity is a text that can be read in more than one way, so it was left out"],
  },
  {
    name: "resources in lower case",
    row: { resources: [{ arn: "a", accountid: "1", type: "t" }] },
    record: { resources: [{ ARN: "a", accountId: "1", type: "t" }] },
  },
  {
    name: "the resource of the console",
    row: { "Resource type": "AWS::S3::Bucket", "Resource name": "b" },
    record: { resources: [{ ARN: "b", type: "AWS::S3::Bucket" }] },
  },
  { name: "nothing of other columns", row: { colour: "red" } },
];

describe("a row", () => {
  for (const { name, row, record, lacks = [] } of rows) {
    it(`gives ${name}`, () => {
      const reader = new RowReader(Object.keys(row));
      const found = reader.read(Object.values(row));
      assert.deepEqual(found.text && JSON.parse(found.text), record);
      const others = found.lacks.filter((lack) => !lack.startsWith("a table without "));
      assert.deepEqual(others, lacks);
    });
  }
});

const header = "eventName,eventTime,eventSource,eventJson\n";
const row = (name: string) =>
  `${name},t,s,"{""eventVersion"":""1.11"",""eventName"":""${name}""}"\n`;

interface TableCase {
  readonly name: string;
  readonly text: string;
  readonly records: readonly string[];
  readonly problems?: readonly (readonly [number, string])[];
}

const cut = "the log breaks off in the middle of a record";
const tables: readonly TableCase[] = [
  { name: "rows", text: header + row("A") + row("B"), records: ["A", "B"] },
  { name: "a byte order mark", text: `\ufeff${header}${row("A")}`, records: ["A"] },
  { name: "lines of Windows", text: (header + row("A")).replaceAll("\n", "\r\n"), records: ["A"] },
  { name: "empty lines", text: `${header}\n\n${row("A")}\r\n${row("B")}`, records: ["A", "B"] },
  { name: "no end of the last line", text: (header + row("A")).slice(0, -1), records: ["A"] },
  { name: "the names again", text: header + row("A") + header + row("B"), records: ["A", "B"] },
  {
    name: "semicolons",
    text: (header + row("A")).replaceAll(/,(?=[a-z"]|event)/g, ";").replaceAll('"";""', '"",""'),
    records: ["A"],
  },
  {
    name: "ends of lines in cells",
    text: header + row("A").replaceAll(":", ":\n"),
    records: ["A"],
  },
  { name: "names alone", text: header, records: [] },
  {
    name: "a row that is too short",
    text: `${header}A,t\n${row("B")}`,
    records: ["B"],
    problems: [[header.length, "a row of 2 cells under 4 columns"]],
  },
  {
    name: "a row that breaks off",
    text: header + row("A") + row("B").slice(0, -9),
    records: ["A"],
    problems: [[header.length + row("A").length, cut]],
  },
  {
    name: "a stray quote",
    text: header + row("A").replace(",t,", ',"t"x,') + row("B"),
    records: ["A", "B"],
  },
];

describe("a table", () => {
  for (const { name, text, records, problems = [] } of tables) {
    it(`may have ${name}, in pieces of any size`, async () => {
      for (const size of [Number.POSITIVE_INFINITY, 5]) {
        const found = await read(feedOf(Buffer.from(text), [size]));
        assert.deepEqual(
          { records: found.records, problems: found.problems },
          { records, problems },
        );
      }
    });
  }

  it("is none if its columns are of something else", async () => {
    const { notLogs } = await readText("name,time,source\na,b,c\n");
    assert.deepEqual(notLogs, ["text that is no JSON log"]);
  });

  it("says once what its columns do not hold", async () => {
    const line = "A,2026-10-03T09:15:00Z,s3.amazonaws.com\n";
    const text = `eventName,eventTime,eventSource\n${line}${line}`;
    const { records, problems } = await readText(text);
    assert.deepEqual(records, ["A", "A"]);
    assert.equal(problems.length, 1);
    assert.match(problems[0]?.[1] ?? "", /^a table without userIdentity, .*eventID: /);
  });
});
