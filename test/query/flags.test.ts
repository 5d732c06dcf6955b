import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseRange } from "../../src/event/address.ts";
import type { FieldName } from "../../src/event/fields.ts";
import { everything, type Filter } from "../../src/query/filter.ts";
import { type FlagValues, filterFromFlags } from "../../src/query/flags.ts";
import { parsePattern } from "../../src/query/pattern.ts";
import { resourceTerm } from "../../src/query/resource.ts";

const every = (...filters: Filter[]): Filter => ({ kind: "every", filters });
const some = (...filters: Filter[]): Filter => ({ kind: "some", filters });
const not = (filter: Filter): Filter => ({ kind: "not", filter });
const text = (field: FieldName, value: string): Filter => ({
  kind: "text",
  subject: { kind: "field", field },
  pattern: parsePattern(value),
});
const regex = (field: FieldName, source: string): Filter => ({
  kind: "text",
  subject: { kind: "field", field },
  pattern: { kind: "regex", source },
});
const from = (block: string): Filter => {
  const range = parseRange(block);
  assert.ok(range);
  return { kind: "address", subject: { kind: "field", field: "sourceIPAddress" }, range };
};
const mentions = (name: string): Filter => ({
  kind: "mentions",
  resource: { text: name, glob: false },
});
/** With what `resource.test.ts` tells of names whose case the service does not heed. */
const named = resourceTerm;

interface Case {
  readonly name: string;
  readonly flags: FlagValues;
  readonly filter: Filter;
}

const cases: readonly Case[] = [
  { name: "ask for everything when there are none", flags: {}, filter: everything },
  {
    name: "of one value are that test",
    flags: { fields: { eventName: ["DeleteBucket"] } },
    filter: text("eventName", "DeleteBucket"),
  },
  {
    name: "repeated mean any of the values",
    flags: { fields: { user: ["maria", "ci-*"] } },
    filter: some(text("user", "maria"), text("user", "ci-*")),
  },
  {
    name: "of different kinds mean all of them",
    flags: { fields: { eventName: ["Delete*"], user: ["maria"] }, resource: ["orders"] },
    filter: every(text("eventName", "Delete*"), text("user", "maria"), named("orders")),
  },
  {
    name: "with ! exclude, whatever else is wanted",
    flags: { fields: { user: ["maria", "!ci-*", "!bot", "root"] } },
    filter: every(
      some(text("user", "maria"), text("user", "root")),
      not(text("user", "ci-*")),
      not(text("user", "bot")),
    ),
  },
  {
    name: "with commas mean any of the list, and exclude all of it",
    flags: { fields: { identityType: ["IAMUser,Root"], eventName: ["!ListBuckets, GetObject"] } },
    filter: every(
      not(some(text("eventName", "ListBuckets"), text("eventName", "GetObject"))),
      some(text("identityType", "IAMUser"), text("identityType", "Root")),
    ),
  },
  {
    name: "with commas where names may have them mean the whole, too",
    flags: { fields: { user: ["maria,joe"] } },
    filter: some(text("user", "maria"), text("user", "joe"), text("user", "maria,joe")),
  },
  {
    name: "with commas where a comma is a character like any are one text",
    flags: { fields: { userAgent: ["*(KHTML, like Gecko)*"] } },
    filter: text("userAgent", "*(KHTML, like Gecko)*"),
  },
  {
    name: "take an event id as short as listings show it",
    flags: {
      fields: {
        eventID: ["0a1b2c3d", "0a1b2c3d-4e5f,deadbeef", "0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9"],
        user: ["deadbeef"],
      },
    },
    filter: every(
      text("user", "deadbeef"),
      some(
        text("eventID", "0a1b2c3d*"),
        some(text("eventID", "0a1b2c3d-4e5f*"), text("eventID", "deadbeef*")),
        text("eventID", "0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9"),
      ),
    ),
  },
  {
    name: "with ! alone exclude from everything",
    flags: { fields: { eventSource: ["!s3"] } },
    filter: not(text("eventSource", "s3")),
  },
  {
    name: "take an address, a block, a range and a service by name",
    flags: {
      fields: {
        sourceIPAddress: [
          ...["203.0.113.7", "10.0.0.0/8", "2001:db8::/32", "203.0.113.1-203.0.113.9"],
          ...["cloudformation.amazonaws.com", "AWS Internal", "AWS Internal/3", "203.0.113.*"],
        ],
      },
    },
    filter: some(
      ...["203.0.113.7", "10.0.0.0/8", "2001:db8::/32", "203.0.113.1-203.0.113.9"].map(from),
      text("sourceIPAddress", "cloudformation.amazonaws.com"),
      text("sourceIPAddress", "AWS Internal"),
      text("sourceIPAddress", "AWS Internal/3"),
      text("sourceIPAddress", "203.0.113.*"),
    ),
  },
  {
    name: "take outcomes, yes and no, and account names that are no ids",
    flags: {
      fields: {
        outcome: ["denied", "!dry-run"],
        mfa: ["no"],
        account: ["111122223333", "anonymous"],
      },
    },
    filter: every(
      some(text("account", "111122223333"), text("account", "anonymous")),
      text("outcome", "denied"),
      not(text("outcome", "dry-run")),
      text("mfa", "no"),
    ),
  },
  {
    name: "bound the time on both sides or one",
    flags: { from: 5, until: 9, readOnly: false },
    filter: every({ kind: "time", from: 5, until: 9 }, text("readOnly", "false")),
  },
  {
    name: "leave the other end of the time open",
    flags: { until: 0 },
    filter: { kind: "time", until: 0 },
  },
  {
    name: "mean any of several expressions",
    flags: { where: ["eventName = a", "outcome = failed"], fields: { user: ["maria"] } },
    filter: every(text("user", "maria"), some(text("eventName", "a"), text("outcome", "failed"))),
  },
  {
    name: "make regular expressions of text under --regex, and of nothing else",
    flags: {
      regex: true,
      fields: {
        eventName: ["^Delete", "!Policy$"],
        sourceIPAddress: ["10.0.0.0/8", "^198\\."],
        outcome: ["denied"],
      },
      resource: ["orders-*"],
    },
    filter: every(
      regex("eventName", "^Delete"),
      not(regex("eventName", "Policy$")),
      some(from("10.0.0.0/8"), regex("sourceIPAddress", "^198\\.")),
      text("outcome", "denied"),
      named("orders-*"),
    ),
  },
  {
    name: "know a resource given by ARN by its name too, in its service, region and account",
    flags: { resource: ["arn:aws:dynamodb:eu-west-1:111122223333:table/orders"] },
    filter: some(
      mentions("arn:aws:dynamodb:eu-west-1:111122223333:table/orders"),
      every(
        text("eventSource", "dynamodb"),
        text("awsRegion", "eu-west-1"),
        text("account", "111122223333"),
        mentions("orders"),
      ),
    ),
  },
];

