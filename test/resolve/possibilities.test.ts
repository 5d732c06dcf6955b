import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { CloudTrailRecord, JsonObject } from "../../src/event/record.ts";
import { textsAt } from "../../src/event/record.ts";
import { resourceNamed } from "../../src/query/resource.ts";
import { possibilitiesFor } from "../../src/resolve/possibilities.ts";
import { anyRecord } from "../support/arbitraries.ts";
import { at, calling, event, failing, on, to, withId } from "../support/events.ts";
import { readingOf } from "../support/plain-reading.ts";
import { byUserSession, home, time } from "./credentials.ts";

/** `call("ec2", "AttachVolume", "09:00:00", { volumeId: "vol-1" })`. */
const call = (
  service: string,
  eventName: string,
  clock: string,
  parameters: JsonObject | null,
  ...parts: readonly JsonObject[]
) => event(to(service), calling(eventName), at(time(clock)), on(parameters), ...parts);

const attached = (clock: string, goes: boolean, instanceId = "i-1") =>
  call("ec2", "AttachVolume", clock, {
    volumeId: "vol-1",
    instanceId,
    device: "/dev/sdf",
    deleteOnTermination: goes,
  });
const terminated = (clock: string, instanceId = "i-1", ...parts: readonly JsonObject[]) =>
  call(
    "ec2",
    "TerminateInstances",
    clock,
    { instancesSet: { items: [{ instanceId }] } },
    withId(`end of ${instanceId}`),
    ...parts,
  );
const setToGo = (clock: string, goes: boolean, mapping: JsonObject, instanceId = "i-1") =>
  call("ec2", "ModifyInstanceAttribute", clock, {
    instanceId,
    blockDeviceMapping: { items: [{ ...mapping, ebs: { deleteOnTermination: goes } }] },
  });
const launched = call("ec2", "RunInstances", "08:00:00", null, {
  responseElements: {
    instancesSet: {
      items: ["1", "2"].map((n) => ({
        instanceId: `i-${n}`,
        networkInterfaceSet: {
          items: [
            { networkInterfaceId: `eni-${n}`, attachment: { deleteOnTermination: n === "1" } },
          ],
        },
      })),
    },
  },
});

const stored = call("s3", "PutObject", "08:00:00", { bucketName: "orders", key: "in/1.csv" });
const lifecycle = (clock: string, rule: JsonObject) =>
  call(
    "s3",
    "PutBucketLifecycle",
    clock,
    { bucketName: "orders", LifecycleConfiguration: { Rule: rule } },
    withId(`rule of ${clock}`),
  );
const oneDay = { ID: "tidy", Status: "Enabled", Expiration: { Days: 1 } };

const throughStack = (userIdentity: JsonObject) => ({
  userIdentity: { ...userIdentity, invokedBy: "cloudformation.amazonaws.com" },
  sourceIPAddress: "cloudformation.amazonaws.com",
});
const ciSession = byUserSession("ci", "07:58:00", "ASIACI").userIdentity;
const stackDeleted = call(
  "cloudformation",
  "DeleteStack",
  "09:14:00",
  { stackName: "orders-prod" },
  withId("end of stack"),
);

interface Case {
  readonly name: string;
  readonly logs: readonly CloudTrailRecord[];
  readonly of: string;
  /** `kind, certainty: eventID`. */
  readonly possibilities: readonly string[];
}

const goneWithInstance = ["instance, likely: end of i-1"];

