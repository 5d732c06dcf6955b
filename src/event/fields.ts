/**
 * The field catalogue: every CloudTrail field a question may name.
 *
 * One row per field. The command line, the column store and the matcher all read this table, so a new
 * field is one new row here and nothing else. Rows keep the order in which `--help` and
 * `trailhound fields` list them.
 */

import type { NameKind } from "./names.ts";

/** One place in the record, and which names a value found there goes by. */
export interface Source {
  /** Dotted, spelled as CloudTrail spells it. */
  readonly path: string;
  /** Without it the value itself is the only name. */
  readonly names?: NameKind;
}

/** A command-line flag that filters by the field. */
interface Flag {
  readonly long: string;
  readonly short?: string;
  readonly argument: string;
  /**
   * What `a,b` means: `values`, one of two, because no value holds a comma; `names`, one of two or a
   * name with a comma in it. Without it a comma is like any other character.
   */
  readonly commas?: "values" | "names";
}

export interface Field {
  readonly sources: readonly Source[];
  /**
   * `first`: the value is that of the first source present. `any`: the field has the values of all
   * sources, so a test fits if one does.
   */
  readonly take: "first" | "any";
  /**
   * `text`, `address` and `time` are read straight from the sources. The others are worked out of
   * them by `event/` (`outcome.ts`, `access.ts`, `mfa.ts`, `address-class.ts`,
   * `verb-classes.ts`, `via.ts`) and have the few values named there, or looked up (`geo.ts`).
   */
  readonly type:
    | "text"
    | "address"
    | "time"
    | "outcome"
    | "readOnly"
    | "mfa"
    | "verbClass"
    | "addressClass"
    | "via"
    | "country"
    | "network";
  /** All values that there are, for a text; another one in a question is a slip. */
  readonly closed?: readonly string[];
  readonly flag?: Flag;
  /** One line for `--help`, in the investigator's words. */
  readonly help: string;
}

const issuer = "userIdentity.sessionContext.sessionIssuer";

const identityTypes = [
  ...["Root", "IAMUser", "AssumedRole", "Role", "FederatedUser", "SAMLUser", "WebIdentityUser"],
  ...["IdentityCenterUser", "Directory", "AWSAccount", "AWSService", "Unknown"],
] as const;