describe("flags", () => {
  for (const { name, flags, filter } of cases) {
    it(name, () => assert.deepEqual(filterFromFlags(flags), filter));
  }
});

const mistakes: readonly (readonly [FlagValues, string])[] = [
  [{ fields: { user: [""] } }, "--user: needs a value"],
  [{ fields: { eventName: ["!"] } }, "--event: needs a value"],
  [{ resource: [""] }, "--resource: needs a value"],
  [
    { fields: { outcome: ["deny"] } },
    '--outcome: expected success, denied, failed, dry-run, not "deny"',
  ],
  [
    { fields: { addressClass: ["internal"] } },
    "--address-class: expected public, private, reserved, vpc-endpoint, aws-service, aws-internal, invalid, " +
      'not "internal"',
  ],
  [
    { fields: { identityType: ["IAMUser,IamRole"] } },
    "--identity-type: expected Root, IAMUser, AssumedRole, Role, FederatedUser, SAMLUser, " +
      "WebIdentityUser, IdentityCenterUser, Directory, AWSAccount, AWSService, Unknown, " +
      'not "IamRole"',
  ],
  [
    { fields: { via: ["terminal"] } },
    '--via: expected console, cli, sdk, iac, service, agent, not "terminal"',
  ],
  [{ fields: { mfa: ["true"] } }, '--mfa: expected yes, no, not "true"'],
  [
    { fields: { account: ["1111-2222-3333"] } },
    '--account: an account id is 12 digits without hyphens, not "1111-2222-3333"',
  ],
  ...[
    "203.0.113.300",
    "203.0.113",
    "10.0.0.0/33",
    "2001:db8::/129",
    "1.2.3.4-",
    "2001:db8::zz",
  ].map((address): [FlagValues, string] => [
    { fields: { sourceIPAddress: [address] } },
    `--ip: "${address}" is no address, CIDR block (203.0.113.0/24), range (203.0.113.1-203.0.113.9) or name of a service; what the log says as it stands finds --where '"sourceIPAddress" = "${address}"'`,
  ]),
  [{ where: ["a ="] }, '--where: expected a value after "="\n  a =\n     ^'],
];

describe("a wrong flag", () => {
  for (const [flags, message] of mistakes) {
    it(message, () => {
      assert.throws(() => filterFromFlags(flags), { name: "UserError", message });
    });
  }
});
