import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord, Json, JsonObject } from "../../src/event/record.ts";
import { resourceNamed } from "../../src/query/resource.ts";
import { namingOf } from "../../src/resolve/aliases.ts";
import { at, calling, event, failing, on, to } from "../support/events.ts";
import { readingOf } from "../support/plain-reading.ts";

function call(
  name: string,
  hour: number,
  requestParameters: Json,
  ...parts: readonly JsonObject[]
): CloudTrailRecord {
  const [service = "", eventName = ""] = name.split(":");
  const time = at(`2026-11-05T${String(hour).padStart(2, "0")}:00:00Z`);
  return event(to(service), calling(eventName), on(requestParameters), time, ...parts);
}

const one = "1234abcd-1111-4111-8111-000000000001";
const two = "1234abcd-2222-4222-8222-000000000002";
const web = "i-0123456789abcdef0";
const volume = "vol-0123456789abcdef0";

const launch = call(
  "ec2:RunInstances",
  9,
  {
    tagSpecificationSet: {
      items: [{ resourceType: "instance", tags: [{ key: "Name", value: "web-1" }] }],
    },
  },
  { responseElements: { instancesSet: { items: [{ instanceId: web }] } } },
);
const tag = (hour: number, id: string, value: string, name = "CreateTags") =>
  call(`ec2:${name}`, hour, {
    resourcesSet: { items: [{ resourceId: id }] },
    tagSet: { items: [{ key: "Name", value }] },
  });
const point = (hour: number, to: string, name = "UpdateAlias") =>
  call(`kms:${name}`, hour, { aliasName: "alias/orders", targetKeyId: to });
const rename = (hour: number, from: string, name: string) =>
  call("rds:ModifyDBInstance", hour, {
    dBInstanceIdentifier: from,
    newDBInstanceIdentifier: name,
  });

interface Case {
  readonly asked: string;
  readonly events: readonly CloudTrailRecord[];
  /** `name (link) since-until`, hours; `!` for one that is told and not followed. */
  readonly aliases: readonly string[];
}

const cases: { readonly [name: string]: Case } = {
  "the id that a creation answered": {
    asked: "orders",
    events: [
      call(
        "rds:CreateDBInstance",
        9,
        { dBInstanceIdentifier: "orders" },
        {
          responseElements: {
            dBInstanceIdentifier: "orders",
            dBInstanceArn: "arn:aws:rds:us-east-1:111122223333:db:orders",
            dbiResourceId: "db-EXAMPLEEXAMPLEEXAMPLE",
          },
        },
      ),
    ],
    aliases: ["db-EXAMPLEEXAMPLEEXAMPLE (id) 9-"],
  },
  "no name that the resource's own finds anyway": {
    asked: "orders",
    events: [
      call(
        "secretsmanager:CreateSecret",
        9,
        { name: "orders" },
        {
          responseElements: {
            name: "orders",
            arn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders-AbC123",
          },
        },
      ),
    ],
    aliases: [],
  },
  "what bears a tag Name": { asked: "web-1", events: [launch], aliases: [`${web} (tag Name) 9-`] },
  "everything that bears a tag Name": {
    asked: "web-1",
    events: [launch, tag(10, volume, "web-1")],
    aliases: [`${web} (tag Name) 9-`, `${volume} (tag Name) 10-`],
  },
  "until when it bore the tag": {
    asked: "web-1",
    events: [launch, tag(10, web, "web-1", "DeleteTags")],
    aliases: [`${web} (tag Name) 9-10`],
  },
  "the tag of an id, which leads to nothing else": {
    asked: web,
    events: [launch, tag(10, volume, "web-1")],
    aliases: ["!web-1 (tag Name) 9-"],
  },
  "no longer name that ends like it": { asked: "web", events: [launch], aliases: [] },
  "a tag that leads nowhere when something is called so itself": {
    asked: "web-1",
    events: [launch, call("s3:CreateBucket", 8, { bucketName: "web-1" })],
    aliases: [`!${web} (tag Name) 9-`],
  },
  "the key behind an alias": {
    asked: "alias/orders",
    events: [point(9, one, "CreateAlias")],
    aliases: [`${one} (KMS alias) 9-`],
  },
  "the keys that an alias stood for in turn": {
    asked: "alias/orders",
    events: [point(9, one, "CreateAlias"), point(11, two)],
    aliases: [`${one} (KMS alias) 9-11`, `${two} (KMS alias) 11-`],
  },
  "the alias of a key, which leads to nothing else": {
    asked: one,
    events: [point(9, one, "CreateAlias")],
    aliases: ["!alias/orders (KMS alias) 9-"],
  },
  "until when a key had the alias": {
    asked: one,
    events: [point(9, one, "CreateAlias"), point(11, two)],
    aliases: ["!alias/orders (KMS alias) 9-11"],
  },
  "the new name": {
    asked: "orders",
    events: [rename(9, "orders", "orders-old")],
    aliases: ["orders-old (new name) 9-"],
  },
  "the old name": {
    asked: "orders-old",
    events: [rename(9, "orders", "orders-old")],
    aliases: ["orders (old name) -9"],
  },
  "the name after the next": {
    asked: "orders",
    events: [rename(9, "orders", "orders-old"), rename(10, "orders-old", "to-delete")],
    aliases: ["orders-old (new name) 9-", "to-delete (new name) 10-"],
  },
  "nothing from a call that failed": {
    asked: "orders",
    events: [event(rename(9, "orders", "orders-old"), failing("AccessDenied"))],
    aliases: [],
  },
};

describe("the names of a resource tell", () => {
  for (const [name, { asked, events, aliases }] of Object.entries(cases)) {
    it(name, async () => {
      const { pattern, term } = resourceNamed(asked);
      const naming = await namingOf(readingOf(events), pattern, term);
      const told = naming.aliases.map(({ isFollowed, name: called, link, since, until }) => {
        const span = `${hourOf(since)}-${hourOf(until)}`;
        return `${isFollowed ? "" : "!"}${called} (${link}) ${span}`;
      });
      assert.deepEqual(told, aliases);
    });
  }
});

function hourOf(time: number | undefined): string {
  return time === undefined ? "" : String(new Date(time).getUTCHours());
}
