import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type EffectKind, effectOf } from "../../src/event/effect.ts";
import { switches } from "../../src/event/effect-table.ts";
import type { CloudTrailRecord, Json } from "../../src/event/record.ts";
import { at, calling, event, on, to } from "../support/events.ts";

/** `call("s3:DeleteBucket", parameters, response)`. */
function call(name: string, parameters: Json = {}, response: Json = null): CloudTrailRecord {
  const [service = "", eventName = ""] = name.split(":");
  const time = at("2026-11-05T09:14:03Z");
  return event(to(service), calling(eventName), on(parameters), time, {
    responseElements: response,
    readOnly: undefined,
  });
}

const marker = { "x-amz-delete-marker": "true", "x-amz-version-id": "v2" };
const rule = (rest: { readonly [key: string]: Json }) => ({
  bucketName: "orders",
  LifecycleConfiguration: { Rule: rest },
});
const basic = (...eventSelectors: readonly Json[]) => ({ trailName: "org", eventSelectors });
const advanced = (...fieldSelectors: readonly Json[]) => ({
  trailName: "org",
  advancedEventSelectors: [{ name: "one", fieldSelectors }],
});
const management = { field: "eventCategory", equals: ["Management"] };
const publicAccess = (RestrictPublicBuckets: boolean) => ({
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets,
  },
});

