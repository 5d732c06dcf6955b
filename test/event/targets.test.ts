import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord, Json, JsonObject } from "../../src/event/record.ts";
import { type Bearing, bearing, partNoun, primaryTargets } from "../../src/event/targets.ts";
import { byUser, calling, event, failing, on, to } from "../support/events.ts";

const account = "111122223333";

/** `s3:DeleteBucket` with the parameters and whatever else the record holds. */
function call(name: string, requestParameters: Json, rest: JsonObject = {}): CloudTrailRecord {
  const [service = "", eventName = ""] = name.split(":");
  return event(to(service), calling(eventName), on(requestParameters), rest);
}

function denied(name: string, resource: string, action = name): CloudTrailRecord {
  const message =
    `User: arn:aws:iam::${account}:user/maria is not authorized to perform: ${action} ` +
    `on resource: ${resource} because no identity-based policy allows the ${action} action`;
  return call(name, null, failing("AccessDenied", message));
}

interface Case {
  readonly record: CloudTrailRecord;
  /** Resources as a user would write them, by how they stand in the event. */
  readonly target?: readonly string[];
  readonly part?: readonly string[];
  readonly possible?: readonly string[];
  readonly mention?: readonly string[];
  /** What a listing shows. */
  readonly shown: readonly string[];
}

