import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type CloudTrailRecord, type JsonObject, textsAt } from "../../src/event/record.ts";
import { everything } from "../../src/query/filter.ts";
import { matches } from "../../src/query/matches.ts";
import type { FoundEvent, Reading } from "../../src/query/query.ts";
import { startersFilter } from "../../src/resolve/cascades.ts";
import { type Cause, causeOf, causesOf } from "../../src/resolve/causes.ts";
import { anyRecord } from "../support/arbitraries.ts";
import {
  at,
  byService,
  byUser,
  calling,
  event,
  failing,
  inAccount,
  inRegion,
  on,
  to,
  withId,
} from "../support/events.ts";
import { readingOf } from "../support/plain-reading.ts";
import { bySession, byUserSession, home, other, time } from "./credentials.ts";

const deploy = { role: "Deploy", session: "ci", key: "ASIADEPLOY", began: "09:00:00" };
const cfnExec = { role: "cfn-exec", session: "AWSCloudFormation", began: "09:14:02" };
const execRole = `arn:aws:iam::${home}:role/team/cfn-exec`;

/** Made by the service for whoever the part names. */
function through(service: string, part: JsonObject): JsonObject {
  return invokedBy(`${service}.amazonaws.com`, part);
}

function invokedBy(host: string, { userIdentity }: JsonObject): JsonObject {
  const identity = { ...(userIdentity as JsonObject), invokedBy: host };
  return { userIdentity: identity, sourceIPAddress: host, userAgent: host };
}

/** In a session of the service's own role. */
function byLinkedRole(role: string, service: string, session: string): JsonObject {
  const host = `${service}.amazonaws.com`;
  return through(service, {
    userIdentity: {
      type: "AssumedRole",
      principalId: `AROA${role.toUpperCase()}:${session}`,
      arn: `arn:aws:sts::${home}:assumed-role/${role}/${session}`,
      accountId: home,
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          arn: `arn:aws:iam::${home}:role/aws-service-role/${host}/${role}`,
          userName: role,
        },
        attributes: { creationDate: time("09:10:00") },
      },
    },
  });
}

const autoScaling = byLinkedRole("AWSServiceRoleForAutoScaling", "autoscaling", "AutoScaling");
const nodeGroups = byLinkedRole("AWSServiceRoleForAmazonEKSNodegroup", "eks-nodegroup", "EKS");

/** A call about a stack, at a time, by somebody. */
const stack = (eventName: string, clock: string, ...parts: readonly JsonObject[]) =>
  event(to("cloudformation"), calling(eventName), at(time(clock)), ...parts);
const named = (stackName: string, more: JsonObject = {}) => on({ stackName, ...more });
const act = (eventName: string, clock: string, ...parts: readonly JsonObject[]) =>
  event(to("ec2"), calling(eventName), at(time(clock)), withId("act"), ...parts);
const group = (eventName: string, clock: string, ...parts: readonly JsonObject[]) =>
  event(
    to("autoscaling"),
    calling(eventName),
    at(time(clock)),
    on({ autoScalingGroupName: "web" }),
    ...parts,
  );
const instance = on({ instancesSet: { items: [{ instanceId: "i-0abc" }] } });

/** `session certain: delete`, with the causes of the starter behind it. */
function said(cause: Cause | undefined): string {
  if (cause === undefined) return "";
  if (cause.kind !== "started") return cause.kind;
  const ids = cause.starters.map(({ record }) => textsAt(record, "eventID")[0]).join(" or ");
  const before = cause.cause === undefined ? "" : ` < ${said(cause.cause)}`;
  return `${cause.link}, ${cause.certainty}: ${ids}${before}`;
}

async function allOf(reading: Reading): Promise<readonly FoundEvent[]> {
  const all: FoundEvent[] = [];
  const { events } = await reading.events({ kind: "events", filter: everything });
  for await (const one of events) all.push(one);
  return all;
}

/** What makes any record a call that a service made, or one that starts it. */
const disguise = fc.constantFrom<JsonObject>(
  {},
  { ...autoScaling, eventTime: time("09:14:00") },
  { ...through("cloudformation", bySession(deploy)), eventTime: time("09:14:00") },
  { ...to("cloudformation"), ...calling("DeleteStack"), eventTime: time("09:13:00") },
  { ...to("autoscaling"), ...calling("SetDesiredCapacity"), eventTime: time("09:13:00") },
);

