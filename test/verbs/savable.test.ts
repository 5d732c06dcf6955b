import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { CloudTrailRecord, Json, JsonObject } from "../../src/event/record.ts";
import { equals } from "../../src/query/build.ts";
import type { Filter } from "../../src/query/filter.ts";
import { history } from "../../src/verbs/history.ts";
import { savable } from "../../src/verbs/savable.ts";
import {
  at,
  byRoot,
  byService,
  byUser,
  calling,
  event,
  failing,
  inRegion,
  on,
  to,
  withId,
} from "../support/events.ts";
import { asked } from "./asked.ts";

type Part = JsonObject;

interface Counts {
  readonly saved: number;
  readonly createdAnew: number;
  readonly gone: number;
}

interface Case {
  readonly name: string;
  readonly records: readonly CloudTrailRecord[];
  readonly filter?: Filter;
  /** State, thing, call that saves it, who. */
  readonly rows: readonly string[];
  readonly counts?: Partial<Counts>;
}

const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";
const arnOf = (id: string) => `arn:aws:kms:us-east-1:111122223333:key/${id}`;

function key(eventName: string, day: number, named: string, ...parts: readonly Part[]) {
  return event(
    ...[to("kms"), calling(eventName), at(`2026-11-0${day}T08:00:00Z`), byUser("maria")],
    on({ keyId: named, ...(eventName === "ScheduleKeyDeletion" && { pendingWindowInDays: 7 }) }),
    ...parts,
  );
}

function secret(eventName: string, day: number, secretId: string, more: JsonObject = {}) {
  return event(
    ...[to("secretsmanager"), calling(eventName), at(`2026-11-0${day}T08:00:00Z`)],
    ...[byUser("maria"), on({ secretId, ...more })],
  );
}

function object(eventName: string, day: number, name: string, answer: Json, more: JsonObject = {}) {
  return event(
    ...[to("s3"), calling(eventName), at(`2026-11-0${day}T08:00:00Z`), byUser("maria")],
    on({ bucketName: "orders", key: name, ...more }),
    { responseElements: answer, eventCategory: "Data" },
  );
}

const marker = { "x-amz-delete-marker": "true", "x-amz-version-id": "m1" };
const pendingKey = `pending|${keyId}|CancelKeyDeletion|maria`;

const cases: readonly Case[] = [
  { name: "finds nothing in no events", records: [], rows: [] },
  {
    name: "lists a key that waits",
    records: [key("ScheduleKeyDeletion", 4, keyId)],
    rows: [pendingKey],
  },
  {
    name: "counts a key that was saved under its ARN",
    records: [key("ScheduleKeyDeletion", 4, keyId), key("CancelKeyDeletion", 5, arnOf(keyId))],
    rows: [],
    counts: { saved: 1 },
  },
  {
    name: "does not take an attempt to save it for success",
    records: [
      key("ScheduleKeyDeletion", 4, keyId),
      key("CancelKeyDeletion", 5, keyId, failing("AccessDenied")),
    ],
    rows: [pendingKey],
  },
  {
    name: "does not take a call under its ARN for the life of another key of the same id",
    records: [
      key("DeleteKey", 3, keyId, byService("kms"), { eventType: "AwsServiceEvent" }),
      key("ScheduleKeyDeletion", 4, arnOf(keyId)),
      key("CancelKeyDeletion", 5, keyId),
    ],
    rows: [],
  },
  {
    name: "lists once what was saved and scheduled anew",
    records: [
      key("ScheduleKeyDeletion", 3, keyId),
      key("CancelKeyDeletion", 4, keyId),
      key("ScheduleKeyDeletion", 5, arnOf(keyId), byUser("omar")),
    ],
    rows: [`pending|${arnOf(keyId)}|CancelKeyDeletion|omar`],
  },
  {
    name: "leaves out a schedule that was denied",
    records: [key("ScheduleKeyDeletion", 4, keyId, failing("AccessDenied"))],
    rows: [],
  },
  {
    name: "tells apart the replicas of a key in two regions",
    records: [
      key("ScheduleKeyDeletion", 4, keyId),
      key("CancelKeyDeletion", 5, keyId, inRegion("eu-west-1")),
    ],
    rows: [pendingKey],
  },
  {
    name: "knows that the time is over, and names no call then",
    records: [key("ScheduleKeyDeletion", 1, keyId, at("2026-10-20T08:00:00Z"))],
    rows: [`time over|${keyId}||maria`],
  },
  {
    name: "counts a key that the service deleted",
    records: [
      key("ScheduleKeyDeletion", 1, keyId, at("2026-10-20T08:00:00Z")),
      key("DeleteKey", 1, arnOf(keyId), byService("kms"), { eventType: "AwsServiceEvent" }),
    ],
    rows: [],
    counts: { gone: 1 },
  },
  {
    name: "does not take a disabled key for one that waits",
    records: [key("DisableKey", 4, keyId)],
    rows: [],
  },
  {
    name: "does not list a secret that was deleted at once",
    records: [secret("DeleteSecret", 4, "orders/db", { forceDeleteWithoutRecovery: true })],
    rows: [],
  },
  {
    name: "does not take a secret of a longer name for the one that waits",
    records: [
      secret("DeleteSecret", 4, "db", { recoveryWindowInDays: 7 }),
      secret("DeleteSecret", 4, "orders/db", { recoveryWindowInDays: 7 }),
      secret(
        "RestoreSecret",
        5,
        "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders/db-AbCdEf",
      ),
    ],
    rows: ["pending|db|RestoreSecret|maria"],
    counts: { saved: 1 },
  },
  {
    name: "puts the nearest deadline first, then what has none, then what is over",
    records: [
      object("DeleteObject", 5, "a.csv", marker),
      secret("DeleteSecret", 4, "late", { recoveryWindowInDays: 30 }),
      key("ScheduleKeyDeletion", 1, "0a", at("2026-10-20T08:00:00Z")),
      key("ScheduleKeyDeletion", 5, "0b"),
    ],
    rows: [
      "pending|0b|CancelKeyDeletion|maria",
      "pending|late|RestoreSecret|maria",
      "hidden|orders/a.csv|DeleteObject of the marker's versionId|maria",
      "time over|0a||maria",
    ],
  },
  {
    name: "lists only what the filter lets through, and counts all that came of it",
    records: [
      key("ScheduleKeyDeletion", 3, "0a"),
      key("ScheduleKeyDeletion", 3, "0b", byUser("omar")),
      key("ScheduleKeyDeletion", 4, "0c", byUser("omar")),
      key("CancelKeyDeletion", 5, "0b"),
    ],
    filter: equals("user", "omar"),
    rows: ["pending|0c|CancelKeyDeletion|omar"],
    counts: { saved: 1 },
  },
  {
    name: "does not list an object that is gone at once, having no versions",
    records: [object("DeleteObject", 4, "a.csv", null)],
    rows: [],
  },
  {
    name: "counts an object that was freed of its marker, and one that was put anew",
    records: [
      object("DeleteObject", 4, "a.csv", marker),
      object("DeleteObject", 5, "a.csv", marker, { versionId: "m1" }),
      object("DeleteObject", 4, "b.csv", marker),
      object("PutObject", 5, "b.csv", { "x-amz-version-id": "v2" }),
    ],
    rows: [],
    counts: { saved: 1, createdAnew: 1 },
  },
  {
    name: "tells apart objects of which the case differs",
    records: [
      object("DeleteObject", 4, "A.csv", marker),
      object("PutObject", 5, "a.csv", { "x-amz-version-id": "v2" }),
    ],
    rows: ["hidden|orders/A.csv|DeleteObject of the marker's versionId|maria"],
  },
  {
    name: "knows that nothing is left of a bucket that was deleted, and not of one that was before",
    records: [
      event(to("s3"), calling("DeleteBucket"), on({ bucketName: "orders" }), at("2026-11-03")),
      object("DeleteObject", 4, "a.csv", marker),
    ],
    rows: ["hidden|orders/a.csv|DeleteObject of the marker's versionId|maria"],
  },
  {
    name: "names the account that was closed without being named",
    records: [event(to("account"), calling("CloseAccount"), byRoot())],
    rows: ["pending|111122223333|AWS Support|root of 111122223333"],
  },
];

