import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { alreadyGone, endingFor, outcomeFor } from "../../src/event/item-outcome.ts";
import type { Outcome } from "../../src/event/outcome.ts";
import type { CloudTrailRecord, Json } from "../../src/event/record.ts";
import { calling, event, failing, on, to } from "../support/events.ts";

function batch(name: string, requestParameters: Json, responseElements: Json): CloudTrailRecord {
  const [service = "", eventName = ""] = name.split(":");
  return event(to(service), calling(eventName), on(requestParameters), { responseElements });
}

const pattern = (text: string) => ({ text, glob: text.includes("*") });

interface Case {
  readonly record: CloudTrailRecord;
  readonly outcomes: { readonly [resource: string]: Outcome };
}

const cases: { readonly [name: string]: Case } = {
  "ecr BatchDeleteImage": {
    record: batch(
      "ecr:BatchDeleteImage",
      { repositoryName: "shop", imageIds: [{ imageTag: "v1" }, { imageTag: "v2" }] },
      {
        imageIds: [{ imageTag: "v1", imageDigest: "sha256:00aa" }],
        failures: [{ imageId: { imageTag: "v2" }, failureCode: "ImageNotFound" }],
      },
    ),
    outcomes: { v1: "success", v2: "failed", "v*": "success", shop: "success" },
  },
  "ecr BatchDeleteImage that deleted none": {
    record: batch(
      "ecr:BatchDeleteImage",
      { repositoryName: "shop", imageIds: [{ imageTag: "v1" }] },
      { imageIds: [], failures: [{ imageId: { imageTag: "v1" }, failureCode: "ImageNotFound" }] },
    ),
    outcomes: { v1: "failed", "v*": "failed", shop: "failed" },
  },
  "ec2 DeleteFlowLogs of which one is not there": {
    record: batch(
      "ec2:DeleteFlowLogs",
      { DeleteFlowLogsRequest: { FlowLogId: [{ content: "fl-1" }, { content: "fl-2" }] } },
      {
        DeleteFlowLogsResponse: {
          unsuccessful: {
            item: { error: { code: "InvalidFlowLogId.NotFound" }, resourceId: "fl-2" },
          },
        },
      },
    ),
    outcomes: { "fl-1": "success", "fl-2": "failed" },
  },
  "ec2 DeleteVpcEndpoints that may not delete one": {
    record: batch(
      "ec2:DeleteVpcEndpoints",
      { DeleteVpcEndpointsRequest: { VpcEndpointId: [{ content: "vpce-1" }] } },
      {
        DeleteVpcEndpointsResponse: {
          unsuccessful: {
            item: { error: { code: "Client.UnauthorizedOperation" }, resourceId: "vpce-1" },
          },
        },
      },
    ),
    outcomes: { "vpce-1": "denied" },
  },
  "ssm DeleteParameters": {
    record: batch(
      "ssm:DeleteParameters",
      { names: ["/db", "/old"] },
      { deletedParameters: ["/db"], invalidParameters: ["/old"] },
    ),
    outcomes: { "/db": "success", "/old": "failed" },
  },
  "s3 DeleteObjects that tells what it could not delete": {
    record: batch(
      "s3:DeleteObjects",
      { bucketName: "orders", delete: "" },
      { errors: [{ key: "a.csv", code: "AccessDenied" }] },
    ),
    outcomes: { "orders/a.csv": "denied", "orders/b.csv": "success" },
  },
  "sqs DeleteMessageBatch in which all failed": {
    record: batch(
      "sqs:DeleteMessageBatch",
      { queueUrl: "https://sqs.us-east-1.amazonaws.com/111122223333/q", entries: [{ id: "1" }] },
      { successful: [], failed: [{ id: "1", code: "ReceiptHandleIsInvalid" }] },
    ),
    outcomes: { q: "failed" },
  },
  "events RemoveTargets in which one of two failed": {
    record: batch(
      "events:RemoveTargets",
      { rule: "nightly", ids: ["a", "b"] },
      { failedEntryCount: 1, failedEntries: [{ targetId: "a", errorCode: "X" }] },
    ),
    outcomes: { nightly: "success" },
  },
  "glue BatchDeleteTable": {
    record: batch(
      "glue:BatchDeleteTable",
      { databaseName: "shop", tablesToDelete: ["a", "b"] },
      { errors: [{ tableName: "b", errorDetail: { errorCode: "EntityNotFoundException" } }] },
    ),
    outcomes: { a: "success", b: "failed" },
  },
  "dynamodb BatchWriteItem that left one table whole": {
    record: batch(
      "dynamodb:BatchWriteItem",
      { requestItems: { orders: [{ deleteRequest: {} }, { deleteRequest: {} }], audit: [{}] } },
      { unprocessedItems: { orders: [{ deleteRequest: {} }], audit: [{}] } },
    ),
    outcomes: { orders: "success", audit: "failed" },
  },
  "tagging TagResources": {
    record: batch(
      "tagging:TagResources",
      { resourceARNList: ["arn:aws:sqs:us-east-1:111122223333:a"] },
      {
        failedResourcesMap: {
          "arn:aws:sqs:us-east-1:111122223333:a": { errorCode: "AccessDeniedException" },
        },
      },
    ),
    outcomes: { "arn:aws:sqs:us-east-1:111122223333:a": "denied" },
  },
  "securityhub BatchDisableStandards without failures": {
    record: batch("securityhub:BatchDisableStandards", {}, { failures: [], errors: {} }),
    outcomes: { x: "success" },
  },
  "a call that failed as a whole": {
    record: event(calling("TerminateInstances"), failing("Client.UnauthorizedOperation")),
    outcomes: { "i-1": "denied" },
  },
  "a response with a count of failures": {
    record: batch("x:DeleteThing", { thingId: "t" }, { failedCount: 1, failureReason: "t" }),
    outcomes: { t: "success" },
  },
};