interface Case {
  readonly name: string;
  readonly logs: readonly CloudTrailRecord[];
  readonly call: CloudTrailRecord;
  readonly cause: string;
}

const cases: readonly Case[] = [
  {
    name: "is none for a call that somebody made directly",
    logs: [stack("DeleteStack", "09:14:00", bySession(deploy), named("orders"))],
    call: act("DeleteVolume", "09:14:10", bySession(deploy)),
    cause: "",
  },
  {
    name: "is the stack's deletion in the same session",
    logs: [stack("DeleteStack", "09:14:00", bySession(deploy), named("orders"), withId("delete"))],
    call: act("DeleteVolume", "09:14:10", through("cloudformation", bySession(deploy))),
    cause: "session, certain: delete",
  },
  {
    name: "is in the same session whichever key the service was given",
    logs: [
      stack(
        "DeleteStack",
        "09:14:00",
        byUserSession("maria", "09:00:05", "ASIAONE"),
        named("orders"),
        withId("delete"),
      ),
    ],
    call: act(
      "DeleteVolume",
      "09:14:10",
      through("cloudformation", byUserSession("maria", "09:00:05", "ASIATWO")),
    ),
    cause: "session, certain: delete",
  },
  {
    name: "is not what another session of the same role did",
    logs: [
      stack("DeleteStack", "09:14:00", bySession({ ...deploy, session: "other" }), named("orders")),
    ],
    call: act("DeleteVolume", "09:14:10", through("cloudformation", bySession(deploy))),
    cause: "unknown",
  },
  {
    name: "is not what failed, came later or was long before",
    logs: [
      stack("DeleteStack", "09:13:00", bySession(deploy), named("a"), failing("AccessDenied")),
      stack("DeleteStack", "09:15:00", bySession(deploy), named("b")),
      stack("DeleteStack", "09:14:00", bySession(deploy), named("c"), at("2026-11-03T09:14:00Z")),
    ],
    call: act("DeleteVolume", "09:14:10", through("cloudformation", bySession(deploy))),
    cause: "unknown",
  },
  {
    name: "is a call with a long-term key, for which the service was given a session",
    logs: [
      stack("DeleteStack", "09:14:00", byUser("maria"), named("orders"), withId("delete")),
      stack("UpdateStack", "09:05:00", byUser("maria"), named("billing")),
    ],
    call: act(
      "DeleteVolume",
      "09:14:10",
      through("cloudformation", byUserSession("maria", "09:14:00", "ASIACFN")),
    ),
    cause: "session, certain: delete",
  },
  {
    name: "is either of two stacks that nothing tells apart",
    logs: [
      stack("DeleteStack", "09:14:00", bySession(deploy), named("a"), withId("a")),
      stack("DeleteStack", "09:14:05", bySession(deploy), named("b"), withId("b")),
    ],
    call: act("DeleteVolume", "09:14:10", through("cloudformation", bySession(deploy))),
    cause: "session, one of several: a or b",
  },
  {
    name: "is likely the stack that the resource is named after",
    logs: [
      stack("DeleteStack", "09:14:00", bySession(deploy), named("orders"), withId("a")),
      stack("DeleteStack", "09:14:05", bySession(deploy), named("billing"), withId("b")),
    ],
    call: event(
      to("s3"),
      calling("DeleteBucket"),
      at(time("09:14:10")),
      on({ bucketName: "orders-data-1x2y3z" }),
      through("cloudformation", bySession(deploy)),
      withId("act"),
    ),
    cause: "session, likely: a",
  },
  {
    name: "is the latest call about one stack",
    logs: [
      stack("UpdateStack", "09:05:00", bySession(deploy), named("orders"), withId("a")),
      stack(
        "DeleteStack",
        "09:14:00",
        bySession(deploy),
        named(`arn:aws:cloudformation:us-east-1:${home}:stack/orders/0a1b`),
        withId("b"),
      ),
    ],
    call: act("DeleteVolume", "09:14:10", through("cloudformation", bySession(deploy))),
    cause: "session, certain: b",
  },
  {
    name: "is hardly the creation of another stack, for a deletion",
    logs: [
      stack("DeleteStack", "09:14:00", bySession(deploy), named("orders"), withId("a")),
      stack("CreateStack", "09:14:05", bySession(deploy), named("billing"), withId("b")),
    ],
    call: act("DeleteVolume", "09:14:10", through("cloudformation", bySession(deploy))),
    cause: "session, likely: a",
  },
  {
    name: "is the outermost of nested stacks",
    logs: [
      stack("DeleteStack", "09:14:00", bySession(deploy), named("orders"), withId("outer")),
      stack(
        "DeleteStack",
        "09:14:05",
        through("cloudformation", bySession(deploy)),
        named("orders-net-1X"),
      ),
    ],
    call: act("DeleteVolume", "09:14:10", through("cloudformation", bySession(deploy))),
    cause: "session, certain: outer",
  },
  {
    name: "is the deletion of a stack that was created with the role that acts",
    logs: [
      stack("CreateStack", "08:00:00", byUser("ci"), named("orders", { roleARN: execRole })),
      stack("DeleteStack", "09:14:00", bySession(deploy), named("orders"), withId("delete")),
      stack("DeleteStack", "09:14:01", bySession(deploy), named("billing")),
    ],
    call: act("DeleteVolume", "09:14:10", through("cloudformation", bySession(cfnExec))),
    cause: "role, likely: delete",
  },
  {
    name: "is the change set that was made with the role",
    logs: [
      stack("CreateChangeSet", "09:13:00", bySession(deploy), {
        requestParameters: { stackName: "orders", changeSetName: "v2", roleARN: execRole },
        responseElements: {
          id: `arn:aws:cloudformation:us-east-1:${home}:changeSet/v2/5f6a`,
        },
      }),
      stack(
        "ExecuteChangeSet",
        "09:14:00",
        bySession(deploy),
        on({ changeSetName: `arn:aws:cloudformation:us-east-1:${home}:changeSet/v2/5f6a` }),
        withId("execute"),
      ),
    ],
    call: act("DeleteVolume", "09:14:10", through("cloudformation", bySession(cfnExec))),
    cause: "role, likely: execute",
  },
  {
    name: "is no stack that was to use another role",
    logs: [
      stack(
        "DeleteStack",
        "09:14:00",
        bySession(deploy),
        named("orders", { roleARN: `arn:aws:iam::${home}:role/other` }),
      ),
    ],
    call: act("DeleteVolume", "09:14:10", through("cloudformation", bySession(cfnExec))),
    cause: "unknown",
  },
  {
    name: "is by the time alone what set a group's size",
    logs: [group("SetDesiredCapacity", "09:14:00", byUser("maria"), withId("set"))],
    call: act("TerminateInstances", "09:14:20", autoScaling, instance),
    cause: "time, likely: set",
  },
  {
    name: "is the call that names the instance",
    logs: [
      group("SetDesiredCapacity", "09:14:00", byUser("maria")),
      event(
        to("autoscaling"),
        calling("TerminateInstanceInAutoScalingGroup"),
        at(time("09:14:10")),
        on({ instanceId: "i-0abc" }),
        withId("terminate"),
      ),
    ],
    call: act("TerminateInstances", "09:14:20", autoScaling, instance),
    cause: "target, certain: terminate",
  },
  {
    name: "is the group that the launch tells of in its tags",
    logs: [
      group("SetDesiredCapacity", "09:14:00", byUser("maria"), withId("web")),
      group("SetDesiredCapacity", "09:14:01", on({ autoScalingGroupName: "api" })),
    ],
    call: act(
      "RunInstances",
      "09:14:20",
      autoScaling,
      on({
        tagSpecificationSet: {
          items: [{ tags: [{ key: "aws:autoscaling:groupName", value: "web" }] }],
        },
      }),
    ),
    cause: "name, likely: web",
  },
  {
    name: "is not in logs of a group that nobody touched",
    logs: [group("SetDesiredCapacity", "08:00:00", byUser("maria"))],
    call: act("TerminateInstances", "09:14:20", autoScaling, instance),
    cause: "unknown",
  },
  {
    name: "goes up through services that call each other",
    logs: [
      event(
        to("eks"),
        calling("DeleteNodegroup"),
        at(time("09:13:00")),
        on({ name: "prod", nodegroupName: "workers" }),
        withId("nodegroup"),
      ),
      group(
        "UpdateAutoScalingGroup",
        "09:14:00",
        nodeGroups,
        on({ autoScalingGroupName: "eks-workers-7ac7", desiredCapacity: 0 }),
        withId("update"),
      ),
    ],
    call: act("TerminateInstances", "09:14:20", autoScaling, instance),
    cause: "time, likely: update < name, likely: nodegroup",
  },
  {
    name: "reaches from a stack set into another account",
    logs: [
      stack(
        "DeleteStackInstances",
        "09:14:00",
        byUser("maria"),
        on({ stackSetName: "baseline", accounts: [other] }),
        withId("instances"),
      ),
      stack(
        "DeleteStack",
        "09:14:05",
        through("cloudformation", bySession({ ...deploy, account: other })),
        named("StackSet-baseline-5c1d"),
        inAccount(other),
        withId("stack"),
      ),
    ],
    call: act(
      "DeleteVolume",
      "09:14:10",
      through("cloudformation", bySession({ ...deploy, account: other })),
      inAccount(other),
    ),
    cause: "session, certain: stack < name, likely: instances",
  },
  {
    name: "is in the same account and region",
    logs: [
      stack("DeleteStack", "09:14:00", bySession(deploy), named("a"), inRegion("eu-west-1")),
      stack("DeleteStack", "09:14:00", bySession(deploy), named("b"), inAccount(other)),
    ],
    call: act("DeleteVolume", "09:14:10", through("cloudformation", bySession(deploy))),
    cause: "unknown",
  },
  {
    name: "may be in any region for a service that has one only",
    logs: [
      stack(
        "DeleteStack",
        "09:14:00",
        bySession(deploy),
        named("orders"),
        inRegion("eu-west-1"),
        withId("delete"),
      ),
    ],
    call: event(
      to("iam"),
      calling("DeleteRole"),
      at(time("09:14:10")),
      through("cloudformation", bySession(deploy)),
      withId("act"),
    ),
    cause: "session, certain: delete",
  },
  {
    name: "is the rule that was set where nothing was asked for",
    logs: [
      event(
        to("backup"),
        calling("UpdateBackupPlan"),
        at("2026-10-01T09:00:00Z"),
        on({ backupPlanId: "plan" }),
        withId("plan"),
      ),
    ],
    call: act(
      "DeleteSnapshot",
      "09:14:10",
      through("backup", bySession({ role: "Backup", session: "AWSBackup-Backup" })),
      on({ snapshotId: "snap-0abc" }),
    ),
    cause: "rule, likely: plan",
  },
  {
    name: "is the recovery point's deletion rather than a rule",
    logs: [
      event(to("backup"), calling("UpdateBackupPlan"), on({ backupPlanId: "plan" })),
      event(
        to("backup"),
        calling("DeleteRecoveryPoint"),
        at(time("09:14:04")),
        on({ recoveryPointArn: "arn:aws:ec2:us-east-1::snapshot/snap-0abc" }),
        withId("point"),
      ),
    ],
    call: act(
      "DeleteSnapshot",
      "09:14:10",
      through("backup", bySession({ role: "Backup", session: "AWSBackup-Backup" })),
      on({ snapshotId: "snap-0abc" }),
    ),
    cause: "target, certain: point",
  },
  {
    name: "is a write to the very service, of one that no table knows",
    logs: [
      event(
        to("newservice"),
        calling("DeleteThing"),
        bySession(deploy),
        at(time("09:14:00")),
        withId("thing"),
      ),
      event(to("newservice"), calling("ListThings"), bySession(deploy), at(time("09:14:01"))),
    ],
    call: act("DeleteVolume", "09:14:10", through("newservice", bySession(deploy))),
    cause: "session, certain: thing",
  },
  {
    name: "is nobody's where a spot instance was taken back",
    logs: [],
    call: act("BidEvictedEvent", "09:14:10", byService("ec2"), {
      eventType: "AwsServiceEvent",
      serviceEventDetails: { instanceIdSet: ["i-0abc"] },
    }),
    cause: "nobody",
  },
  {
    name: "is the person's call behind what a service did weeks later",
    logs: [
      event(
        to("kms"),
        calling("ScheduleKeyDeletion"),
        at("2026-10-10T09:00:00Z"),
        on({ keyId: `arn:aws:kms:us-east-1:${home}:key/1234abcd` }),
        withId("schedule"),
      ),
    ],
    call: event(to("kms"), calling("DeleteKey"), at(time("09:14:10")), withId("act"), {
      userIdentity: { accountId: home, invokedBy: "AWS Internal" },
      sourceIPAddress: "AWS Internal",
      eventType: "AwsServiceEvent",
      serviceEventDetails: { keyId: "1234abcd" },
    }),
    cause: "target, certain: schedule",
  },
  {
    name: "is none for somebody signing in, which services log as their own",
    logs: [],
    call: event(to("sso"), calling("Authenticate"), withId("act"), {
      eventType: "AwsServiceEvent",
    }),
    cause: "",
  },
  {
    name: "is found in China, whose services have names of their own",
    logs: [
      stack("DeleteStack", "09:14:00", bySession(deploy), named("orders"), withId("delete"), {
        eventSource: "cloudformation.amazonaws.com.cn",
      }),
    ],
    call: act(
      "DeleteVolume",
      "09:14:10",
      invokedBy("cloudformation.amazonaws.com.cn", bySession(deploy)),
    ),
    cause: "session, certain: delete",
  },
  {
    name: "is none where a service takes the role of what runs in it",
    logs: [],
    call: event(to("sts"), calling("AssumeRole"), byService("ec2"), withId("act")),
    cause: "",
  },
  {
    name: "is each of two kinds of call that size a group, and the latest of one kind",
    logs: [
      group("SetDesiredCapacity", "09:13:00", byUser("maria")),
      group("SetDesiredCapacity", "09:14:00", byUser("maria"), withId("set")),
      group("UpdateAutoScalingGroup", "09:14:05", byUser("bob"), withId("update")),
    ],
    call: act("TerminateInstances", "09:14:20", autoScaling, instance),
    cause: "time, one of several: set or update",
  },
  {
    name: "is by the time alone what came shortly before, rather than long before",
    logs: [
      group("UpdateAutoScalingGroup", "08:20:00", byUser("maria")),
      group("SetDesiredCapacity", "09:14:00", byUser("bob"), withId("set")),
    ],
    call: act("TerminateInstances", "09:14:20", autoScaling, instance),
    cause: "time, likely: set",
  },
  {
    name: "is none for a session that only calls itself CloudFormation's",
    logs: [stack("DeleteStack", "09:14:00", byUser("maria"), named("orders"))],
    call: act("DeleteVolume", "09:14:10", bySession(cfnExec)),
    cause: "",
  },
  {
    name: "ends where calls lead back to each other",
    logs: [
      stack(
        "DeleteStack",
        "09:14:09",
        through("cloudformation", bySession(deploy)),
        named("a"),
        withId("a"),
      ),
      stack(
        "DeleteStack",
        "09:14:10",
        through("cloudformation", bySession(deploy)),
        named("b"),
        withId("b"),
      ),
    ],
    call: act(
      "DeleteVolume",
      "09:14:10",
      through("cloudformation", bySession(deploy)),
      on({ volumeId: "b-1" }),
    ),
    cause: "session, likely: b < session, certain: a < session, certain: b",
  },
];

