/**
 * `who` and `history` judge alike: over random lives of things of several services, whoever is named as
 * having deleted, stopped or created something is the one of whom the history says so.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { CloudTrailRecord, JsonObject } from "../../src/event/record.ts";
import type { Row } from "../../src/query/answer.ts";
import { history } from "../../src/verbs/history.ts";
import { who } from "../../src/verbs/who.ts";
import {
  at,
  byService,
  byUser,
  calling,
  event,
  failing,
  on,
  to,
  withId,
} from "../support/events.ts";
import { type Asked, asked } from "./asked.ts";

interface Kind {
  readonly service: string;
  readonly name: string;
  readonly parameters: JsonObject;
  readonly calls: readonly string[];
}

const instanceId = "i-0123456789abcdef0";
const arn =
  "arn:aws:elasticloadbalancing:us-east-1:111122223333:targetgroup/orders/0011223344556677";
const kinds: readonly Kind[] = [
  {
    service: "ec2",
    name: instanceId,
    parameters: { instancesSet: { items: [{ instanceId }] } },
    calls: ["TerminateInstances", "StopInstances", "StartInstances", "BidEvictedEvent"],
  },
  {
    service: "elasticloadbalancing",
    name: "orders",
    parameters: { name: "orders", targetGroupArn: arn },
    calls: ["CreateTargetGroup", "DeleteTargetGroup", "ModifyTargetGroup"],
  },
  {
    service: "s3",
    name: "orders",
    parameters: { bucketName: "orders" },
    calls: ["CreateBucket", "DeleteBucket", "PutBucketPolicy"],
  },
  {
    service: "kms",
    name: "orders",
    parameters: { keyId: "orders", pendingWindowInDays: 7 },
    calls: ["ScheduleKeyDeletion", "CancelKeyDeletion", "DisableKey", "EnableKey", "DeleteKey"],
  },
  {
    service: "secretsmanager",
    name: "orders",
    parameters: { secretId: "orders", name: "orders", recoveryWindowInDays: 7 },
    calls: ["CreateSecret", "DeleteSecret", "RestoreSecret", "PutSecretValue"],
  },
  {
    service: "dynamodb",
    name: "orders",
    parameters: { tableName: "orders" },
    calls: ["CreateTable", "DeleteTable", "UpdateTable"],
  },
  {
    service: "sns",
    name: "orders",
    parameters: { name: "orders", topicArn: "arn:aws:sns:us-east-1:111122223333:orders" },
    calls: ["CreateTopic", "DeleteTopic"],
  },
];

const act = fc.record({
  call: fc.nat(),
  by: fc.constantFrom("maria", "omar", "pia"),
  /** Seconds after the one before: two calls may share a second. */
  wait: fc.constantFrom(0, 1, 3600),
  fails: fc.boolean(),
});

const lives = fc
  .tuple(fc.constantFrom(...kinds), fc.array(act, { minLength: 1, maxLength: 9 }))
  .map(([kind, acts]) => ({ kind, records: recordsOf(kind, acts) }));

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

function recordsOf(kind: Kind, acts: readonly Act[]): readonly CloudTrailRecord[] {
  let time = Date.UTC(2026, 10, 1);
  return acts.map(({ call, by, wait, fails }, i) => {
    time += wait * 1000;
    const eventName = kind.calls[call % kind.calls.length] ?? "";
    const isService = eventName === "DeleteKey" || eventName === "BidEvictedEvent";
    return event(
      ...[to(kind.service), calling(eventName), on(kind.parameters), withId(`${eventName} ${i}`)],
      at(new Date(time).toISOString().replace(".000", "")),
      ...(isService ? [byService("kms"), { eventType: "AwsServiceEvent" }] : [byUser(by)]),
      ...(fails && !isService && i % 3 === 0 ? [failing("AccessDenied")] : []),
    );
  });
}

/** What the history says that each call did, by its id, in the order of time. */
function didsIn({ answer, rows }: Asked): ReadonlyMap<string, string> {
  const columns = answer.sections.find(({ name }) => name === "events")?.columns ?? [];
  const cell = ({ cells }: Row, column: string) =>
    cells[columns.findIndex(({ name }) => name === column)]?.text ?? "";
  return new Map(
    (rows.get("events") ?? []).map((row) => [
      cell(row, "eventID"),
      cell(row, "did").replace(/ \(life \d+\)$/, ""),
    ]),
  );
}

const ids = ({ answer, rows }: Asked, section: string): readonly string[] => {
  const at = answer.sections.find(({ name }) => name === section);
  const column = at?.columns.findIndex(({ name }) => name === "eventID") ?? -1;
  return (rows.get(section) ?? []).map(({ cells }) => cells[column]?.text ?? "");
};

const deeds: { readonly [word: string]: RegExp } = {
  deleted: /^(?:deleted|marked for deletion)$/,
  created: /^created$/,
  stopped: /^(?:stopped|disabled)$/,
};

describe("who and history", () => {
  it("agree on who did it, who found it done, and on what came of it", async () => {
    const property = fc.asyncProperty(lives, async ({ kind: { name }, records }) => {
      const told = await asked(history, records, { arguments: [name] });
      const dids = didsIn(told);
      for (const [word, did] of Object.entries(deeds)) {
        const answer = await asked(who, records, { arguments: [word, name] });
        const newest = [...dids].findLast(([, text]) => did.test(text))?.[0];
        const found = [...dids].filter(([, text]) => did.test(text.replace(/^already /, "")));
        assert.equal(answer.answer.facts?.["eventID"], newest, `who ${word}`);
        const idle = new Set(ids(answer, "idle"));
        for (const [id, text] of found) {
          assert.equal(idle.has(id), text.startsWith("already "), `${id}, who ${word}`);
        }
        const fate = answer.answer.facts?.["fate"];
        const verdict = told.answer.facts?.["verdict"];
        if (fate !== undefined && isOfSame(fate, verdict)) assert.deepEqual(fate, verdict);
      }
    });
    await fc.assert(property, { numRuns: 300 });
  });
});

function isOfSame(one: unknown, other: unknown): boolean {
  const decisive = (facts: unknown) => (facts as JsonObject | undefined)?.["decisive"];
  return decisive(one) !== undefined && decisive(one) === decisive(other);
}
