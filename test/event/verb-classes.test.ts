import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  classOf,
  type Deed,
  deedOf,
  deeds,
  type VerbClass,
  wordsOf,
} from "../../src/event/verb-classes.ts";
import { fits, parsePattern } from "../../src/query/pattern.ts";

describe("classOf", () => {
  const cases: readonly [eventName: string, expected: VerbClass | undefined][] = [
    ["DeleteBucket", "destroy"],
    ["DeleteFunction20150331", "destroy"],
    ["DeleteDistribution2020_05_31", "destroy"],
    ["BatchDeleteImage", "destroy"],
    ["AdminDeleteUser", "destroy"],
    ["TerminateInstances", "destroy"],
    ["ReleaseAddress", "destroy"],
    ["PurgeQueue", "destroy"],
    ["DeregisterImage", "destroy"],
    ["RevokeSecurityGroupIngress", "destroy"],
    ["ScheduleKeyDeletion", "destroy"],
    ["LeaveOrganization", "destroy"],
    ["CloseAccount", "destroy"],
    ["EndSecretVersionDelete", "destroy"],
    ["StopLogging", "weaken"],
    ["PutEventSelectors", "weaken"],
    ["PutBucketLifecycle", "weaken"],
    ["DeactivateMFADevice", "weaken"],
    ["DetachVolume", "weaken"],
    ["DeregisterTargets", "weaken"],
    ["RunInstances", "create"],
    ["RestoreDBInstanceFromDBSnapshot", "create"],
    ["RestoreSecret", "change"],
    ["CancelKeyDeletion", "change"],
    ["CreateTags", "change"],
    ["UpdateFunctionCode20150331v2", "change"],
    ["ChangeResourceRecordSets", "change"],
    ["PutObject", "change"],
    ["PutBucketPolicy", "expose"],
    ["AuthorizeSecurityGroupIngress", "expose"],
    ["AddPermission20150331v2", "expose"],
    ["ModifySnapshotAttribute", "expose"],
    ["AssumeRoleWithSAML", "identity"],
    ["GetFederationToken", "identity"],
    ["ConsoleLogin", "identity"],
    ["GetObject", "read"],
    ["BatchGetSecretValue", "read"],
    ["InvokeModel", undefined],
    ["Settle", undefined],
    ["deleteBucket", undefined],
    ["", undefined],
  ];
  for (const [eventName, expected] of cases) {
    it(`takes ${eventName || "no name"} for ${expected ?? "unknown"}`, () => {
      assert.equal(classOf(eventName), expected);
    });
  }
});

describe("wordsOf", () => {
  const cases: readonly [eventName: string, verb: string, noun: string][] = [
    ["DeleteBucketPolicy", "Delete", "BucketPolicy"],
    ["BatchDeleteImage", "Delete", "Image"],
    ["UpdateFunctionCode20150331v2", "Update", "FunctionCode"],
    ["Decrypt", "Decrypt", ""],
    ["rotate", "", ""],
  ];
  for (const [eventName, verb, noun] of cases) {
    it(`splits ${eventName}`, () => assert.deepEqual(wordsOf(eventName), { verb, noun }));
  }
});

describe("deedOf", () => {
  it("knows all words of a deed, in any case", () => {
    assert.equal(deedOf("Terminated"), deedOf("deleted"));
    assert.equal(deedOf("launched"), deedOf("created"));
  });

  it("leaves unknown words to the command line", () => {
    assert.equal(deedOf("delted"), undefined);
  });

  it("gives no word two meanings", () => {
    const words = deeds.flatMap((deed) => deed.words);
    assert.equal(new Set(words).size, words.length);
  });
});

describe("a deed", () => {
  const cases: readonly { word: string; takes: readonly string[]; leaves: readonly string[] }[] = [
    {
      word: "deleted",
      takes: [
        ...["DeleteBucket", "DeleteObjects", "TerminateInstances", "BatchDeleteImage"],
        ...["AdminDeleteUser", "ReleaseAddress", "RevokeGrant", "ScheduleKeyDeletion"],
        ...["LeaveOrganization", "CloseAccount", "PurgeQueue", "DeletePublicAccessBlock"],
      ],
      leaves: [
        "StopLogging",
        "CancelKeyDeletion",
        "DetachVolume",
        "DeregisterTargets",
        "GetObject",
      ],
    },
    {
      word: "created",
      takes: ["CreateBucket", "RunInstances", "PutObject", "CreateGrant", "CreateAccessKey"],
      leaves: ["RestoreSecret", "PutBucketPolicy", "DeleteBucket"],
    },
    {
      word: "changed",
      takes: ["PutBucketPolicy", "ModifyDBInstance", "AttachRolePolicy", "DeleteBucketPolicy"],
      leaves: ["GetBucketPolicy", "AssumeRole", "ConsoleLogin"],
    },
    {
      word: "accessed",
      takes: ["GetObject", "ListBuckets", "BatchGetSecretValue", "Decrypt"],
      leaves: ["GetSessionToken", "GetFederationToken", "PutObject"],
    },
    {
      word: "stopped",
      takes: ["StopInstances", "StopLogging", "DisableKey", "SuspendProcesses"],
      leaves: ["DetachVolume", "TerminateInstances", "CancelKeyDeletion"],
    },
    {
      word: "weakened",
      takes: ["StopLogging", "PutBucketLifecycle", "DetachVolume"],
      leaves: ["CancelKeyDeletion", "PutBucketPolicy"],
    },
    {
      word: "shared",
      takes: ["PutBucketPolicy", "ModifyImageAttribute", "DeleteAccountPublicAccessBlock"],
      leaves: ["DeleteBucketPolicy", "ModifyInstanceAttribute"],
    },
    {
      word: "restored",
      takes: ["RestoreSecret", "CancelKeyDeletion", "RestoreDBInstanceFromDBSnapshot"],
      leaves: ["CancelSpotInstanceRequests"],
    },
    { word: "assumed", takes: ["AssumeRole", "SwitchRole"], leaves: ["GetRole"] },
    {
      word: "tagged",
      takes: ["CreateTags", "UntagResource", "PutBucketTagging"],
      leaves: ["GetBucketTagging", "DescribeTags"],
    },
    { word: "used", takes: ["InvokeModel", "GetObject"], leaves: [] },
  ];
  for (const { word, takes, leaves } of cases) {
    const deed = deedOf(word);
    assert.ok(deed);
    for (const name of takes) {
      it(`takes ${name} for ${word}`, () => assert.ok(amountsTo(deed, name)));
    }
    for (const name of leaves) {
      it(`does not take ${name} for ${word}`, () => assert.ok(!amountsTo(deed, name)));
    }
  }
});

function amountsTo({ eventNames, except }: Deed, name: string): boolean {
  const isIn = (globs: readonly string[]) => globs.some((glob) => fits(parsePattern(glob))(name));
  return isIn(eventNames) && !isIn(except);
}
