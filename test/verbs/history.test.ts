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
      "orders was created on 2026-11-05 at 10:00:00 UTC by alice, changed 1 time and deleted on 2026-11-05 at 12:00:00 UTC by carol.",
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
      "orders was created 2 times, the last time on 2026-11-05 at 12:00:00 UTC by bob and deleted on 2026-11-05 at 11:00:00 UTC by alice.",
    ],
    rows: 3,
  },
  {
    name: "counts what changed nothing apart",
    events: [call("CreateBucket", 10), call("DeleteBucket", 11, failing("AccessDenied"))],
    sentences: [
      "orders was created on 2026-11-05 at 10:00:00 UTC by alice.",
      "1 other call changed nothing of it.",
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
    sentences: ["Nothing happened to orders, in these logs.", "1 call changed nothing of it."],
    rows: 1,
  },
  {
    name: "finds nothing where nothing was",
    events: [],
    sentences: ["Nothing happened to orders, in these logs."],
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
