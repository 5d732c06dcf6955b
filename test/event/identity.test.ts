import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { describeIdentity, type Identity } from "../../src/event/identity.ts";
import {
  type CloudTrailRecord,
  isObject,
  type Json,
  type JsonObject,
} from "../../src/event/record.ts";
import { anyRecord } from "../support/arbitraries.ts";
import { byRole, byRoot, byService, byUser, event } from "../support/events.ts";

const home = "111122223333";
const other = "444455556666";

function by(userIdentity: Json): CloudTrailRecord {
  return event({ userIdentity });
}

interface SessionParts {
  readonly path?: string;
  readonly context?: JsonObject;
  readonly rest?: JsonObject;
}

/** A role's session with what it has beside the usual. */
function session(
  role: string,
  name: string,
  { path = "/", context = {}, rest = {} }: SessionParts,
): JsonObject {
  return {
    type: "AssumedRole",
    principalId: `AROAEXAMPLE:${name}`,
    arn: `arn:aws:sts::${home}:assumed-role/${role}/${name}`,
    accountId: home,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        arn: `arn:aws:iam::${home}:role${path}${role}`,
        userName: role,
      },
      ...context,
    },
    ...rest,
  };
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
    record: by(
      session("AWSServiceRoleForAutoScaling", "AutoScaling", {
        path: "/aws-service-role/autoscaling.amazonaws.com/",
      }),
    ),
    expected: {
      name: "AutoScaling (service-linked role)",
      key: `arn:aws:sts::${home}:assumed-role/AWSServiceRoleForAutoScaling`,
      kind: "service",
      isClaim: false,
    },
  },
  {
    name: "does not call the console a go-between",
    record: by({ type: "IAMUser", userName: "maria", invokedBy: "signin.amazonaws.com" }),
    expected: { name: "maria", kind: "person", account: home },
  },
  {
    name: "names the account that was let act for a user",
    record: by({
      type: "IAMUser",
      userName: "maria",
      invokedByDelegate: { accountId: other },
    }),
    expected: { name: "maria", via: `account ${other} (delegated access)` },
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

/** By type: what a record says, whose it is, what runs there and whether a part of the name is a claim. */
interface KeyCase {
  readonly name: string;
  readonly record: CloudTrailRecord;
  readonly key: string;
  readonly kind: Identity["kind"];
  readonly isClaim?: true;
  readonly workload?: string;
}

const sessionArn = `arn:aws:sts::${home}:assumed-role`;
const store = `arn:aws:identitystore::${home}:identitystore/d-0123456789`;
const lambda = "Boto3/1.34 md/Botocore exec-env/AWS_Lambda_python3.12";

function provided(federatedProvider: string): JsonObject {
  return { webIdFederationData: { federatedProvider, attributes: {} } };
}

const keyCases: readonly KeyCase[] = [
  {
    name: "a user's ARN",
    record: event(byUser("maria")),
    key: `arn:aws:iam::${home}:user/maria`,
    kind: "person",
  },
  {
    name: "the ARN made of name and account where a user has none",
    record: by({ type: "IAMUser", accountId: home, userName: "maria" }),
    key: `arn:aws:iam::${home}:user/maria`,
    kind: "person",
  },
  {
    name: "a name typed at a failed sign-in as a claim",
    record: event({
      userIdentity: { type: "IAMUser", accountId: home, userName: "maria" },
      eventName: "ConsoleLogin",
      responseElements: { ConsoleLogin: "Failure" },
    }),
    key: `arn:aws:iam::${home}:user/maria`,
    kind: "person",
    isClaim: true,
  },
  {
    name: "no key of a hidden name",
    record: by({ type: "IAMUser", accountId: home, userName: "HIDDEN_DUE_TO_SECURITY_REASONS" }),
    key: "unknown",
    kind: "unknown",
  },
  { name: "root", record: event(byRoot()), key: `arn:aws:iam::${home}:root`, kind: "person" },
  {
    name: "root of another partition, without an ARN",
    record: event({ userIdentity: { type: "Root", accountId: home }, awsRegion: "cn-north-1" }),
    key: `arn:aws-cn:iam::${home}:root`,
    kind: "person",
  },
  {
    name: "a service that calls as root",
    record: by({ type: "Root", accountId: home, invokedBy: "autoscaling.amazonaws.com" }),
    key: "service:autoscaling.amazonaws.com",
    kind: "service",
  },
  {
    name: "the ARN of a role's session, whose name the caller chose",
    record: event(byRole("Deploy", "ci-17")),
    key: `${sessionArn}/Deploy/ci-17`,
    kind: "unknown",
    isClaim: true,
  },
  {
    name: "the same without the session's ARN and with the role's path",
    record: by({ ...session("Deploy", "ci-17", { path: "/ci/" }), arn: null }),
    key: `${sessionArn}/Deploy/ci-17`,
    kind: "unknown",
    isClaim: true,
  },
  {
    name: "one key for all sessions that an SDK named",
    record: event(byRole("Deploy", "botocore-session-1718000000")),
    key: `${sessionArn}/Deploy`,
    kind: "unknown",
    isClaim: true,
  },
  {
    name: "a principal id where that is all",
    record: by({ type: "AssumedRole", principalId: "AROAEXAMPLE:nightly" }),
    key: "AROAEXAMPLE:nightly",
    kind: "unknown",
    isClaim: true,
  },
  {
    name: "a person of Identity Center, whatever the role and the account",
    record: by(
      session("AWSReservedSSO_Admin_0123456789abcdef", "maria@example.com", {
        path: "/aws-reserved/sso.amazonaws.com/eu-west-1/",
      }),
    ),
    key: "identity-center:maria@example.com",
    kind: "person",
  },
  {
    name: "no person behind a role that only looks like Identity Center's",
    record: by(session("AWSReservedSSO_Admin_0123456789abcdef", "maria@example.com", {})),
    key: `${sessionArn}/AWSReservedSSO_Admin_0123456789abcdef/maria@example.com`,
    kind: "person",
    isClaim: true,
  },
  {
    name: "no service behind a role that only looks service-linked",
    record: by(session("AWSServiceRoleForSupport", "x", {})),
    key: `${sessionArn}/AWSServiceRoleForSupport/x`,
    kind: "unknown",
    isClaim: true,
  },
  {
    name: "an instance, as EC2 says",
    record: by(session("web", "i-0a1b2c3d4e5f60718", { context: { ec2RoleDelivery: "2.0" } })),
    key: `${sessionArn}/web/i-0a1b2c3d4e5f60718`,
    kind: "workload",
    workload: "EC2 instance i-0a1b2c3d4e5f60718",
  },
  {
    name: "an instance, as only the session's name says",
    record: event(byRole("web", "i-0a1b2c3d4e5f60718")),
    key: `${sessionArn}/web/i-0a1b2c3d4e5f60718`,
    kind: "workload",
    workload: "EC2 instance i-0a1b2c3d4e5f60718",
    isClaim: true,
  },
  {
    name: "a function, as the scope of its credentials says",
    record: by(
      session("resize-role", "resize", {
        rest: {
          inScopeOf: {
            issuerType: "AWS::Lambda::Function",
            credentialsIssuedTo: `arn:aws:lambda:us-east-1:${home}:function:resize`,
          },
        },
      }),
    ),
    key: `${sessionArn}/resize-role/resize`,
    kind: "workload",
    workload: "Lambda function resize",
  },
  {
    name: "a function, as its user agent says",
    record: event(byRole("resize-role", "resize"), { userAgent: lambda }),
    key: `${sessionArn}/resize-role/resize`,
    kind: "workload",
    workload: "Lambda function resize",
    isClaim: true,
  },
  ...[
    ["0123456789abcdef0123456789abcdef", "ECS task 0123456789abcdef0123456789abcdef"],
    ["AWSCodeBuild-4ef8c1d2-77aa", "CodeBuild build 4ef8c1d2-77aa"],
    ["eks-prod-api-7d9-0a1b2c3d-0000-4000-8000-0123456789ab", "EKS pod prod-api-7d9"],
    ["GlueJobRunnerSession", "Glue"],
    ["SageMaker", "SageMaker"],
  ].map(
    ([name = "", workload = ""]): KeyCase => ({
      name: `${workload} in a session's name`,
      record: event(byRole("work", name)),
      key: `${sessionArn}/work/${name}`,
      kind: "workload",
      workload,
      isClaim: true,
    }),
  ),
  {
    name: "a pod, as the provider of its token says",
    record: by(
      session("api", "botocore-session-1718000000", {
        context: provided(
          `arn:aws:iam::${home}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/0123`,
        ),
      }),
    ),
    key: `${sessionArn}/api`,
    kind: "workload",
    workload: "EKS pod",
    isClaim: true,
  },
  {
    name: "a role that calls as itself",
    record: by({ type: "Role", arn: `arn:aws:iam::${home}:role/ci/Deploy`, accountId: home }),
    key: `arn:aws:iam::${home}:role/ci/Deploy`,
    kind: "unknown",
  },
  {
    name: "a federated user within who asked for the token",
    record: by({
      type: "FederatedUser",
      arn: `arn:aws:sts::${home}:federated-user/contractor`,
      sessionContext: {
        sessionIssuer: { type: "IAMUser", arn: `arn:aws:iam::${home}:user/broker` },
      },
    }),
    key: `arn:aws:iam::${home}:user/broker#contractor`,
    kind: "unknown",
    isClaim: true,
  },
  {
    name: "a SAML user within its provider",
    record: by({ type: "SAMLUser", userName: "maria", identityProvider: "idp" }),
    key: "saml:idp:maria",
    kind: "person",
  },
  {
    name: "the person whom Identity Center's own SAML provider names",
    record: event({
      userIdentity: { type: "SAMLUser", userName: "maria@example.com", identityProvider: "kJ=" },
      requestParameters: {
        principalArn: `arn:aws:iam::${home}:saml-provider/AWSSSO_01_DO_NOT`,
        roleArn: `arn:aws:iam::${home}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_A_01`,
      },
    }),
    key: "identity-center:maria@example.com",
    kind: "person",
  },
  {
    name: "nobody of Identity Center by a provider that is only called like its own",
    record: event({
      userIdentity: { type: "SAMLUser", userName: "maria@example.com", identityProvider: "kJ=" },
      requestParameters: {
        principalArn: `arn:aws:iam::${home}:saml-provider/AWSSSO_01_DO_NOT`,
        roleArn: `arn:aws:iam::${home}:role/Deploy`,
      },
    }),
    key: "saml:kJ=:maria@example.com",
    kind: "person",
  },
  {
    name: "as a claim who stands in a token that was refused",
    record: event({
      userIdentity: { type: "SAMLUser", userName: "maria", identityProvider: "idp" },
      errorCode: "InvalidIdentityToken",
    }),
    key: "saml:idp:maria",
    kind: "person",
    isClaim: true,
  },
  {
    name: "a token's subject within its provider",
    record: by({
      type: "WebIdentityUser",
      userName: "repo:acme/shop:ref:refs/heads/main",
      identityProvider: `arn:aws:iam::${home}:oidc-provider/token.actions.githubusercontent.com`,
    }),
    key: "oidc:token.actions.githubusercontent.com:repo:acme/shop:ref:refs/heads/main",
    kind: "workload",
    workload: "GitHub Actions of acme/shop",
  },
  {
    name: "a pod's service account",
    record: by({ type: "WebIdentityUser", userName: "system:serviceaccount:shop:api" }),
    key: "oidc:system:serviceaccount:shop:api",
    kind: "workload",
    workload: "Kubernetes service account shop:api",
  },
  {
    name: "a user of Identity Center within the store",
    record: by({
      type: "IdentityCenterUser",
      onBehalfOf: { userId: "b2c3d4e5-0000", identityStoreArn: store },
    }),
    key: `${store}#b2c3d4e5-0000`,
    kind: "person",
  },
  {
    name: "a user who signs in to Identity Center",
    record: event({
      userIdentity: { type: "Unknown", principalId: home, accountId: home, userName: "maria" },
      eventSource: "signin.amazonaws.com",
      eventName: "UserAuthentication",
    }),
    key: "identity-center:maria",
    kind: "person",
  },
  {
    name: "as a claim who failed to sign in to Identity Center",
    record: event({
      userIdentity: { type: "IdentityCenterUser", accountId: home },
      eventSource: "signin.amazonaws.com",
      eventName: "CredentialVerification",
      additionalEventData: { UserName: "maria" },
      serviceEventDetails: { CredentialVerification: "Failure" },
    }),
    key: "identity-center:maria",
    kind: "person",
    isClaim: true,
  },
  {
    name: "nobody at a sign-in that names nobody",
    record: event({
      userIdentity: { type: "Unknown", principalId: home, accountId: home },
      eventSource: "signin.amazonaws.com",
      eventName: "UserAuthentication",
    }),
    key: "unknown",
    kind: "unknown",
  },
  {
    name: "another account's principal, which that account named",
    record: by({ type: "AWSAccount", accountId: other, principalId: "AROAEXAMPLE:maria" }),
    key: `account:${other}#AROAEXAMPLE:maria`,
    kind: "account",
    isClaim: true,
  },
  {
    name: "another account's user",
    record: by({ type: "AWSAccount", accountId: other, principalId: "AIDAEXAMPLE" }),
    key: `account:${other}#AIDAEXAMPLE`,
    kind: "account",
  },
  {
    name: "a caller of a directory",
    record: by({ type: "Directory", accountId: home, userName: "maria" }),
    key: `directory:${home}:maria`,
    kind: "person",
  },
  {
    name: "a service",
    record: event(byService("cloudformation")),
    key: "service:cloudformation.amazonaws.com",
    kind: "service",
  },
  {
    name: "an anonymous caller",
    record: by({ type: "AWSAccount", accountId: "ANONYMOUS_PRINCIPAL" }),
    key: "anonymous",
    kind: "anonymous",
  },
  { name: "nobody", record: event({ userIdentity: undefined }), key: "unknown", kind: "unknown" },
];

const types = [
  ...["Root", "IAMUser", "AssumedRole", "Role", "FederatedUser", "SAMLUser", "WebIdentityUser"],
  ...["IdentityCenterUser", "AWSAccount", "AWSService", "Directory", "Unknown", "toString"],
];

describe("describeIdentity", () => {
  it("has a name and a key for any record", () => {
    fc.assert(
      fc.property(anyRecord, fc.constantFrom(...types), (record, type) => {
        const { userIdentity } = record;
        const typed = isObject(userIdentity) ? { ...userIdentity, type } : { type };
        const { name, key } = describeIdentity({ ...record, userIdentity: typed });
        assert.ok(name !== "" && key !== "" && !key.includes("undefined"));
      }),
      { examples: [[{ userIdentity: { principalId: "::ffff:203.0.113.7" } }, "FederatedUser"]] },
    );
  });
});

describe("describeIdentity knows", () => {
  for (const { name, record, ...expected } of keyCases) {
    it(name, () => {
      const { key, kind, isClaim, workload } = describeIdentity(record);
      assert.deepEqual(
        { key, kind, isClaim, workload },
        { isClaim: false, workload: undefined, ...expected },
      );
    });
  }
});