describe("savable", () => {
  for (const { name, records, filter, rows, counts = {} } of cases) {
    it(name, async () => {
      const told = await asked(savable, records, filter === undefined ? {} : { filter });
      assert.deepEqual(shown(told, ["state", "thing", "savedBy", "who"]), rows);
      const { saved, createdAnew, gone } = told.answer.facts ?? {};
      const none = { saved: 0, createdAnew: 0, gone: 0 };
      assert.deepEqual({ saved, createdAnew, gone }, { ...none, ...counts });
      assert.equal(told.answer.found, rows.length > 0);
    });
  }

  it("agrees with the history of each thing, whatever was done to it", async () => {
    const property = fc.asyncProperty(lives, async (records) => {
      const things = shown(await asked(savable, records), ["state", "eventID"]);
      const told = await asked(history, records, { arguments: [keyId] });
      const verdict = told.answer.facts?.["verdict"] as JsonObject;
      const waits = verdict["kind"] === "scheduled";
      assert.deepEqual(things, waits ? [`pending|${verdict["decisive"]}`] : []);
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

function shown(
  { answer, rows }: Awaited<ReturnType<typeof asked>>,
  names: readonly string[],
): readonly string[] {
  const columns = answer.sections.find(({ name }) => name === "savable")?.columns ?? [];
  const at = names.map((wanted) => columns.findIndex(({ name }) => name === wanted));
  return (rows.get("savable") ?? []).map(({ cells }) =>
    at.map((column) => cells[column]?.text ?? "").join("|"),
  );
}

const acts = [
  ...["ScheduleKeyDeletion", "CancelKeyDeletion", "DeleteKey"],
  ...["CreateKey", "DescribeKey", "DisableKeyRotation", "EnableKeyRotation"],
];

const lives = fc
  .array(
    fc.record({
      call: fc.constantFrom(...acts),
      isArn: fc.boolean(),
      fails: fc.boolean(),
      wait: fc.constantFrom(1, 60),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((all) => {
    let time = Date.parse("2026-11-05T08:00:00Z");
    const end = all.findIndex(({ call }) => call === "DeleteKey");
    return all.map(({ call, isArn, fails, wait }, i) => {
      time += wait * 1000;
      // No call succeeds on a key that is gone, and none brings it back.
      const isLate = end >= 0 && i > end;
      const isService = call === "DeleteKey";
      return key(
        ...([call, 5, isArn ? arnOf(keyId) : keyId] as const),
        ...[at(new Date(time).toISOString().replace(".000", "")), withId(`${call} ${i}`)],
        ...(isService ? [byService("kms"), { eventType: "AwsServiceEvent" }] : []),
        ...((fails || isLate) && !isService ? [failing("AccessDenied")] : []),
      );
    });
  });
