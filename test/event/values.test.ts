import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type FieldName, fieldNames } from "../../src/event/fields.ts";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { namesOf, valuesOf } from "../../src/event/values.ts";
import {
  at,
  byRole,
  byRoot,
  byService,
  byUser,
  calling,
  event,
  failing,
  from,
  inAccount,
  inRegion,
  on,
  to,
  withId,
} from "../support/events.ts";

interface Case {
  readonly name: string;
  readonly record: CloudTrailRecord;
  readonly field: FieldName;
  readonly values: readonly string[];
}

const values: readonly Case[] = [
  {
    name: "the time as logged",
    record: event(at("2026-11-05 09:14:03")),
    field: "eventTime",
    values: ["2026-11-05 09:14:03"],
  },
  {
    name: "a number as its JSON",
    record: event(at(1_793_870_043)),
    field: "eventTime",
    values: ["1793870043"],
  },
  { name: "nothing for null", record: event(at(null)), field: "eventTime", values: [] },
  { name: "nothing for an empty text", record: event(failing("")), field: "errorCode", values: [] },
  {
    name: "nothing for a key in another case",
    record: event(from(undefined), { SourceIpAddress: "203.0.113.7" }),
    field: "sourceIPAddress",
    values: [],
  },
  {
    name: "all of an array",
    record: event({ awsRegion: ["us-east-1", ["eu-west-1"]] }),
    field: "awsRegion",
    values: ["us-east-1", "eu-west-1"],
  },
  {
    name: "the region",
    record: event(inRegion("eu-west-1")),
    field: "awsRegion",
    values: ["eu-west-1"],
  },
  { name: "the event's id", record: event(withId("e-1")), field: "eventID", values: ["e-1"] },

  {
    name: "the role for a role's session",
    record: event(byRole("Deploy")),
    field: "identity",
    values: ["arn:aws:iam::111122223333:role/Deploy"],
  },
  {
    name: "the user",
    record: event(byUser("bob")),
    field: "identity",
    values: ["arn:aws:iam::111122223333:user/bob"],
  },
  {
    name: "root",
    record: event(byRoot()),
    field: "identity",
    values: ["arn:aws:iam::111122223333:root"],
  },
  {
    name: "the service",
    record: event(byService("autoscaling")),
    field: "identity",
    values: ["autoscaling.amazonaws.com"],
  },
  {
    name: "the next source when one is empty",
    record: event({ userIdentity: { arn: "", principalId: "AIDABOB" } }),
    field: "identity",
    values: ["AIDABOB"],
  },
  {
    name: "nobody when there is no userIdentity",
    record: event({ userIdentity: null }),
    field: "identity",
    values: [],
  },

  {
    name: "a role once, by its short name",
    record: event(byRole("Deploy")),
    field: "role",
    values: ["Deploy"],
  },
  { name: "no role for a user", record: event(byUser("bob")), field: "role", values: [] },
  {
    name: "a session once",
    record: event(byRole("Deploy", "i-0abc")),
    field: "session",
    values: ["i-0abc"],
  },
  {
    name: "both accounts",
    record: event(inAccount("444455556666")),
    field: "account",
    values: ["444455556666", "111122223333"],
  },
  { name: "one account once", record: event(), field: "account", values: ["111122223333"] },

  {
    name: "the outcome",
    record: event(failing("Client.UnauthorizedOperation")),
    field: "outcome",
    values: ["denied"],
  },
  { name: "success when nothing is said", record: {}, field: "outcome", values: ["success"] },
  {
    name: "a read by its verb",
    record: event(calling("GetObject")),
    field: "readOnly",
    values: ["true"],
  },
  {
    name: "a write by the record's word",
    record: event(calling("GetObject"), { readOnly: false }),
    field: "readOnly",
    values: ["false"],
  },
  {
    name: "no access without a name",
    record: event({ eventName: null }),
    field: "readOnly",
    values: [],
  },
  { name: "the session's MFA", record: event(byRole("Deploy")), field: "mfa", values: ["no"] },
  { name: "no MFA for long-term keys", record: event(byUser("bob")), field: "mfa", values: [] },
  {
    name: "the class of a name, without its API version",
    record: event(calling("DeleteFunction20150331")),
    field: "verbClass",
    values: ["destroy"],
  },
  {
    name: "no class of a name that tells nothing",
    record: event(calling("Frobnicate")),
    field: "verbClass",
    values: [],
  },
  {
    name: "that parameters were left out, however it is written",
    record: event(on({ reason: "requestParameters too large", omitted: true })),
    field: "omitted",
    values: ["true"],
  },
  {
    name: "why a record was added later",
    record: event({ addendum: { reason: "UPDATED_DATA", originalEventID: "a" } }),
    field: "addendum",
    values: ["UPDATED_DATA"],
  },
];

const names: readonly Case[] = [
  {
    name: "an event's",
    record: event(calling("DeleteFunction20150331")),
    field: "eventName",
    values: ["DeleteFunction20150331", "DeleteFunction"],
  },
  {
    name: "a service's",
    record: event(to("s3")),
    field: "eventSource",
    values: ["s3.amazonaws.com", "s3"],
  },
  {
    name: "a role's session's",
    record: event(byRole("Deploy", "bob")),
    field: "role",
    values: [
      "Deploy",
      "arn:aws:iam::111122223333:role/Deploy",
      "arn:aws:sts::111122223333:assumed-role/Deploy/bob",
    ],
  },
  {
    name: "a user's",
    record: event(byUser("bob")),
    field: "user",
    values: ["bob", "arn:aws:iam::111122223333:user/bob", "AIDABOB", "AKIABOB"],
  },
  { name: "an outcome's", record: event(), field: "outcome", values: ["success"] },
  { name: "none of an absent value", record: event(), field: "vpcEndpointId", values: [] },
];

describe("valuesOf gives", () => {
  for (const { name, record, field, values: expected } of values) {
    it(name, () => assert.deepEqual(valuesOf(field, record), expected));
  }
});

describe("namesOf gives", () => {
  for (const { name, record, field, values: expected } of names) {
    it(name, () => assert.deepEqual(namesOf(field, record), expected));
  }
});

describe("every field", () => {
  it("survives any record and gives each value once, among its names", () => {
    const keys = [
      "userIdentity",
      "sessionContext",
      "sessionIssuer",
      "arn",
      "__proto__",
      "eventName",
    ];
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(null, true, 0, "", "x", "arn:aws:iam::111122223333:role/x"),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys, "errorCode", "readOnly"), tie("value")),
      ),
    })).value;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), json), (built) => {
        const record = event(on({}), JSON.parse(JSON.stringify(built)) as CloudTrailRecord);
        for (const field of fieldNames) {
          const found = valuesOf(field, record);
          assert.equal(new Set(found).size, found.length);
          const known = namesOf(field, record);
          assert.ok(found.every((value) => known.includes(value)));
        }
      }),
    );
  });
});
