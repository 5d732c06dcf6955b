/**
 * Records that no service ever wrote, in the very places where targets are looked for.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { doesTo } from "../../src/event/item-deeds.ts";
import { alreadyGone, endingFor } from "../../src/event/item-outcome.ts";
import type { Json } from "../../src/event/record.ts";
import { bearing, namedTargets, primaryTargets } from "../../src/event/targets.ts";

const events = fc.constantFrom(
  ...["s3:DeleteObjects", "s3:DeleteObject", "ec2:CreateTags", "ec2:RunInstances"],
  ...["ec2:TerminateInstances", "ec2:RevokeSecurityGroupIngress", "ec2:DeleteFlowLogs"],
  ...["kms:CreateAlias", "dynamodb:BatchWriteItem", "dynamodb:TransactWriteItems"],
  ...["route53:ChangeResourceRecordSets", "ecr:BatchDeleteImage", "rds:CreateDBInstance"],
  ...["constructor:constructor", "__proto__:__proto__", "ec2:DeleteConstructor"],
);

const keys = fc.constantFrom(
  ...["bucketName", "key", "items", "item", "content", "resourcesSet", "resourceId", "tagSet"],
  ...["instancesSet", "instanceId", "previousState", "currentState", "name", "arn", "value"],
  ...["aliasName", "targetKeyId", "requestItems", "transactItems", "delete", "tableName"],
  ...["changeBatch", "changes", "action", "resourceRecordSet", "failures", "errors", "errorCode"],
  ...["imageIds", "imageTag", "unprocessedItems", "tagSpecificationSet", "resourceType", "tags"],
  ...["ARN", "ARNPrefix", "type", "constructor", "__proto__", "hasOwnProperty", "unsuccessful"],
);

const leaf = fc.constantFrom<Json>(
  ...["orders", "orders/a", "Name", "DELETE", "", "arn:aws:s3:::orders/", "i-1", "running", ":::"],
  ...["arn:aws:ec2:us-east-1:111122223333:constructor/x", "/", "*", ".", "arn:aws:__proto__:::a/b"],
  ...[7, null, true, 1e21],
);

const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 6 },
    leaf,
    fc.array(tie("json"), { maxLength: 3 }),
    fc.dictionary(keys, tie("json"), { maxKeys: 4 }),
  ),
}));

describe("an odd record", () => {
  it("has targets, names and outcomes all the same", () => {
    fc.assert(
      fc.property(events, json, json, json, (name, parameters, answer, resources) => {
        const [service, eventName] = name.split(":");
        const record = {
          eventSource: `${service}.amazonaws.com`,
          eventName: eventName ?? "",
          requestParameters: parameters,
          responseElements: answer,
          resources,
        };
        for (const text of ["orders", "arn:aws:s3:::orders/a", "i-1", "constructor", "*"]) {
          const pattern = { text, glob: text === "*" };
          assert.ok(["target", "part", "possible", "mention"].includes(bearing(record, pattern)));
          assert.ok(["success", "failed", "denied"].includes(endingFor(record, pattern).outcome));
          assert.equal(typeof alreadyGone(record, pattern), "boolean");
          assert.equal(typeof doesTo(record, pattern, "delete"), "boolean");
        }
        for (const { names } of namedTargets(record)) assert.ok(names.length > 0);
        assert.ok(primaryTargets(record).every((target) => typeof target === "string"));
      }),
      { numRuns: 1_000 },
    );
  });
});