const cases: readonly Case[] = [
  {
    name: "are an instance that it was attached to, to go with it",
    logs: [attached("08:00:00", true), terminated("09:14:00")],
    of: "vol-1",
    possibilities: goneWithInstance,
  },
  {
    name: "are none with an instance that would leave it",
    logs: [attached("08:00:00", false), terminated("09:14:00")],
    of: "vol-1",
    possibilities: [],
  },
  {
    name: "are an instance that was set to take it along, by id or by device",
    logs: [
      attached("08:00:00", false),
      setToGo("08:05:00", true, { deviceName: "/dev/sdf" }),
      terminated("09:14:00"),
    ],
    of: "vol-1",
    possibilities: goneWithInstance,
  },
  {
    name: "are none with an instance that was set to leave it in the end",
    logs: [
      attached("08:00:00", true),
      setToGo("08:05:00", false, { deviceName: "/dev/sdf" }),
      terminated("09:14:00"),
    ],
    of: "vol-1",
    possibilities: [],
  },
  {
    name: "are untouched by what was set for another instance's device",
    logs: [
      attached("08:00:00", false),
      setToGo("08:05:00", true, { deviceName: "/dev/sdf" }, "i-2"),
      terminated("09:14:00"),
    ],
    of: "vol-1",
    possibilities: [],
  },
  {
    name: "are none after it was detached",
    logs: [
      attached("08:00:00", true),
      call("ec2", "DetachVolume", "08:10:00", { volumeId: "vol-1" }),
      terminated("09:14:00"),
    ],
    of: "vol-1",
    possibilities: [],
  },
  {
    name: "are only the instance that it was attached to last",
    logs: [
      attached("08:00:00", true, "i-2"),
      attached("08:30:00", true),
      terminated("09:14:00"),
      terminated("09:15:00", "i-2"),
    ],
    of: "vol-1",
    possibilities: goneWithInstance,
  },
  {
    name: "are none where it lived on",
    logs: [
      attached("08:00:00", true),
      terminated("09:14:00"),
      call("ec2", "CreateSnapshot", "09:20:00", { volumeId: "vol-1" }),
      call("ec2", "AttachVolume", "09:30:00", { volumeId: "vol-1", instanceId: "i-3" }),
    ],
    of: "vol-1",
    possibilities: [],
  },
  {
    name: "are none where it was deleted by a call of its own",
    logs: [
      attached("08:00:00", true),
      call("ec2", "DeleteVolume", "09:00:00", { volumeId: "vol-1" }),
      terminated("09:14:00"),
    ],
    of: "vol-1",
    possibilities: [],
  },
  {
    name: "are none with a termination that was denied",
    logs: [attached("08:00:00", true), terminated("09:14:00", "i-1", failing("AccessDenied"))],
    of: "vol-1",
    possibilities: [],
  },
  {
    name: "are the instance of a launch whose answer names it",
    logs: [launched, terminated("09:14:00"), terminated("09:15:00", "i-2")],
    of: "eni-1",
    possibilities: goneWithInstance,
  },
  {
    name: "are not another instance of the same launch",
    logs: [launched, terminated("09:14:00"), terminated("09:15:00", "i-2")],
    of: "eni-2",
    possibilities: [],
  },
  {
    name: "are an image deregistered with its snapshots",
    logs: [
      call(
        "ec2",
        "RegisterImage",
        "08:00:00",
        { blockDeviceMapping: { items: [{ ebs: { snapshotId: "snap-1" } }] } },
        { responseElements: { imageId: "ami-1" } },
      ),
      call(
        "ec2",
        "DeregisterImage",
        "09:14:00",
        { imageId: "ami-1", deleteAssociatedSnapshots: true },
        withId("deregister"),
      ),
    ],
    of: "snap-1",
    possibilities: ["image, likely: deregister"],
  },
  {
    name: "are a rule for the object's prefix",
    logs: [
      stored,
      lifecycle("09:00:00", { ...oneDay, Filter: { Prefix: "in/" } }),
      call("s3", "GetBucketLifecycle", "09:30:00", { bucketName: "orders" }),
    ],
    of: "s3://orders/in/1.csv",
    possibilities: ["expiry, possible: rule of 09:00:00"],
  },
  {
    name: "are no rule for other prefixes, one switched off, or one that only moves things",
    logs: [
      stored,
      lifecycle("09:00:00", { ...oneDay, Filter: { Prefix: "out/" } }),
      lifecycle("09:01:00", { ...oneDay, Status: "Disabled" }),
      lifecycle("09:02:00", { Status: "Enabled", Transition: { Days: 1 } }),
    ],
    of: "s3://orders/in/1.csv",
    possibilities: [],
  },
  {
    name: "are no rule that was taken away before it could delete",
    logs: [
      stored,
      lifecycle("09:00:00", oneDay),
      call("s3", "DeleteBucketLifecycle", "10:00:00", { bucketName: "orders" }),
    ],
    of: "s3://orders/in/1.csv",
    possibilities: [],
  },
  {
    name: "are deletions in its bucket that do not log the keys, and the bucket's own",
    logs: [
      stored,
      call(
        "s3",
        "DeleteObjects",
        "09:00:00",
        { bucketName: "orders", delete: "" },
        withId("objects"),
      ),
      call("s3", "DeleteBucket", "09:14:00", { bucketName: "orders" }, withId("bucket")),
    ],
    of: "s3://orders/in/1.csv",
    possibilities: ["emptied, possible: objects", "whole, possible: bucket"],
  },
  {
    name: "are known of an object that no event tells of",
    logs: [lifecycle("09:00:00", oneDay)],
    of: "arn:aws:s3:::orders/in/1.csv",
    possibilities: ["expiry, possible: rule of 09:00:00"],
  },
  {
    name: "are a time to live, and the table",
    logs: [
      call("dynamodb", "PutItem", "08:00:00", { tableName: "orders", key: { id: "order-1" } }),
      call(
        "dynamodb",
        "UpdateTimeToLive",
        "09:00:00",
        {
          tableName: "orders",
          timeToLiveSpecification: { enabled: true, attributeName: "expires" },
        },
        withId("ttl"),
      ),
      call("dynamodb", "DeleteTable", "09:14:00", { tableName: "orders" }, withId("table")),
    ],
    of: "order-1",
    possibilities: ["expiry, possible: ttl", "whole, possible: table"],
  },
  {
    name: "are the retention and the deletion of its log group",
    logs: [
      call("logs", "CreateLogStream", "08:00:00", { logGroupName: "/app", logStreamName: "web-1" }),
      call(
        "logs",
        "PutRetentionPolicy",
        "09:00:00",
        { logGroupName: "/app", retentionInDays: 1 },
        withId("retention"),
      ),
      call("logs", "DeleteLogGroup", "09:14:00", { logGroupName: "/app" }, withId("group")),
    ],
    of: "web-1",
    possibilities: ["expiry, possible: retention", "whole, possible: group"],
  },
  {
    name: "are the user, of an access key",
    logs: [
      call(
        "iam",
        "CreateAccessKey",
        "08:00:00",
        { userName: "backup" },
        { responseElements: { accessKey: { accessKeyId: "AKIANEW", userName: "backup" } } },
      ),
      call("iam", "DeleteUser", "09:14:00", { userName: "backup" }, withId("user")),
      call("iam", "DeleteUser", "09:15:00", { userName: "restore" }),
    ],
    of: "AKIANEW",
    possibilities: ["whole, possible: user"],
  },
  {
    name: "are the cluster, of a service or a node group",
    logs: [
      call("eks", "CreateNodegroup", "08:00:00", { name: "prod", nodegroupName: "workers" }),
      call("ecs", "DeleteCluster", "09:10:00", { cluster: "prod" }),
      call("eks", "DeleteCluster", "09:14:00", { name: "prod" }, withId("cluster")),
    ],
    of: "workers",
    possibilities: ["whole, possible: cluster"],
  },
  {
    name: "are the ECS cluster, of a service",
    logs: [
      call("ecs", "CreateService", "08:00:00", { cluster: "prod", serviceName: "web" }),
      call("ecs", "DeleteCluster", "09:14:00", { cluster: "prod" }, withId("cluster")),
    ],
    of: "web",
    possibilities: ["whole, possible: cluster"],
  },
  {
    name: "are the role, of a policy in it",
    logs: [
      call("iam", "PutRolePolicy", "08:00:00", { roleName: "Deploy", policyName: "inline" }),
      call("iam", "DeleteRole", "09:14:00", { roleName: "Deploy" }, withId("role")),
    ],
    of: "inline",
    possibilities: ["whole, possible: role"],
  },
  {
    name: "are no user from whom a policy was only taken",
    logs: [
      call("iam", "AttachUserPolicy", "08:00:00", {
        userName: "maria",
        policyArn: `arn:aws:iam::${home}:policy/audit`,
      }),
      call("iam", "DeleteUser", "09:14:00", { userName: "maria" }),
    ],
    of: "audit",
    possibilities: [],
  },
  {
    name: "are the database cluster, of an instance in it",
    logs: [
      call("rds", "CreateDBInstance", "08:00:00", {
        dBInstanceIdentifier: "orders-1",
        dBClusterIdentifier: "orders",
      }),
      call(
        "rds",
        "DeleteDBCluster",
        "09:14:00",
        { dBClusterIdentifier: "orders" },
        withId("cluster"),
      ),
    ],
    of: "orders-1",
    possibilities: ["whole, possible: cluster"],
  },
  {
    name: "are the spot instance that EC2 took back",
    logs: [
      attached("08:00:00", true),
      call("ec2", "BidEvictedEvent", "09:14:00", null, withId("evicted"), {
        eventType: "AwsServiceEvent",
        serviceEventDetails: { instanceIdSet: ["i-1"] },
      }),
    ],
    of: "vol-1",
    possibilities: ["instance, likely: evicted"],
  },
  {
    name: "are the instance, of an automated backup that it did not leave",
    logs: [
      call(
        "rds",
        "DeleteDBInstance",
        "09:14:00",
        { dBInstanceIdentifier: "orders-db", skipFinalSnapshot: true },
        withId("db"),
      ),
    ],
    of: "rds:orders-db-2026-11-04-03-10",
    possibilities: ["whole, possible: db"],
  },
  {
    name: "are no instance that left its automated backups",
    logs: [
      call("rds", "DeleteDBInstance", "09:14:00", {
        dBInstanceIdentifier: "orders-db",
        deleteAutomatedBackups: false,
      }),
    ],
    of: "rds:orders-db-2026-11-04-03-10",
    possibilities: [],
  },
  {
    name: "are the stack for which CloudFormation made it",
    logs: [
      call(
        "cloudformation",
        "CreateStack",
        "08:00:00",
        { stackName: "orders-prod" },
        { userIdentity: ciSession },
      ),
      call("sqs", "CreateQueue", "08:00:20", { queueName: "incoming" }, throughStack(ciSession)),
      stackDeleted,
      call("cloudformation", "DeleteStack", "09:15:00", { stackName: "billing" }),
    ],
    of: "incoming",
    possibilities: ["stack, likely: end of stack"],
  },
  {
    name: "are the stack that its tags name",
    logs: [
      call("ec2", "CreateVolume", "08:00:20", {
        tagSpecificationSet: {
          items: [{ tags: [{ key: "aws:cloudformation:stack-name", value: "orders-prod" }] }],
        },
        volumeId: "vol-9",
      }),
      stackDeleted,
    ],
    of: "vol-9",
    possibilities: ["stack, likely: end of stack"],
  },
  {
    name: "are none for a pattern",
    logs: [attached("08:00:00", true), terminated("09:14:00")],
    of: "vol-*",
    possibilities: [],
  },
];

