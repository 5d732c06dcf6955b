import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "../../src/event/record.ts";
import { givenAccess } from "../../src/event/sharing.ts";
import { calling, event, on, to } from "../support/events.ts";

interface Case {
  readonly call: string;
  readonly parameters?: JsonObject;
  readonly given: readonly string[] | undefined;
}

const policy = {
  Statement: [
    { Effect: "Deny", Principal: "*" },
    { Effect: "Allow", Principal: { AWS: ["777788889999", "arn:aws:iam::111122223333:root"] } },
    { Effect: "Allow", Principal: { Service: "logs.amazonaws.com" } },
  ],
};
const allowed = ["777788889999", "arn:aws:iam::111122223333:root", "logs.amazonaws.com"];
const acl = (...grantees: readonly JsonObject[]): JsonObject => ({
  AccessControlPolicy: {
    Owner: { ID: "owner" },
    AccessControlList: { Grant: grantees.map((grantee) => ({ Grantee: grantee })) },
  },
});
const launch = (change: JsonObject): JsonObject => ({ launchPermission: change });

const cases: readonly Case[] = [
  {
    call: "ec2:ModifyImageAttribute",
    parameters: launch({ add: { items: [{ group: "all" }, { userId: "777788889999" }] } }),
    given: ["777788889999", "all"],
  },
  {
    call: "ec2:ModifyImageAttribute",
    parameters: launch({ remove: { items: [{ group: "all" }] } }),
    given: [],
  },
  { call: "ec2:ModifyImageAttribute", parameters: { description: "x" }, given: undefined },
  { call: "rds:ModifyDBSnapshotAttribute", parameters: { valuesToAdd: ["all"] }, given: ["all"] },
  { call: "rds:ModifyDBSnapshotAttribute", parameters: { valuesToRemove: ["all"] }, given: [] },
  { call: "lambda:AddPermission20150331v2", parameters: { principal: "*" }, given: ["*"] },
  {
    call: "ec2:AuthorizeSecurityGroupIngress",
    parameters: { ipPermissions: { items: [{ ipRanges: { items: [{ cidrIp: "0.0.0.0/0" }] } }] } },
    given: ["0.0.0.0/0"],
  },
  { call: "s3:PutBucketPolicy", parameters: { bucketPolicy: policy }, given: allowed },
  { call: "kms:PutKeyPolicy", parameters: { policy: JSON.stringify(policy) }, given: allowed },
  { call: "kms:PutKeyPolicy", parameters: { policy: "{" }, given: undefined },
  {
    call: "s3:PutBucketPolicy",
    parameters: { bucketPolicy: { Statement: { Effect: "Allow", NotPrincipal: { AWS: "a" } } } },
    given: ["everybody but a"],
  },
  { call: "s3:PutBucketAcl", parameters: { "x-amz-acl": ["public-read"] }, given: ["all"] },
  { call: "s3:PutBucketAcl", parameters: { "x-amz-acl": ["private"] }, given: [] },
  { call: "s3:PutBucketAcl", parameters: acl({ ID: "owner" }), given: [] },
  {
    call: "s3:PutBucketAcl",
    parameters: acl({ URI: "http://acs.amazonaws.com/groups/global/AllUsers" }, { ID: "other" }),
    given: ["all", "other"],
  },
  { call: "iam:AttachUserPolicy", parameters: { userName: "maria" }, given: undefined },
];

describe("who is let in", () => {
  for (const { call, parameters = {}, given } of cases) {
    it(`by ${call} with ${JSON.stringify(parameters)}`, () => {
      const [service = "", name = ""] = call.split(":");
      const record = event(to(service), calling(name), on(parameters));
      assert.deepEqual(givenAccess(record), given);
    });
  }
});
