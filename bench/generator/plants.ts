/**
 * The events that the questions of the benchmark ask for, among neighbours that are easily mistaken
 * for them.
 */

import { cliCaller, issuing, type RoleSession, roleIdentity, userCaller } from "./callers.ts";
import { Random } from "./random.ts";
import type { Call, CallError, Caller, Place } from "./record.ts";
import { type Account, plantedAddresses, type User, type World } from "./world.ts";

export interface Plant {
  readonly place: Place;
  readonly time: number;
  readonly caller: Caller;
  readonly call: Call;
}

export const period = { from: Date.UTC(2024, 5, 3), until: Date.UTC(2024, 5, 17) };

/** What the questions name; `truth.ts` collects the events that answer them. */
export const asked = {
  bucket: "orders-archive-prod",
  /** Deleted by a service for whoever deleted the bucket. */
  table: "orders-ledger-prod",
  user: "eve.destroyer",
  /** Deleted the bucket through a role. */
  behind: "mallory.k",
  since: Date.UTC(2024, 5, 11, 2),
  until: Date.UTC(2024, 5, 11, 4),
  address: plantedAddresses.rare,
  instance: "i-0feedfacecafe0001",
};

const minute = 60_000;
const home = "eu-west-1";
const ok = '{"_return":true}';

export function plantAll(world: World): Plant[] {
  const random = new Random(4242);
  const [production] = world.accounts;
  if (production === undefined) throw new Error("a world without accounts");
  return [
    ...deletions(random, production),
    ...eveAtWork(random, production),
    ...rareAddress(production),
    ...instanceLife(production),
  ].map((plant) => ({ ...plant, time: plant.time - (plant.time % 1000) }));
}

function on(day: number, hour: number, minutes = 0, seconds = 0): number {
  return Date.UTC(2024, 5, day, hour, minutes, seconds);
}

function user(random: Random, account: Account, name: string, address: string): User {
  return {
    name,
    arn: `arn:aws:iam::${account.id}:user/${name}`,
    id: random.uniqueId("AIDA"),
    accessKeyId: random.uniqueId("AKIA"),
    address,
  };
}

function deleteBucket(account: Account, bucket: string, error?: CallError): Call {
  return {
    service: "s3",
    name: "DeleteBucket",
    readOnly: false,
    requestJson: `{"bucketName":"${bucket}","Host":"${bucket}.s3.${home}.amazonaws.com"}`,
    additionalJson: `{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":0,"AuthenticationMethod":"AuthHeader","x-amz-id-2":"${"k".repeat(75)}=","bytesTransferredOut":0}`,
    resourcesJson: `[{"accountId":"${account.id}","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::${bucket}"}]`,
    ...(error ? { error } : {}),
  };
}

/**
 * Who took on a role by a key of their own deletes the bucket, and then a stack, with which
 * CloudFormation deletes a table. Another was not allowed to, a third deletes what has a longer name.
 */
