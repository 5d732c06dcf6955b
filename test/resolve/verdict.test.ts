import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord, JsonObject } from "../../src/event/record.ts";
import { resourceNamed, resourceTerm } from "../../src/query/resource.ts";
import { storyBehind } from "../../src/resolve/story.ts";
import { type Verdict, verdictOf } from "../../src/resolve/verdict.ts";
import { at, byService, calling, event, failing, on, to, withId } from "../support/events.ts";
import { readingOf } from "../support/plain-reading.ts";

const parameters: { readonly [service: string]: JsonObject } = {
  s3: { bucketName: "orders" },
  kms: { keyId: "orders", pendingWindowInDays: 7 },
  secretsmanager: { secretId: "orders", recoveryWindowInDays: 7 },
  cloudtrail: { name: "orders" },
  dynamodb: { tableName: "orders" },
};

/** `call("s3:DeleteBucket", 5)`: on the 5th; its id is `DeleteBucket 5`. */
function call(name: string, day: number, ...parts: readonly JsonObject[]): CloudTrailRecord {
  const [service = "", eventName = ""] = name.split(":");
  const time = at(`2026-11-${String(day).padStart(2, "0")}T09:00:00Z`);
  const id = withId(`${eventName} ${day}`);
  return event(to(service), calling(eventName), on(parameters[service] ?? {}), time, id, ...parts);
}

const byAws = { ...byService("aws"), eventType: "AwsServiceEvent" };
const endOfVersion = (day: number) =>
  call("secretsmanager:EndSecretVersionDelete", day, {
    ...byAws,
    ...on(null),
    additionalEventData: {
      Name: "orders",
      ARN: "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-AbC123",
    },
  });

interface Case {
  readonly events: readonly CloudTrailRecord[];
  /** Day up to which the logs reach. */
  readonly newest?: number;
  /** The call of which the verdict is asked, rather than of the thing. */
  readonly about?: string;
  /** Events by their ids. */
  readonly verdict: { readonly [key: string]: unknown };
}