describe("the cause of a call", () => {
  for (const { name, logs, call, cause } of cases) {
    it(name, async () => {
      const reading = readingOf([...logs, call]);
      const [one] = (await allOf(reading)).filter(({ record }) => record === call);
      assert.equal(said(one && (await causeOf(reading, one))), cause);
    });
  }

  it("is found for many calls with one query of the starters", async () => {
    const deletion = stack("DeleteStack", "09:14:00", bySession(deploy), named("orders"));
    const calls = [1, 2, 3].map((n) =>
      event(to("ec2"), at(time(`09:14:1${n}`)), through("cloudformation", bySession(deploy))),
    );
    const reading = readingOf([deletion, ...calls]);
    let queries = 0;
    const counting = {
      ...reading,
      events: (query: Parameters<typeof reading.events>[0]) => {
        queries += 1;
        return reading.events(query);
      },
    };
    const events = (await allOf(reading)).filter(({ record }) => record !== deletion);
    const causes = await causesOf(counting, events);
    assert.equal(causes.size, 3);
    assert.equal(queries, 1);
  });

  it("is asked for among the calls that start others", () => {
    const starter = stack("DeleteStack", "09:14:00");
    assert.ok(matches(startersFilter, starter));
    assert.ok(!matches(startersFilter, event(to("s3"), calling("DeleteBucket"))));
  });

  it("survives records of any shape", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyRecord, disguise)), async (records) => {
        const reading = readingOf(records.map(([record, part]) => ({ ...record, ...part })));
        await causesOf(reading, await allOf(reading));
      }),
    );
  });
});
