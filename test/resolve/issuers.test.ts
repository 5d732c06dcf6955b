import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "../../src/event/record.ts";
import { matches } from "../../src/query/matches.ts";
import {
  type Credentials,
  credentialsUsedBy,
  issuedBy,
  issuedTo,
  issuingFilter,
  permissionSetOf,
  recordSignedWith,
} from "../../src/resolve/issuers.ts";
import { at, byUser, calling, event, failing, on, to } from "../support/events.ts";
import { assuming, bySession, home, signingIn, time } from "./credentials.ts";

const noon = Date.parse(time("12:00:00"));
const answering = (responseElements: JsonObject) => ({ responseElements });
const call = (service: string, eventName: string, ...parts: readonly JsonObject[]) =>
  event(to(service), calling(eventName), at(time("12:00:00")), ...parts);

const issued: readonly (readonly [string, ReturnType<typeof event>, Credentials])[] = [
  [
    "AssumeRole",
    assuming({ role: "Deploy", session: "ci", key: "ASIADEPLOY", began: "12:00:00" }),
    {
      key: "ASIADEPLOY",
      principalId: "AROADEPLOY:ci",
      arn: `arn:aws:sts::${home}:assumed-role/Deploy/ci`,
      created: noon,
    },
  ],
  [
    "AssumeRole without the assumed role's user",
    call("sts", "AssumeRole", on({ roleArn: "arn:aws-cn:iam::1:role/a/b", roleSessionName: "s" })),
    { arn: "arn:aws-cn:sts::1:assumed-role/b/s", created: noon },
  ],
  [
    "AssumeRoot",
    call("sts", "AssumeRoot", on({ targetPrincipal: home }), {
      responseElements: { credentials: { accessKeyId: "ASIAROOT" } },
    }),
    { key: "ASIAROOT", principalId: home, created: noon },
  ],
  [
    "GetSessionToken",
    call("sts", "GetSessionToken", answering({ credentials: { accessKeyId: "ASIAMFA" } })),
    {
      key: "ASIAMFA",
      principalId: "AIDAALICE",
      arn: `arn:aws:iam::${home}:user/alice`,
      created: noon,
    },
  ],
  [
    "GetFederationToken",
    call(
      "sts",
      "GetFederationToken",
      answering({ federatedUser: { arn: "a", federatedUserId: "b" } }),
    ),
    { principalId: "b", arn: "a", created: noon },
  ],
  [
    "ConsoleLogin",
    signingIn("maria", "12:00:00"),
    { principalId: "AIDAMARIA", arn: `arn:aws:iam::${home}:user/maria`, created: noon },
  ],
  [
    "SwitchRole, which is logged in the session that had begun",
    call("signin", "SwitchRole", bySession({ role: "Admin", session: "m", began: "11:59:59" })),
    {
      principalId: "AROAADMIN:m",
      arn: `arn:aws:sts::${home}:assumed-role/Admin/m`,
      created: noon - 1000,
    },
  ],
  [
    "GetRoleCredentials",
    call("sso", "GetRoleCredentials", {
      serviceEventDetails: { account_id: home, role_name: "Admin" },
    }),
    { assignment: `${home}/Admin`, created: noon },
  ],
  [
    "Authenticate",
    call("sso", "Authenticate", { additionalEventData: { "identitycenter:CredentialId": "c-1" } }),
    { key: "c-1", created: noon },
  ],
  [
    "CreateAccessKey",
    call(
      "iam",
      "CreateAccessKey",
      answering({ accessKey: { accessKeyId: "AKIANEW", userName: "u" } }),
    ),
    { key: "AKIANEW", userName: "u" },
  ],
];

const used: readonly (readonly [string, ReturnType<typeof event>, Credentials])[] = [
  [
    "a user's long-term key",
    event(byUser("maria")),
    { key: "AKIAMARIA", principalId: "AIDAMARIA", arn: `arn:aws:iam::${home}:user/maria` },
  ],
  [
    "a role's session, whose ARN is built from the role's where it is missing",
    event({
      userIdentity: {
        principalId: "AROAX:s",
        sessionContext: {
          sessionIssuer: { arn: `arn:aws:iam::${home}:role/aws-reserved/x/Admin` },
          attributes: { creationDate: "20261105T120000Z" },
        },
      },
    }),
    { principalId: "AROAX:s", arn: `arn:aws:sts::${home}:assumed-role/Admin/s`, created: noon },
  ],
  ["masked ids", event({ userIdentity: { accessKeyId: "ASIA****", principalId: "***" } }), {}],
  [
    "what Identity Center passed on",
    call("sts", "AssumeRoleWithSAML", {
      userIdentity: { type: "SAMLUser", userName: "maria" },
      requestParameters: {
        roleArn: `arn:aws:iam::${home}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123`,
      },
    }),
    { assignment: `${home}/Admin`, created: noon },
  ],
  ["nothing", event({ userIdentity: { type: "AWSService", invokedBy: "ec2.amazonaws.com" } }), {}],
];

describe("an issuing call", () => {
  for (const [name, record, credentials] of issued) {
    it(`issues what ${name} says, and is gathered`, () => {
      assert.deepEqual(issuedBy(record)?.issued, credentials);
      assert.equal(matches(issuingFilter, record), true);
    });
  }

  const others: readonly (readonly [string, ReturnType<typeof event>])[] = [
    ["is of another service", call("example", "AssumeRole", answering({ credentials: {} }))],
    ["did not succeed", call("sts", "AssumeRole", failing("AccessDenied"))],
    [
      "is a sign-in that failed",
      call("signin", "ConsoleLogin", answering({ ConsoleLogin: "Failure" })),
    ],
    ["issues nothing", call("sts", "GetCallerIdentity")],
  ];
  for (const [name, record] of others) {
    it(`is none that ${name}`, () => {
      assert.equal(issuedBy(record), undefined);
    });
  }

  it("does not issue the key that it was signed with", () => {
    const record = call(
      "sts",
      "GetSessionToken",
      answering({ credentials: { accessKeyId: "AKIAALICE" } }),
    );
    assert.equal(issuedBy(record)?.issued.key, undefined);
  });

  it("was made by who switched roles, not by the session switched to", () => {
    const arn = `arn:aws:iam::${home}:user/maria`;
    assert.deepEqual(issuedTo({ additionalEventData: { SwitchFrom: arn } }), {
      userIdentity: { type: "IAMUser", arn, accountId: home },
    });
  });
});

describe("a call", () => {
  for (const [name, record, credentials] of used) {
    it(`is signed with ${name}`, () => {
      assert.deepEqual(credentialsUsedBy(record), credentials);
    });
  }

  it("is made up for credentials so that it was signed with them", () => {
    for (const [, , credentials] of [...issued, ...used]) {
      const { assignment: _, userName: __, ...signed } = credentials;
      assert.deepEqual(credentialsUsedBy(recordSignedWith(credentials)), signed);
    }
  });
});

describe("a permission set", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["AWSReservedSSO_Read_Only_0123456789abcdef", "Read_Only"],
    ["role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123", "Admin"],
    ["Admin", undefined],
  ];
  for (const [role, permissionSet] of cases) {
    it(`is ${permissionSet} of ${role}`, () => {
      assert.equal(permissionSetOf(role), permissionSet);
    });
  }
});
