import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Possibility } from "../../src/resolve/possibilities.ts";
import { possibilityFacts, possibilitySentences } from "../../src/words/possibility-words.ts";
import { found, time } from "../resolve/credentials.ts";
import { at, byUser, calling, event, withId } from "../support/events.ts";

const by = (eventName: string) => {
  const [only] = found([
    event(byUser("mallory"), calling(eventName), at(time("09:14:03")), withId("it")),
  ]);
  assert.ok(only);
  return { event: only, certainty: "possible" } as const;
};

const when = "by mallory on 2026-11-05 at 09:14:03 UTC";
const rule = { kind: "expiry", parent: "orders", ...by("PutBucketLifecycle") } as const;

const cases: readonly (readonly [possibility: Possibility, sentence: string])[] = [
  [
    { kind: "instance", parent: "i-0abc", ...by("TerminateInstances"), certainty: "likely" },
    `It probably went with the instance i-0abc, terminated ${when} (TerminateInstances): it was set to go with it.`,
  ],
  [
    { kind: "image", parent: "ami-0abc", ...by("DeregisterImage"), certainty: "likely" },
    `It probably went with the image ami-0abc that was made of it, deregistered ${when} (DeregisterImage) with its snapshots.`,
  ],
  [
    { kind: "stack", parent: "orders-prod", ...by("DeleteStack") },
    `It could also have gone with the stack orders-prod that made it, deleted ${when} (DeleteStack).`,
  ],
  [
    { kind: "whole", parent: "orders", ...by("DeleteBucket") },
    `It could also have gone with orders, deleted ${when} (DeleteBucket).`,
  ],
  [
    { kind: "emptied", parent: "orders", ...by("DeleteObjects") },
    `It could also be among what was deleted from orders ${when} (DeleteObjects), which does not log what.`,
  ],
  [
    { ...rule, expiry: { kind: "lifecycle", name: "tidy", prefix: "in/", days: 1 } },
    `It could also have expired: the lifecycle rule tidy of orders deletes in/* after 1 day, set ${when} (PutBucketLifecycle); no event tells of that.`,
  ],
  [
    { ...rule, expiry: { kind: "lifecycle", hasConditions: true, days: 2 } },
    `It could also have expired: a lifecycle rule of orders deletes everything after 2 days, with certain tags or sizes only, set ${when} (PutBucketLifecycle); no event tells of that.`,
  ],
  [
    { ...rule, expiry: { kind: "lifecycle", date: "2026-11-06T00:00:00Z" } },
    `It could also have expired: a lifecycle rule of orders deletes everything on 2026-11-06T00:00:00Z, set ${when} (PutBucketLifecycle); no event tells of that.`,
  ],
  [
    { ...rule, expiry: { kind: "time to live", name: "expires" } },
    `It could also have expired: items of orders go at the time that their attribute expires gives, set ${when} (PutBucketLifecycle); no event tells of that.`,
  ],
  [
    { ...rule, expiry: { kind: "retention", days: 30 } },
    `It could also have expired: orders keeps its logs for 30 days, set ${when} (PutBucketLifecycle); no event tells of that.`,
  ],
];

describe("sentences about possibilities", () => {
  for (const [possibility, sentence] of cases) {
    it(`say that ${sentence.slice(0, 60)}...`, () => {
      assert.deepEqual(possibilitySentences([possibility], "UTC"), [sentence]);
    });
  }

  it("are few, and say so", () => {
    const many = cases.slice(0, 6).map(([possibility]) => possibility);
    const sentences = possibilitySentences(many, "UTC");
    assert.equal(sentences.length, 5);
    assert.equal(sentences.at(-1), "There are 2 more such possibilities.");
  });

  it("come as facts for programs", () => {
    assert.deepEqual(possibilityFacts([{ ...rule, expiry: { kind: "lifecycle", days: 1 } }]), [
      {
        kind: "expiry",
        parent: "orders",
        certainty: "possible",
        eventID: "it",
        event: "PutBucketLifecycle",
        rule: { kind: "lifecycle", days: 1 },
      },
    ]);
  });
});
