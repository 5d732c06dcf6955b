import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { amountsTo } from "../../src/event/amounts-to.ts";
import type { Json } from "../../src/event/record.ts";
import { deedOf } from "../../src/event/verb-classes.ts";
import { calling, event, failing, on, to } from "../support/events.ts";

const marker = { "x-amz-delete-marker": "true" };

const blocking = (isBlocked: boolean) => ({
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: isBlocked,
    IgnorePublicAcls: isBlocked,
    BlockPublicPolicy: isBlocked,
    RestrictPublicBuckets: isBlocked,
  },
});
const opened = blocking(false);
const closed = blocking(true);

interface Case {
  readonly deed: string;
  readonly call: string;
  readonly parameters?: Json;
  readonly response?: Json;
  readonly denied?: true;
}

const taken: readonly Case[] = [
  { deed: "deleted", call: "s3:DeleteBucket" },
  { deed: "deleted", call: "s3:DeleteObject", parameters: { key: "k" }, response: marker },
  { deed: "deleted", call: "secretsmanager:DeleteSecret" },
  { deed: "restored", call: "s3:DeleteObject", parameters: { versionId: "v" }, response: marker },
  { deed: "restored", call: "secretsmanager:RestoreSecret" },
  { deed: "weakened", call: "cloudtrail:UpdateTrail", parameters: { isMultiRegionTrail: false } },
  { deed: "weakened", call: "cloudtrail:UpdateTrail", parameters: null, denied: true },
  { deed: "weakened", call: "ec2:DetachVolume" },
  { deed: "weakened", call: "logs:PutRetentionPolicy", parameters: { retentionInDays: 1 } },
  { deed: "stopped", call: "cloudtrail:StopLogging" },
  { deed: "started", call: "cloudtrail:StartLogging" },
  { deed: "changed", call: "cloudtrail:UpdateTrail" },
  { deed: "shared", call: "rds:ModifyDBSnapshotAttribute", parameters: { valuesToAdd: ["all"] } },
  { deed: "shared", call: "s3:PutBucketPublicAccessBlock", parameters: opened },
];

const left: readonly Case[] = [
  { deed: "deleted", call: "s3:DeleteObject", parameters: { versionId: "v" }, response: marker },
  { deed: "restored", call: "s3:DeleteObject", parameters: { key: "k" }, response: marker },
  { deed: "weakened", call: "cloudtrail:UpdateTrail", parameters: { isMultiRegionTrail: true } },
  { deed: "weakened", call: "rds:ModifyDBInstance", parameters: { dBInstanceClass: "m" } },
  { deed: "weakened", call: "cloudtrail:UpdateTrail", parameters: null },
  {
    deed: "shared",
    call: "rds:ModifyDBSnapshotAttribute",
    parameters: { valuesToRemove: ["all"] },
  },
  { deed: "shared", call: "s3:PutBucketAcl", parameters: { "x-amz-acl": "private" } },
  { deed: "shared", call: "s3:PutBucketPublicAccessBlock", parameters: closed },
];

describe("a call", () => {
  for (const [cases, amounts] of [
    [taken, true],
    [left, false],
  ] as const) {
    for (const { deed, call, parameters = {}, response = null, denied = false } of cases) {
      const how = denied ? " that was denied" : "";
      it(`of ${call}${how} with ${JSON.stringify(parameters)} is ${amounts ? "" : "not "}${deed}`, () => {
        const [service = "", name = ""] = call.split(":");
        const record = event(
          to(service),
          calling(name),
          on(parameters),
          { responseElements: response },
          failing(denied ? "AccessDenied" : undefined),
        );
        const asked = deedOf(deed);
        assert.ok(asked);
        assert.equal(amountsTo(asked, record), amounts);
      });
    }
  }
});
