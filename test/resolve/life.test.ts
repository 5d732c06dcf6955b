import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord, Json, JsonObject } from "../../src/event/record.ts";
import { resourceNamed } from "../../src/query/resource.ts";
import { storyBehind } from "../../src/resolve/story.ts";
import type { Turn } from "../../src/resolve/turn.ts";
import {
  at,
  byUser,
  calling,
  event,
  failing,
  inAccount,
  inRegion,
  on,
  to,
} from "../support/events.ts";
import { readingOf } from "../support/plain-reading.ts";

/** `call("s3:DeleteBucket", 12, parts)`: on the bucket, at that hour. */
function call(name: string, hour: number, ...parts: readonly JsonObject[]): CloudTrailRecord {
  const [service = "", eventName = ""] = name.split(":");
  const time = `2026-11-05T${String(hour).padStart(2, "0")}:00:00Z`;
  return event(to(service), calling(eventName), on({ bucketName: "orders" }), at(time), ...parts);
}

const table = on({ tableName: "orders" });
const instance = (previous: string, current: string): JsonObject => ({
  ...on({ instancesSet: { items: [{ instanceId: "i-0123456789abcdef0" }] } }),
  responseElements: {
    instancesSet: {
      items: [
        {
          instanceId: "i-0123456789abcdef0",
          previousState: { name: previous },
          currentState: { name: current },
        },
      ],
    },
  },
});
const role = (roleId?: string): JsonObject => ({
  ...on({ roleName: "orders" }),
  ...(roleId !== undefined && { responseElements: { role: { roleName: "orders", roleId } } }),
});
const database = (name: string, id: string, more: { readonly [key: string]: Json } = {}) => ({
  ...on({ dBInstanceIdentifier: name, ...more }),
  responseElements: { dBInstanceIdentifier: name, dbiResourceId: `db-EXAMPLE${id.repeat(20)}` },
});

interface Case {
  readonly asked?: string;
  readonly events: readonly CloudTrailRecord[];
  /** Of each life, what its turns did; in brackets what was so already. */
  readonly lives: readonly (readonly string[])[];
  readonly changes?: number;
}

