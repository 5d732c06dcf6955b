/** Ines of Identity Center: by the CLI, in the console, and through an agent to which she gave a grant. */

import type { JsonObject } from "../../../src/event/record.ts";
import { cli, firefox, hub, issue, type Place, role, sessionOf, shop } from "./callers.ts";
import { type Caller, type Trail, temporaryKeyOf, timeOf } from "./trail.ts";

const shopOps = role(
  shop,
  "AWSReservedSSO_ShopOps_4f1e2d3c4b5a6978",
  "aws-reserved/sso.amazonaws.com/eu-west-1/",
);

const identityStore = "arn:aws:identitystore::555566667777:identitystore/d-9367012345";
const inesAt: Place = { from: "203.0.113.24", with: cli("sso.login") };
const inesName = "ines@larkspur.example";
const onBehalfOf = {
  userId: "92a5e4f4-00c1-7080-9c1d-3f0b6a7d8e90",
  identityStoreArn: identityStore,
};

/** She asks the portal for the role, and it is assumed for her. */
function signInBySso(trail: Trail, at: string, eventName: "GetRoleCredentials" | "Federate"): void {
  const userAgent = eventName === "Federate" ? firefox : inesAt.with;
  const portal: Caller = {
    account: hub,
    userIdentity: {
      type: "IdentityCenterUser",
      accountId: hub,
      onBehalfOf,
      credentialId: "7f3a5c1e9b2d4860",
    },
    sourceIPAddress: inesAt.from,
    userAgent,
  };
  trail.add(portal, at, `sso:${eventName}`, {
    also: {
      eventType: "AwsServiceEvent",
      readOnly: true,
      serviceEventDetails: { role_name: "ShopOps", account_id: shop },
    },
  });
  const saml: Caller = {
    account: shop,
    userIdentity: {
      type: "SAMLUser",
      principalId: `EXAMPLEq1w2e3:${inesName}`,
      userName: inesName,
      identityProvider: "AWSSSO_4f1e2d3c4b5a6978_DO_NOT_DELETE",
    },
    sourceIPAddress: inesAt.from,
    userAgent: "aws-internal/3 aws-sdk-java/1.12.780",
  };
  const provider = `arn:aws:iam::${shop}:saml-provider/AWSSSO_4f1e2d3c4b5a6978_DO_NOT_DELETE`;
  const { asks, answers, also } = issue(shopOps, inesName, at);
  trail.add(saml, at, "sts:AssumeRoleWithSAML", {
    asks: {
      ...(asks as JsonObject),
      principalArn: provider,
      sAMLAssertionID: `_example-${timeOf(at).replace(/\D/g, "")}`,
      durationSeconds: 28800,
    },
    answers: {
      ...(answers as JsonObject),
      subject: inesName,
      subjectType: "persistent",
      issuer: "https://portal.sso.eu-west-1.amazonaws.com/saml/assertion/EXAMPLE",
      audience: "https://signin.aws.amazon.com/saml",
      nameQualifier: "EXAMPLEq1w2e3",
    },
    also,
  });
}

/** The key in use is another than the one that was issued: Identity Center asks again. */
function inesSession(began: string, command: string): Caller {
  const session = sessionOf(shopOps, {
    name: inesName,
    began,
    from: inesAt.from,
    with: cli(command),
  });
  const accessKeyId = temporaryKeyOf(`in use ${began}`);
  return { ...session, userIdentity: { ...session.userIdentity, accessKeyId, onBehalfOf } };
}

/** Ines signs in with the CLI; answers who acts from then on. */
export function inesByCli(trail: Trail, at: string): Caller {
  signInBySso(trail, at, "GetRoleCredentials");
  return inesSession(at, "s3api.list-buckets");
}

const signInSessionArn = `arn:aws:signin:eu-west-1:${shop}:session/6d0b7c2a-58f1-4e3d-9a6b-0c1d2e3f4a5b`;

/** Ines signs in to the console; answers who acts from then on, herself and for her. */
export function inesByConsole(trail: Trail, at: string, loginAt: string) {
  signInBySso(trail, at, "Federate");
  const { accessKeyId: _, ...identity } = inesSession(at, "").userIdentity;
  const person: Caller = {
    account: shop,
    userIdentity: identity,
    sourceIPAddress: inesAt.from,
    userAgent: firefox,
  };
  trail.add(person, loginAt, "signin:ConsoleLogin", {
    answers: { ConsoleLogin: "Success" },
    also: {
      eventType: "AwsConsoleSignIn",
      readOnly: false,
      additionalEventData: {
        LoginTo: "https://eu-west-1.console.aws.amazon.com/console/home",
        MobileVersion: "No",
        MFAUsed: "No",
        SamlProviderArn: `arn:aws:iam::${shop}:saml-provider/AWSSSO_4f1e2d3c4b5a6978_DO_NOT_DELETE`,
      },
    },
  });
  const sessionContext = { ...(identity["sessionContext"] as JsonObject), signInSessionArn };
  const granted = { ...identity, sessionContext };
  const server = "aws-mcp.amazonaws.com";
  const browser: Caller = {
    ...person,
    also: { sessionCredentialFromConsole: "true" },
    newKeyEachCall: true,
  };
  const grant: Caller = { ...person, userIdentity: granted };
  const agent: Caller = { ...grant, userAgent: "claude-code/2.1.202 (cli)" };
  const forAgent: Caller = {
    account: shop,
    userIdentity: { ...granted, invokedBy: server },
    sourceIPAddress: server,
    userAgent: server,
    newKeyEachCall: true,
  };
  return { person, browser, grant, agent, forAgent, signInSessionArn };
}
