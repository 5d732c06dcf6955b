import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import type { Row } from "../../src/query/answer.ts";
import { eventTable } from "../../src/words/event-rows.ts";
import { listing } from "../../src/words/like-rows.ts";
import { at, byUser, calling, event, to } from "../support/events.ts";

const got = (key: string, minute: number, who = "nina") =>
  event(byUser(who), to("s3"), calling("GetObject"), at(`2026-11-05T14:0${minute}:00Z`), {
    requestParameters: { bucketName: "exports", key },
  });
const delivered = (minute: number) =>
  event(to("s3"), calling("PutObject"), at(`2026-11-05T14:0${minute}:30Z`), {
    userIdentity: { type: "AWSService", invokedBy: "cloudtrail.amazonaws.com" },
    requestParameters: { bucketName: "exports", key: `AWSLogs/1/CloudTrail/${minute}.json.gz` },
  });

interface Case {
  readonly name: string;
  readonly records: readonly CloudTrailRecord[];
  /** Event and what of each row. */
  readonly rows: readonly (readonly [string, string])[];
}

const cases: readonly Case[] = [
  {
    name: "tells neighbours as one, with their number",
    records: [1, 2, 3, 4].map((minute) => got(`${minute}.csv`, minute)),
    rows: [["GetObject ×4", "exports/1.csv, exports/2.csv, exports/3.csv and 1 more"]],
  },
  {
    name: "names a thing once that all acted on",
    records: [1, 2, 3, 4].map((minute) => got("a.csv", minute)),
    rows: [["GetObject ×4", "exports/a.csv"]],
  },
  {
    name: "leaves three alone",
    records: [1, 2, 3].map((minute) => got("a.csv", minute)),
    rows: [1, 2, 3].map(() => ["GetObject", "exports/a.csv"]),
  },
  {
    name: "tells apart who called",
    records: [1, 2, 3, 4].map((minute) => got("a.csv", minute, minute % 2 ? "nina" : "omar")),
    rows: [1, 2, 3, 4].map(() => ["GetObject", "exports/a.csv"]),
  },
  {
    name: "puts files of logs behind the rest",
    records: [1, 2, 3, 4].flatMap((minute) => [delivered(minute), got("a.csv", minute)]),
    rows: [
      ["GetObject ×4", "exports/a.csv"],
      [
        "PutObject ×4",
        [1, 2, 3].map((n) => `exports/AWSLogs/1/CloudTrail/${n}.json.gz`).join(", ") +
          " and 1 more",
      ],
    ],
  },
];

describe("like rows of a terminal", () => {
  for (const { name, records, rows } of cases) {
    it(name, async () => {
      const { columns, row } = eventTable({});
      const source = { origin: "", offset: 0, bytes: new Uint8Array() };
      const { terse = [] } = listing(
        columns,
        records.map((record, id) => row({ id: String(id), record, source })),
      );
      const told: Row[] = [];
      for await (const one of terse) told.push(one);
      const at = (name: string) => columns.findIndex((column) => column.name === name);
      assert.deepEqual(
        told.map(({ cells }) => [
          cells[at("event")]?.text?.replace(/^.*:/, ""),
          cells[at("what")]?.text,
        ]),
        rows,
      );
      assert.equal(
        told.reduce((sum, { stands = 1 }) => sum + stands, 0),
        records.length,
      );
    });
  }
});
