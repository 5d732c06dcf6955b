import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { type GeoDatabase, openGeo } from "../../src/event/geo.ts";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { circumstances, whoOf } from "../../src/words/event-words.ts";
import { byRole, byService, byUser, calling, event, from, inAccount } from "../support/events.ts";
import { databaseOf, fixtures } from "../support/mmdb.ts";

const lambda = { userAgent: "Boto3/1.34 exec-env/AWS_Lambda_python3.12" };

const names: readonly (readonly [record: CloudTrailRecord, words: string])[] = [
  [event(byUser("maria")), "maria"],
  [event(byUser("maria"), inAccount("444455556666")), "maria of account 111122223333"],
  [event(byRole("Deploy", "ci-17")), "Deploy / ci-17"],
  [event(byRole("web", "i-0a1b2c3d4e5f60718")), "web / i-0a1b2c3d4e5f60718 (EC2 instance)"],
  [event(byRole("resize-role", "resize"), lambda), "resize-role / resize (Lambda function)"],
  [
    event(byRole("resize-role", "resize"), lambda, inAccount("444455556666")),
    "resize-role / resize (Lambda function) of account 111122223333",
  ],
  [event(byRole("etl", "GlueJobRunnerSession")), "etl / GlueJobRunnerSession (Glue)"],
  [
    event({ userIdentity: { type: "WebIdentityUser", userName: "repo:acme/shop:ref:x" } }),
    "repo:acme/shop:ref:x (GitHub Actions of acme/shop)",
  ],
  [event(byService("autoscaling")), "autoscaling.amazonaws.com"],
  [event({ userIdentity: null }), "somebody unknown"],
  [event({ userIdentity: { accountId: "anonymous" } }), "somebody anonymous"],
];

describe("who it was", () => {
  for (const [record, words] of names) it(`is ${words}`, () => assert.equal(whoOf(record), words));
});

describe("the place of a call", () => {
  after(() => openGeo([]));
  const country = databaseOf("country.mmdb", fixtures["country.mmdb"]);
  const network = databaseOf("asn.mmdb", fixtures["asn.mmdb"]);
  const told = event();
  const placed = (address: string) =>
    circumstances(event(calling("DeleteBucket"), from(address)), "UTC", { told });

  const cases: readonly (readonly [
    name: string,
    databases: readonly GeoDatabase[],
    address: string,
    words: string,
  ])[] = [
    ["is the address alone without a database", [], "198.51.100.7", "198.51.100.7"],
    ["has the country", [country], "198.51.100.7", "198.51.100.7 (DE)"],
    [
      "has country and network",
      [country, network],
      "198.51.100.7",
      "198.51.100.7 (DE, AS64496 Example Net)",
    ],
    ["has what is known", [country, network], "2001:db8::7", "2001:db8::7 (FR)"],
    ["is nowhere for a private address", [country, network], "10.0.0.7", "10.0.0.7 (private)"],
    ["is nowhere for digits", [country], "253.252.51.07", "253.252.51.07 (no valid address)"],
  ];
  for (const [name, databases, address, words] of cases) {
    it(name, async () => {
      await openGeo(databases);
      assert.equal(
        placed(address),
        ` on 2026-11-05 at 09:14:03 UTC from ${words} with AWS CLI 2.15 (DeleteBucket)`,
      );
    });
  }

  it("is behind an endpoint, whatever the address", async () => {
    await openGeo([country]);
    const record = event(from("198.51.100.7"), { vpcEndpointId: "vpce-0123" });
    assert.match(circumstances(record, "UTC"), / from 198\.51\.100\.7 \(through a VPC endpoint\) /);
  });
});