describe("outcomeFor", () => {
  for (const [name, { record, outcomes }] of Object.entries(cases)) {
    for (const [resource, outcome] of Object.entries(outcomes)) {
      it(`is ${outcome} for ${resource} in ${name}`, () => {
        assert.equal(outcomeFor(record, pattern(resource)), outcome);
      });
    }
  }

  it("comes with the code of the one that failed", () => {
    const { record } = cases["ecr BatchDeleteImage"] ?? assert.fail();
    assert.deepEqual(endingFor(record, pattern("v2")), {
      outcome: "failed",
      code: "ImageNotFound",
    });
    assert.deepEqual(endingFor(record, pattern("v1")), { outcome: "success" });
  });

  it("survives an answer of anything", () => {
    const deep = JSON.parse(`${'{"failures":'.repeat(5_000)}"x"${"}".repeat(5_000)}`);
    for (const value of [null, 7, "x", [], [[]], { failures: null }, { failed: [7, null] }, deep]) {
      const record = batch("x:DeleteThing", value, value);
      assert.equal(outcomeFor(record, pattern("nothing")), "success");
      assert.equal(alreadyGone(record, pattern("nothing")), false);
    }
  });
});

describe("alreadyGone", () => {
  const change = (instanceId: string, before: string, after: string) => ({
    instanceId,
    previousState: { name: before },
    currentState: { name: after },
  });
  const record = batch(
    "ec2:TerminateInstances",
    {
      instancesSet: {
        items: [{ instanceId: "i-1" }, { instanceId: "i-2" }, { instanceId: "i-3" }],
      },
    },
    {
      instancesSet: {
        items: [
          change("i-1", "running", "shutting-down"),
          change("i-2", "terminated", "terminated"),
          change("i-3", "shutting-down", "terminated"),
        ],
      },
    },
  );
  for (const [resource, expected] of [
    ["i-1", false],
    ["i-2", true],
    ["i-3", true],
    ["i-4", false],
    ["i-*", false],
  ] as const) {
    it(`is ${expected} for ${resource}`, () => {
      assert.equal(alreadyGone(record, pattern(resource)), expected);
    });
  }

  const revoking = (responseElements: Json) =>
    batch(
      "ec2:RevokeSecurityGroupIngress",
      { groupId: "sg-1", ipPermissions: { items: [{ fromPort: 22 }] } },
      responseElements,
    );
  it("is true for a rule that was not there", () => {
    const told = { _return: true, unknownIpPermissionSet: { items: [{ fromPort: 22 }] } };
    assert.equal(alreadyGone(revoking(told), pattern("sg-1")), true);
  });
  it("is false for a rule that was", () => {
    const told = { _return: true, revokedSecurityGroupRuleSet: { items: [{}] } };
    assert.equal(alreadyGone(revoking(told), pattern("sg-1")), false);
    assert.equal(alreadyGone(revoking({ _return: true }), pattern("sg-1")), false);
  });
});