export const fields = {
  eventTime: {
    sources: [{ path: "eventTime" }],
    take: "first",
    type: "time",
    help: "when the call was completed (UTC)",
  },
  eventName: {
    sources: [{ path: "eventName", names: "event" }],
    take: "first",
    type: "text",
    flag: { long: "--event", short: "-e", argument: "<name>", commas: "values" },
    help: "the operation: DeleteBucket, 'Delete*'",
  },
  eventSource: {
    sources: [{ path: "eventSource", names: "service" }],
    take: "first",
    type: "text",
    flag: { long: "--service", argument: "<service>", commas: "values" },
    help: "the service called: ec2 or ec2.amazonaws.com",
  },
  verbClass: {
    sources: [{ path: "eventName" }],
    take: "first",
    type: "verbClass",
    flag: { long: "--class", argument: "<class>", commas: "values" },
    help: "what its name says it does: destroy, weaken, create, change, expose, identity, read",
  },
  user: {
    sources: [
      { path: "userIdentity.userName" },
      { path: "userIdentity.arn", names: "arn" },
      { path: "userIdentity.principalId", names: "principal" },
      { path: "userIdentity.accessKeyId" },
      { path: `${issuer}.userName` },
      { path: `${issuer}.arn`, names: "arn" },
      { path: `${issuer}.principalId` },
      { path: "userIdentity.sessionContext.sourceIdentity" },
      { path: "userIdentity.onBehalfOf.userId" },
    ],
    take: "any",
    type: "text",
    flag: { long: "--user", short: "-u", argument: "<who>", commas: "names" },
    help: "who called: a name, ARN, role or session name, principal id or access key id",
  },
  identity: {
    sources: [
      { path: `${issuer}.arn` },
      { path: "userIdentity.arn" },
      { path: "userIdentity.invokedBy" },
      { path: "userIdentity.principalId" },
      { path: "userIdentity.userName" },
      { path: "userIdentity.accountId" },
    ],
    take: "first",
    type: "text",
    help: "who called, for counting: the role for a role's session, else the user",
  },
  role: {
    sources: [
      { path: `${issuer}.arn`, names: "role" },
      { path: "userIdentity.arn", names: "role" },
    ],
    take: "any",
    type: "text",
    flag: { long: "--role", argument: "<role>", commas: "names" },
    help: "the role behind the session: its name or ARN",
  },
  session: {
    sources: [
      { path: "userIdentity.arn", names: "session" },
      { path: "userIdentity.principalId", names: "session" },
    ],
    take: "any",
    type: "text",
    flag: { long: "--session", argument: "<name>", commas: "names" },
    help: "the session name, as whoever assumed the role chose it",
  },
  accessKeyId: {
    sources: [{ path: "userIdentity.accessKeyId" }],
    take: "first",
    type: "text",
    flag: { long: "--access-key", argument: "<id>", commas: "values" },
    help: "the access key the call was signed with",
  },
  account: {
    sources: [{ path: "recipientAccountId" }, { path: "userIdentity.accountId" }],
    take: "any",
    type: "text",
    flag: { long: "--account", argument: "<id>", commas: "values" },
    help: "an account on either side: the caller's or the one that got the event",
  },
  recipientAccountId: {
    sources: [{ path: "recipientAccountId" }, { path: "userIdentity.accountId" }],
    take: "first",
    type: "text",
    help: "the account whose trail got the event (the caller's on records before 1.02)",
  },
  identityType: {
    sources: [{ path: "userIdentity.type" }],
    take: "first",
    type: "text",
    flag: { long: "--identity-type", argument: "<type>", commas: "values" },
    closed: identityTypes,
    help: "Root, IAMUser, AssumedRole, AWSService, ...",
  },
  sourceIPAddress: {
    sources: [{ path: "sourceIPAddress" }],
    take: "first",
    type: "address",
    flag: { long: "--ip", argument: "<address>", commas: "values" },
    help: "where it came from: an address, CIDR block, range a-b, or a service's name",
  },
  addressClass: {
    sources: [{ path: "sourceIPAddress" }, { path: "vpcEndpointId" }],
    take: "first",
    type: "addressClass",
    flag: { long: "--address-class", argument: "<class>", commas: "values" },
    help: "public, private, reserved, vpc-endpoint, aws-service, aws-internal or invalid",
  },
  country: {
    sources: [{ path: "sourceIPAddress" }, { path: "vpcEndpointId" }],
    take: "first",
    type: "country",
    help: "the country of a public address, as the database given with --geoip has it",
  },
  network: {
    sources: [{ path: "sourceIPAddress" }, { path: "vpcEndpointId" }],
    take: "first",
    type: "network",
    help: "the network of a public address, number first, from --geoip: AS64496 Example Net",
  },
  awsRegion: {
    sources: [{ path: "awsRegion" }],
    take: "first",
    type: "text",
    flag: { long: "--region", argument: "<region>", commas: "values" },
    help: "the region of the call (IAM and other global services: us-east-1)",
  },
  outcome: {
    sources: [
      { path: "errorCode" },
      { path: "errorMessage" },
      // Sign-ins say it in a word, under the name of the event.
      { path: "responseElements.ConsoleLogin" },
      { path: "responseElements.CheckMfa" },
      { path: "responseElements.SwitchRole" },
      { path: "serviceEventDetails.CredentialVerification" },
      { path: "serviceEventDetails.UserAuthentication" },
    ],
    take: "first",
    type: "outcome",
    flag: { long: "--outcome", argument: "<outcome>", commas: "values" },
    help: "success, denied, failed or dry-run",
  },
  errorCode: {
    sources: [{ path: "errorCode", names: "error" }],
    take: "first",
    type: "text",
    flag: { long: "--error", argument: "<code>", commas: "values" },
    help: "the error code: AccessDenied, '*NotFound*'",
  },
  readOnly: {
    sources: [{ path: "readOnly" }, { path: "eventName" }],
    take: "first",
    type: "readOnly",
    help: "true for calls that only read; from the event name on records that do not say",
  },
  userAgent: {
    sources: [{ path: "userAgent" }],
    take: "first",
    type: "text",
    flag: { long: "--user-agent", argument: "<text>" },
    help: "the client, as it called itself: 'aws-cli*'",
  },
  via: {
    sources: [
      { path: "userAgent" },
      { path: "eventType" },
      { path: "eventSource" },
      { path: "userIdentity.invokedBy" },
      { path: "userIdentity.type" },
      { path: "sessionCredentialFromConsole" },
    ],
    take: "first",
    type: "via",
    flag: { long: "--via", argument: "<means>", commas: "values" },
    help: "by what means: console, cli, sdk, iac, service or agent; nothing where none is known",
  },
  signInSession: {
    sources: [{ path: "userIdentity.sessionContext.signInSessionArn" }],
    take: "first",
    type: "text",
    help: "the sign-in that the session comes from, by its ARN: an agent has one of its own",
  },
  mfa: {
    sources: [
      { path: "additionalEventData.MFAUsed" },
      { path: "userIdentity.sessionContext.attributes.mfaAuthenticated" },
    ],
    take: "first",
    type: "mfa",
    flag: { long: "--mfa", argument: "<yes|no>", commas: "values" },
    help: "whether the session or sign-in used multi-factor authentication",
  },
  sessionStart: {
    sources: [{ path: "userIdentity.sessionContext.attributes.creationDate" }],
    take: "first",
    type: "text",
    help: "when the credentials of the session were issued, as the record spells it",
  },
  ec2RoleDelivery: {
    sources: [{ path: "userIdentity.sessionContext.ec2RoleDelivery" }],
    take: "first",
    type: "text",
    help: "how an instance was given the credentials: 1.0 or 2.0 of its metadata service",
  },
  eventID: {
    sources: [{ path: "eventID" }],
    take: "first",
    type: "text",
    flag: { long: "--id", argument: "<eventID>", commas: "values" },
    help: "one event by its eventID",
  },
  eventType: {
    sources: [{ path: "eventType" }],
    take: "first",
    type: "text",
    help: "AwsApiCall, AwsServiceEvent, AwsConsoleSignIn, ...",
  },
  eventCategory: {
    sources: [{ path: "eventCategory" }],
    take: "first",
    type: "text",
    closed: ["Management", "Data", "NetworkActivity", "Insight", "Aggregated", "ActivityAuditLog"],
    help: "Management, Data, NetworkActivity or Insight (since eventVersion 1.07)",
  },
  omitted: {
    sources: [
      { path: "requestParameters.omitted" },
      { path: "responseElements.omitted" },
      { path: "additionalEventData.omitted" },
    ],
    take: "first",
    type: "text",
    help: "true where CloudTrail left out a part of the record for its size",
  },
  addendum: {
    sources: [{ path: "addendum.reason" }],
    take: "first",
    type: "text",
    help: "why the record came late or corrects another: DELIVERY_DELAY, UPDATED_DATA, ...",
  },
  invokedBy: {
    sources: [{ path: "userIdentity.invokedBy" }],
    take: "first",
    type: "text",
    help: "the AWS service that made the call for someone",
  },
  vpcEndpointId: {
    sources: [{ path: "vpcEndpointId" }],
    take: "first",
    type: "text",
    help: "the VPC endpoint the call came through",
  },
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof fields;

export const fieldNames = Object.keys(fields) as readonly FieldName[];
