import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { doesTo } from "../../src/event/item-deeds.ts";
import type { CloudTrailRecord, Json } from "../../src/event/record.ts";
import { calling, event, on, to } from "../support/events.ts";

function call(name: string, requestParameters: Json): CloudTrailRecord {
  const [service = "", eventName = ""] = name.split(":");
  return event(to(service), calling(eventName), on(requestParameters));
}

const zone = (...changes: readonly (readonly [string, string, string])[]) =>
  call("route53:ChangeResourceRecordSets", {
    hostedZoneId: "Z0EXAMPLE",
    changeBatch: {
      changes: changes.map(([action, name, type]) => ({
        action,
        resourceRecordSet: { name, type },
      })),
    },
  });

const mixed = zone(["DELETE", "old.example.com.", "A"], ["UPSERT", "app.example.com.", "A"]);
const replaced = zone(["DELETE", "app.example.com.", "A"], ["CREATE", "app.example.com", "A"]);
const retyped = zone(["DELETE", "app.example.com.", "A"], ["CREATE", "app.example.com.", "AAAA"]);
const written = call("dynamodb:BatchWriteItem", {
  requestItems: {
    orders: [{ deleteRequest: {} }, { putRequest: {} }],
    audit: [{ putRequest: {} }],
  },
});
const transacted = call("dynamodb:TransactWriteItems", {
  transactItems: [{ delete: { tableName: "orders" } }, { put: { tableName: "audit" } }],
});

const cases: readonly (readonly [string, CloudTrailRecord, string, string, boolean])[] = [
  ["a record set that goes", mixed, "delete", "old.example.com", true],
  ["a record set beside one that goes", mixed, "delete", "app.example.com", false],
  ["any of them by a glob", mixed, "delete", "*.example.com", true],
  ["the zone of one that goes", mixed, "delete", "Z0EXAMPLE", true],
  ["a record set that is set anew", mixed, "change", "app.example.com", true],
  ["a record set that is replaced", replaced, "delete", "app.example.com", false],
  ["a record set that is replaced", replaced, "create", "app.example.com", false],
  ["a record set of another type", retyped, "delete", "app.example.com", true],
  ["a record set of another type", retyped, "create", "app.example.com", true],
  ["a table with items that go", written, "delete", "orders", true],
  ["a table that is only written to", written, "delete", "audit", false],
  ["a table in a transaction", transacted, "delete", "orders", true],
  ["a table beside it", transacted, "delete", "audit", false],
  ["what an ordinary call is about", call("s3:DeleteBucket", {}), "delete", "orders", true],
  ["what a batch of nothing is about", zone(), "delete", "old.example.com", true],
  ["what odd parameters tell", call("dynamodb:BatchWriteItem", [7]), "delete", "orders", true],
];

describe("doesTo", () => {
  for (const [name, record, infinitive, text, expected] of cases) {
    it(`is ${expected} for ${infinitive} and ${name}`, () => {
      assert.equal(doesTo(record, { text, glob: text.includes("*") }, infinitive), expected);
    });
  }
});