function deletions(random: Random, account: Account): Plant[] {
  const place = { account: account.id, region: home };
  const time = on(12, 21, 14, 33);
  const mallory = cliCaller(account, user(random, account, asked.behind, "203.0.113.151"));
  const breakGlass: RoleSession = {
    account,
    role: {
      name: "OpsBreakGlass",
      arn: `arn:aws:iam::${account.id}:role/ops/OpsBreakGlass`,
      id: random.uniqueId("AROA"),
    },
    name: asked.behind,
    time: time - 11 * minute,
    key: random.uniqueId("ASIA"),
    mfa: true,
  };
  const { user: _, ...client } = mallory;
  const session: Caller = { ...client, ...roleIdentity(breakGlass) };
  const intern = cliCaller(account, user(random, account, "intern.olsen", "203.0.113.152"));
  const [pipelineRole] = account.pipelineRoles;
  if (pipelineRole === undefined) throw new Error("an account without pipelines");
  const pipeline: Caller = {
    ...roleIdentity({
      account,
      role: pipelineRole,
      name: "GitHubActions",
      time: on(12, 20, 2),
      key: random.uniqueId("ASIA"),
    }),
    kind: "pipeline",
    address: "192.0.2.20",
    agent: "APN/1.0 HashiCorp/1.0 Terraform/1.8.5 (+https://www.terraform.io)",
    tlsVersion: "TLSv1.3",
  };
  const denied = {
    code: "AccessDenied",
    message: `User: ${intern.arn} is not authorized to perform: s3:DeleteBucket on resource: \\"arn:aws:s3:::${asked.bucket}\\" because no identity-based policy allows the s3:DeleteBucket action`,
  };
  return [
    {
      place,
      time: breakGlass.time,
      caller: mallory,
      call: issuing(random, "AssumeRole", breakGlass, 1),
    },
    { place, time, caller: session, call: deleteBucket(account, asked.bucket) },
    {
      place,
      time: time + minute,
      caller: session,
      call: {
        service: "cloudformation",
        name: "DeleteStack",
        readOnly: false,
        requestJson: `{"stackName":"orders-storage","clientRequestToken":"${random.uuid()}"}`,
      },
    },
    {
      place,
      time: time + 2 * minute,
      caller: onBehalf(breakGlass, "cloudformation.amazonaws.com", random.uniqueId("ASIA")),
      call: deleteTable(account, asked.table),
    },
    {
      place,
      time: on(10, 10, 21, 9),
      caller: intern,
      call: deleteTable(account, asked.table, {
        code: "AccessDeniedException",
        message: `User: ${intern.arn} is not authorized to perform: dynamodb:DeleteTable on resource: arn:aws:dynamodb:${home}:${account.id}:table/${asked.table} because no identity-based policy allows the dynamodb:DeleteTable action`,
      }),
    },
    {
      place,
      time: on(12, 20, 8, 12),
      caller: pipeline,
      call: deleteTable(account, `${asked.table}-tmp`),
    },
    {
      place,
      time: on(9, 15, 40, 2),
      caller: intern,
      call: deleteBucket(account, asked.bucket, denied),
    },
    {
      place,
      time: on(12, 20, 6, 51),
      caller: pipeline,
      call: deleteBucket(account, `${asked.bucket}-tmp`),
    },
  ];
}

/** A service that goes on with what a session began: it is named, and has a key of its own. */
function onBehalf(session: RoleSession, service: string, key: string): Caller {
  return {
    ...roleIdentity({ ...session, signedWith: key, scopeJson: `,"invokedBy":"${service}"` }),
    kind: "service",
    address: service,
    agent: service,
  };
}

function deleteTable(account: Account, table: string, error?: CallError): Call {
  const arn = `arn:aws:dynamodb:${home}:${account.id}:table/${table}`;
  return {
    service: "dynamodb",
    name: "DeleteTable",
    readOnly: false,
    requestJson: `{"tableName":"${table}"}`,
    responseJson: `{"tableDescription":{"tableName":"${table}","tableStatus":"DELETING","itemCount":0,"tableSizeBytes":0,"tableArn":"${arn}"}}`,
    resourcesJson: `[{"accountId":"${account.id}","type":"AWS::DynamoDB::Table","ARN":"${arn}"}]`,
    ...(error ? { error } : {}),
  };
}

function destructive(service: string, name: string, requestJson: string): Call {
  return { service, name, readOnly: false, requestJson, responseJson: ok };
}

