/** What calls changed, told from the calls before: values, their order, and what is not told. */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { CloudTrailRecord, JsonObject } from "../../src/event/record.ts";
import { type Change, memoryOfSettings } from "../../src/resolve/changes.ts";
import { calling, event, on, to } from "../support/events.ts";

interface Case {
  readonly service: string;
  readonly calls: readonly (readonly [name: string, parameters: JsonObject, answer?: JsonObject])[];
  /** Of the last call: `part: after < before`, by what that makes of it. */
  readonly told: readonly string[];
}

const asToken = { weaker: "<", stricter: ">", same: "=", other: "/", first: "" };

function text({ setting: { part }, before, after, is }: Change): string {
  const earlier = before === undefined ? "" : ` ${asToken[is]} ${before.texts.join()}`;
  return `${part}: ${after.texts.join()}${earlier}${before === undefined && is === "weaker" ? " (least)" : ""}`;
}

const retention = (retentionInDays: number) => ["PutRetentionPolicy", { retentionInDays }] as const;
const rule = (days: number, Status = "Enabled") => ({ Status, Expiration: { Days: days } });
const rules = (...Rule: readonly JsonObject[]) =>
  ["PutBucketLifecycle", { LifecycleConfiguration: { Rule } }] as const;

const cases: Readonly<Record<string, Case>> = {
  "knows no value before the first call": {
    service: "logs",
    calls: [retention(7)],
    told: ["retention: 7 days"],
  },
  "takes the last call's": {
    service: "logs",
    calls: [retention(365), retention(90), retention(7)],
    told: ["retention: 7 days < 90 days"],
  },
  "knows what is without a setting": {
    service: "logs",
    calls: [retention(7), ["DeleteRetentionPolicy", {}]],
    told: ["retention: unlimited > 7 days"],
  },
  "tells the same from less, whatever the spelling": {
    service: "logs",
    calls: [retention(7), ["PutRetentionPolicy", { retentionInDays: "7" }]],
    told: ["retention: 7 days = 7 days"],
  },
  "takes the rule that removes soonest, of those that are on": {
    service: "s3",
    calls: [rules(rule(30)), rules(rule(90), rule(60), rule(1, "Disabled"))],
    told: ["lifecycle: 60 days > 30 days"],
  },
  "says nothing of a setting that the call leaves alone": {
    service: "rds",
    calls: [
      ["ModifyDBInstance", { backupRetentionPeriod: 7 }],
      ["ModifyDBInstance", { dBInstanceClass: "db.r6g.large" }],
    ],
    told: ["class: db.r6g.large"],
  },
  "believes the answer before an older call": {
    service: "rds",
    calls: [
      ["ModifyDBInstance", { backupRetentionPeriod: 7 }],
      [
        "ModifyDBInstance",
        { backupRetentionPeriod: 1 },
        { backupRetentionPeriod: 14, pendingModifiedValues: { backupRetentionPeriod: 1 } },
      ],
    ],
    told: ["backup retention: 1 day < 14 days"],
  },
  "does not take an answer's new value for the old one": {
    service: "rds",
    calls: [["ModifyDBInstance", { backupRetentionPeriod: 1 }, { backupRetentionPeriod: 1 }]],
    told: ["backup retention: 1 day"],
  },
  "takes a creation's for the value before": {
    service: "dynamodb",
    calls: [
      ["CreateTable", { deletionProtectionEnabled: true }],
      ["UpdateTable", { deletionProtectionEnabled: false }],
    ],
    told: ["deletion protection: off < on"],
  },
  "knows the least of a few values without another": {
    service: "ec2",
    calls: [
      [
        "ModifyInstanceMetadataOptions",
        { ModifyInstanceMetadataOptionsRequest: { HttpTokens: "optional" } },
      ],
    ],
    told: ["metadata tokens: optional (least)"],
  },
  "says nothing of less where there is no order": {
    service: "lambda",
    calls: [
      ["UpdateFunctionConfiguration", { memorySize: 1024 }],
      ["UpdateFunctionConfiguration", { memorySize: 128 }],
    ],
    told: ["memory: 128 MB / 1024 MB"],
  },
  "takes no call of another service for it": {
    service: "iot",
    calls: [retention(7)],
    told: [],
  },
  "writes seconds in the largest unit that fits": {
    service: "sqs",
    calls: [["SetQueueAttributes", { attributes: { MessageRetentionPeriod: "345600" } }]],
    told: ["retention: 4 days"],
  },
};

function recordsOf({ service, calls }: Pick<Case, "service" | "calls">): CloudTrailRecord[] {
  return calls.map(([name, parameters, responseElements = null]) =>
    event(to(service), calling(name), on(parameters), { responseElements }),
  );
}

describe("changes", () => {
  for (const [name, one] of Object.entries(cases)) {
    it(name, () => {
      const memory = memoryOfSettings();
      const [told = []] = recordsOf(one)
        .map((record) => memory.changesIn("it", record))
        .toReversed();
      assert.deepEqual(told.map(text), one.told);
    });
  }

  it("keep things apart, and forget those that are gone", () => {
    const memory = memoryOfSettings();
    const [one, other] = recordsOf({ service: "logs", calls: [retention(90), retention(7)] });
    assert.ok(one !== undefined && other !== undefined);
    memory.changesIn("a", one);
    assert.deepEqual(memory.changesIn("b", other).map(text), ["retention: 7 days"]);
    memory.forget("a");
    assert.deepEqual(memory.changesIn("a", other).map(text), ["retention: 7 days"]);
  });

  it("have the value before of the call before, whatever the values", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2 }), (days) => {
        const memory = memoryOfSettings();
        const told = recordsOf({ service: "logs", calls: days.map(retention) }).map((record) =>
          memory.changesIn("it", record),
        );
        for (const [i, [change]] of told.entries()) {
          const [now = 0, then] = [days[i], days[i - 1]];
          const is =
            then === undefined ? "first" : now < then ? "weaker" : now > then ? "stricter" : "same";
          assert.equal(change?.is, is);
        }
      }),
    );
  });
});
