import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Denial, denialOf } from "../../src/event/denial.ts";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { calling, event, failing, on, to } from "../support/events.ts";

const alice = "arn:aws:iam::111122223333:user/alice";
const queue = "arn:aws:sqs:us-east-1:111122223333:orders";
const prefix = `User: ${alice} is not authorized to perform`;

function reads(name: string, message: string, denial: Denial): void {
  it(`reads ${name}`, () => {
    const record = event(to("sqs"), calling("DeleteQueue"), failing("AccessDenied", message));
    assert.deepEqual(denialOf(record), { action: "sqs:DeleteQueue", ...denial });
  });
}

describe("denialOf", () => {
  reads("the sentence without a reason", `${prefix}: sqs:DeleteQueue on resource: ${queue}`, {
    principal: alice,
    resource: queue,
  });
  reads(
    "that no policy of a kind allows it",
    `${prefix}: sqs:DeleteQueue on resource: ${queue} because no identity-based policy allows the sqs:DeleteQueue action`,
    { principal: alice, resource: queue, policyType: "identity-based", explicit: false },
  );
  reads(
    "a reason without a resource",
    `${prefix}: sqs:DeleteQueue because no service control policy allows the sqs:DeleteQueue action`,
    { principal: alice, policyType: "service control", explicit: false },
  );
  reads("a resource in quotes", `${prefix}: sqs:DeleteQueue on resource: "${queue}"`, {
    principal: alice,
    resource: queue,
  });
  reads(
    "which policy denied it",
    `${prefix}: sqs:DeleteQueue on resource: ${queue} with an explicit deny in a service control policy: arn:aws:organizations::111122223333:policy/o-exampleorgid/service_control_policy/p-0a1b2c3d`,
    {
      principal: alice,
      resource: queue,
      policyType: "service control",
      explicit: true,
      policyArn:
        "arn:aws:organizations::111122223333:policy/o-exampleorgid/service_control_policy/p-0a1b2c3d",
    },
  );
  reads(
    "an explicit deny of no kind",
    `${prefix}: sqs:DeleteQueue on resource: ${queue} with an explicit deny`,
    { principal: alice, resource: queue, explicit: true },
  );
  reads(
    "a permission other than the event's",
    `${prefix}: iam:PassRole on resource: arn:aws:iam::111122223333:role/App because no identity-based policy allows the iam:PassRole action`,
    {
      principal: alice,
      action: "iam:PassRole",
      resource: "arn:aws:iam::111122223333:role/App",
      policyType: "identity-based",
      explicit: false,
    },
  );
  reads("IAM's things by kind and name", `${prefix}: iam:DeleteRole on resource: role App`, {
    principal: alice,
    action: "iam:DeleteRole",
    resource: "role App",
  });
  reads(
    "a version of a policy as the policy",
    `${prefix}: iam:SetDefaultPolicyVersion on resource: policy arn:aws:iam::111122223333:policy/app version v2 because no identity-based policy allows the iam:SetDefaultPolicyVersion action`,
    {
      principal: alice,
      action: "iam:SetDefaultPolicyVersion",
      resource: "arn:aws:iam::111122223333:policy/app",
      policyType: "identity-based",
      explicit: false,
    },
  );
  reads("a prefix in capitals", `${prefix}: SQS:DeleteQueue on resource: ${queue}`, {
    principal: alice,
    resource: queue,
  });
  reads("EFS's unnamed resource", `${prefix}: sqs:DeleteQueue on the specified resource`, {
    principal: alice,
  });
  reads("a resource that is everything", `${prefix}: sqs:DeleteQueue on resource: *`, {
    principal: alice,
    resource: "*",
  });
  reads("anonymous callers", `User: anonymous is not authorized to perform: sqs:DeleteQueue`, {
    principal: "anonymous",
  });
  reads("STS without a caller", "Not authorized to perform sts:AssumeRoleWithWebIdentity", {
    action: "sts:AssumeRoleWithWebIdentity",
  });
  reads(
    "a principal that may not execute",
    `Principal ${alice} is not allowed to execute sqs:DeleteQueue on the resource`,
    { principal: alice },
  );
  reads("a resource alone", `Access to the resource ${queue} is denied.`, { resource: queue });
  reads("a resource alone, otherwise", `Not authorized to access resource ${queue}`, {
    resource: queue,
  });
  reads("a role of another account", "Cross-account pass role is not allowed.", {
    action: "iam:PassRole",
    policyType: "cross-account pass role",
  });
  reads("nothing in S3's two words", "Access Denied", {});
  reads(
    "EC2's opening, and that there is an encoded message",
    `You are not authorized to perform this operation. ${prefix}: ec2:StopInstances on resource: arn:aws:ec2:us-east-1:111122223333:instance/i-0a because no identity-based policy allows the ec2:StopInstances action. Encoded authorization failure message: Ab-9_x`,
    {
      principal: alice,
      action: "ec2:StopInstances",
      resource: "arn:aws:ec2:us-east-1:111122223333:instance/i-0a",
      policyType: "identity-based",
      explicit: false,
      encoded: "whole",
    },
  );
  reads(
    "an encoded message alone, that was cut",
    "You are not authorized to perform this operation. Encoded authorization failure message: Ab-9...",
    { encoded: "cut" },
  );
  reads(
    "a message that was cut in the reason",
    `${prefix}: sqs:DeleteQueue on resource: ${queue} because no ident...`,
    {
      principal: alice,
      resource: queue,
    },
  );
  reads(
    "public policies that are blocked",
    `${prefix}: s3:PutBucketPolicy on resource: "arn:aws:s3:::orders" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access`,
    {
      principal: alice,
      action: "s3:PutBucketPolicy",
      resource: "arn:aws:s3:::orders",
      policyType: "S3 Block Public Access",
      explicit: true,
    },
  );
  reads(
    "no reason out of a quoted name",
    `${prefix}: s3:GetObject on resource: "arn:aws:s3:::orders/x with an explicit deny in a session policy"`,
    {
      principal: alice,
      action: "s3:GetObject",
      resource: "arn:aws:s3:::orders/x with an explicit deny in a session policy",
    },
  );
  reads(
    "the last reason, as a name may hold another",
    `${prefix}: cloudwatch:DeleteAlarms on resource: arn:aws:cloudwatch:us-east-1:111122223333:alarm:x because no session policy allows it because no identity-based policy allows the cloudwatch:DeleteAlarms action`,
    {
      principal: alice,
      action: "cloudwatch:DeleteAlarms",
      resource:
        "arn:aws:cloudwatch:us-east-1:111122223333:alarm:x because no session policy allows it",
      policyType: "identity-based",
      explicit: false,
    },
  );
  reads("nothing where the sentence does not begin", `x ${prefix}: iam:CreateUser`, {});

  for (const [words, policyType, explicit] of [
    ["because no resource-based policy allows the x:Y action", "resource-based", false],
    ["because no session policy allows the x:Y action", "session", false],
    ["because no permissions boundary allows the x:Y action", "permissions boundary", false],
    ["because no VPC endpoint policy allows the x:Y action", "VPC endpoint", false],
    ["because no role trust policy allows the x:Y action", "role trust", false],
    ["because no resource control policy allows the x:Y action", "resource control", false],
    ["with an explicit deny in an identity-based policy", "identity-based", true],
    ["with an explicit deny in a resource-based policy", "resource-based", true],
    ["with an explicit deny in a resource control policy", "resource control", true],
    ["with an explicit deny in a sessions policy", "session", true],
    ["with an explicit deny in a VPC endpoint policy", "VPC endpoint", true],
    ["with an explicit deny in a permissions boundary", "permissions boundary", true],
    ["with an explicit deny in the role trust policy", "role trust", true],
  ] as const) {
    reads(words, `${prefix}: sqs:DeleteQueue on resource: ${queue} ${words}`, {
      principal: alice,
      resource: queue,
      policyType,
      explicit,
    });
  }

  function tells(name: string, record: CloudTrailRecord, denial: Denial | undefined): void {
    it(`tells ${name}`, () => assert.deepEqual(denialOf(record), denial));
  }

  tells("nothing of a call that was not denied", event(failing("NoSuchBucket")), undefined);
  tells(
    "action and target of the event where there is no message",
    event(to("s3"), calling("DeleteBucket"), on({ bucketName: "orders" }), failing("AccessDenied")),
    { action: "s3:DeleteBucket", resource: "orders" },
  );
  tells(
    "the endpoint's policy by the code",
    event(to("s3"), calling("ListBuckets"), failing("VpceAccessDenied")),
    { action: "s3:ListAllMyBuckets", policyType: "VPC endpoint" },
  );
  tells(
    "all permissions that may have been missing",
    event(to("s3"), calling("CopyObject"), failing("AccessDenied", "Access Denied")),
    { action: "s3:GetObject or s3:PutObject" },
  );
  tells(
    "a call that needs no permission by its name",
    event(to("sts"), calling("GetSessionToken"), failing("AccessDenied")),
    { action: "sts:GetSessionToken" },
  );
  tells(
    "the caller's service where the message leaves it out",
    event(to("s3"), failing("AccessDenied", `${prefix}: GetObject`)),
    { principal: alice, action: "s3:GetObject" },
  );
  tells(
    "of many targets how many",
    event(
      calling("TerminateInstances"),
      on({
        instancesSet: { items: ["i-1", "i-2", "i-3", "i-4"].map((instanceId) => ({ instanceId })) },
      }),
      failing("Client.UnauthorizedOperation"),
    ),
    { action: "ec2:TerminateInstances", resource: "i-1, i-2, i-3 and 1 more" },
  );
  tells("nothing of a record that says nothing else", { errorCode: "AccessDenied" }, {});
  tells(
    "the event's action where the message is no text",
    event({ errorCode: "AccessDenied", errorMessage: { a: [1] } }),
    { action: "ec2:DescribeInstances" },
  );

  it("reads a long message in no time", () => {
    const long = " because no x".repeat(40_000);
    const record = event(failing("AccessDenied", `${prefix}: a:B on resource: ${long}`));
    const started = performance.now();
    denialOf(record);
    assert.ok(performance.now() - started < 500);
  });
});