const kinds: readonly (readonly [what: string, record: CloudTrailRecord, kind: EffectKind])[] = [
  ["a creation", call("s3:CreateBucket"), "created"],
  ["a launch", call("ec2:RunInstances"), "created"],
  ["a creation that exposes", call("kms:CreateGrant"), "created"],
  ["a restored copy", call("rds:RestoreDBInstanceFromDBSnapshot"), "created"],
  ["an object that is written", call("s3:PutObject"), "created"],
  ["a deletion", call("s3:DeleteBucket"), "deleted"],
  ["a termination", call("ec2:TerminateInstances"), "deleted"],
  ["a versioned name", call("lambda:DeleteFunction20150331"), "deleted"],
  ["a task that is stopped", call("ecs:StopTask"), "deleted"],
  ["an instance that spot prices ended", call("ec2:BidEvictedEvent"), "deleted"],
  ["a rule taken off a group", call("ec2:RevokeSecurityGroupIngress"), "changed"],
  ["an account that leaves", call("organizations:LeaveOrganization"), "changed"],
  ["a part of an upload", call("s3:UploadPart"), "changed"],
  ["a tag", call("ec2:CreateTags"), "changed"],
  ["a read", call("s3:GetObject"), "none"],
  ["an assumed role", call("sts:AssumeRole"), "none"],
  ["a call without a name", event({ eventName: null }), "changed"],
  ["an emptied queue", call("sqs:PurgeQueue"), "emptied"],

  ["a key marked for deletion", call("kms:ScheduleKeyDeletion"), "scheduled"],
  ["a service's event that the key is gone", call("kms:DeleteKey"), "deleted"],
  ["a payment key marked for deletion", call("payment-cryptography:DeleteKey"), "scheduled"],
  ["a secret marked for deletion", call("secretsmanager:DeleteSecret"), "scheduled"],
  [
    "a secret deleted by force",
    call("secretsmanager:DeleteSecret", { forceDeleteWithoutRecovery: true }),
    "deleted",
  ],
  ["a version of a secret", call("secretsmanager:EndSecretVersionDelete"), "version deleted"],
  ["a certificate authority", call("acm-pca:DeleteCertificateAuthority"), "scheduled"],
  ["a closed account", call("organizations:CloseAccount"), "scheduled"],
  ["a key saved", call("kms:CancelKeyDeletion"), "saved"],
  ["a secret saved", call("secretsmanager:RestoreSecret"), "saved"],
  ["a snapshot from the bin", call("ec2:RestoreSnapshotFromRecycleBin"), "saved"],
  ["an object from the archive", call("s3:RestoreObject"), "changed"],

  ["an object without versions", call("s3:DeleteObject", { key: "k" }), "deleted"],
  ["a delete marker", call("s3:DeleteObject", { key: "k" }, marker), "hidden"],
  ["a delete marker taken off", call("s3:DeleteObject", { versionId: "v2" }, marker), "shown"],
  [
    "one version of an object",
    call("s3:DeleteObject", { versionId: "v1" }, { "x-amz-version-id": "v1" }),
    "version deleted",
  ],

  ["a disabled key", call("kms:DisableKey"), "hidden"],
  ["an enabled key", call("kms:EnableKey"), "shown"],
  ["an inactive access key", call("iam:UpdateAccessKey", { status: "Inactive" }), "hidden"],
  ["an active access key", call("iam:UpdateAccessKey", { status: "Active" }), "shown"],
  ["a stopped instance", call("ec2:StopInstances"), "hidden"],
  ["a stopped database", call("rds:StopDBInstance"), "hidden"],
  ["a deprecated image", call("ec2:EnableImageDeprecation"), "hidden"],
  ["a detector switched off", call("guardduty:UpdateDetector", { enable: false }), "hidden"],
  ["another update of a detector", call("guardduty:UpdateDetector", {}), "changed"],
  [
    "a group scaled to nothing",
    call("autoscaling:SetDesiredCapacity", { desiredCapacity: 0 }),
    "hidden",
  ],

  ["a trail that is stopped", call("cloudtrail:StopLogging"), "weakened"],
  ["a trail that is started", call("cloudtrail:StartLogging"), "strengthened"],
  [
    "a trail cut to one region",
    call("cloudtrail:UpdateTrail", { isMultiRegionTrail: false, enableLogFileValidation: true }),
    "weakened",
  ],
  ["another update of a trail", call("cloudtrail:UpdateTrail", { name: "org" }), "changed"],
  [
    "selectors without management events",
    call("cloudtrail:PutEventSelectors", basic({ includeManagementEvents: false })),
    "weakened",
  ],
  [
    "selectors for reads alone",
    call("cloudtrail:PutEventSelectors", basic({ readWriteType: "ReadOnly" })),
    "weakened",
  ],
  [
    "selectors for all",
    call(
      "cloudtrail:PutEventSelectors",
      basic({ readWriteType: "All", includeManagementEvents: true }),
    ),
    "strengthened",
  ],
  [
    "advanced selectors for data alone",
    call("cloudtrail:PutEventSelectors", advanced({ field: "eventCategory", equals: ["Data"] })),
    "weakened",
  ],
  [
    "advanced selectors without one service",
    call(
      "cloudtrail:PutEventSelectors",
      advanced(management, { field: "eventSource", notEquals: ["kms.amazonaws.com"] }),
    ),
    "weakened",
  ],
  [
    "advanced selectors for all",
    call("cloudtrail:PutEventSelectors", advanced(management)),
    "strengthened",
  ],
  [
    "objects that expire",
    call("s3:PutBucketLifecycle", rule({ Status: "Enabled", Expiration: { Days: 1 } })),
    "weakened",
  ],
  [
    "a lifecycle rule that is off",
    call("s3:PutBucketLifecycle", rule({ Status: "Disabled", Expiration: { Days: 1 } })),
    "strengthened",
  ],
  [
    "a lifecycle rule that only moves",
    call("s3:PutBucketLifecycle", rule({ Status: "Enabled", Transition: { Days: 1 } })),
    "strengthened",
  ],
  [
    "versioning suspended",
    call("s3:PutBucketVersioning", { VersioningConfiguration: { Status: "Suspended" } }),
    "weakened",
  ],
  [
    "public access let through",
    call("s3:PutBucketPublicAccessBlock", publicAccess(false)),
    "weakened",
  ],
  [
    "public access blocked",
    call("s3:PutBucketPublicAccessBlock", publicAccess(true)),
    "strengthened",
  ],
  ["logs that are kept for a while", call("logs:PutRetentionPolicy"), "weakened"],
  [
    "items that expire",
    call("dynamodb:UpdateTimeToLive", { timeToLiveSpecification: { enabled: true } }),
    "weakened",
  ],
  [
    "no way back in time",
    call("dynamodb:UpdateContinuousBackups", {
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
    }),
    "weakened",
  ],
  ["no backups", call("rds:ModifyDBInstance", { backupRetentionPeriod: 0 }), "weakened"],
  [
    "deletion protection off",
    call("rds:ModifyDBCluster", { deletionProtection: false }),
    "weakened",
  ],
  ["another class of database", call("rds:ModifyDBInstance", { dBInstanceClass: "m" }), "changed"],
  [
    "a load balancer without protection",
    call("elasticloadbalancing:ModifyLoadBalancerAttributes", {
      attributes: [{ key: "deletion_protection.enabled", value: "false" }],
    }),
    "weakened",
  ],
  [
    "an instance without protection",
    call("ec2:ModifyInstanceAttribute", { disableApiTermination: { value: false } }),
    "weakened",
  ],
];