describe("possibilities", () => {
  for (const { name, logs, of, possibilities } of cases) {
    it(name, async () => {
      const found = await possibilitiesFor(readingOf(logs), resourceNamed(of));
      assert.deepEqual(
        found.map(
          ({ kind, certainty, event: { record } }) =>
            `${kind}, ${certainty}: ${textsAt(record, "eventID")[0]}`,
        ),
        possibilities,
      );
    });
  }

  it("tell after how long a rule deletes what", async () => {
    const And = { Prefix: "in/", Tag: { Key: "keep", Value: "short" } };
    const rule = { ...oneDay, Filter: { And }, Expiration: { Days: 30 } };
    const reading = readingOf([stored, lifecycle("09:00:00", rule)]);
    const [found] = await possibilitiesFor(reading, resourceNamed("s3://orders/in/1.csv"));
    assert.deepEqual(found?.kind === "expiry" && found.expiry, {
      kind: "lifecycle",
      name: "tidy",
      prefix: "in/",
      hasConditions: true,
      days: 30,
    });
  });

  it("survive names that look like patterns, and records of any shape", async () => {
    const queue = call("sqs", "CreateQueue", "08:00:00", {
      queueName: "incoming",
      tags: { "aws:cloudformation:stack-name": "*\\?[" },
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord), async (records) => {
        const reading = readingOf([queue, stackDeleted, ...records]);
        assert.deepEqual(await possibilitiesFor(reading, resourceNamed("incoming")), []);
        await possibilitiesFor(reading, resourceNamed("orders"));
        await possibilitiesFor(reading, resourceNamed(`arn:aws:sqs:us-east-1:${home}:orders`));
      }),
    );
  });
});
