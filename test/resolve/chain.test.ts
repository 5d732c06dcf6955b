import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { describeIdentity } from "../../src/event/identity.ts";
import type { CloudTrailRecord, JsonObject } from "../../src/event/record.ts";
import { type Chain, chainOf } from "../../src/resolve/chain.ts";
import { isProven } from "../../src/resolve/origin.ts";
import { linkSessions } from "../../src/resolve/sessions.ts";
import { anyRecord } from "../support/arbitraries.ts";
import {
  at,
  byRoot,
  byService,
  byUser,
  calling,
  event,
  failing,
  inAccount,
  on,
  to,
  withId,
} from "../support/events.ts";
import {
  assuming,
  byAccount,
  bySession,
  byUserSession,
  found,
  home,
  other,
  signingIn,
  time,
} from "./credentials.ts";

const deploy = { role: "Deploy", session: "ci", key: "ASIADEPLOY", began: "09:12:30" };
const admin = { role: "Admin", session: "maria", key: "ASIAADMIN", began: "09:10:00" };
const web = { role: "web", session: "i-0a1b2c3d4e5f60718", began: "09:00:00" };
const masked = { ...deploy, key: "ASIA****************" };

const issuing = (eventName: string, clock: string, ...parts: readonly JsonObject[]) =>
  event(to("sts"), calling(eventName), at(time(clock)), { readOnly: true }, ...parts);
const keyIssued = (accessKeyId: string) => ({ responseElements: { credentials: { accessKeyId } } });
/** What replaced ids leave of a record: one principal for everybody. */
const onePrincipal = ({ userIdentity }: JsonObject) => ({
  userIdentity: { ...(userIdentity as JsonObject), principalId: "AROAREDACTED:one" },
});
const maskedUser = (name: string) => {
  const { userIdentity } = byUser(name);
  return { userIdentity: { ...(userIdentity as JsonObject), principalId: "AIDAREDACTED" } };
};
/** In a role of the same name that somebody made at another path. */
const pretending = (by: JsonObject): JsonObject =>
  JSON.parse(JSON.stringify(by).replaceAll("aws-reserved/sso.amazonaws.com/", ""));
const withoutAssumedRoleUser = (key: string) => keyIssued(key);
const ssoRole = "AWSReservedSSO_Admin_0123456789abcdef";
const sso = { role: ssoRole, session: "maria@example.com", key: "ASIASSO", began: "09:05:00" };
const identityCenterUser = {
  type: "IdentityCenterUser",
  accountId: other,
  onBehalfOf: { userId: "user-1", identityStoreArn: "arn:aws:identitystore::1:identitystore/d-1" },
  credentialId: "credential-1",
};
const samlUser = {
  userIdentity: { type: "SAMLUser", userName: "maria@example.com", principalId: "x:maria" },
};
const shared = { sharedEventID: "shared-1" };

interface Case {
  readonly name: string;
  /** What is in the logs beside the call. */
  readonly logs: readonly CloudTrailRecord[];
  readonly call: CloudTrailRecord;
  /** Oldest first: `AssumeRole by maria (key)`, with what is not certain. */
  readonly hops: readonly string[];
  /** `person maria (IAM user)`; a claim has a question mark. */
  readonly origins: readonly string[];
}

