import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeIdentity, type Identity } from "../../src/event/identity.ts";
import type { CloudTrailRecord, Json } from "../../src/event/record.ts";
import { byRole, byRoot, byService, byUser, event } from "../support/events.ts";

const home = "111122223333";
const other = "444455556666";

function by(userIdentity: Json): CloudTrailRecord {
  return event({ userIdentity });
}

interface Case {
  readonly name: string;
  readonly record: CloudTrailRecord;
  readonly expected: Partial<Identity>;
}

const cases: readonly Case[] = [
  {
    name: "names a user",
    record: event(byUser("maria")),
    expected: {
      name: "maria",
      kind: "person",
      account: home,
      arn: `arn:aws:iam::${home}:user/maria`,
    },
  },
  {
    name: "takes a user's name from an ARN with a path",
    record: by({ type: "IAMUser", arn: `arn:aws:iam::${home}:user/ops/eu/maria` }),
    expected: { name: "maria", kind: "person", account: home },
  },
  {
    name: "does not take a hidden name for a name",
    record: by({ type: "IAMUser", accountId: home, userName: "HIDDEN_DUE_TO_SECURITY_REASONS" }),
    expected: { name: "unknown", kind: "unknown", account: home },
  },
  {
    name: "names root by its account",
    record: event(byRoot()),
    expected: { name: `root of ${home}`, kind: "person", account: home },
  },
  {
    name: "does not take a root user's name, the account's alias, for a user",
    record: by({ type: "Root", accountId: home, accessKeyId: "ASIAROOT", userName: "acme" }),
    expected: { name: `root of ${home}`, kind: "person" },
  },
  {
    name: "sees the service behind a root without a key",
    record: by({ type: "Root", accountId: home, invokedBy: "autoscaling.amazonaws.com" }),
    expected: { name: "autoscaling.amazonaws.com", kind: "service", account: home },
  },
  {
    name: "names a role's session by both, and claims nothing about it",
    record: event(byRole("Deploy", "ci-build-17")),
    expected: {
      name: "Deploy / ci-build-17",
      kind: "unknown",
      account: home,
      role: "Deploy",
      session: "ci-build-17",
    },
  },
  {
    name: "reads role and session from the ARN alone",
    record: by({
      type: "AssumedRole",
      arn: `arn:aws:sts::${home}:assumed-role/Deploy/x@example.com`,
    }),
    expected: { name: "Deploy / x@example.com", kind: "person", role: "Deploy", account: home },
  },
  {
    name: "reads the session from the principal id when there is no ARN",
    record: by({ type: "AssumedRole", principalId: "AROAEXAMPLE:nightly" }),
    expected: { name: "nightly", kind: "unknown", session: "nightly" },
  },
  {
    name: "shows the person and permission set of an Identity Center role",
    record: event(byRole("AWSReservedSSO_AdministratorAccess_0123456789abcdef", "maria")),
    expected: { name: "maria (SSO AdministratorAccess)", kind: "person", session: "maria" },
  },
  {
    name: "keeps underscores in a permission set",
    record: event(byRole("AWSReservedSSO_Read_Only_0123456789abcdef", "maria")),
    expected: { name: "maria (SSO Read_Only)" },
  },
  {
    name: "takes an instance for a workload",
    record: event(byRole("web", "i-0a1b2c3d4e5f60718")),
    expected: { name: "web / i-0a1b2c3d4e5f60718", kind: "workload" },
  },
  {
    name: "takes CloudFormation's session for a workload and says through which service it called",
    record: event({
      userIdentity: {
        type: "AssumedRole",
        arn: `arn:aws:sts::${home}:assumed-role/cfn-exec/AWSCloudFormation`,
        invokedBy: "cloudformation.amazonaws.com",
      },
    }),
    expected: {
      name: "cfn-exec / AWSCloudFormation",
      kind: "workload",
      via: "cloudformation.amazonaws.com",
    },
  },
  {
    name: "does not know who is behind a session named by an SDK",
    record: event(byRole("Deploy", "botocore-session-1718000000")),
    expected: { kind: "unknown" },
  },
  {
    name: "takes a service-linked role for its service",
    record: event(byRole("AWSServiceRoleForAutoScaling", "AutoScaling")),
    expected: { name: "AWSServiceRoleForAutoScaling / AutoScaling", kind: "service" },
  },
  {
    name: "does not call the console a go-between",
    record: by({ type: "IAMUser", userName: "maria", invokedBy: "signin.amazonaws.com" }),
    expected: { name: "maria", kind: "person", account: home },
  },
  {
    name: "says who federated a federated user",
    record: by({
      type: "FederatedUser",
      arn: `arn:aws:sts::${home}:federated-user/contractor`,
      principalId: `${home}:contractor`,
      sessionContext: { sessionIssuer: { type: "IAMUser", userName: "broker" } },
    }),
    expected: { name: "contractor (federated by broker)", session: "contractor", account: home },
  },
  {
    name: "names a SAML user and places it where the event went",
    record: by({ type: "SAMLUser", userName: "maria@example.com", identityProvider: "idp" }),
    expected: { name: "maria@example.com", kind: "person", account: home },
  },
  {
    name: "takes a repository's token for a workload",
    record: by({ type: "WebIdentityUser", userName: "repo:acme/shop:ref:refs/heads/main" }),
    expected: { name: "repo:acme/shop:ref:refs/heads/main", kind: "workload" },
  },
  {
    name: "names an Identity Center user by id",
    record: by({
      type: "IdentityCenterUser",
      accountId: home,
      onBehalfOf: { userId: "b2c3d4e5-0000", identityStoreArn: "arn:aws:identitystore::x" },
    }),
    expected: { name: "b2c3d4e5-0000", kind: "person", account: home },
  },
  {
    name: "names an Identity Center user by name where the event has it",
    record: event({
      userIdentity: { type: "IdentityCenterUser", onBehalfOf: { userId: "b2c3d4e5-0000" } },
      additionalEventData: { UserName: "maria@example.com" },
    }),
    expected: { name: "maria@example.com", kind: "person" },
  },
  {
    name: "names another account and keeps its principal",
    record: by({ type: "AWSAccount", accountId: other, principalId: "AROAEXAMPLE:x" }),
    expected: { name: `account ${other} (AROAEXAMPLE:x)`, kind: "account", account: other },
  },
  {
    name: "knows an anonymous caller by its account",
    record: by({ type: "AWSAccount", accountId: "anonymous", principalId: "" }),
    expected: { name: "anonymous", kind: "anonymous" },
  },
  {
    name: "knows an anonymous caller by its principal",
    record: by({ type: "AWSAccount", principalId: "ANONYMOUS_PRINCIPAL" }),
    expected: { name: "anonymous", kind: "anonymous" },
  },
  {
    name: "names a service",
    record: event(byService("cloudformation")),
    expected: { name: "cloudformation.amazonaws.com", kind: "service", account: home },
  },
  {
    name: "names the service of an event without type",
    record: by({ accountId: home, invokedBy: "secretsmanager.amazonaws.com" }),
    expected: { name: "secretsmanager.amazonaws.com", kind: "service", account: home },
  },
  {
    name: "reads a role's session under an unknown type",
    record: by({ type: "Unknown", arn: `arn:aws:sts::${home}:assumed-role/Deploy/x` }),
    expected: { name: "Deploy / x", role: "Deploy" },
  },
  ...[undefined, null, {}, [], "root", 7, { type: 7, arn: {}, userName: [null] }].map(
    (userIdentity): Case => ({
      name: `survives ${JSON.stringify(userIdentity) ?? "no userIdentity"}`,
      record: event({ userIdentity }),
      expected: { kind: "unknown" },
    }),
  ),
];

describe("describeIdentity", () => {
  for (const { name, record, expected } of cases) {
    it(name, () => {
      const identity = describeIdentity(record);
      assert.deepEqual({ ...identity, ...expected }, identity);
      if (expected.via === undefined) assert.equal(identity.via, undefined);
    });
  }
});
