import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type NameKind, namesFor } from "../../src/event/names.ts";

interface Case {
  readonly name: string;
  readonly kind: NameKind | undefined;
  readonly value: string;
  readonly names: readonly string[];
}

const userArn = "arn:aws:iam::111122223333:user/alice";
const pathArn = "arn:aws:iam::111122223333:user/division/team/alice";
const roleArn = "arn:aws:iam::111122223333:role/service-role/Deploy";
const sessionArn = "arn:aws:sts::111122223333:assumed-role/Deploy/alice@example.com";
const federatedArn = "arn:aws:sts::111122223333:federated-user/bob";

const cases: readonly Case[] = [
  { name: "has only itself without a kind", kind: undefined, value: userArn, names: [userArn] },

  {
    name: "knows a dated event by its plain name",
    kind: "event",
    value: "UpdateFunctionCode20150331v2",
    names: ["UpdateFunctionCode20150331v2", "UpdateFunctionCode"],
  },
  {
    name: "knows dates with underscores",
    kind: "event",
    value: "DeleteDistribution2020_05_31",
    names: ["DeleteDistribution2020_05_31", "DeleteDistribution"],
  },
  {
    name: "leaves digits that belong to the name",
    kind: "event",
    value: "ListObjectsV2",
    names: ["ListObjectsV2"],
  },
  {
    name: "keeps a name of nothing but a date",
    kind: "event",
    value: "20150331",
    names: ["20150331"],
  },

  {
    name: "knows a service without its domain",
    kind: "service",
    value: "ec2.amazonaws.com",
    names: ["ec2.amazonaws.com", "ec2"],
  },
  {
    name: "knows a service in China",
    kind: "service",
    value: "ec2.amazonaws.com.cn",
    names: ["ec2.amazonaws.com.cn", "ec2"],
  },

  { name: "knows a user by name", kind: "arn", value: userArn, names: [userArn, "alice"] },
  {
    name: "knows a user with a path by name and by path",
    kind: "arn",
    value: pathArn,
    names: [pathArn, "alice", "division/team/alice"],
  },
  {
    name: "knows a role by name and by path",
    kind: "arn",
    value: roleArn,
    names: [roleArn, "Deploy", "service-role/Deploy"],
  },
  {
    name: "knows a session by role, session and both",
    kind: "arn",
    value: sessionArn,
    names: [sessionArn, "Deploy", "alice@example.com", "Deploy/alice@example.com"],
  },
  {
    name: "knows a federated user",
    kind: "arn",
    value: federatedArn,
    names: [federatedArn, "bob"],
  },
  {
    name: "knows root",
    kind: "arn",
    value: "arn:aws:iam::111122223333:root",
    names: ["arn:aws:iam::111122223333:root", "root"],
  },
  { name: "takes no other text apart", kind: "arn", value: "a/b", names: ["a/b"] },

  {
    name: "knows a role's id and its session",
    kind: "principal",
    value: "AROADEPLOY:alice@example.com",
    names: ["AROADEPLOY:alice@example.com", "AROADEPLOY", "alice@example.com"],
  },
  {
    name: "keeps colons in a session name",
    kind: "principal",
    value: "AROADEPLOY:a:b",
    names: ["AROADEPLOY:a:b", "AROADEPLOY", "a:b"],
  },
  {
    name: "knows an account's federated user",
    kind: "principal",
    value: "111122223333:bob",
    names: ["111122223333:bob", "111122223333", "bob"],
  },
  {
    name: "leaves an identity provider's id whole",
    kind: "principal",
    value: "arn:aws:iam::111122223333:oidc-provider/idp.example.com:app:subject",
    names: ["arn:aws:iam::111122223333:oidc-provider/idp.example.com:app:subject"],
  },
  { name: "knows a plain id", kind: "principal", value: "AIDAALICE", names: ["AIDAALICE"] },

  { name: "shows a role by its name", kind: "role", value: roleArn, names: ["Deploy", roleArn] },
  {
    name: "shows the role of a session",
    kind: "role",
    value: sessionArn,
    names: ["Deploy", sessionArn],
  },
  { name: "sees no role in a user", kind: "role", value: userArn, names: [] },
  { name: "sees no role in a federated user", kind: "role", value: federatedArn, names: [] },

  {
    name: "shows a session by its name",
    kind: "session",
    value: sessionArn,
    names: ["alice@example.com"],
  },
  {
    name: "reads a session from a role's id",
    kind: "session",
    value: "AROADEPLOY:i-0abc",
    names: ["i-0abc"],
  },
  {
    name: "reads it from a masked id too",
    kind: "session",
    value: "AROA****:i-0abc",
    names: ["i-0abc"],
  },
  { name: "sees no session in a role", kind: "session", value: roleArn, names: [] },
  {
    name: "sees no session in a federated user",
    kind: "session",
    value: "111122223333:bob",
    names: [],
  },
  { name: "sees no session in a user's id", kind: "session", value: "AIDAALICE", names: [] },

  {
    name: "knows an error without whose fault it was",
    kind: "error",
    value: "Client.InvalidInstanceID.NotFound",
    names: ["Client.InvalidInstanceID.NotFound", "InvalidInstanceID.NotFound"],
  },
  {
    name: "knows any other error as it is",
    kind: "error",
    value: "NoSuchBucket",
    names: ["NoSuchBucket"],
  },
];

const kinds = ["event", "service", "arn", "principal", "role", "session", "error"] as const;

describe("namesFor", () => {
  for (const { name, kind, value, names } of cases) {
    it(name, () => assert.deepEqual(namesFor(kind, value), names));
  }

  it("gives distinct names that are not empty, for any text", () => {
    const pieces = fc.constantFrom(
      "arn:",
      ":",
      "/",
      "assumed-role",
      "role",
      "AROA",
      "20150331",
      "x",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(pieces).map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(fc.constantFrom(...kinds), text, (kind, value) => {
        const names = namesFor(kind, value);
        assert.ok(!names.includes(""));
        assert.equal(new Set(names).size, names.length);
      }),
    );
  });
});