const cases: readonly Case[] = [
  {
    name: "ends at a user with a long-term key",
    logs: [],
    call: event(byUser("maria")),
    hops: [],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "follows an access key to the call that issued it",
    logs: [assuming(deploy, byUser("maria"))],
    call: event(bySession(deploy)),
    hops: ["AssumeRole by maria (key)"],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "does not follow a key to a call made at another time than the session's beginning",
    logs: [assuming({ ...deploy, began: "09:12:34" }, byUser("maria"))],
    call: event(bySession(deploy)),
    hops: [],
    origins: [`unknown Deploy / ci, missing in ${home} at 09:12:30`],
  },
  {
    name: "knows a user from another account by the id, where other calls tell whose that is",
    logs: [assuming(deploy, byUser("maria"))],
    call: event(inAccount(other), byAccount(home, "AIDAMARIA")),
    hops: [],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "knows nobody from another account by a role session's id, which others may share",
    logs: [assuming(deploy, bySession(admin))],
    call: event(inAccount(other), byAccount(home, "AROAADMIN:maria")),
    hops: [],
    origins: [`outside account ${home} (AROAADMIN:maria), missing in ${home}`],
  },
  {
    name: "follows three roles one after the other",
    logs: [
      assuming(admin, byUser("maria")),
      assuming({ ...deploy, role: "Middle", key: "ASIAMIDDLE" }, bySession(admin)),
      assuming(deploy, bySession({ ...deploy, role: "Middle", key: "ASIAMIDDLE" })),
    ],
    call: event(bySession(deploy)),
    hops: [
      "AssumeRole by maria (key)",
      "AssumeRole by Admin / maria (key)",
      "AssumeRole by Middle / ci (key)",
    ],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "joins by principal and second where the key in use is another one",
    logs: [assuming(deploy, byUser("maria"))],
    call: event(bySession({ ...deploy, key: "ASIAANOTHER" })),
    hops: ["AssumeRole by maria (session)"],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "reads a creation date in the documented form",
    logs: [assuming(deploy, byUser("maria"))],
    call: event(
      bySession(
        { ...deploy, key: "ASIAANOTHER" },
        { attributes: { creationDate: "20261105T091230Z" } },
      ),
    ),
    hops: ["AssumeRole by maria (session)"],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "does not join by the role's session alone",
    logs: [assuming(deploy, byUser("maria"))],
    call: event(bySession({ ...deploy, key: "ASIAANOTHER", began: "09:12:31" })),
    hops: [],
    origins: [`unknown Deploy / ci, missing in ${home} at 09:12:31`],
  },
  {
    name: "tells sessions of one name and second apart by their keys",
    logs: [
      assuming(deploy, byUser("maria")),
      assuming({ ...deploy, key: "ASIATWO" }, byUser("bob")),
    ],
    call: event(bySession({ ...deploy, key: "ASIATWO" })),
    hops: ["AssumeRole by bob (key)"],
    origins: ["person bob (IAM user)"],
  },
  {
    name: "keeps both callers where nothing tells them apart",
    logs: [
      assuming(deploy, byUser("maria"), withId("1")),
      assuming({ ...deploy, key: "ASIATWO" }, byUser("bob"), withId("2")),
    ],
    call: event(bySession({ ...deploy, key: "ASIATHREE" })),
    hops: ["AssumeRole by maria or bob (session, one of several)"],
    origins: ["person maria (IAM user)", "person bob (IAM user)"],
  },
  {
    name: "is certain of an origin that all candidates share",
    logs: [
      assuming({ ...web, key: "ASIAONE" }, byService("ec2"), withId("1")),
      assuming({ ...web, key: "ASIATWO" }, byService("ec2"), withId("2")),
    ],
    call: event(bySession(web)),
    hops: ["AssumeRole by ec2.amazonaws.com or ec2.amazonaws.com (session, one of several)"],
    origins: ["workload web / i-0a1b2c3d4e5f60718 (AWS service)"],
  },
  {
    name: "believes no key that two calls issued",
    logs: [
      assuming(deploy, byUser("maria")),
      assuming({ ...admin, key: "ASIADEPLOY" }, byUser("bob")),
    ],
    call: event(bySession({ ...deploy, began: "09:30:00" })),
    hops: [],
    origins: [`unknown Deploy / ci, missing in ${home} at 09:30:00`],
  },
  {
    name: "believes no masked key",
    logs: [assuming(masked, byUser("maria"))],
    call: event(bySession({ ...masked, began: "09:30:00" })),
    hops: [],
    origins: [`unknown Deploy / ci, missing in ${home} at 09:30:00`],
  },
  {
    name: "joins by ARN and second where ids are masked",
    logs: [assuming(masked, onePrincipal(byUser("maria")))],
    call: event(onePrincipal(bySession(masked))),
    hops: ["AssumeRole by maria (session)"],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "is not misled by one key and principal for everybody",
    logs: [
      assuming({ ...deploy, key: "ASIAONE" }, byUser("maria"), {
        responseElements: {
          credentials: { accessKeyId: "ASIAONE" },
          assumedRoleUser: {
            assumedRoleId: "AROAREDACTED:one",
            arn: `arn:aws:sts::${home}:assumed-role/Deploy/ci`,
          },
        },
      }),
    ],
    call: event(onePrincipal(bySession({ ...admin, key: "ASIAONE", began: "09:12:30" }))),
    hops: [],
    origins: [`unknown Admin / maria, missing in ${home} at 09:12:30`],
  },
  {
    name: "does not take a call for the issuer of its own key",
    logs: [assuming(deploy, bySession({ ...deploy, began: "08:00:00" }))],
    call: event(bySession({ ...deploy, began: "08:00:00" })),
    hops: [],
    origins: [`unknown Deploy / ci, missing in ${home} at 08:00:00`],
  },
  {
    name: "does not go round in a circle",
    logs: [assuming(deploy, bySession(admin)), assuming(admin, bySession(deploy))],
    call: event(bySession(deploy)),
    hops: ["AssumeRole by Deploy / ci (key)", "AssumeRole by Admin / maria (key)"],
    origins: [`unknown Deploy / ci, missing in ${home} at 09:12:30`],
  },
  {
    name: "builds the session from the request where the response does not name it",
    logs: [
      assuming({ ...web, key: "ASIAWEB" }, byService("ec2"), withoutAssumedRoleUser("ASIAWEB")),
    ],
    call: event(bySession({ ...web, key: "ASIAOTHER" })),
    hops: ["AssumeRole by ec2.amazonaws.com (session)"],
    origins: ["workload web / i-0a1b2c3d4e5f60718 (AWS service)"],
  },
  {
    name: "believes no issuing call that was denied",
    logs: [assuming(deploy, byUser("maria"), failing("AccessDenied"))],
    call: event(bySession(deploy)),
    hops: [],
    origins: [`unknown Deploy / ci, missing in ${home} at 09:12:30`],
  },
  {
    name: "names a function by its session and the service that runs it",
    logs: [assuming({ ...deploy, session: "resize-images" }, byService("lambda"))],
    call: event(bySession({ ...deploy, session: "resize-images" })),
    hops: ["AssumeRole by lambda.amazonaws.com (key)"],
    origins: ["workload Deploy / resize-images (AWS service)"],
  },
  {
    name: "takes a role that a service has for itself for the service",
    logs: [assuming({ ...deploy, session: "AutoScaling" }, byService("autoscaling"))],
    call: event(bySession({ ...deploy, session: "AutoScaling" })),
    hops: ["AssumeRole by autoscaling.amazonaws.com (key)"],
    origins: ["service autoscaling.amazonaws.com (AWS service)"],
  },
  {
    name: "takes what EC2 delivered for an instance's, also without the issuing call",
    logs: [],
    call: event(bySession(web, { ec2RoleDelivery: "2.0" })),
    hops: [],
    origins: [`workload web / i-0a1b2c3d4e5f60718 (AWS service), missing in ${home} at 09:00:00`],
  },
  {
    name: "takes a session's name for a claim",
    logs: [],
    call: event(bySession({ ...deploy, session: "maria@example.com" })),
    hops: [],
    origins: [`person Deploy / maria@example.com (session name?), missing in ${home} at 09:12:30`],
  },
  {
    name: "believes the source identity where the logs begin too late",
    logs: [],
    call: event(bySession(deploy, { sourceIdentity: "maria" })),
    hops: [],
    origins: [`person maria (source identity), missing in ${home} at 09:12:30`],
  },
  {
    name: "finds the workflow behind an OIDC token",
    logs: [
      issuing(
        "AssumeRoleWithWebIdentity",
        "09:12:30",
        on({ roleArn: `arn:aws:iam::${home}:role/team/Deploy`, roleSessionName: "ci" }),
        keyIssued("ASIADEPLOY"),
        {
          userIdentity: {
            type: "WebIdentityUser",
            userName: "repo:example/app:ref:refs/heads/main",
          },
        },
      ),
    ],
    call: event(bySession(deploy)),
    hops: ["AssumeRoleWithWebIdentity by repo:example/app:ref:refs/heads/main (key)"],
    origins: ["workload repo:example/app:ref:refs/heads/main (OIDC)"],
  },
  {
    name: "finds the person behind a SAML assertion",
    logs: [assuming(deploy, calling("AssumeRoleWithSAML"), samlUser)],
    call: event(bySession(deploy)),
    hops: ["AssumeRoleWithSAML by maria@example.com (key)"],
    origins: ["person maria@example.com (SAML)"],
  },
  {
    name: "follows Identity Center, whose key in use is not the one issued",
    logs: [
      assuming(sso, calling("AssumeRoleWithSAML"), samlUser),
      event(to("sso"), calling("GetRoleCredentials"), at(time("09:05:00")), {
        userIdentity: identityCenterUser,
        serviceEventDetails: { account_id: home, role_name: "Admin" },
      }),
      event(to("sso-oauth"), calling("CreateToken"), at(time("08:00:00")), {
        userIdentity: { type: "Unknown" },
        additionalEventData: { "identitycenter:CredentialId": "credential-1" },
      }),
    ],
    call: event(bySession({ ...sso, key: "ASIAUSED" })),
    hops: [
      "CreateToken by unknown (key)",
      "GetRoleCredentials by user-1 (assignment, likely)",
      "AssumeRoleWithSAML by maria@example.com (session)",
    ],
    origins: ["person maria@example.com (SSO Admin) (Identity Center)"],
  },
  {
    name: "knows Identity Center's user without any other call",
    logs: [],
    call: event(bySession(sso)),
    hops: [],
    origins: [
      `person maria@example.com (SSO Admin) (Identity Center), missing in ${home} at 09:05:00`,
    ],
  },
  {
    name: "reads the caller from the copy of the caller's account",
    logs: [
      assuming(deploy, byAccount(other, "AIDAMARIA"), shared, withId("1"), inAccount(home)),
      assuming(deploy, byUser("maria"), shared, withId("2"), inAccount(other)),
    ],
    call: event(bySession(deploy)),
    hops: ["AssumeRole by maria (key)"],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "believes no source identity that another account let its caller say",
    logs: [assuming(deploy, byAccount(other, "AIDAEVIL"), inAccount(home))],
    call: event(bySession(deploy, { sourceIdentity: "maria" })),
    hops: [`AssumeRole by account ${other} (AIDAEVIL) (key)`],
    origins: [`outside account ${other} (AIDAEVIL), missing in ${other}`],
  },
  {
    name: "says whose logs are needed without that copy",
    logs: [assuming(deploy, byAccount(other, "AIDAMARIA"), shared, inAccount(home))],
    call: event(bySession(deploy)),
    hops: [`AssumeRole by account ${other} (AIDAMARIA) (key)`],
    origins: [`outside account ${other} (AIDAMARIA), missing in ${other}`],
  },
  {
    name: "does not take calls for copies that share an id and issued different keys",
    logs: [
      assuming(deploy, byAccount(other, "AIDAJOE"), shared, withId("1"), inAccount(home)),
      assuming(
        { ...deploy, key: "ASIAOTHER" },
        byUser("maria"),
        shared,
        withId("2"),
        inAccount(other),
      ),
    ],
    call: event(bySession(deploy)),
    hops: [`AssumeRole by account ${other} (AIDAJOE) (key)`],
    origins: [`outside account ${other} (AIDAJOE), missing in ${other}`],
  },
  {
    name: "names no user by an id that several have",
    logs: [
      assuming(deploy, byAccount(other, "AIDAREDACTED"), inAccount(home)),
      assuming(admin, maskedUser("maria")),
      assuming({ ...admin, key: "ASIAOTHER" }, maskedUser("joe")),
    ],
    call: event(bySession(deploy)),
    hops: [`AssumeRole by account ${other} (AIDAREDACTED) (key)`],
    origins: [`outside account ${other} (AIDAREDACTED), missing in ${other}`],
  },
  {
    name: "takes a role that is only called like Identity Center's for a claim",
    logs: [],
    call: event(pretending(bySession(sso))),
    hops: [],
    origins: [
      `person ${ssoRole} / maria@example.com (session name?), missing in ${home} at 09:05:00`,
    ],
  },
  {
    name: "does not take calls for copies that share an id in one account",
    logs: [
      assuming(deploy, byUser("maria"), shared, withId("1")),
      assuming(admin, byUser("bob"), shared, withId("2")),
    ],
    call: event(bySession(admin)),
    hops: ["AssumeRole by bob (key)"],
    origins: ["person bob (IAM user)"],
  },
  {
    name: "finds the sign-in of a console session, whose calls have keys of their own",
    logs: [signingIn("maria", "09:00:00")],
    call: event(byUserSession("maria", "09:00:00", "ASIACONSOLE7")),
    hops: ["ConsoleLogin by maria (session)"],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "says where a sign-in would be that is not in the logs",
    logs: [],
    call: event(byUserSession("maria", "09:00:00", "ASIACONSOLE7")),
    hops: [],
    origins: [`person maria (IAM user), missing in ${home} at 09:00:00`],
  },
  {
    name: "misses no sign-in where a service calls on somebody's behalf",
    logs: [],
    call: event(
      byUserSession("maria", "09:00:00", "ASIAFORWARD", {
        invokedBy: "cloudformation.amazonaws.com",
      }),
    ),
    hops: [],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "follows a switch of roles in the console to the sign-in",
    logs: [
      signingIn("maria", "09:00:00"),
      assuming({ ...admin, key: "ASIAHIDDEN" }, byUserSession("maria", "09:00:00", "ASIACONSOLE1")),
      event(to("signin"), calling("SwitchRole"), at(time("09:10:00")), bySession(admin), {
        additionalEventData: { SwitchFrom: `arn:aws:iam::${home}:user/maria` },
      }),
    ],
    call: event(bySession({ ...admin, key: "ASIACONSOLE2" })),
    hops: ["ConsoleLogin by maria (session)", "AssumeRole by maria (session)"],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "believes SwitchRole where the AssumeRole is in no log",
    logs: [
      event(to("signin"), calling("SwitchRole"), at(time("09:10:01")), bySession(admin), {
        additionalEventData: { SwitchFrom: `arn:aws:iam::${other}:user/maria` },
      }),
    ],
    call: event(bySession({ ...admin, key: "ASIACONSOLE2" })),
    hops: ["SwitchRole by Admin / maria (session)"],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "finds the user of a federation token",
    logs: [
      issuing("GetFederationToken", "09:00:00", byUser("maria"), {
        responseElements: {
          credentials: { accessKeyId: "ASIAFED" },
          federatedUser: {
            arn: `arn:aws:sts::${home}:federated-user/guest`,
            federatedUserId: `${home}:guest`,
          },
        },
      }),
    ],
    call: event({
      userIdentity: {
        type: "FederatedUser",
        arn: `arn:aws:sts::${home}:federated-user/guest`,
        principalId: `${home}:guest`,
        accessKeyId: "ASIAFED",
      },
    }),
    hops: ["GetFederationToken by maria (key)"],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "names the user of a federation token by its issuer alone",
    logs: [],
    call: event({
      userIdentity: {
        type: "FederatedUser",
        arn: `arn:aws:sts::${home}:federated-user/guest`,
        accessKeyId: "ASIAFED",
        sessionContext: {
          sessionIssuer: { type: "IAMUser", userName: "maria", accountId: home },
        },
      },
    }),
    hops: [],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "finds who took a session token",
    logs: [issuing("GetSessionToken", "09:00:00", byUser("maria"), keyIssued("ASIAMFA"))],
    call: event(byUserSession("maria", "09:00:00", "ASIAMFA")),
    hops: ["GetSessionToken by maria (key)"],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "finds who acted as root of a member account",
    logs: [
      issuing(
        "AssumeRoot",
        "09:00:00",
        bySession(admin),
        on({ targetPrincipal: home }),
        keyIssued("ASIAROOT"),
      ),
      assuming(admin, byUser("maria")),
    ],
    call: event({
      userIdentity: {
        type: "Root",
        principalId: home,
        arn: `arn:aws:iam::${home}:root`,
        accountId: home,
        accessKeyId: "ASIAROOT",
        sessionContext: { assumedRoot: "true", attributes: { creationDate: time("09:00:00") } },
      },
    }),
    hops: ["AssumeRole by maria (key)", "AssumeRoot by Admin / maria (key)"],
    origins: ["person maria (IAM user)"],
  },
  {
    name: "does not take a central root session for the account's own root",
    logs: [],
    call: event({
      userIdentity: {
        type: "Root",
        accountId: home,
        accessKeyId: "ASIAROOT",
        sessionContext: { assumedRoot: "true", attributes: { creationDate: time("09:00:00") } },
      },
    }),
    hops: [],
    origins: [`unknown root of ${home}, missing in nowhere at 09:00:00`],
  },
  {
    name: "ends at root",
    logs: [],
    call: event(byRoot()),
    hops: [],
    origins: [`root root of ${home} (root user)`],
  },
  {
    name: "takes root without a key for the service that called",
    logs: [],
    call: event({
      userIdentity: { type: "Root", accountId: home, invokedBy: "backup.amazonaws.com" },
    }),
    hops: [],
    origins: ["service backup.amazonaws.com (AWS service)"],
  },
  {
    name: "tells who created the key of a user",
    logs: [
      event(to("iam"), calling("CreateAccessKey"), byUser("mallory"), {
        responseElements: { accessKey: { accessKeyId: "AKIAMARIA", userName: "maria" } },
      }),
    ],
    call: event(byUser("maria")),
    hops: [],
    origins: ["person maria (IAM user), key by mallory"],
  },
  {
    name: "knows nobody in a record that tells nothing",
    logs: [],
    call: event({ userIdentity: undefined }),
    hops: [],
    origins: ["unknown unknown"],
  },
];

