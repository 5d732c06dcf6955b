import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { namedTargets } from "../../src/event/named-targets.ts";
import type { CloudTrailRecord, Json, JsonObject } from "../../src/event/record.ts";
import { calling, event, on, to } from "../support/events.ts";

const account = "111122223333";

function call(name: string, requestParameters: Json, rest: JsonObject = {}): CloudTrailRecord {
  const [service = "", eventName = ""] = name.split(":");
  return event(to(service), calling(eventName), on(requestParameters), rest);
}

interface Case {
  readonly record: CloudTrailRecord;
  readonly names: readonly (readonly string[])[];
  readonly kind?: string;
}

const keyId = "1234abcd-0000-0000-0000-000000000000";
const keyArn = `arn:aws:kms:us-east-1:${account}:key/${keyId}`;
const nameTag = (value: string) => ({ items: [{ key: "Name", value }] });
const asked = (resourceType: string, value: string) => ({
  items: [{ resourceType, tags: [{ key: "Name", value }] }],
});

const cases: { readonly [name: string]: Case } = {
  "a name asked for and the id in the answer": {
    record: call(
      "rds:CreateDBInstance",
      { dBInstanceIdentifier: "orders", dBName: "shop" },
      {
        responseElements: {
          dBInstanceIdentifier: "orders",
          dBInstanceArn: `arn:aws:rds:us-east-1:${account}:db:orders`,
          dbiResourceId: "db-EXAMPLE",
        },
      },
    ),
    names: [["orders", `arn:aws:rds:us-east-1:${account}:db:orders`, "db-EXAMPLE"]],
    kind: "DB instance",
  },
  "the old and the new name of what is renamed": {
    record: call("rds:ModifyDBInstance", {
      dBInstanceIdentifier: "orders",
      newDBInstanceIdentifier: "orders-old",
    }),
    names: [["orders", "orders-old"]],
    kind: "DB instance",
  },
  "a snapshot that the deletion leaves behind as no name of the instance": {
    record: call("rds:DeleteDBInstance", {
      dBInstanceIdentifier: "orders",
      finalDBSnapshotIdentifier: "orders-final",
    }),
    names: [["orders"]],
    kind: "DB instance",
  },
  "name, ARN and unique id of a user": {
    record: call(
      "iam:CreateUser",
      { userName: "maria", path: "/ops/" },
      {
        responseElements: {
          user: {
            userName: "maria",
            userId: "AIDAEXAMPLE",
            arn: `arn:aws:iam::${account}:user/ops/maria`,
          },
        },
      },
    ),
    names: [["maria", "AIDAEXAMPLE", `arn:aws:iam::${account}:user/ops/maria`]],
    kind: "user",
  },
  "a secret's name and its ARN with random characters": {
    record: call(
      "secretsmanager:CreateSecret",
      { name: "shop/db", clientRequestToken: "t" },
      {
        responseElements: {
          aRN: `arn:aws:secretsmanager:us-east-1:${account}:secret:shop/db-AbC123`,
          name: "shop/db",
          versionId: "v",
        },
      },
    ),
    names: [["shop/db", `arn:aws:secretsmanager:us-east-1:${account}:secret:shop/db-AbC123`]],
    kind: "secret",
  },
  "the key behind a new alias": {
    record: call(
      "kms:CreateAlias",
      { aliasName: "alias/orders", targetKeyId: keyId },
      { resources: [{ ARN: keyArn }, { ARN: `arn:aws:kms:us-east-1:${account}:alias/orders` }] },
    ),
    names: [[keyId, keyArn, "alias/orders"]],
    kind: "key",
  },
  "the key that an alias stands for in a call": {
    record: call("kms:DescribeKey", { keyId: "alias/orders" }, { resources: [{ ARN: keyArn }] }),
    names: [["alias/orders", keyArn]],
    kind: "key",
  },
  "an alias that is deleted": {
    record: call("kms:DeleteAlias", { aliasName: "alias/orders" }),
    names: [["alias/orders"]],
    kind: "alias",
  },
  "the tag Name asked for at the launch": {
    record: call(
      "ec2:RunInstances",
      { tagSpecificationSet: asked("instance", "web-1") },
      { responseElements: { instancesSet: { items: [{ instanceId: "i-1" }] } } },
    ),
    names: [["i-1", "web-1"]],
    kind: "instance",
  },
  "each instance of a launch under the name they share": {
    record: call(
      "ec2:RunInstances",
      { tagSpecificationSet: asked("instance", "web") },
      {
        responseElements: {
          instancesSet: {
            items: [
              { instanceId: "i-1", tagSet: nameTag("web") },
              { instanceId: "i-2", tagSet: nameTag("web") },
            ],
          },
        },
      },
    ),
    names: [
      ["i-1", "web"],
      ["i-2", "web"],
    ],
    kind: "instance",
  },
  "a volume's name as none of the instance": {
    record: call(
      "ec2:RunInstances",
      { tagSpecificationSet: asked("volume", "web-1-root") },
      { responseElements: { instancesSet: { items: [{ instanceId: "i-1" }] } } },
    ),
    names: [["i-1"]],
    kind: "instance",
  },
  "the tag Name in the wrapper of newer calls": {
    record: call(
      "ec2:CreateNatGateway",
      {
        CreateNatGatewayRequest: {
          SubnetId: "subnet-1",
          TagSpecification: {
            ResourceType: "natgateway",
            tag: 1,
            Tag: { Key: "Name", Value: "out", tag: 1 },
          },
        },
      },
      {
        responseElements: {
          CreateNatGatewayResponse: { natGateway: { natGatewayId: "nat-1", subnetId: "subnet-1" } },
        },
      },
    ),
    names: [["nat-1", "out"]],
    kind: "nat gateway",
  },
  "names of two lists one by one": {
    record: call(
      "ec2:TerminateInstances",
      { instancesSet: { items: [{ instanceId: "i-1" }, { instanceId: "i-10" }] } },
      {
        responseElements: {
          instancesSet: { items: [{ instanceId: "i-10" }, { instanceId: "i-1" }] },
        },
      },
    ),
    names: [["i-1"], ["i-10"]],
    kind: "instance",
  },
  "an object by its path and its ARN": {
    record: call(
      "s3:DeleteObject",
      { bucketName: "orders", key: "a/b.csv" },
      {
        resources: [
          { type: "AWS::S3::Object", ARN: "arn:aws:s3:::orders/a/b.csv" },
          { type: "AWS::S3::Bucket", ARN: "arn:aws:s3:::orders" },
        ],
      },
    ),
    names: [["orders/a/b.csv", "arn:aws:s3:::orders/a/b.csv"]],
    kind: "object",
  },
  "no session as a name of the instance it is on": {
    record: call(
      "ssm:StartSession",
      { target: "i-0abc" },
      { responseElements: { sessionId: "maria-0123", tokenValue: "x" } },
    ),
    names: [["i-0abc"]],
    kind: "instance",
  },
  "no session as a name of its role": {
    record: call(
      "sts:AssumeRole",
      { roleArn: `arn:aws:iam::${account}:role/web`, roleSessionName: "s" },
      {
        responseElements: {
          assumedRoleUser: {
            assumedRoleId: "AROAEXAMPLE:s",
            arn: `arn:aws:sts::${account}:assumed-role/web/s`,
          },
        },
      },
    ),
    names: [[`arn:aws:iam::${account}:role/web`]],
    kind: "role",
  },
  "a key that is to be deleted as a key": {
    record: call("kms:ScheduleKeyDeletion", { keyId }),
    names: [[keyId]],
    kind: "key",
  },
  "an instance as such, whatever it was in": {
    record: call("autoscaling:TerminateInstanceInAutoScalingGroup", { instanceId: "i-1" }),
    names: [["i-1"]],
    kind: "instance",
  },
  "nothing for a call on a part": {
    record: call("s3:DeleteBucketPolicy", { bucketName: "orders" }),
    names: [],
  },
  "nothing where no names are": { record: call("ec2:RunInstances", null), names: [] },
};

