/**
 * Who calls in the incident: accounts, people, roles, services, and how each of them stands in a record.
 */

import {
  type Call,
  type Caller,
  type Trail,
  temporaryKeyOf,
  timeOf,
  wordedTimeOf,
} from "./trail.ts";

/** Where the shop runs. */
export const shop = "222233334444";
/** Where Identity Center, builds and the contractor's user are. */
export const hub = "555566667777";
/** Of whom nobody in the company knows. */
export const outside = "888877776666";

export const cli = (command: string) =>
  `aws-cli/2.31.4 md/awscrt#0.27.6 ua/2.1 os/linux#6.8 md/arch#x86_64 lang/python#3.13.7 md/pyimpl#CPython cfg/retry-mode#standard md/command#${command}`;
export const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0";

/** Twenty-one characters, as unique ids have. */
export function uniqueId(prefix: "AIDA" | "AROA", name: string): string {
  return `${prefix}EXAMPLE${name.toUpperCase().replace(/[^A-Z]/g, "")}`
    .padEnd(21, "Q")
    .slice(0, 21);
}

export interface Place {
  readonly from: string;
  readonly with: string;
}

/** A user with a key of its own. */
function user(account: string, userName: string, accessKeyId: string, place: Place): Caller {
  return {
    account,
    userIdentity: {
      type: "IAMUser",
      principalId: uniqueId("AIDA", userName),
      arn: `arn:aws:iam::${account}:user/${userName}`,
      accountId: account,
      accessKeyId,
      userName,
    },
    sourceIPAddress: place.from,
    userAgent: place.with,
  };
}

const tomasAt = "203.0.113.31";

export const tomas = user(shop, "tomas.reuter", "AKIAEXAMPLETOMAS0001", {
  from: tomasAt,
  with: cli("cloudformation.delete-stack"),
});

/** What a user does in the console after signing in at `began`, with a second factor. */
export function inConsole({ account, userIdentity }: Caller, began: string): Caller {
  const { accessKeyId: _, ...identity } = userIdentity;
  const attributes = { creationDate: timeOf(began), mfaAuthenticated: "true" };
  return {
    account,
    userIdentity: { ...identity, sessionContext: { attributes } },
    sourceIPAddress: tomasAt,
    userAgent: firefox,
    also: { sessionCredentialFromConsole: "true" },
    newKeyEachCall: true,
  };
}

/** A user signs in; answers who acts from then on. */
export function signIn(trail: Trail, who: Caller, at: string): Caller {
  const { accessKeyId: _, ...userIdentity } = who.userIdentity;
  trail.add({ ...who, userIdentity, userAgent: firefox }, at, "signin:ConsoleLogin", {
    answers: { ConsoleLogin: "Success" },
    also: {
      eventType: "AwsConsoleSignIn",
      readOnly: false,
      additionalEventData: {
        LoginTo: "https://eu-west-1.console.aws.amazon.com/console/home",
        MobileVersion: "No",
        MFAIdentifier: `arn:aws:iam::${who.account}:mfa/${userIdentity["userName"]}`,
        MFAUsed: "Yes",
      },
    },
  });
  return inConsole(who, at);
}

export const bela = user(hub, "bela.novak", "AKIAEXAMPLEBELA00001", {
  from: "198.51.100.14",
  with: cli("sts.assume-role"),
});

/** The key that was made for the user by somebody else, where it was used. */
export const mailerKey = "AKIAEXAMPLEMAILER002";
export const metricsKey = "AKIAEXAMPLEMETRICS02";
const mailerAt: Place = {
  from: "192.0.2.180",
  with: "Boto3/1.40.30 md/Botocore#1.40.30 ua/2.1 os/linux#6.1 md/arch#aarch64 lang/python#3.12.3 Botocore/1.40.30",
};
export const mailer = user(shop, "report-mailer", mailerKey, mailerAt);
/** The same user's own key, with which it sends reports every morning. */
export const mailerAtWork = user(shop, "report-mailer", "AKIAEXAMPLEMAILER001", {
  from: "203.0.113.80",
  with: "aws-sdk-go-v2/1.39.0 os/linux lang/go#1.25.1 md/GOOS#linux md/GOARCH#amd64 api/ses#1.34.4",
});

export interface Role {
  readonly account: string;
  readonly name: string;
  readonly path: string;
}

export function role(account: string, name: string, path = ""): Role {
  return { account, name, path };
}

export const buildAdmin = role(hub, "BuildAdmin");
export const shopDeploy = role(shop, "ShopDeploy");
export const dbMaintenance = role(shop, "db-maintenance");

export function arnOf({ account, path, name }: Role): string {
  return `arn:aws:iam::${account}:role/${path}${name}`;
}

interface Session extends Place {
  readonly name: string;
  /** When its credentials were issued. */
  readonly began: string;
  readonly mfa?: "true";
}

/** A session of a role; its key is the one that `issue` answers. */
export function sessionOf(
  of: Role,
  { name, began, from, with: userAgent, mfa = undefined }: Session,
): Caller {
  const principalId = uniqueId("AROA", of.name);
  return {
    account: of.account,
    userIdentity: {
      type: "AssumedRole",
      principalId: `${principalId}:${name}`,
      arn: `arn:aws:sts::${of.account}:assumed-role/${of.name}/${name}`,
      accountId: of.account,
      accessKeyId: keyOf(of, name, began),
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId,
          arn: arnOf(of),
          accountId: of.account,
          userName: of.name,
        },
        attributes: { creationDate: timeOf(began), mfaAuthenticated: mfa ?? "false" },
      },
    },
    sourceIPAddress: from,
    userAgent,
  };
}

function keyOf(of: Role, name: string, began: string): string {
  return temporaryKeyOf(`${of.account} ${of.name} ${name} ${began}`);
}

/** What a call that issues credentials asks and answers. */
export function issue(
  of: Role,
  name: string,
  at: string,
): Required<Pick<Call, "asks" | "answers" | "also">> {
  const id = `${uniqueId("AROA", of.name)}:${name}`;
  return {
    asks: { roleArn: arnOf(of), roleSessionName: name },
    answers: {
      credentials: {
        accessKeyId: keyOf(of, name, at),
        sessionToken: "<sensitiveDataRemoved>",
        expiration: wordedTimeOf(at, 1),
      },
      assumedRoleUser: {
        assumedRoleId: id,
        arn: `arn:aws:sts::${of.account}:assumed-role/${of.name}/${name}`,
      },
    },
    also: { resources: [{ accountId: of.account, type: "AWS::IAM::Role", ARN: arnOf(of) }] },
  };
}

/** Assumes a role; in another account both trails get the call. Answers who acts from then on. */
export function assume(trail: Trail, by: Caller, at: string, of: Role, name: string): Caller {
  const { asks, answers, also } = issue(of, name, at);
  const shared =
    by.account === of.account
      ? {}
      : { sharedEventID: `5ba7ed00-0000-4000-8000-${timeOf(at).replace(/\D/g, "").slice(2)}` };
  trail.add(by, at, "sts:AssumeRole", { asks, answers, also: { ...also, ...shared } });
  if (by.account !== of.account) {
    const { principalId = "", accountId = "" } = by.userIdentity;
    const seen = { ...by, userIdentity: { type: "AWSAccount", principalId, accountId } };
    trail.add(seen, at, "sts:AssumeRole", {
      asks,
      answers,
      account: of.account,
      also: { ...also, ...shared },
    });
  }
  return sessionOf(of, { name, began: at, from: by.sourceIPAddress, with: by.userAgent });
}
