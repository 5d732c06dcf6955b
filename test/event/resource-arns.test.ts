import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { denialOf } from "../../src/event/denial.ts";
import { iamActionsOf } from "../../src/event/iam-actions.ts";
import type { CloudTrailRecord, Json } from "../../src/event/record.ts";
import { resourceArnsFor } from "../../src/event/resource-arns.ts";
import { anyRecord } from "../support/arbitraries.ts";
import { byUser, calling, event, inRegion, on, to } from "../support/events.ts";

const here = "us-east-1:111122223333";

/** Action, what the call has for parameters, and the ARNs without `arn:aws:`; the event is called so. */
const named: readonly (readonly [action: string, parameters: Json, ...arns: readonly string[]])[] =
  [
    ["s3:GetObject", { bucketName: "orders", key: "a" }, "s3:::orders/*"],
    ["s3:PutBucketPolicy", { bucketName: "orders" }, "s3:::orders"],
    [
      "ec2:TerminateInstances",
      { instancesSet: { items: [{ instanceId: "i-1" }, { instanceId: "i-2" }] } },
      `ec2:${here}:instance/i-1`,
      `ec2:${here}:instance/i-2`,
    ],
    [
      "ec2:AttachVolume",
      { volumeId: "vol-1", instanceId: "i-1" },
      `ec2:${here}:volume/vol-1`,
      `ec2:${here}:instance/i-1`,
    ],
    ["ec2:DeregisterImage", { imageId: "ami-1" }, "ec2:us-east-1::image/ami-1"],
    [
      "ec2:CreateTags",
      { resourcesSet: { items: [{ resourceId: "tgw-attach-1" }, { resourceId: "snap-1" }] } },
      `ec2:${here}:transit-gateway-attachment/tgw-attach-1`,
      "ec2:us-east-1::snapshot/snap-1",
    ],
    [
      "iam:DeleteRole",
      { roleName: "App" },
      "iam::111122223333:role/App",
      "iam::111122223333:role/*/App",
    ],
    [
      "iam:AddUserToGroup",
      { groupName: "admins", userName: "bob" },
      "iam::111122223333:group/admins",
      "iam::111122223333:group/*/admins",
    ],
    [
      "iam:AttachRolePolicy",
      { roleName: "App", policyArn: "arn:aws:iam::aws:policy/X" },
      "iam::111122223333:role/App",
      "iam::111122223333:role/*/App",
    ],
    [
      "iam:AddRoleToInstanceProfile",
      { roleName: "App", instanceProfileName: "P" },
      "iam::111122223333:instance-profile/P",
      "iam::111122223333:instance-profile/*/P",
    ],
    ["iam:CreateAccessKey", {}, "iam::111122223333:user/alice", "iam::111122223333:user/*/alice"],
    [
      "iam:DeletePolicy",
      { policyArn: "arn:aws:iam::111122223333:policy/p" },
      "iam::111122223333:policy/p",
    ],
    ["sts:AssumeRole", { roleArn: "arn:aws:iam::444455556666:role/R" }, "iam::444455556666:role/R"],
    ["kms:Decrypt", { keyId: "0a1b" }, `kms:${here}:key/0a1b`],
    [
      "kms:CreateAlias",
      { aliasName: "alias/a", targetKeyId: "0a1b" },
      `kms:${here}:alias/a`,
      `kms:${here}:key/0a1b`,
    ],
    ["lambda:UpdateFunctionCode", { functionName: "render" }, `lambda:${here}:function:render`],
    [
      "lambda:UpdateFunctionCode",
      { functionName: "111122223333:function:render" },
      `lambda:${here}:function:render`,
    ],
    [
      "lambda:UpdateFunctionCode",
      { functionName: `arn:aws:lambda:${here}:function:render` },
      `lambda:${here}:function:render`,
    ],
    [
      "lambda:InvokeFunction",
      { functionName: "render", qualifier: "live" },
      `lambda:${here}:function:render`,
      `lambda:${here}:function:render:live`,
    ],
    [
      "dynamodb:Query",
      { tableName: "orders", indexName: "by-day" },
      `dynamodb:${here}:table/orders`,
      `dynamodb:${here}:table/orders/index/by-day`,
    ],
    [
      "dynamodb:BatchWriteItem",
      { requestItems: { a: [], b: [] } },
      `dynamodb:${here}:table/a`,
      `dynamodb:${here}:table/b`,
    ],
    [
      "sqs:SendMessage",
      { queueUrl: "https://sqs.us-east-1.amazonaws.com/444455556666/orders.fifo" },
      "sqs:us-east-1:444455556666:orders.fifo",
    ],
    ["sns:Publish", { topicArn: `arn:aws:sns:${here}:orders` }, `sns:${here}:orders`],
    [
      "secretsmanager:GetSecretValue",
      { secretId: "mail" },
      `secretsmanager:${here}:secret:mail-??????`,
    ],
    [
      "secretsmanager:GetSecretValue",
      { secretId: `arn:aws:secretsmanager:${here}:secret:mail-a1B2c3` },
      `secretsmanager:${here}:secret:mail-a1B2c3`,
    ],
    ["ssm:GetParameter", { name: "/app/key" }, `ssm:${here}:parameter/app/key`],
    [
      "ssm:SendCommand",
      { documentName: "AWS-RunShellScript", instanceIds: ["i-1", "mi-2"] },
      "ssm:us-east-1::document/AWS-RunShellScript",
      `ec2:${here}:instance/i-1`,
      `ssm:${here}:managed-instance/mi-2`,
    ],
    [
      "logs:PutRetentionPolicy",
      { logGroupName: "/app" },
      `logs:${here}:log-group:/app`,
      `logs:${here}:log-group:/app:*`,
    ],
    ["cloudtrail:StopLogging", { name: "trail" }, `cloudtrail:${here}:trail/trail`],
    [
      "cloudtrail:StopLogging",
      { name: `arn:aws:cloudtrail:${here}:trail/trail` },
      `cloudtrail:${here}:trail/trail`,
    ],
    [
      "cloudwatch:DeleteAlarms",
      { alarmNames: ["a", "b"] },
      `cloudwatch:${here}:alarm:a`,
      `cloudwatch:${here}:alarm:b`,
    ],
    ["cloudformation:DeleteStack", { stackName: "s" }, `cloudformation:${here}:stack/s/*`],
    ["rds:DeleteDBInstance", { dBInstanceIdentifier: "db" }, `rds:${here}:db:db`],
    ["events:DeleteRule", { name: "r" }, `events:${here}:rule/r`],
    ["events:DeleteRule", { name: "r", eventBusName: "bus" }, `events:${here}:rule/bus/r`],
    ["route53:DeleteHostedZone", { id: "/hostedzone/Z1" }, "route53:::hostedzone/Z1"],
    [
      "wafv2:DeleteWebACL",
      { name: "w", id: "1", scope: "REGIONAL" },
      `wafv2:${here}:regional/webacl/w/1`,
    ],
    [
      "ecs:UpdateService",
      { cluster: `arn:aws:ecs:${here}:cluster/c`, service: "s" },
      `ecs:${here}:service/c/s`,
    ],
  ];