describe("a chain", () => {
  for (const { name, logs, call, hops, origins } of cases) {
    it(name, () => {
      const chain = chainOf(call, linkSessions(found([...logs, call])));
      assert.deepEqual(told(chain), { hops, origins });
    });
  }

  it("has an end in any logs", () => {
    const names = fc.constantFrom("AssumeRole", "ConsoleLogin", "SwitchRole", "CreateAccessKey");
    const sources = fc.constantFrom("sts", "signin", "iam");
    const issuers = fc
      .tuple(anyRecord, names, sources)
      .map(([record, eventName, source]) => ({ ...record, ...calling(eventName), ...to(source) }));
    fc.assert(
      fc.property(fc.array(issuers, { minLength: 1, maxLength: 8 }), (records) => {
        const sessions = linkSessions(found(records));
        for (const record of records) assert.ok(chainOf(record, sessions).origins.length > 0);
      }),
    );
  });

  it("is the same whatever the order of the logs", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases).chain(({ logs, call }) =>
          fc.record({
            call: fc.constant(call),
            logs: fc.constant([...logs, call]),
            shuffled: fc.shuffledSubarray([...logs, call], { minLength: logs.length + 1 }),
          }),
        ),
        ({ call, logs, shuffled }) => {
          const [one, another] = [logs, shuffled].map((records) =>
            told(chainOf(call, linkSessions(found(records)))),
          );
          assert.deepEqual(one, another);
        },
      ),
    );
  });
});

function told({ hops, origins }: Chain) {
  const text = (value: unknown) => String(value ?? "unknown");
  return {
    hops: hops.toReversed().map(({ link, certainty, issues }) => {
      const [first] = issues;
      const who = issues.map(({ event: { record } }) => describeIdentity(record).name).join(" or ");
      const doubt = certainty === "certain" ? "" : `, ${certainty}`;
      return `${text(first?.event.record["eventName"])} by ${who} (${link}${doubt})`;
    }),
    origins: origins.map((origin) => {
      const { kind, identity, evidence, missing, made } = origin;
      const claim = evidence === undefined || isProven(origin) ? "" : "?";
      const gap =
        missing &&
        `, missing in ${missing.account ?? "nowhere"}` +
          (missing.created ? ` at ${new Date(missing.created).toISOString().slice(11, 19)}` : "");
      return (
        `${kind} ${identity.name}${evidence ? ` (${evidence}${claim})` : ""}${gap ?? ""}` +
        (made ? `, key by ${describeIdentity(made.event.record).name}` : "")
      );
    }),
  };
}
