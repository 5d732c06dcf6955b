/**
 * Who makes the calls: IAM users, AWS services, and sessions with the call that issued their key.
 */

import { type Random, weighted } from "./random.ts";
import { type Call, type Caller, isoTime } from "./record.ts";
import type { Account, Role, User, World } from "./world.ts";

/** A caller with temporary credentials. The opening call's response holds the access key it uses. */
export interface Session {
  readonly caller: Caller;
  readonly opening: { readonly caller: Caller; readonly call: Call };
  readonly until: number;
}

const cli = (version: string, system: string, python: string) =>
  `[aws-cli/${version} md/awscrt#0.21.2 ua/2.0 os/${system} lang/python#${python} md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off md/command#`;

const cliAgents = [
  cli("2.15.30", "linux#5.10.214-202.855.amzn2.x86_64 md/arch#x86_64", "3.11.8"),
  cli("2.17.44", "macos#23.6.0 md/arch#arm64", "3.11.9"),
  cli("2.17.62", "windows#10 md/arch#amd64", "3.12.6"),
  cli("2.18.5", "linux#6.8.0-1015-aws md/arch#x86_64", "3.12.6"),
];
const browserAgents = [
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Safari/537.36 Edg/125.0.0.0",
  "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
  "AWS Internal",
];

const anySdk = weighted<(random: Random) => string>([
  [
    (random) =>
      `Boto3/1.34.${random.below(140)} md/Botocore#1.34.${random.below(140)} ua/2.0 os/linux#5.10.${random.between(190, 226)}-amzn2 md/arch#x86_64 lang/python#3.${random.between(9, 12)}.${random.below(9)} md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.34.131`,
    5,
  ],
  [
    (random) =>
      `aws-sdk-java/2.2${random.between(3, 6)}.${random.below(60)} Linux/5.10.${random.between(190, 226)} OpenJDK_64-Bit_Server_VM/17.0.${random.between(8, 12)}+7-LTS Java/17.0.${random.between(8, 12)} vendor/Amazon.com_Inc. io/sync http/Apache cfg/retry-mode/legacy`,
    4,
  ],
  [
    (random) =>
      `aws-sdk-go-v2/1.${random.between(25, 30)}.${random.below(6)} os/linux lang/go#1.22.${random.below(6)} md/GOOS#linux md/GOARCH#arm64 api/s3#1.${random.between(53, 58)}.0`,
    3,
  ],
  [
    (random) =>
      `aws-sdk-js/3.${random.between(550, 610)}.0 ua/2.1 os/linux#5.10 lang/js md/nodejs#20.${random.between(9, 15)}.0 api/dynamodb#3.592.0 exec-env/AWS_Lambda_nodejs20.x`,
    3,
  ],
]);
const sdkAgent = (random: Random) => anySdk(random)(random);
const pipelineAgent = (random: Random) =>
  `APN/1.0 HashiCorp/1.0 Terraform/1.${random.between(6, 9)}.${random.below(8)} (+https://www.terraform.io) terraform-provider-aws/5.${random.between(40, 60)}.0 aws-sdk-go-v2/1.27.2 os/linux lang/go#1.22.4`;

/** An IAM user at work with a long-lived key. */
export function userCaller(account: Account, user: User, agent: string): Caller {
  return {
    kind: "workload",
    identityJson: `{"type":"IAMUser","principalId":"${user.id}","arn":"${user.arn}","accountId":"${account.id}","accessKeyId":"${user.accessKeyId}","userName":"${user.name}"}`,
    identity: user.arn,
    arn: user.arn,
    account: account.id,
    user: user.name,
    address: user.address,
    agent,
    tlsVersion: "TLSv1.2",
  };
}

export function cliCaller(account: Account, user: User): Caller {
  return { ...userCaller(account, user, cliAgents[0] ?? ""), kind: "person", namesCommand: true };
}

export function drawUserCaller(random: Random, account: Account): Caller {
  return userCaller(account, random.pick(account.users), sdkAgent(random));
}

/** An AWS service that calls on its own. */
export function serviceCaller(account: string, service: string): Caller {
  return {
    kind: "service",
    identityJson: `{"type":"AWSService","invokedBy":"${service}"}`,
    identity: service,
    arn: service,
    account,
    address: service,
    agent: service,
  };
}

export interface RoleSession {
  readonly account: Account;
  readonly role: Role;
  readonly name: string;
  readonly time: number;
  /** Of the credentials that were issued. */
  readonly key: string;
  /** With which the call was signed, where a service made it with a key of its own. */
  readonly signedWith?: string;
  readonly mfa?: boolean;
  /** More members of the session context, and of the identity itself; each begins with a comma. */
  readonly contextJson?: string;
  readonly scopeJson?: string;
}

