import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord, JsonObject } from "../../src/event/record.ts";
import { history } from "../../src/verbs/history.ts";
import { at, byUser, calling, event, failing, on, to } from "../support/events.ts";
import { asked } from "./asked.ts";

const call = (eventName: string, hour: number, ...parts: readonly JsonObject[]) =>
  event(
    to("s3"),
    calling(eventName),
    on({ bucketName: "orders" }),
    at(`2026-11-05T${hour}:00:00Z`),
    ...parts,
  );

interface Case {
  readonly name: string;
  readonly events: readonly CloudTrailRecord[];
  readonly reads?: boolean;
  readonly sentences: readonly string[];
  readonly rows: number;
}

const cases: readonly Case[] = [
  {
    name: "tells creation, changes and deletion",
    events: [
      call("CreateBucket", 10),
      call("PutBucketPolicy", 11, byUser("bob")),
      call("DeleteBucket", 12, byUser("carol")),
    ],
    sentences: [
      "orders was created on 2026-11-05 at 10:00:00 UTC by alice and deleted on 2026-11-05 at 12:00:00 UTC by carol.",
      "It was changed once by bob on 2026-11-05 at 11:00:00 UTC (PutBucketPolicy).",
    ],
    rows: 3,
  },
  {
    name: "tells that it came and went more than once",
    events: [
      call("CreateBucket", 10),
      call("DeleteBucket", 11),
      call("CreateBucket", 12, byUser("bob")),
    ],
    sentences: [
      "orders was created on 2026-11-05 at 10:00:00 UTC by alice, deleted on 2026-11-05 at 11:00:00 UTC by alice and created again on 2026-11-05 at 12:00:00 UTC by bob.",
    ],
    rows: 3,
  },
  {
    name: "counts where it came and went often",
    events: [10, 12, 14].flatMap((hour) => [
      call("CreateBucket", hour),
      call("DeleteBucket", hour + 1),
    ]),
    sentences: [
      "orders was created 3 times and deleted 3 times; the last: deleted again on 2026-11-05 at 15:00:00 UTC by alice.",
    ],
    rows: 6,
  },
  {
    name: "tells a deletion that was taken back in time",
    events: [
      event(
        to("kms"),
        calling("ScheduleKeyDeletion"),
        on({ keyId: "orders", pendingWindowInDays: 7 }),
        at("2026-11-05T10:00:00Z"),
      ),
      event(
        to("kms"),
        calling("CancelKeyDeletion"),
        on({ keyId: "orders" }),
        at("2026-11-06T10:00:00Z"),
        byUser("bob"),
      ),
    ],
    sentences: [
      "orders was marked for deletion on 2026-11-05 at 10:00:00 UTC by alice (7 days to undo it) and saved from deletion on 2026-11-06 at 10:00:00 UTC by bob.",
    ],
    rows: 2,
  },
  {
    name: "takes overwriting for a change",
    events: [11, 10].map((hour) =>
      event(
        to("ssm"),
        calling("PutParameter"),
        on({ name: "orders" }),
        at(`2026-11-05T${hour}:00:00Z`),
      ),
    ),
    sentences: [
      "orders was created on 2026-11-05 at 10:00:00 UTC by alice.",
      "It was changed once by alice on 2026-11-05 at 11:00:00 UTC (PutParameter).",
    ],
    rows: 2,
  },
  {
    name: "counts what changed nothing apart",
    events: [call("CreateBucket", 10), call("DeleteBucket", 11, failing("AccessDenied"))],
    sentences: [
      "orders was created on 2026-11-05 at 10:00:00 UTC by alice.",
      "1 attempt was denied.",
    ],
    rows: 2,
  },
  {
    name: "leaves reads out",
    events: [call("CreateBucket", 10), call("GetBucketAcl", 11)],
    sentences: ["orders was created on 2026-11-05 at 10:00:00 UTC by alice."],
    rows: 1,
  },
  {
    name: "takes reads in when asked to",
    events: [call("GetBucketAcl", 11)],
    reads: true,
    sentences: ["Nothing happened to orders, in these logs.", "1 call only reads or mentions it."],
    rows: 1,
  },
  {
    name: "finds nothing where nothing was",
    events: [],
    sentences: ["Nothing happened to orders, in these logs: no write mentions it."],
    rows: 0,
  },
];

describe("history", () => {
  for (const { name, events, reads = false, sentences, rows: count } of cases) {
    it(name, async () => {
      const { answer, rows } = await asked(history, events, {
        arguments: ["orders"],
        options: { reads },
      });
      assert.deepEqual(answer.sentences, sentences);
      assert.equal(rows.get("events")?.length, count);
      assert.equal(answer.found, count > 0);
    });
  }
});
