import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import {
  cancelsDeletion,
  type ScheduledDeletion,
  scheduledDeletion,
} from "../../src/event/scheduled-deletion.ts";
import { calling, event, on } from "../support/events.ts";

const cases: readonly (readonly [
  name: string,
  record: CloudTrailRecord,
  ScheduledDeletion | undefined,
])[] = [
  [
    "a key has days to be saved",
    event(calling("ScheduleKeyDeletion"), on({ keyId: "k", pendingWindowInDays: 7 })),
    { days: 7 },
  ],
  ["a key has some time", event(calling("ScheduleKeyDeletion"), on({ keyId: "k" })), {}],
  [
    "a secret has days to be saved",
    event(calling("DeleteSecret"), on({ secretId: "s", recoveryWindowInDays: 30 })),
    { days: 30 },
  ],
  [
    "a secret deleted by force is gone",
    event(calling("DeleteSecret"), on({ secretId: "s", forceDeleteWithoutRecovery: true })),
    undefined,
  ],
  ["a bucket is gone", event(calling("DeleteBucket")), undefined],
  ["a nameless call deletes nothing", event({ eventName: null }), undefined],
];

describe("a deletion to come", () => {
  for (const [name, record, expected] of cases) {
    it(name, () => assert.deepEqual(scheduledDeletion(record), expected));
  }

  it("can be cancelled", () => {
    assert.ok(cancelsDeletion(event(calling("CancelKeyDeletion"))));
    assert.ok(!cancelsDeletion(event(calling("ScheduleKeyDeletion"))));
  });
});