const others: readonly (readonly [
  basis: string,
  name: string,
  action: string,
  record: CloudTrailRecord,
])[] = [
  ["all", "an action that takes no resource", "s3:ListAllMyBuckets", event(calling("ListBuckets"))],
  ["all", "a list that names nothing", "aoss:ListCollections", event()],
  ["unknown", "an action that takes several kinds", "ec2:RunInstances", event(on({}))],
  ["unknown", "a service without rows", "newservice:MakeThing", event(on({ name: "x" }))],
  [
    "unknown",
    "an inference profile",
    "bedrock:InvokeModel",
    event(on({ modelId: "eu.acme.model-v1" })),
  ],
  ["unknown", "a call without parameters", "s3:PutBucketPolicy", event(on(null))],
  ["unknown", "a key by an alias", "kms:Decrypt", event(on({ keyId: "alias/app" }))],
  [
    "unknown",
    "a name that is hidden",
    "logs:DeleteLogGroup",
    event(on({ logGroupName: "HIDDEN_DUE_TO_SECURITY_REASONS" })),
  ],
  [
    "unknown",
    "parameters of another shape",
    "dynamodb:GetItem",
    event(on({ tableName: [{ a: 1 }] })),
  ],
  [
    "unknown",
    "what should be an ARN and is none",
    "sns:Publish",
    event(on({ topicArn: "orders" })),
  ],
  [
    "unknown",
    "a tagged thing of a kind not known",
    "ec2:CreateTags",
    event(on({ resourcesSet: { items: [{ resourceId: "constructor-1" }] } })),
  ],
];

describe("resourceArnsFor", () => {
  for (const [action, parameters, ...arns] of named) {
    it(`gives ${arns.join(" and ")} for ${action} with ${JSON.stringify(parameters)}`, () => {
      const [service = "", name = ""] = action.split(":");
      const record = event(byUser("alice"), to(service), calling(name), on(parameters));
      assert.deepEqual(resourceArnsFor(record, action), {
        arns: arns.map((arn) => `arn:aws:${arn}`),
        basis: "named",
      });
    });
  }

  for (const [basis, name, action, record] of others) {
    it(`is ${basis} for ${name}`, () => {
      assert.deepEqual(resourceArnsFor(record, action), { arns: [], basis });
    });
  }

  it("gives ARNs or nothing for records of any shape, and every denied one a reading", () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        for (const action of iamActionsOf(record)) {
          for (const arn of resourceArnsFor(record, action).arns) assert.match(arn, /^arn:/);
        }
        const denial = denialOf({ ...record, errorCode: "AccessDenied" });
        assert.notEqual(denial, undefined);
      }),
    );
  });

  it("takes the source of a copy for what is read", () => {
    const record = event(
      ...[to("s3"), calling("CopyObject")],
      on({ bucketName: "to", "x-amz-copy-source": "/from/key" }),
    );
    assert.deepEqual(resourceArnsFor(record, "s3:GetObject").arns, ["arn:aws:s3:::from/*"]);
    assert.deepEqual(resourceArnsFor(record, "s3:PutObject").arns, ["arn:aws:s3:::to/*"]);
  });

  it("takes what the record lists, of the action's service", () => {
    const key = `arn:aws:kms:${here}:key/0a1b`;
    const record = event(to("kms"), { resources: [{ ARN: "arn:aws:s3:::x" }, { ARN: key }] });
    assert.deepEqual(resourceArnsFor(record, "kms:Decrypt").arns, [key]);
  });

  it("writes China's and the government's ARNs as theirs", () => {
    const arn = (region: string) =>
      resourceArnsFor(event(inRegion(region), on({ bucketName: "b" })), "s3:PutBucketPolicy")
        .arns[0];
    assert.equal(arn("cn-north-1"), "arn:aws-cn:s3:::b");
    assert.equal(arn("us-gov-west-1"), "arn:aws-us-gov:s3:::b");
  });
});