describe("namedTargets", () => {
  for (const [name, { record, names, kind }] of Object.entries(cases)) {
    it(`tells ${name}`, () => {
      const expected = names.map((one) => ({ names: one, kind }));
      assert.deepEqual(namedTargets(record), expected);
    });
  }

  it("gives every tagged resource the name, by kind", () => {
    const ids = ["i-1", "vol-1", "zzz-1"];
    const record = call("ec2:CreateTags", {
      resourcesSet: { items: ids.map((resourceId) => ({ resourceId })) },
      tagSet: { items: [{ key: "Team", value: "shop" }, ...nameTag("web-1").items] },
    });
    assert.deepEqual(namedTargets(record), [
      { names: ["i-1", "web-1"], kind: "instance" },
      { names: ["vol-1", "web-1"], kind: "volume" },
      { names: ["zzz-1", "web-1"] },
    ]);
  });

  it("leaves things apart that share only the end of their names", () => {
    const arn = (region: string) => `arn:aws:sqs:${region}:${account}:orders`;
    const record = call(
      "ec2:DeleteThings",
      { thingArns: [arn("us-east-1"), arn("eu-west-1")] },
      { responseElements: { things: [{ thingName: "orders" }, { thingName: "other" }] } },
    );
    assert.deepEqual(
      namedTargets(record).map(({ names }) => names),
      [[arn("us-east-1")], [arn("eu-west-1")]],
    );
  });

  it("survives records of anything", () => {
    for (const value of [null, 7, "x", [], {}, [null], [[{}]], { ARN: {} }, { items: {} }]) {
      for (const eventName of ["CreateAlias", "CreateTags", "RunInstances", "constructor"]) {
        const record = call(`ec2:${eventName}`, value, {
          responseElements: value,
          resources: value,
        });
        assert.deepEqual(namedTargets(record), []);
      }
    }
  });
});