const cases: { readonly [name: string]: Case } = {
  "nothing where nothing was": { events: [], verdict: { kind: "none" } },
  "that it exists": {
    events: [call("s3:CreateBucket", 1)],
    verdict: { kind: "exists", decisive: "CreateBucket 1" },
  },
  "that it is deleted": {
    events: [call("s3:CreateBucket", 1), call("s3:DeleteBucket", 2)],
    verdict: { kind: "deleted", decisive: "DeleteBucket 2" },
  },
  "that it is deleted, whatever failed in the same second or later": {
    events: [
      call("s3:DeleteBucket", 2, failing("NoSuchBucket"), withId("a")),
      call("s3:DeleteBucket", 2),
      call("s3:DeleteBucket", 3, failing("NoSuchBucket")),
    ],
    verdict: { kind: "deleted", decisive: "DeleteBucket 2" },
  },
  "that deleting it was tried": {
    events: [
      call("s3:CreateBucket", 1),
      call("s3:DeleteBucket", 2, failing("AccessDenied")),
      call("s3:DeleteBucket", 3, failing("BucketNotEmpty")),
    ],
    verdict: { kind: "attempted", decisive: "DeleteBucket 3", attempts: 2 },
  },
  "that it was created anew": {
    events: [call("s3:DeleteBucket", 2), call("s3:CreateBucket", 3)],
    verdict: {
      kind: "undone",
      decisive: "DeleteBucket 2",
      undoneBy: "CreateBucket 3",
      how: "created anew",
    },
  },
  "that a table's end is not undone by a bucket of that name": {
    events: [call("dynamodb:DeleteTable", 2), call("s3:CreateBucket", 3)],
    about: "DeleteTable 2",
    verdict: { kind: "deleted", decisive: "DeleteTable 2" },
  },
  "until when it can be saved, and how": {
    events: [call("kms:ScheduleKeyDeletion", 2)],
    newest: 5,
    verdict: {
      kind: "scheduled",
      decisive: "ScheduleKeyDeletion 2",
      days: 7,
      until: Date.UTC(2026, 10, 9, 9),
      savedBy: "CancelKeyDeletion",
      isOver: false,
    },
  },
  "that the time to save it is over": {
    events: [call("kms:ScheduleKeyDeletion", 2)],
    newest: 10,
    verdict: {
      kind: "scheduled",
      decisive: "ScheduleKeyDeletion 2",
      days: 7,
      until: Date.UTC(2026, 10, 9, 9),
      savedBy: "CancelKeyDeletion",
      isOver: true,
    },
  },
  "that it was saved": {
    events: [call("kms:ScheduleKeyDeletion", 2), call("kms:CancelKeyDeletion", 3)],
    verdict: {
      kind: "undone",
      decisive: "ScheduleKeyDeletion 2",
      undoneBy: "CancelKeyDeletion 3",
      how: "saved",
    },
  },
  "that it was saved, and scheduled again": {
    events: [
      call("secretsmanager:DeleteSecret", 2),
      call("secretsmanager:RestoreSecret", 3),
      call("secretsmanager:DeleteSecret", 4),
    ],
    verdict: {
      kind: "scheduled",
      decisive: "DeleteSecret 4",
      days: 7,
      until: Date.UTC(2026, 10, 11, 9),
      savedBy: "RestoreSecret",
      isOver: false,
    },
  },
  "who asked for what the service did at the end": {
    events: [call("kms:ScheduleKeyDeletion", 2), call("kms:DeleteKey", 9, byAws)],
    verdict: {
      kind: "deleted",
      decisive: "ScheduleKeyDeletion 2",
      completedBy: "DeleteKey 9",
    },
  },
  "who asked for the end of a secret's versions": {
    events: [call("secretsmanager:DeleteSecret", 2), endOfVersion(9)],
    verdict: {
      kind: "deleted",
      decisive: "DeleteSecret 2",
      completedBy: "EndSecretVersionDelete 9",
    },
  },
  "that a secret seems gone when only its versions' ends are logged": {
    events: [endOfVersion(8), endOfVersion(9)],
    verdict: { kind: "inferred", decisive: "EndSecretVersionDelete 9", versions: 2 },
  },
  "that a secret exists when an old version of it ended": {
    events: [call("secretsmanager:CreateSecret", 1, on({ name: "orders" })), endOfVersion(9)],
    verdict: { kind: "exists", decisive: "CreateSecret 1" },
  },
  "that it is disabled": {
    events: [call("kms:DisableKey", 2)],
    verdict: {
      kind: "hidden",
      decisive: "DisableKey 2",
      how: "disabled",
      undoneBy: "EnableKey",
    },
  },
  "that it was enabled again": {
    events: [call("kms:DisableKey", 2), call("kms:EnableKey", 3)],
    verdict: {
      kind: "undone",
      decisive: "DisableKey 2",
      undoneBy: "EnableKey 3",
      how: "shown",
      words: "enabled again",
    },
  },
  "that a key saved from deletion is still disabled": {
    events: [
      call("kms:DisableKey", 1),
      call("kms:ScheduleKeyDeletion", 2),
      call("kms:CancelKeyDeletion", 3),
    ],
    verdict: {
      kind: "hidden",
      decisive: "DisableKey 1",
      how: "disabled",
      undoneBy: "EnableKey",
    },
  },
  "what weakens it": {
    events: [call("cloudtrail:CreateTrail", 1), call("cloudtrail:StopLogging", 2)],
    verdict: {
      kind: "weakened",
      decisive: "StopLogging 2",
      part: "logging",
      how: "stopped",
      undoneBy: "StartLogging",
    },
  },
  "what took back that which weakened it": {
    events: [call("cloudtrail:StopLogging", 2), call("cloudtrail:StartLogging", 3)],
    about: "StopLogging 2",
    verdict: {
      kind: "undone",
      decisive: "StopLogging 2",
      undoneBy: "StartLogging 3",
      how: "shown",
      words: "started again",
    },
  },
  "nothing of a call that is no turn": {
    events: [call("s3:PutBucketPolicy", 2)],
    about: "PutBucketPolicy 2",
    verdict: { kind: "none" },
  },
};

describe("a verdict tells", () => {
  for (const [name, { events, newest, about, verdict }] of Object.entries(cases)) {
    it(name, async () => {
      const reading = readingOf(events);
      const { story } = await storyBehind(reading, resourceNamed("orders"));
      const asked = about === undefined ? undefined : await found(about);
      const horizon = newest === undefined ? {} : { newest: Date.UTC(2026, 10, newest, 9) };
      assert.deepEqual(withIds(verdictOf(story, horizon, asked)), verdict);

      async function found(id: string) {
        const filter = resourceTerm("orders");
        const reply = await reading.events({ kind: "events", filter });
        for await (const one of reply.events) if (one.record["eventID"] === id) return one;
        return undefined;
      }
    });
  }
});

function withIds(verdict: Verdict): { readonly [key: string]: unknown } {
  return Object.fromEntries(
    Object.entries(verdict).map(([key, value]) => [
      key,
      typeof value === "object" ? value.record["eventID"] : value,
    ]),
  );
}
