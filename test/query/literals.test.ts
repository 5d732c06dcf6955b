import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type FlagValues, filterFromFlags } from "../../src/query/flags.ts";
import { type Literal, literalsAmong, requiredLiterals } from "../../src/query/literals.ts";
import { matches } from "../../src/query/matches.ts";
import { preparePatterns } from "../../src/query/pattern.ts";
import { events, filterCases } from "../engines/cases.ts";
import { anyFilter, anyRecord, oddJson } from "../support/arbitraries.ts";

const cases: readonly (readonly [string, FlagValues, readonly string[] | undefined])[] = [
  ["an event name", { fields: { eventName: ["DeleteBucket"] } }, ["deletebucket"]],
  ["the longest part of a glob", { fields: { eventName: ["*Put*Bucket?Acl"] } }, ["bucket"]],
  ["any of several names", { fields: { user: ["maria", "jo.ann"] } }, ["maria", "jo.ann"]],
  ["nothing if one of several has none", { fields: { user: ["maria", "*"] } }, undefined],
  [
    "nothing if there are too many",
    { fields: { user: [..."abcdefghi"].map((c) => `u-${c}`) } },
    undefined,
  ],
  ["nothing of what is excluded", { fields: { user: ["!maria"] } }, undefined],
  ["the rarer of two", { fields: { user: ["maria"], awsRegion: ["ap-southeast-2"] } }, ["maria"]],
  [
    "nothing that all records have",
    { fields: { awsRegion: ["us-east-1"], identityType: ["IAMUser"] } },
    undefined,
  ],
  ["the plain part of an odd name", { fields: { user: ['a"Zoë\\smith/x'] } }, ["smith"]],
  [
    "nothing of a number, which has many forms",
    { fields: { account: ["111122223333"] } },
    undefined,
  ],
  ["an address", { fields: { sourceIPAddress: ["203.0.113.7"] } }, ["203.0.113.7", ":ffff:"]],
  [
    "the octets of a block",
    { fields: { sourceIPAddress: ["203.0.113.64/26"] } },
    ["203.0.113.", ":ffff:"],
  ],
  ["nothing of a large block", { fields: { sourceIPAddress: ["10.0.0.0/8"] } }, undefined],
  [
    "nothing of IPv6, which has many forms",
    { fields: { sourceIPAddress: ["2001:db8::1"] } },
    undefined,
  ],
  [
    "the traces of a failure",
    { fields: { outcome: ["denied", "failed"] } },
    [
      ...["errorcode", "errormessage", "consolelogin", "checkmfa", "switchrole"],
      ...["credentialverification", "serviceeventdetails"],
    ],
  ],
  ["nothing for success", { fields: { outcome: ["success"] } }, undefined],
  ["nothing for what is worked out", { fields: { mfa: ["yes"] }, readOnly: true }, undefined],
  ["the key of a path", { where: ["exists requestParameters.kmsKeyId"] }, ["kmskeyid"]],
  ["the key for a number", { where: ["requestParameters.fromPort < 80"] }, ["fromport"]],
  [
    "the key for a regular expression",
    { where: ["requestParameters.streamName =~ x"] },
    ["streamname"],
  ],
  ["the key of a rare field", { where: ["exists vpcEndpointId"] }, ["vpcendpointid"]],
  ["a resource", { resource: ["orders-archive/2026/*.parquet"] }, ["orders-archive"]],
  [
    "a resource by ARN or by name",
    { resource: ["arn:aws:dynamodb:eu-west-1:111122223333:table/orders"] },
    ["dynamodb", "orders"],
  ],
  ["what a URL would not escape", { resource: ["maria@example.com"] }, ["example.com"]],
  ["nothing for a time", { from: 0 }, undefined],
  [
    "the key and its values, where there are many of one field",
    { fields: { eventName: ["Delete*", "PutRule", "StopLogging", "CreateUser", "RunInstances"] } },
    ['eventname": delete, putrule, stoplogging, createuser, runinstances'],
  ],
  [
    "each of a few values",
    { fields: { eventName: ["DeleteRule", "PutRule"] } },
    ["deleterule", "putrule"],
  ],
  [
    "nothing where one of many begins with anything",
    { fields: { eventName: ["Delete*", "PutRule", "*", "CreateUser", "RunInstances"] } },
    undefined,
  ],
  [
    "the key and its values beside another text",
    {
      where: [
        "eventName in (DeleteRule, PutRule, StopLogging, CreateUser, RunInstances) or user = maria",
      ],
    },
    ['eventname": deleterule, putrule, stoplogging, createuser, runinstances', "maria"],
  ],
];

function written({ text, values }: Literal): string {
  return values === undefined ? text : `${text}: ${values.join(", ")}`;
}

describe("the literals of a filter are", () => {
  for (const [name, flags, literals] of cases) {
    it(name, () => {
      const found = requiredLiterals(filterFromFlags(flags));
      assert.deepEqual(found?.map(written), literals);
    });
  }
});

function assertHolds(record: string, literals: readonly Literal[]): void {
  const folded = record.toLowerCase();
  const held = literals.some(({ text, values }) =>
    folded.split(text).some((rest, i) => {
      if (i === 0) return false;
      const value = /^\s*:\s*(.*)$/s.exec(rest)?.[1];
      if (values === undefined) return true;
      if (value === undefined) return false;
      return !value.startsWith('"') || values.some((one) => value.startsWith(one, 1));
    }),
  );
  assert.ok(held || folded.includes("\\u"), `${literals.map(written)} in ${record}`);
}

describe("a record that matches", () => {
  it("holds a literal of the filter, however it is written", () => {
    let tried = 0;
    const many = { minLength: 5, maxLength: 10 };
    fc.assert(
      fc.property(
        fc.array(anyRecord, many),
        fc.array(anyFilter, many),
        fc.array(fc.nat(), many),
        (records, filters, choices) => {
          for (const filter of filters) {
            const literals = requiredLiterals(filter);
            if (literals === undefined) continue;
            for (const event of records.filter((each) => matches(filter, each))) {
              let next = 0;
              const written = oddJson(event, () => choices[next++ % choices.length] ?? 0);
              assert.equal(JSON.stringify(JSON.parse(written)), JSON.stringify(event));
              assertHolds(written, literals);
              tried++;
            }
          }
        },
      ),
      { numRuns: 1_000 },
    );

    assert.ok(tried > 200, `only ${tried} pairs put the promise to the test`);
  });

  it("holds one of those that are known of a part, among those of the whole", async () => {
    let tried = 0;
    for (const [at, { filter }] of filterCases.entries()) {
      for (const { filter: other } of filterCases.slice(at + 1)) {
        const all = requiredLiterals({ kind: "some", filters: [filter, other] });
        if (all === undefined) continue;
        for (const part of [filter, other]) {
          await preparePatterns(part);
          const own = literalsAmong(part, all)?.flatMap((place) => all[place] ?? []);
          for (const event of events) {
            if (own === undefined || !matches(part, event)) continue;
            assertHolds(JSON.stringify(event), own);
            tried += 1;
          }
        }
      }
    }
    assert.ok(tried > 200, `only ${tried} pairs put the promise to the test`);
  });

  it("holds one in every case of the engines", async () => {
    for (const { filter } of filterCases) {
      await preparePatterns(filter);
      const literals = requiredLiterals(filter);
      for (const event of events) {
        if (literals === undefined || !matches(filter, event)) continue;
        assertHolds(JSON.stringify(event), literals);
      }
    }
  });
});