/** What a caller by role has in common, however the role was taken on. */
export function roleIdentity(
  session: RoleSession,
): Pick<Caller, "identityJson" | "identity" | "arn" | "account" | "session"> {
  const { account, role, name, time, key, mfa = false, contextJson = "", scopeJson = "" } = session;
  const { signedWith = key } = session;
  const arn = `arn:aws:sts::${account.id}:assumed-role/${role.name}/${name}`;
  return {
    identityJson:
      `{"type":"AssumedRole","principalId":"${role.id}:${name}","arn":"${arn}",` +
      `"accountId":"${account.id}","accessKeyId":"${signedWith}","sessionContext":{"sessionIssuer":` +
      `{"type":"Role","principalId":"${role.id}","arn":"${role.arn}","accountId":"${account.id}","userName":"${role.name}"},` +
      `"attributes":{"creationDate":"${isoTime(time)}","mfaAuthenticated":"${mfa}"}${contextJson}}${scopeJson}}`,
    identity: role.arn,
    arn,
    account: account.id,
    session: key,
  };
}

/** Characters of a session token. */
const sessionToken = 420;

/** The sts call that takes on a role; its response holds the key. */
export function issuing(
  random: Random,
  name: "AssumeRole" | "AssumeRoleWithSAML" | "AssumeRoleWithWebIdentity",
  session: RoleSession,
  hours: number,
): Call {
  const { account, role, time, key } = session;
  const arn = `arn:aws:sts::${account.id}:assumed-role/${role.name}/${session.name}`;
  const how = {
    AssumeRole: "",
    AssumeRoleWithSAML: `"principalArn":"arn:aws:iam::${account.id}:saml-provider/corp-idp",`,
    AssumeRoleWithWebIdentity: "",
  }[name];
  return {
    service: "sts",
    name,
    readOnly: true,
    issues: key,
    requestJson: `{${how}"roleArn":"${role.arn}","roleSessionName":"${session.name}","durationSeconds":${hours * 3600}}`,
    responseJson: `{"credentials":{"accessKeyId":"${key}","sessionToken":"${random.base64(sessionToken)}","expiration":"${awsDate(time + hours * 3_600_000)}"},"assumedRoleUser":{"assumedRoleId":"${role.id}:${session.name}","arn":"${arn}"}}`,
    resourcesJson: `[{"accountId":"${account.id}","type":"AWS::IAM::Role","ARN":"${role.arn}"}]`,
  };
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** As sts writes expirations: `Jun 3, 2024, 7:05:09 AM`. */
function awsDate(time: number): string {
  const date = new Date(time);
  const hours = date.getUTCHours();
  const clock = `${hours % 12 || 12}:${isoTime(time).slice(14, 19)} ${hours < 12 ? "AM" : "PM"}`;
  return `${months[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}, ${clock}`;
}

type OpenSession = (random: Random, world: World, account: Account, time: number) => Session;

const onInstance: OpenSession = (random, world, account, time) => {
  const role = random.pick(account.instanceRoles);
  const session: RoleSession = {
    account,
    role,
    name: random.pick(account.instances),
    time,
    key: random.uniqueId("ASIA"),
    contextJson: ',"ec2RoleDelivery":"2.0"',
  };
  const inside = random.chance(0.3);
  return {
    caller: {
      ...roleIdentity(session),
      kind: "workload",
      address: inside
        ? `10.${random.between(20, 23)}.${random.below(64)}.${random.between(4, 250)}`
        : random.pick(world.gateways),
      agent: sdkAgent(random),
      tlsVersion: "TLSv1.3",
      ...(inside ? { vpcEndpoint: random.pick(account.endpoints) } : {}),
    },
    opening: {
      caller: serviceCaller(account.id, "ec2.amazonaws.com"),
      call: issuing(random, "AssumeRole", session, 6),
    },
    until: time + 6 * 3_600_000,
  };
};

const inFunction: OpenSession = (random, world, account, time) => {
  const name = random.pick(account.functions);
  const role = account.functionRoles.find((each) => each.name === `${name}-fn`);
  if (role === undefined) throw new Error(`no role for function ${name}`);
  const session: RoleSession = {
    account,
    role,
    name,
    time,
    key: random.uniqueId("ASIA"),
    scopeJson: `,"inScopeOf":{"issuerType":"AWS::Lambda::Function","credentialsIssuedTo":"arn:aws:lambda:eu-west-1:${account.id}:function:${name}"}`,
  };
  return {
    caller: {
      ...roleIdentity(session),
      kind: "workload",
      address: random.pick(world.gateways),
      agent: sdkAgent(random),
      tlsVersion: "TLSv1.3",
    },
    opening: {
      caller: serviceCaller(account.id, "lambda.amazonaws.com"),
      call: issuing(random, "AssumeRole", session, 12),
    },
    until: time + 8 * 3_600_000,
  };
};

const byPerson: OpenSession = (random, world, account, time) => {
  const person = random.pick(world.people);
  const session: RoleSession = {
    account,
    role: random.pick(account.peopleRoles),
    name: person.name,
    time,
    key: random.uniqueId("ASIA"),
  };
  const viaConsole = random.chance(0.5);
  return {
    caller: {
      ...roleIdentity(session),
      kind: "person",
      address: person.address,
      agent: random.pick(viaConsole ? browserAgents : cliAgents),
      namesCommand: !viaConsole,
      viaConsole,
      tlsVersion: "TLSv1.3",
    },
    opening: {
      caller: {
        kind: "person",
        identityJson: `{"type":"SAMLUser","principalId":"corp-idp:${person.name}","userName":"${person.name}","identityProvider":"corp-idp"}`,
        identity: `corp-idp:${person.name}`,
        arn: person.name,
        account: account.id,
        address: person.address,
        agent: "aws-internal/3 aws-sdk-java/1.12.720 Linux/5.10 OpenJDK_64-Bit_Server_VM/17.0.11",
        tlsVersion: "TLSv1.3",
      },
      call: issuing(random, "AssumeRoleWithSAML", session, 8),
    },
    until: time + 4 * 3_600_000,
  };
};

const byPipeline: OpenSession = (random, _world, account, time) => {
  const role = random.pick(account.pipelineRoles);
  const subject = `repo:example-corp/${role.name.split("-")[1]}:ref:refs/heads/main`;
  const session: RoleSession = {
    account,
    role,
    name: "GitHubActions",
    time,
    key: random.uniqueId("ASIA"),
    contextJson:
      ',"webIdFederationData":{"federatedProvider":"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com","attributes":{}}',
  };
  const address = `192.0.2.${random.between(1, 250)}`;
  return {
    caller: {
      ...roleIdentity(session),
      kind: "pipeline",
      address,
      agent: pipelineAgent(random),
      tlsVersion: "TLSv1.3",
    },
    opening: {
      caller: {
        kind: "pipeline",
        identityJson: `{"type":"WebIdentityUser","principalId":"token.actions.githubusercontent.com:sts.amazonaws.com:${subject}","userName":"${subject}","identityProvider":"token.actions.githubusercontent.com"}`,
        identity: `token.actions.githubusercontent.com:sts.amazonaws.com:${subject}`,
        arn: subject,
        account: account.id,
        address,
        agent:
          "aws-sdk-nodejs/2.1396.0 linux/v20.13.1 configure-aws-credentials-for-github-actions",
        tlsVersion: "TLSv1.3",
      },
      call: issuing(random, "AssumeRoleWithWebIdentity", session, 1),
    },
    until: time + 3_600_000,
  };
};

const byUser: OpenSession = (random, _world, account, time) => {
  const user = random.pick(account.users);
  const session: RoleSession = {
    account,
    role: random.pick(account.instanceRoles),
    name: `botocore-session-${Math.floor(time / 1000)}`,
    time,
    key: random.uniqueId("ASIA"),
  };
  const opener = userCaller(account, user, sdkAgent(random));
  const { user: _, ...client } = opener;
  return {
    caller: { ...client, ...roleIdentity(session) },
    opening: { caller: opener, call: issuing(random, "AssumeRole", session, 1) },
    until: time + 3_600_000,
  };
};

const anyKind = weighted<OpenSession>([
  [onInstance, 36],
  [inFunction, 30],
  [byPerson, 18],
  [byPipeline, 9],
  [byUser, 7],
]);

const inPassing = weighted<OpenSession>([
  [onInstance, 25],
  [inFunction, 50],
  [byPipeline, 15],
  [byPerson, 5],
  [byUser, 5],
]);

/** One of the many sessions that come and go: most are for what runs in a service. */
export const openPassingSession: OpenSession = (...setting) => inPassing(setting[0])(...setting);

export function openSession(random: Random, world: World, account: Account, time: number): Session {
  return anyKind(random)(random, world, account, time);
}

/** A console sign-in; one in seven has the wrong password. */
export function signIn(random: Random, account: Account): { caller: Caller; call: Call } {
  const user = random.pick(account.users);
  const failed = random.chance(0.14);
  const mfa = random.chance(0.7) ? "Yes" : "No";
  return {
    caller: {
      kind: "person",
      identityJson: `{"type":"IAMUser","principalId":"${user.id}",${failed ? "" : `"arn":"${user.arn}",`}"accountId":"${account.id}",${failed ? '"accessKeyId":"",' : ""}"userName":"${user.name}"}`,
      identity: failed ? user.id : user.arn,
      arn: user.arn,
      account: account.id,
      user: user.name,
      address: user.address,
      agent: random.pick(browserAgents),
      tlsVersion: "TLSv1.3",
    },
    call: {
      service: "signin",
      name: "ConsoleLogin",
      type: "AwsConsoleSignIn",
      readOnly: false,
      requestJson: "null",
      responseJson: `{"ConsoleLogin":"${failed ? "Failure" : "Success"}"}`,
      additionalJson: `{"LoginTo":"https://console.aws.amazon.com/console/home?hashArgs=%23&isauthcode=true&state=hashArgsFromTB_eu-west-1_${random.hex(16)}","MobileVersion":"No","MFAUsed":"${mfa}"}`,
      ...(failed ? { error: { message: "Failed authentication" } } : {}),
    },
  };
}