const cases: { readonly [name: string]: Case } = {
  "s3 DeleteBucket": {
    record: call("s3:DeleteBucket", { bucketName: "orders", Host: "orders.s3.amazonaws.com" }),
    target: ["orders", "ORDERS", "arn:aws:s3:::orders", "ord*", "arn:aws:s3:::ord*"],
    shown: ["orders"],
  },
  "s3 DeleteBucketPolicy": {
    record: call("s3:DeleteBucketPolicy", { bucketName: "orders", policy: "" }),
    part: ["orders", "arn:aws:s3:::orders", "ord*"],
    shown: ["orders"],
  },
  "s3 DeleteObject": {
    record: call(
      "s3:DeleteObject",
      { bucketName: "orders", key: "2026/05.csv" },
      {
        resources: [
          { type: "AWS::S3::Object", ARN: "arn:aws:s3:::orders/2026/05.csv" },
          { type: "AWS::S3::Bucket", ARN: "arn:aws:s3:::orders", accountId: account },
        ],
      },
    ),
    target: [
      "orders/2026/05.csv",
      "2026/05.csv",
      "05.csv",
      "arn:aws:s3:::orders/2026/05.csv",
      "orders/*",
    ],
    part: ["orders", "arn:aws:s3:::orders", "ord*"],
    shown: ["orders/2026/05.csv"],
  },
  "s3 DeleteObjects, which logs no keys": {
    record: call(
      "s3:DeleteObjects",
      { bucketName: "orders", delete: "" },
      {
        resources: [
          { type: "AWS::S3::Object", ARNPrefix: "arn:aws:s3:::orders/" },
          { type: "AWS::S3::Bucket", ARN: "arn:aws:s3:::orders", accountId: account },
        ],
      },
    ),
    part: ["orders", "ord*"],
    possible: [
      "orders/2026/05.csv",
      "arn:aws:s3:::orders/2026/05.csv",
      "orders/2026/*",
      "orders/*",
    ],
    mention: ["orders-2/2026/05.csv", "2026/05.csv", "arn:aws:sqs:::orders/2026", "o*/2026"],
    shown: ["orders"],
  },
  "s3 DeleteObjects, denied before it knew of objects": {
    record: call("s3:DeleteObjects", { bucketName: "orders" }, failing("AccessDenied")),
    possible: ["orders/2026/05.csv"],
    shown: ["orders"],
  },
  "s3 PutObjectAcl": {
    record: call("s3:PutObjectAcl", { bucketName: "orders", key: "a.csv", acl: "" }),
    part: ["orders/a.csv", "orders"],
    shown: ["orders/a.csv"],
  },
  "s3 CopyObject": {
    record: call("s3:CopyObject", {
      bucketName: "copies",
      key: "a.csv",
      "x-amz-copy-source": "orders/a.csv",
    }),
    target: ["copies/a.csv"],
    part: ["copies"],
    mention: ["orders"],
    shown: ["copies/a.csv"],
  },
  "s3 PutBucketLogging": {
    record: call("s3:PutBucketLogging", {
      bucketName: "orders",
      BucketLoggingStatus: { LoggingEnabled: { TargetBucket: "logs" } },
    }),
    part: ["orders"],
    mention: ["logs"],
    shown: ["orders"],
  },
  "s3 DeleteBucketPolicy, denied without parameters": {
    record: denied("s3:DeleteBucketPolicy", '"arn:aws:s3:::orders"'),
    part: ["orders"],
    shown: ["arn:aws:s3:::orders"],
  },

  "ec2 TerminateInstances": {
    record: call("ec2:TerminateInstances", {
      instancesSet: { items: [{ instanceId: "i-0abc" }, { instanceId: "i-0def" }] },
    }),
    target: ["i-0abc", `arn:aws:ec2:us-east-1:${account}:instance/i-0def`],
    mention: ["i-0a"],
    shown: ["i-0abc", "i-0def"],
  },
  "ec2 RunInstances, where the id is in the response": {
    record: call(
      "ec2:RunInstances",
      { instancesSet: { items: [{ imageId: "ami-0abc" }] }, subnetId: "subnet-0abc" },
      { responseElements: { instancesSet: { items: [{ instanceId: "i-0abc" }] } } },
    ),
    target: ["i-0abc"],
    mention: ["ami-0abc", "subnet-0abc"],
    shown: ["i-0abc"],
  },
  "ec2 DeleteFlowLogs of one": {
    record: call("ec2:DeleteFlowLogs", {
      DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: "fl-1" } },
    }),
    target: ["fl-1"],
    shown: ["fl-1"],
  },
  "ec2 DeleteFlowLogs of two": {
    record: call("ec2:DeleteFlowLogs", {
      DeleteFlowLogsRequest: {
        FlowLogId: [
          { tag: 1, content: "fl-1" },
          { tag: 2, content: "fl-2" },
        ],
      },
    }),
    target: ["fl-2"],
    shown: ["fl-1", "fl-2"],
  },
  "ec2 CreateFlowLogs": {
    record: call(
      "ec2:CreateFlowLogs",
      { CreateFlowLogsRequest: { ResourceId: { tag: 1, content: "vpc-1" } } },
      { responseElements: { CreateFlowLogsResponse: { flowLogIdSet: { item: "fl-1" } } } },
    ),
    target: ["fl-1"],
    mention: ["vpc-1"],
    shown: ["fl-1"],
  },
  "ec2 DeleteTags": {
    record: call("ec2:DeleteTags", { resourcesSet: { items: [{ resourceId: "i-0abc" }] } }),
    part: ["i-0abc", `arn:aws:ec2:us-east-1:${account}:instance/i-0abc`],
    shown: ["i-0abc"],
  },
  "ec2 RevokeSecurityGroupIngress": {
    record: call("ec2:RevokeSecurityGroupIngress", { groupId: "sg-1", ipPermissions: {} }),
    part: ["sg-1"],
    shown: ["sg-1"],
  },
  "ec2 DeleteSecurityGroup": {
    record: call("ec2:DeleteSecurityGroup", { groupId: "sg-1" }),
    target: ["sg-1"],
    shown: ["sg-1"],
  },
  "ec2 DeleteKeyPair": {
    record: call("ec2:DeleteKeyPair", { keyName: "laptop" }),
    target: ["laptop"],
    shown: ["laptop"],
  },
  "ec2 DetachVolume": {
    record: call("ec2:DetachVolume", { volumeId: "vol-1", instanceId: "i-0abc" }),
    target: ["vol-1"],
    part: ["i-0abc"],
    shown: ["i-0abc", "vol-1"],
  },
  "ec2 DeleteRoute": {
    record: call("ec2:DeleteRoute", { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0" }),
    part: ["rtb-1"],
    shown: ["rtb-1"],
  },
  "kms DisableKey of a key that is not there": {
    record: call(
      "kms:DisableKey",
      null,
      failing(
        "NotFoundException",
        `Key 'arn:aws:kms:us-east-1:${account}:key/1234abcd' does not exist`,
      ),
    ),
    target: ["1234abcd"],
    shown: [`arn:aws:kms:us-east-1:${account}:key/1234abcd`],
  },
  "ssm SendCommand": {
    record: call(
      "ssm:SendCommand",
      { instanceIds: ["i-0abc"], documentName: "AWS-RunShellScript" },
      { responseElements: { command: { commandId: "c-1", documentName: "AWS-RunShellScript" } } },
    ),
    target: ["i-0abc", "c-1"],
    mention: ["AWS-RunShellScript"],
    shown: ["i-0abc"],
  },
  "events RemoveTargets, denied on the rule": {
    record: denied("events:RemoveTargets", `arn:aws:events:us-east-1:${account}:rule/nightly`),
    part: ["nightly"],
    shown: [`arn:aws:events:us-east-1:${account}:rule/nightly`],
  },
  "ec2 RunInstances, denied over a role to pass": {
    record: denied("ec2:RunInstances", `arn:aws:iam::${account}:role/web`, "iam:PassRole"),
    mention: ["web"],
    shown: [],
  },
  "ec2 CreateVolume, denied on all volumes": {
    record: denied("ec2:CreateVolume", `arn:aws:ec2:us-east-1:${account}:volume/*`),
    shown: [],
  },

  "iam DeleteRole": {
    record: call("iam:DeleteRole", { roleName: "web" }),
    target: ["web", `arn:aws:iam::${account}:role/app/web`],
    mention: [`arn:aws:iam::${account}:user/web`, `arn:aws:sqs:us-east-1:${account}:web`],
    shown: ["web"],
  },
  "iam DeleteRolePolicy": {
    record: call("iam:DeleteRolePolicy", { roleName: "web", policyName: "inline" }),
    target: ["inline"],
    part: ["web"],
    shown: ["web", "inline"],
  },
  "iam DeleteRolePolicy, denied on the role": {
    record: denied("iam:DeleteRolePolicy", "role web"),
    part: ["web"],
    shown: ["web"],
  },
  "iam DeleteUser, denied": {
    record: denied("iam:DeleteUser", "user maria"),
    target: ["maria"],
    shown: ["maria"],
  },
  "iam DeleteUser, denied by an ARN with a path": {
    record: denied("iam:DeleteUser", `arn:aws:iam::${account}:user/ops/maria`),
    target: ["maria", "ops/maria"],
    part: ["ops"],
    shown: [`arn:aws:iam::${account}:user/ops/maria`],
  },
  "iam DeleteAccessKey": {
    record: call("iam:DeleteAccessKey", { userName: "maria", accessKeyId: "AKIAEXAMPLE" }),
    target: ["AKIAEXAMPLE"],
    part: ["maria"],
    shown: ["maria", "AKIAEXAMPLE"],
  },
  "iam DeleteAccessKey of somebody, denied": {
    record: denied("iam:DeleteAccessKey", `arn:aws:iam::${account}:user/maria`),
    part: ["maria"],
    shown: [`arn:aws:iam::${account}:user/maria`],
  },
  "iam CreateAccessKey without user, for the caller": {
    record: call("iam:CreateAccessKey", null, byUser("maria")),
    part: ["maria"],
    shown: ["maria"],
  },
  "iam DeleteAccessKey, denied on nobody": {
    record: denied("iam:DeleteAccessKey", "user "),
    mention: ["because"],
    shown: ["alice"],
  },
  "iam CreateUser": {
    record: call(
      "iam:CreateUser",
      { userName: "maria" },
      { responseElements: { user: { userName: "maria", userId: "AIDAEXAMPLE" } } },
    ),
    target: ["maria", "AIDAEXAMPLE"],
    shown: ["maria"],
  },
  "iam RemoveUserFromGroup": {
    record: call("iam:RemoveUserFromGroup", { userName: "maria", groupName: "admins" }),
    part: ["maria", "admins"],
    shown: ["maria", "admins"],
  },
  "iam AttachRolePolicy": {
    record: call("iam:AttachRolePolicy", {
      roleName: "web",
      policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
    target: ["AdministratorAccess"],
    part: ["web"],
    shown: ["web", "arn:aws:iam::aws:policy/AdministratorAccess"],
  },
  "iam UpdateAssumeRolePolicy": {
    record: call("iam:UpdateAssumeRolePolicy", {
      roleName: "web",
      policyDocument: '{"Statement":[{"Principal":{"AWS":"arn:aws:iam::444455556666:role/ci"}}]}',
    }),
    part: ["web"],
    mention: ["ci"],
    shown: ["web"],
  },

  "kms ScheduleKeyDeletion": {
    record: call(
      "kms:ScheduleKeyDeletion",
      { keyId: "1234abcd-0000-0000-0000-000000000000", pendingWindowInDays: 7 },
      {
        resources: [
          {
            type: "AWS::KMS::Key",
            ARN: `arn:aws:kms:us-east-1:${account}:key/1234abcd-0000-0000-0000-000000000000`,
          },
        ],
      },
    ),
    target: [
      "1234abcd-0000-0000-0000-000000000000",
      `arn:aws:kms:us-east-1:${account}:key/1234abcd-0000-0000-0000-000000000000`,
    ],
    shown: ["1234abcd-0000-0000-0000-000000000000"],
  },
  "kms DeleteAlias": {
    record: call("kms:DeleteAlias", { aliasName: "alias/orders" }),
    target: ["alias/orders", "orders"],
    shown: ["alias/orders"],
  },
  "lambda DeleteFunction": {
    record: call("lambda:DeleteFunction20150331", { functionName: "orders" }),
    target: ["orders", `arn:aws:lambda:us-east-1:${account}:function:orders`],
    shown: ["orders"],
  },
  "lambda DeleteFunction of one version": {
    record: call("lambda:DeleteFunction20150331", { functionName: "orders:7" }),
    target: ["orders:7"],
    part: ["orders"],
    shown: ["orders:7"],
  },
  "lambda RemovePermission": {
    record: call("lambda:RemovePermission20150331v2", { functionName: "orders", statementId: "s" }),
    part: ["orders"],
    shown: ["orders"],
  },
  "rds DeleteDBInstance": {
    record: call("rds:DeleteDBInstance", {
      dBInstanceIdentifier: "orders",
      finalDBSnapshotIdentifier: "orders-final",
    }),
    target: ["orders", `arn:aws:rds:us-east-1:${account}:db:orders`],
    mention: ["orders-final"],
    shown: ["orders"],
  },
  "rds DeleteDBInstance, denied": {
    record: denied("rds:DeleteDBInstance", `arn:aws:rds:us-east-1:${account}:db:orders`),
    target: ["orders"],
    shown: [`arn:aws:rds:us-east-1:${account}:db:orders`],
  },
  "rds CreateDBSnapshot, denied on the instance": {
    record: denied("rds:CreateDBSnapshot", `arn:aws:rds:us-east-1:${account}:db:orders`),
    part: ["orders"],
    shown: [`arn:aws:rds:us-east-1:${account}:db:orders`],
  },
  "rds RestoreDBInstanceFromDBSnapshot": {
    record: call("rds:RestoreDBInstanceFromDBSnapshot", {
      dBInstanceIdentifier: "orders-2",
      dBSnapshotIdentifier: "orders-final",
    }),
    target: ["orders-2"],
    mention: ["orders-final"],
    shown: ["orders-2"],
  },
  "rds ModifyDBInstance with a new name": {
    record: call("rds:ModifyDBInstance", {
      dBInstanceIdentifier: "orders",
      newDBInstanceIdentifier: "orders-old",
    }),
    target: ["orders", "orders-old"],
    shown: ["orders", "orders-old"],
  },
  "dynamodb DeleteItem": {
    record: call(
      "dynamodb:DeleteItem",
      { tableName: "orders", key: { id: { S: "7" } } },
      {
        resources: [
          {
            type: "AWS::DynamoDB::Table",
            ARN: `arn:aws:dynamodb:us-east-1:${account}:table/orders`,
          },
        ],
      },
    ),
    part: ["orders", `arn:aws:dynamodb:us-east-1:${account}:table/orders`],
    shown: ["orders"],
  },
  "secretsmanager DeleteSecret by an ARN with random characters": {
    record: call("secretsmanager:DeleteSecret", {
      secretId: `arn:aws:secretsmanager:us-east-1:${account}:secret:shop/db-AbC123`,
    }),
    target: [
      "shop/db",
      `arn:aws:secretsmanager:us-east-1:${account}:secret:shop/db`,
      `arn:aws:secretsmanager:us-east-1:${account}:secret:shop/db-AbC123`,
    ],
    shown: [`arn:aws:secretsmanager:us-east-1:${account}:secret:shop/db-AbC123`],
  },
  "secretsmanager EndSecretVersionDelete, a service's event": {
    record: call("secretsmanager:EndSecretVersionDelete", null, {
      additionalEventData: {
        ARN: `arn:aws:secretsmanager:us-east-1:${account}:secret:shop/db-AbC123`,
        Name: "shop/db",
      },
    }),
    part: ["shop/db"],
    shown: ["shop/db"],
  },
  "ssm DeleteParameters": {
    record: call("ssm:DeleteParameters", { names: ["/prod", "/prod/db"] }),
    target: ["/prod/db", "/prod/*"],
    shown: ["/prod", "/prod/db"],
  },
  "logs DeleteLogGroup, denied": {
    record: denied(
      "logs:DeleteLogGroup",
      `arn:aws:logs:us-east-1:${account}:log-group:/aws/lambda/orders:log-stream:`,
    ),
    target: ["/aws/lambda/orders", "orders"],
    shown: [`arn:aws:logs:us-east-1:${account}:log-group:/aws/lambda/orders:log-stream:`],
  },
  "logs DeleteLogStream": {
    record: call("logs:DeleteLogStream", { logGroupName: "shop", logStreamName: "web-1" }),
    target: ["web-1"],
    part: ["shop"],
    shown: ["shop", "web-1"],
  },
  "logs DeleteLogStream, denied": {
    record: denied(
      "logs:DeleteLogStream",
      `arn:aws:logs:us-east-1:${account}:log-group:shop:log-stream:web-1`,
    ),
    target: ["web-1"],
    part: ["shop"],
    shown: [`arn:aws:logs:us-east-1:${account}:log-group:shop:log-stream:web-1`],
  },
  "cloudtrail StopLogging by ARN": {
    record: call("cloudtrail:StopLogging", {
      name: `arn:aws:cloudtrail:us-east-1:${account}:trail/main`,
    }),
    target: ["main"],
    shown: [`arn:aws:cloudtrail:us-east-1:${account}:trail/main`],
  },
  "cloudtrail StopLogging by name": {
    record: call("cloudtrail:StopLogging", { name: "main" }),
    target: ["main", `arn:aws:cloudtrail:us-east-1:${account}:trail/main`],
    shown: ["main"],
  },
  "monitoring DeleteAlarms by the ARN of another service's name": {
    record: call("monitoring:DeleteAlarms", { alarmNames: ["cpu", "disk"] }),
    target: ["disk", `arn:aws:cloudwatch:us-east-1:${account}:alarm:cpu`],
    shown: ["cpu", "disk"],
  },
  "cloudformation DeleteStack by id": {
    record: call("cloudformation:DeleteStack", {
      stackName: `arn:aws:cloudformation:us-east-1:${account}:stack/shop/0a1b2c3d-0000`,
      roleARN: `arn:aws:iam::${account}:role/cfn`,
    }),
    target: ["shop"],
    mention: ["cfn"],
    shown: [`arn:aws:cloudformation:us-east-1:${account}:stack/shop/0a1b2c3d-0000`],
  },
  "elasticloadbalancing DeleteLoadBalancer": {
    record: call("elasticloadbalancing:DeleteLoadBalancer", {
      loadBalancerArn: `arn:aws:elasticloadbalancing:us-east-1:${account}:loadbalancer/app/web/0123456789abcdef`,
    }),
    target: ["web", "app/web"],
    shown: [
      `arn:aws:elasticloadbalancing:us-east-1:${account}:loadbalancer/app/web/0123456789abcdef`,
    ],
  },
  "elasticloadbalancing DeregisterTargets": {
    record: call("elasticloadbalancing:DeregisterTargets", {
      targetGroupArn: "tg",
      targets: [{ id: "i-0abc" }],
    }),
    part: ["i-0abc", "tg"],
    shown: ["tg", "i-0abc"],
  },
  "autoscaling TerminateInstanceInAutoScalingGroup": {
    record: call("autoscaling:TerminateInstanceInAutoScalingGroup", {
      instanceId: "i-0abc",
      shouldDecrementDesiredCapacity: true,
    }),
    target: ["i-0abc"],
    shown: ["i-0abc"],
  },
  "ecs DeleteService": {
    record: call("ecs:DeleteService", { cluster: "prod", service: "web", force: true }),
    target: ["web"],
    part: ["prod"],
    shown: ["prod", "web"],
  },
  "eks DeleteNodegroup": {
    record: call("eks:DeleteNodegroup", { name: "prod", nodegroupName: "workers" }),
    target: ["workers"],
    part: ["prod"],
    shown: ["prod", "workers"],
  },
  "eks DeleteAccessEntry with an ARN as in the URL": {
    record: call("eks:DeleteAccessEntry", {
      name: "prod",
      principalArn: `arn%3Aaws%3Aiam%3A%3A${account}%3Arole%2Fweb`,
    }),
    part: ["prod", "web"],
    shown: [`arn:aws:iam::${account}:role/web`, "prod"],
  },
  "ecr BatchDeleteImage": {
    record: call("ecr:BatchDeleteImage", {
      repositoryName: "shop",
      imageIds: [{ imageTag: "v1" }, { imageDigest: "sha256:00ff" }],
    }),
    target: ["v1", "sha256:00ff"],
    part: ["shop"],
    shown: ["shop", "v1", "sha256:00ff"],
  },
  "sqs PurgeQueue": {
    record: call("sqs:PurgeQueue", {
      queueUrl: `https://sqs.us-east-1.amazonaws.com/${account}/orders`,
    }),
    target: ["orders", `arn:aws:sqs:us-east-1:${account}:orders`],
    shown: [`https://sqs.us-east-1.amazonaws.com/${account}/orders`],
  },
  "route53 ChangeResourceRecordSets": {
    record: call("route53:ChangeResourceRecordSets", {
      hostedZoneId: "Z0EXAMPLE",
      changeBatch: {
        changes: [{ action: "DELETE", resourceRecordSet: { name: "app.example.com" } }],
      },
    }),
    target: ["app.example.com"],
    part: ["Z0EXAMPLE"],
    shown: ["Z0EXAMPLE", "app.example.com"],
  },
  "workspaces TerminateWorkspaces": {
    record: call("workspaces:TerminateWorkspaces", {
      terminateWorkspaceRequests: [{ workspaceId: "ws-1" }, { workspaceId: "ws-2" }],
    }),
    target: ["ws-2"],
    shown: ["ws-1", "ws-2"],
  },
  "cognito-idp AdminDeleteUser": {
    record: call("cognito-idp:AdminDeleteUser", { userPoolId: "pool-1", username: "maria" }),
    target: ["maria"],
    part: ["pool-1"],
    shown: ["pool-1", "maria"],
  },
  "a service nobody described": {
    record: call("sprockets:DeleteSprocketTooth", { sprocketId: "s-1", toothName: "t-1" }),
    target: ["t-1"],
    part: ["s-1"],
    shown: ["s-1", "t-1"],
  },
  "an event that names its only resource in resources": {
    record: call("sprockets:Oil", null, {
      resources: [{ ARN: `arn:aws:sprockets:us-east-1:${account}:sprocket/s-1` }],
    }),
    target: ["s-1"],
    shown: [`arn:aws:sprockets:us-east-1:${account}:sprocket/s-1`],
  },
};

describe("bearing", () => {
  for (const [name, expected] of Object.entries(cases)) {
    const { record } = expected;
    for (const role of ["target", "part", "possible", "mention"] as const satisfies Bearing[]) {
      for (const text of expected[role] ?? []) {
        it(`takes ${text} for ${role} of ${name}`, () => {
          assert.equal(bearing(record, { text, glob: text.includes("*") }), role);
        });
      }
    }
  }
});

describe("primaryTargets", () => {
  for (const [name, { record, shown }] of Object.entries(cases)) {
    it(`shows ${shown.join(", ") || "nothing"} for ${name}`, () => {
      assert.deepEqual(primaryTargets(record), shown);
    });
  }

  const many = Array.from({ length: 200_000 }, (_, i) => `n-${i}`);
  const deep = JSON.parse(`${'{"bucket":'.repeat(5_000)}"x"${"}".repeat(5_000)}`);
  for (const [name, requestParameters] of [
    ["a great many names", { bucketName: many }],
    ["deep nesting", deep],
    ["a number", 7],
    ["a text", "orders"],
    ["an array", [{ bucketName: "orders" }]],
    ["a name that is none", { bucketName: { S: null } }],
    ["a name as long as a file", { bucketName: "/".repeat(1_000_000) }],
  ] as const) {
    it(`survives ${name} for parameters`, () => {
      const record = call("s3:DeleteBucket", requestParameters);
      assert.equal(primaryTargets(record).length, name === "a great many names" ? 200_000 : 0);
      assert.equal(bearing(record, { text: "orders", glob: false }), "mention");
    });
  }

  it("survives a record of anything", () => {
    for (const value of [null, 7, "x", [], {}, [null], { type: 7 }]) {
      const record = {
        eventName: value,
        eventSource: value,
        resources: value,
        errorMessage: value,
      };
      assert.deepEqual(primaryTargets(record), []);
    }
  });
});

describe("partNoun", () => {
  for (const [eventName, expected] of [
    ["DeleteBucketPolicy", "bucket policy"],
    ["DeleteObjects", "object"],
    ["DeleteDBInstance", "DB instance"],
    ["DeactivateMFADevice", "MFA device"],
    ["DeleteFunction20150331", "function"],
    ["Decrypt", undefined],
  ] as const) {
    it(`calls it ${expected ?? "nothing"} for ${eventName}`, () => {
      assert.equal(partNoun(event(calling(eventName))), expected);
    });
  }
});