/** 25 destructive calls within the two hours asked for, and quiet days before and after. */
function eveAtWork(random: Random, account: Account): Plant[] {
  const eve = cliCaller(account, user(random, account, asked.user, plantedAddresses.eve));
  const instances = () =>
    `{"instancesSet":{"items":[{"instanceId":"${random.pick(account.instances)}"}]}}`;
  const kinds: readonly (() => Call)[] = [
    () => destructive("ec2", "TerminateInstances", instances()),
    () => destructive("ec2", "DeleteVolume", `{"volumeId":"vol-0${random.hex(16)}"}`),
    () => destructive("ec2", "DeleteSnapshot", `{"snapshotId":"snap-0${random.hex(16)}"}`),
    () =>
      destructive(
        "rds",
        "DeleteDBInstance",
        `{"dBInstanceIdentifier":"${random.pick(account.tables)}","skipFinalSnapshot":true,"deleteAutomatedBackups":true}`,
      ),
    () => destructive("dynamodb", "DeleteTable", `{"tableName":"${random.pick(account.tables)}"}`),
    () =>
      destructive(
        "lambda",
        "DeleteFunction20150331",
        `{"functionName":"${random.pick(account.functions)}"}`,
      ),
    () =>
      destructive(
        "kms",
        "ScheduleKeyDeletion",
        `{"keyId":"${random.pick(account.keys)}","pendingWindowInDays":7}`,
      ),
    () =>
      destructive(
        "cloudtrail",
        "StopLogging",
        `{"name":"arn:aws:cloudtrail:${home}:${account.id}:trail/main"}`,
      ),
  ];
  const place = { account: account.id, region: home };
  const attack = Array.from({ length: 25 }, (_, i): Plant => {
    const call = kinds[i % kinds.length]?.() ?? destructive("ec2", "DeleteVolume", "{}");
    return { place, time: asked.since + i * 287_000 + 3000, caller: eve, call };
  });
  const quiet = [
    asked.since - 1000,
    asked.until,
    ...[3, 4, 5, 6, 7, 10, 11, 12, 13, 14].map((day) => on(day, 9, 5 * day, day)),
  ].map(
    (time): Plant => ({
      place,
      time,
      caller: eve,
      call: {
        service: "ec2",
        name: "DescribeInstances",
        readOnly: true,
        requestJson: '{"maxResults":1000,"instancesSet":{},"filterSet":{}}',
      },
    }),
  );
  return [...attack, ...quiet];
}

/** 17 calls from an address whose digits begin many others. */
function rareAddress(account: Account): Plant[] {
  const [victim] = account.users;
  if (victim === undefined) throw new Error("an account without users");
  const caller = {
    ...userCaller(account, victim, "python-requests/2.31.0"),
    address: asked.address,
  };
  const names = ["GetCallerIdentity", "ListBuckets", "ListUsers", "ListRoles", "DescribeRegions"];
  const services = ["sts", "s3", "iam", "iam", "ec2"];
  return Array.from(
    { length: 17 },
    (_, i): Plant => ({
      place: { account: account.id, region: i % 3 === 0 ? "us-east-1" : home },
      time: on(4 + (i % 11), (5 * i) % 24, (7 * i) % 60, i),
      caller,
      call: {
        service: services[i % 5] ?? "sts",
        name: names[i % 5] ?? "GetCallerIdentity",
        readOnly: true,
        requestJson: "null",
      },
    }),
  );
}

/** The nine events in which one instance is named, from launch to termination. */
function instanceLife(account: Account): Plant[] {
  const [operator] = account.users;
  if (operator === undefined) throw new Error("an account without users");
  const caller = cliCaller(account, operator);
  const id = asked.instance;
  const set = `{"instancesSet":{"items":[{"instanceId":"${id}"}]}}`;
  const calls: readonly [day: number, name: string, requestJson: string, responseJson?: string][] =
    [
      [
        4,
        "RunInstances",
        '{"instancesSet":{"items":[{"imageId":"ami-0a1b2c3d4e5f60718","minCount":1,"maxCount":1}]},"instanceType":"m6i.large"}',
        `{"ownerId":"${account.id}","groupSet":{},"instancesSet":{"items":[{"instanceId":"${id}","instanceState":{"code":0,"name":"pending"}}]}}`,
      ],
      [
        4,
        "CreateTags",
        `{"resourcesSet":{"items":[{"resourceId":"${id}"}]},"tagSet":{"items":[{"key":"Name","value":"bastion"}]}}`,
        ok,
      ],
      [5, "DescribeInstances", set],
      [6, "DescribeInstances", set],
      [7, "DescribeInstances", set],
      [8, "StopInstances", set, set],
      [
        9,
        "ModifyInstanceAttribute",
        `{"instanceId":"${id}","instanceType":{"value":"m6i.xlarge"}}`,
        ok,
      ],
      [10, "StartInstances", set, set],
      [14, "TerminateInstances", set, set],
    ];
  return calls.map(([day, name, requestJson, responseJson], i) => ({
    place: { account: account.id, region: home },
    time: on(day, 11, 20 + i, 7),
    caller,
    call: {
      service: "ec2",
      name,
      readOnly: name.startsWith("Describe"),
      requestJson,
      ...(responseJson === undefined ? {} : { responseJson }),
    },
  }));
}
