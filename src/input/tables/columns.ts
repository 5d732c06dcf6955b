/**
 * The columns of tables of CloudTrail events, and what they hold.
 *
 * Names are compared without case, blanks and underscores, so that Athena's `useragent`, the console's
 * "User agent" and `user_agent` are one. Nested fields may have columns of their own, spelled in one:
 * `userIdentity.arn`, `UserIdentityArn`. (Athena: the guide's table for CloudTrail logs; Lake: its
 * schema of event records; the console's Event history: its download as CSV.)
 */

import type { Member, Shape } from "./struct-text.ts";

const text: Shape = { kind: "text" };
const flag: Shape = { kind: "flag" };
const time: Shape = { kind: "time" };
const map: Shape = { kind: "map" };

type Members = Readonly<Record<string, Shape>>;

function struct(members: Members): Shape {
  return { kind: "struct", members: byFoldedName(members) };
}

function texts(names: string): Members {
  return Object.fromEntries(names.split(" ").map((name) => [name, text]));
}

function byFoldedName(members: Members): ReadonlyMap<string, Member> {
  const entries = Object.entries(members);
  return new Map(entries.map(([name, shape]) => [name.toLowerCase(), { name, shape }]));
}

const sessionContext = struct({
  attributes: struct({ ...texts("mfaAuthenticated"), creationDate: time }),
  sessionIssuer: struct(texts("type principalId arn accountId userName")),
  webIdFederationData: struct({ ...texts("federatedProvider"), attributes: map }),
  ...texts("sourceIdentity ec2RoleDelivery ec2IssuedInVpc assumedRoot signInSessionArn"),
});

const identityTexts =
  "type principalId arn accountId invokedBy accessKeyId userName credentialId identityProvider";

export const userIdentity = struct({
  ...texts(identityTexts),
  onBehalfOf: struct(texts("userId identityStoreArn")),
  inScopeOf: struct(texts("sourceArn sourceAccount issuerType credentialsIssuedTo")),
  invokedByDelegate: struct(texts("accountId")),
  sessionContext,
});

const resources: Shape = {
  kind: "list",
  of: struct(texts("ARN ARNPrefix accountId type")),
};

/** Of a whole record, each with its shape. `map`: an object of whatever keys, as JSON if it can be. */
const members: Members = {
  ...texts("eventVersion eventSource eventName awsRegion sourceIPAddress userAgent errorCode"),
  ...texts("errorMessage requestID eventID eventType apiVersion recipientAccountId"),
  ...texts("sharedEventID vpcEndpointId vpcEndpointAccountId eventCategory annotation"),
  userIdentity,
  eventTime: time,
  requestParameters: map,
  responseElements: map,
  additionalEventData: map,
  serviceEventDetails: map,
  resources,
  readOnly: flag,
  managementEvent: flag,
  sessionCredentialFromConsole: text,
  tlsDetails: struct(texts("tlsVersion cipherSuite clientProvidedHostHeader keyExchange")),
  edgeDeviceDetails: map,
  addendum: struct(texts("reason updatedFields originalRequestID originalEventID")),
  eventContext: map,
  insightDetails: map,
};

const record: Shape = struct(members);

/** Where in a record the value of a column belongs. */
export interface Column {
  readonly path: readonly string[];
  readonly shape: Shape;
}

const columns: ReadonlyMap<string, Column> = new Map(
  [...columnsWithin(record, [])].map((column) => [folded(column.path.join("")), column]),
);

function* columnsWithin(shape: Shape, above: readonly string[]): Generator<Column> {
  if (shape.kind !== "struct") return;
  for (const { name, shape: inner } of shape.members.values()) {
    const path = [...above, name];
    yield { path, shape: inner };
    yield* columnsWithin(inner, path);
  }
}

/** What others call them: the console's Event history, Sentinel, Steampipe, CloudQuery. */
const otherNames: Readonly<Record<string, string>> = {
  username: "userIdentity.userName",
  awsaccesskey: "userIdentity.accessKeyId",
  accesskeyid: "userIdentity.accessKeyId",
  region: "awsRegion",
  awseventid: "eventID",
  eventtypename: "eventType",
  timegenerated: "eventTime",
  sessionmfaauthenticated: "userIdentity.sessionContext.attributes.mfaAuthenticated",
  sessioncreationdate: "userIdentity.sessionContext.attributes.creationDate",
  sessionissuertype: "userIdentity.sessionContext.sessionIssuer.type",
  sessionissuerprincipalid: "userIdentity.sessionContext.sessionIssuer.principalId",
  sessionissuerarn: "userIdentity.sessionContext.sessionIssuer.arn",
  sessionissueraccountid: "userIdentity.sessionContext.sessionIssuer.accountId",
  sessionissuerusername: "userIdentity.sessionContext.sessionIssuer.userName",
};

/** Columns whose value is the whole event. */
const wholeEvents = new Set(["eventjson", "cloudtrailevent", "eventoriginal"]);

/** A column that holds something of an event; `event`: all of it. Undefined: none that is known. */
export function columnOf(name: string): Column | "event" | undefined {
  const key = folded(name);
  if (wholeEvents.has(key)) return "event";
  return columns.get(folded(otherNames[key] ?? name)) ?? inner(name);
}

/** One parameter of a call, `requestParameters.bucketName`. */
function inner(name: string): Column | undefined {
  const [first = "", ...rest] = name.split(".");
  const column = columns.get(folded(first));
  const isInner = rest.length > 0 && column?.shape.kind === "map";
  return isInner ? { path: [...column.path, ...rest], shape: text } : undefined;
}

function folded(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}

/** Those without which a record is one in part: questions are answered from them. */
export const askedOf: readonly string[] = [
  ...["userIdentity", "sourceIPAddress", "userAgent", "errorCode", "errorMessage"],
  ...["requestParameters", "responseElements", "resources", "additionalEventData"],
  ...["serviceEventDetails", "recipientAccountId", "awsRegion", "eventID"],
];

const telling = new Set(["eventName", "eventTime", "eventSource", "userIdentity"]);

/** Whether these are columns of a table of CloudTrail events. */
export function areOfEvents(names: readonly string[]): boolean {
  const known = names.map(columnOf);
  if (known.includes("event")) return true;
  const fields = new Set(
    known.flatMap((column) => (column === "event" ? [] : (column?.path[0] ?? []))),
  );
  const says = [...telling].filter((name) => fields.has(name)).length;
  return fields.size >= 3 && fields.has("eventName") && says >= 2;
}