const cases: { readonly [name: string]: Case } = {
  "begins with a creation and ends with a deletion": {
    events: [call("s3:DeleteBucket", 12), call("s3:CreateBucket", 10)],
    lives: [["created", "deleted"]],
  },
  "begins anew when created after a deletion": {
    events: [call("s3:CreateBucket", 10), call("s3:DeleteBucket", 11), call("s3:CreateBucket", 12)],
    lives: [["created", "deleted"], ["created"]],
  },
  "begins anew when a second creation cannot be of the same": {
    events: [call("dynamodb:CreateTable", 10, table), call("dynamodb:CreateTable", 11, table)],
    lives: [["created"], ["created"]],
  },
  "goes on when a creation changes nothing": {
    events: [call("s3:CreateBucket", 10), call("s3:CreateBucket", 11)],
    lives: [["created"]],
    changes: 1,
  },
  "begins anew when a second deletion cannot be of the same": {
    events: [call("dynamodb:DeleteTable", 10, table), call("dynamodb:DeleteTable", 11, table)],
    lives: [["deleted"], ["deleted"]],
  },
  "ends once when a deletion succeeds twice": {
    asked: "i-0123456789abcdef0",
    events: [
      call("ec2:TerminateInstances", 10, instance("running", "shutting-down")),
      call("ec2:TerminateInstances", 11, instance("terminated", "terminated")),
    ],
    lives: [["deleted", "(deleted)"]],
  },
  "does not end by what was gone before": {
    asked: "i-0123456789abcdef0",
    events: [call("ec2:TerminateInstances", 11, instance("terminated", "terminated"))],
    lives: [["(deleted)"]],
  },
  "is told apart by unique ids": {
    events: [
      call("iam:CreateRole", 10, role("AROAEXAMPLE0001")),
      call("iam:CreateRole", 12, role("AROAEXAMPLE0002")),
      call("iam:DeleteRole", 13, role()),
    ],
    lives: [["created"], ["created", "deleted"]],
  },
  "goes on under a new name beside what took the old one": {
    events: [
      call("rds:CreateDBInstance", 10, database("orders", "A")),
      call("rds:ModifyDBInstance", 11, {
        ...database("orders", "A"),
        ...on({ dBInstanceIdentifier: "orders", newDBInstanceIdentifier: "orders-old" }),
      }),
      call("rds:CreateDBInstance", 12, database("orders", "B")),
      call("rds:DeleteDBInstance", 13, database("orders-old", "A")),
    ],
    lives: [["created", "renamed", "deleted"], ["created"]],
  },
  "puts a creation before a deletion of the same second": {
    events: [call("dynamodb:DeleteTable", 10, table), call("dynamodb:CreateTable", 10, table)],
    lives: [["created", "deleted"]],
  },
  "puts a deletion before a creation of the same second where the thing was": {
    events: [
      call("dynamodb:CreateTable", 9, table),
      call("dynamodb:CreateTable", 10, table),
      call("dynamodb:DeleteTable", 10, table),
    ],
    lives: [["created", "deleted"], ["created"]],
  },
  "has no turn in what failed": {
    events: [call("s3:DeleteBucket", 10, failing("AccessDenied"))],
    lives: [[]],
  },
  "is another's in another service": {
    events: [call("dynamodb:DeleteTable", 10, table), call("s3:CreateBucket", 11)],
    lives: [["deleted"], ["created"]],
  },
  "is another's in another region": {
    events: [
      call("dynamodb:DeleteTable", 10, table),
      call("dynamodb:CreateTable", 11, table, inRegion("eu-west-1")),
    ],
    lives: [["deleted"], ["created"]],
  },
  "is another's in another account": {
    events: [
      call("dynamodb:DeleteTable", 10, table),
      call("dynamodb:CreateTable", 11, table, inAccount("444455556666")),
    ],
    lives: [["deleted"], ["created"]],
  },
  "is another's of another kind": {
    events: [
      call("iam:DeleteUser", 10, on({ userName: "orders" })),
      call("iam:CreateRole", 11, role("AROAEXAMPLE0001")),
    ],
    lives: [["deleted"], ["created"]],
  },
  "takes in what is switched off and on": {
    events: [
      call("s3:CreateBucket", 9),
      call("s3:PutBucketVersioning", 10, {
        ...on({ bucketName: "orders", VersioningConfiguration: { Status: "Suspended" } }),
      }),
      call("s3:PutBucketVersioning", 11, {
        ...on({ bucketName: "orders", VersioningConfiguration: { Status: "Enabled" } }),
      }),
    ],
    lives: [["created", "weakened", "strengthened"]],
  },
  "has no turn in what confirms a setting": {
    events: [
      call("s3:CreateBucket", 9),
      call("s3:PutBucketVersioning", 11, {
        ...on({ bucketName: "orders", VersioningConfiguration: { Status: "Enabled" } }),
      }),
    ],
    lives: [["created"]],
    changes: 1,
  },
  "is not touched by what is done to a part of it": {
    events: [call("s3:CreateBucket", 9), call("s3:DeleteBucketPolicy", 10)],
    lives: [["created"]],
    changes: 1,
  },
  "is not touched by what only mentions it": {
    events: [
      call("s3:PutBucketLogging", 10, on({ bucketName: "other", target: "orders" })),
      call(
        "rds:CreateDBInstance",
        10,
        byUser("bob"),
        on({ dBInstanceIdentifier: "a", vpc: "orders" }),
      ),
    ],
    lives: [],
  },
};

describe("a life", () => {
  for (const [name, { asked = "orders", events, lives, changes = 0 }] of Object.entries(cases)) {
    it(name, async () => {
      const { story } = await storyBehind(readingOf(events), resourceNamed(asked));
      assert.deepEqual(
        story.lives.map(({ turns }) => turns.map(turnText)),
        lives,
      );
      assert.equal(story.changes.length, changes);
    });
  }
});

describe("the story of a resource", () => {
  const shapes: readonly Json[] = [
    ...[null, 7, "orders", true, [], [["orders"]], { orders: null }, { name: { name: "orders" } }],
    { instancesSet: { items: ["orders", { instanceId: 7, previousState: "x" }] } },
    { newDBInstanceIdentifier: "orders", dBInstanceIdentifier: ["orders"] },
    { constructor: "orders", __proto__: "orders" },
  ];
  for (const call of [
    "ec2:CreateTags",
    "kms:UpdateAlias",
    "rds:ModifyDBInstance",
    "s3:DeleteObject",
  ]) {
    it(`survives ${call} of any shape`, async () => {
      const [service = "", name = ""] = call.split(":");
      const records = shapes.flatMap((shape) => [
        event(to(service), calling(name), on(shape), { responseElements: shape, resources: shape }),
        event(to(service), calling(name), on(shape), at(null), { readOnly: shape }),
      ]);
      await storyBehind(readingOf(records), resourceNamed("orders"));
    });
  }
});

function turnText({ effect: { kind }, moved }: Turn): string {
  return moved ? kind : `(${kind})`;
}