describe("the effect of a call", () => {
  for (const [what, record, kind] of kinds) {
    it(`is ${kind} for ${what}`, () => assert.equal(effectOf(record).kind, kind));
  }

  it("depends on the service", () => {
    assert.equal(effectOf(call("macie2:DisableKey")).kind, "changed");
  });

  it("survives parameters of any shape", () => {
    const shapes: readonly Json[] = [
      null,
      7,
      "x",
      [],
      [[null]],
      { status: {} },
      { attributes: [1] },
    ];
    for (const { service, off, on } of switches) {
      for (const name of [...off.names, ...(on?.names ?? [])]) {
        for (const shape of shapes) effectOf(call(`${service}:${name}`, shape, shape));
      }
    }
  });
});

const dates: readonly (readonly [what: string, record: CloudTrailRecord, until: string])[] = [
  [
    "the days of the call",
    call("kms:ScheduleKeyDeletion", { pendingWindowInDays: 7 }),
    "2026-11-12T09:14:03.000Z",
  ],
  ["the days that are usual", call("secretsmanager:DeleteSecret"), "2026-12-05T09:14:03.000Z"],
  [
    "the days that are usual, when told nonsense",
    call("kms:ScheduleKeyDeletion", { pendingWindowInDays: 1e300 }),
    "2026-12-05T09:14:03.000Z",
  ],
  [
    "the date of the answer",
    call("kms:ScheduleKeyDeletion", {}, { deletionDate: "2026-11-13T00:00:00Z" }),
    "2026-11-13T00:00:00.000Z",
  ],
  [
    "a date in American",
    call("secretsmanager:DeleteSecret", {}, { deletionDate: "Dec 5, 2026 9:32:35 PM" }),
    "2026-12-05T21:32:35.000Z",
  ],
  [
    "midnight in American",
    call("secretsmanager:DeleteSecret", {}, { deletionDate: "Dec 5, 2026, 12:00:00 AM" }),
    "2026-12-05T00:00:00.000Z",
  ],
  [
    "an hour of the afternoon that is told twice",
    call("kms:ScheduleKeyDeletion", {}, { deletionDate: "Apr 12, 2027 18:58:30 PM" }),
    "2027-04-12T18:58:30.000Z",
  ],
];

describe("a deletion to come", () => {
  for (const [what, record, until] of dates) {
    it(`is dated by ${what}`, () => {
      const effect = effectOf(record);
      assert.ok(effect.kind === "scheduled" && effect.until !== undefined);
      assert.equal(new Date(effect.until).toISOString(), until);
    });
  }

  it("has no date when the call has no time", () => {
    const effect = effectOf(event(to("kms"), calling("ScheduleKeyDeletion"), at(null)));
    assert.deepEqual(effect, { kind: "scheduled", days: 30, savedBy: "CancelKeyDeletion" });
  });

  it("can be saved by nobody but AWS when an account is closed", () => {
    const effect = effectOf(call("organizations:CloseAccount"));
    assert.ok(effect.kind === "scheduled" && effect.savedBy === undefined && effect.days === 90);
  });
});

const words: readonly (readonly [record: CloudTrailRecord, how: string])[] = [
  [call("logs:PutRetentionPolicy", { retentionInDays: 1 }), "limited to 1 day"],
  [call("logs:PutRetentionPolicy", { retentionInDays: "x" }), "limited to some time"],
  [
    call("s3:PutBucketLifecycle", {
      LifecycleConfiguration: { Rule: [1, 30, 7].map((Days) => ({ Expiration: { Days } })) },
    }),
    "set to remove objects after 1 day",
  ],
  [
    call("s3:PutBucketLifecycle", rule({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } })),
    "set to remove old versions after 30 days",
  ],
];

describe("what weakens", () => {
  for (const [record, how] of words) {
    it(`says how: ${how}`, () => {
      const effect = effectOf(record);
      assert.equal("how" in effect && effect.how, how);
    });
  }
});
