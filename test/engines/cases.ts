/**
 * What every engine must answer over one small set of events: filters, listings, groups, histograms.
 *
 * The events are named by their `eventID`, and stand in the order in which a listing gives them: by
 * time, then id, those without a readable time last. Give them to an engine in another one.
 */

import type { FieldName } from "../../src/event/fields.ts";
import type { CloudTrailRecord, JsonObject } from "../../src/event/record.ts";
import type { Filter, Subject } from "../../src/query/filter.ts";
import { type FlagValues, filterFromFlags } from "../../src/query/flags.ts";
import type {
  Bucket,
  EventsQuery,
  Group,
  GroupsQuery,
  HistogramQuery,
} from "../../src/query/query.ts";

export interface FilterCase {
  readonly name: string;
  readonly filter: Filter;
  readonly ids: readonly string[];
}

const production = "111122223333";
const partner = "444455556666";
const day = "2026-11-05";

/** Two events that only their ids put in order, and the order of GUIDs is one that every engine has. */
const bare = "5eb63bbb-e01e-4eed-893c-b22bb8f5acd0";
const timeless = "5eb63bbb-e01e-4eed-893c-b22bb8f5acd1";

function event(eventID: string, time: string, parts: JsonObject): CloudTrailRecord {
  return {
    eventVersion: "1.11",
    eventTime: `${day}T${time}Z`,
    awsRegion: "us-east-1",
    userAgent: "aws-cli/2.17.0 md/awscrt",
    eventType: "AwsApiCall",
    eventCategory: "Management",
    recipientAccountId: production,
    eventID,
    ...parts,
  };
}

const maria: JsonObject = {
  type: "IAMUser",
  principalId: "AIDAEXAMPLEMARIA",
  arn: `arn:aws:iam::${production}:user/staff/maria`,
  accountId: production,
  accessKeyId: "AKIAEXAMPLEMARIA",
  userName: "maria",
  sessionContext: { attributes: { mfaAuthenticated: "true" } },
};

function roleSession(role: string, session: string): JsonObject {
  return {
    type: "AssumedRole",
    principalId: `AROAEXAMPLE${role.toUpperCase()}:${session}`,
    arn: `arn:aws:sts::${production}:assumed-role/${role}/${session}`,
    accountId: production,
    accessKeyId: `ASIAEXAMPLE${role.toUpperCase()}`,
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        principalId: `AROAEXAMPLE${role.toUpperCase()}`,
        arn: `arn:aws:iam::${production}:role/${role}`,
        userName: role,
      },
      attributes: { mfaAuthenticated: "false" },
    },
  };
}

const instances = {
  instancesSet: { items: [{ instanceId: "i-0aaa1111" }, { instanceId: "i-0bbb2222" }] },
};

export const events: readonly CloudTrailRecord[] = [
  event("create-table", "08:30:00", {
    awsRegion: "eu-west-1",
    eventSource: "dynamodb.amazonaws.com",
    eventName: "CreateTable",
    userIdentity: maria,
    sourceIPAddress: "203.0.113.7",
    readOnly: false,
    requestParameters: { tableName: "orders", provisionedThroughput: { readCapacityUnits: 100 } },
    responseElements: {
      tableDescription: { tableArn: `arn:aws:dynamodb:eu-west-1:${production}:table/orders` },
    },
  }),
  event("read-policy", "08:45:00", {
    eventSource: "s3.amazonaws.com",
    eventName: "GetBucketPolicy",
    userIdentity: roleSession("Audit", "eve@example.com"),
    sourceIPAddress: "198.51.100.23",
    userAgent: "[Boto3/1.34.0 Python/3.12]",
    readOnly: true,
    requestParameters: { bucketName: "orders-archive", policy: "" },
    resources: [{ ARN: "arn:aws:s3:::orders-archive", accountId: production }],
  }),
  event("denied", "09:10:00", {
    eventSource: "s3.amazonaws.com",
    eventName: "DeleteBucket",
    userIdentity: roleSession("Deploy", "ci-42"),
    sourceIPAddress: "198.51.100.40",
    readOnly: false,
    errorCode: "AccessDenied",
    errorMessage:
      `User: arn:aws:sts::${production}:assumed-role/Deploy/ci-42 is not authorized to perform: ` +
      'on resource: "arn:aws:s3:::orders-archive" because no identity-based policy allows it',
  }),
  event("deleted", "09:12:00", {
    eventSource: "s3.amazonaws.com",
    eventName: "DeleteBucket",
    userIdentity: maria,
    sourceIPAddress: "::ffff:203.0.113.7",
    readOnly: false,
    requestParameters: { bucketName: "orders-archive" },
  }),
  event("deleted-other", "09:13:00", {
    eventSource: "s3.amazonaws.com",
    eventName: "DeleteBucket",
    userIdentity: maria,
    sourceIPAddress: "203.0.113.250",
    readOnly: false,
    requestParameters: { bucketName: "orders-archive-tmp" },
  }),
  event("dry-run", "09:20:00", {
    eventSource: "ec2.amazonaws.com",
    eventName: "TerminateInstances",
    userIdentity: roleSession("Deploy", "ci-42"),
    sourceIPAddress: "198.51.100.40",
    readOnly: false,
    errorCode: "Client.DryRunOperation",
    errorMessage: "Request would have succeeded, but DryRun flag is set.",
    requestParameters: instances,
  }),
  event("terminated", "09:21:00", {
    eventSource: "ec2.amazonaws.com",
    eventName: "TerminateInstances",
    userIdentity: { ...roleSession("Deploy", "ci-42"), invokedBy: "cloudformation.amazonaws.com" },
    sourceIPAddress: "cloudformation.amazonaws.com",
    userAgent: "cloudformation.amazonaws.com",
    readOnly: false,
    requestParameters: { instancesSet: { items: [{ instanceId: "i-0aaa1111" }] } },
  }),
  event("sign-in-failed", "09:39:00", {
    eventSource: "signin.amazonaws.com",
    eventName: "ConsoleLogin",
    eventType: "AwsConsoleSignIn",
    userIdentity: {
      type: "IAMUser",
      accountId: production,
      accessKeyId: "",
      userName: "HIDDEN_DUE_TO_SECURITY_REASONS",
    },
    sourceIPAddress: "2001:db8:ffff::1",
    errorMessage: "Failed authentication",
    responseElements: { ConsoleLogin: "Failure" },
    additionalEventData: { MFAUsed: "No" },
  }),
  event("sign-in", "09:40:00", {
    eventSource: "signin.amazonaws.com",
    eventName: "ConsoleLogin",
    eventType: "AwsConsoleSignIn",
    userIdentity: {
      type: "Root",
      principalId: production,
      arn: `arn:aws:iam::${production}:root`,
      accountId: production,
      accessKeyId: "",
    },
    sourceIPAddress: "2001:db8::17",
    responseElements: { ConsoleLogin: "Success" },
    additionalEventData: { MFAUsed: "Yes" },
  }),
  event("throttled", "10:00:00", {
    eventSource: "lambda.amazonaws.com",
    eventName: "ListFunctions20150331",
    userIdentity: roleSession("Audit", "eve@example.com"),
    sourceIPAddress: "AWS Internal",
    errorCode: "ThrottlingException",
    errorMessage: "Rate exceeded",
  }),
  event("partner-assumes", "10:05:00", {
    eventSource: "sts.amazonaws.com",
    eventName: "AssumeRole",
    userIdentity: { type: "AWSAccount", principalId: "AIDAEXAMPLEBOB", accountId: partner },
    sourceIPAddress: "192.0.2.55",
    vpcEndpointId: "vpce-0123",
    readOnly: true,
    requestParameters: {
      roleArn: `arn:aws:iam::${production}:role/Deploy`,
      roleSessionName: "bob",
    },
  }),
  event("partner-side", "10:05:30", {
    awsRegion: "eu-central-1",
    eventSource: "kms.amazonaws.com",
    eventName: "ScheduleKeyDeletion",
    userIdentity: {
      type: "IAMUser",
      arn: `arn:aws:iam::${partner}:user/bob`,
      accountId: partner,
      accessKeyId: "AKIAEXAMPLEBOB",
      userName: "bob",
      sessionContext: { sourceIdentity: "bob@example.com" },
    },
    sourceIPAddress: "192.0.2.55",
    recipientAccountId: partner,
    readOnly: false,
    requestParameters: { keyId: "alias/payroll", pendingWindowInDays: 7 },
  }),
  event("anonymous-read", "10:10:00", {
    eventSource: "s3.amazonaws.com",
    eventName: "GetObject",
    eventCategory: "Data",
    userIdentity: { type: "AWSAccount", principalId: "", accountId: "anonymous" },
    sourceIPAddress: "192.0.2.200",
    requestParameters: { bucketName: "public-site", key: "reports/2026/q3.pdf" },
  }),
  event("odd-values", "10:20:00", {
    eventSource: null,
    eventName: 42,
    userIdentity: null,
    sourceIPAddress: { v4: "203.0.113.7" },
    userAgent: ["curl/8.9", "jq"],
    errorCode: "",
    readOnly: "true",
    requestParameters: ["orders", { count: 100 }, null],
  }),
  event("unicode", "10:30:00", {
    eventSource: "s3.amazonaws.com",
    eventName: "PutBucketAcl",
    userIdentity: { type: "IAMUser", userName: "Zoë", accountId: production },
    sourceIPAddress: "203.0.113.7",
    userAgent: 'say "hi" \\ <now> 🚀\n',
    requestParameters: { bucketName: "grüße/straße", "x-amz-acl": "private" },
  }),
  event("numbers", "11:59:59", {
    eventSource: "ec2.amazonaws.com",
    eventName: "AuthorizeSecurityGroupIngress",
    userIdentity: maria,
    sourceIPAddress: "203.0.113.7",
    requestParameters: {
      groupId: "sg-0ccc3333",
      since: "2026-11-01T00:00:00Z",
      items: [
        { fromPort: 22, cidrIp: "10.0.0.0/8" },
        { fromPort: "8080", cidrIp: "198.51.100.7" },
      ],
    },
  }),
  { eventID: bare },
  event(timeless, "", {
    eventTime: "yesterday",
    eventSource: "cloudtrail.amazonaws.com",
    eventName: "DeleteTrail",
    userIdentity: {
      type: "IdentityCenterUser",
      onBehalfOf: { userId: "user-7" },
      accountId: production,
    },
    requestParameters: { name: "org-trail" },
  }),
];

const all = [
  ...["create-table", "read-policy", "denied", "deleted", "deleted-other", "dry-run", "terminated"],
  ...["sign-in-failed", "sign-in", "throttled", "partner-assumes", "partner-side"],
  ...["anonymous-read", "odd-values", "unicode", "numbers", bare, timeless],
];

function but(...ids: readonly string[]): readonly string[] {
  return all.filter((id) => !ids.includes(id));
}

function flag(
  name: string,
  field: FieldName,
  values: string | readonly string[],
  ...ids: readonly string[]
): FilterCase {
  return flags(name, { fields: { [field]: [values].flat() } }, ...ids);
}

function flags(name: string, given: FlagValues, ...ids: readonly string[]): FilterCase {
  return { name, filter: filterFromFlags(given), ids };
}

function where(expression: string, ...ids: readonly string[]): FilterCase {
  return { name: expression, filter: filterFromFlags({ where: [expression] }), ids };
}

function resource(name: string, text: string, ...ids: readonly string[]): FilterCase {
  return flags(name, { resource: [text] }, ...ids);
}

const byMaria = ["create-table", "deleted", "deleted-other", "numbers"];
const byDeploy = ["denied", "dry-run", "terminated"];
const byAudit = ["read-policy", "throttled"];
const failures = ["denied", "dry-run", "sign-in-failed", "throttled"];
const nine = at("09:00");
const minute = 60_000;

export const filterCases: readonly FilterCase[] = [
  { name: "everything", filter: { kind: "every", filters: [] }, ids: all },
  { name: "nothing", filter: { kind: "some", filters: [] }, ids: [] },
  { name: "not nothing", filter: { kind: "not", filter: { kind: "some", filters: [] } }, ids: all },

  flag("event name", "eventName", "DeleteBucket", "denied", "deleted", "deleted-other"),
  flag(
    "event name in other case",
    "eventName",
    "deletebucket",
    "denied",
    "deleted",
    "deleted-other",
  ),
  flag("part of an event name", "eventName", "Delete"),
  flag("event name without API version", "eventName", "ListFunctions", "throttled"),
  flag("event name with API version", "eventName", "listfunctions20150331", "throttled"),
  flag("event name that is a number", "eventName", "42", "odd-values"),
  flag("event name by *", "eventName", "Delete*", "denied", "deleted", "deleted-other", timeless),
  flag("event name by ?", "eventName", "?eleteBucke?", "denied", "deleted", "deleted-other"),
  flag("event names", "eventName", ["GetObject", "42"], "anonymous-read", "odd-values"),
  flag("all but event names", "eventName", "!*e*", "throttled", "odd-values", bare),
  flag(
    "event name, but not that",
    "eventName",
    ["*Bucket*", "!DeleteBucket"],
    "read-policy",
    "unicode",
  ),
  flag("service by short name", "eventSource", "kms", "partner-side"),
  flag("service by full name", "eventSource", "KMS.amazonaws.com", "partner-side"),
  flag(
    "services",
    "eventSource",
    ["ec2", "lambda"],
    "dry-run",
    "terminated",
    "throttled",
    "numbers",
  ),
  flag("user by name", "user", "maria", ...byMaria),
  flag("user by ARN", "user", `arn:aws:iam::${production}:user/staff/maria`, ...byMaria),
  flag("user by path and name", "user", "staff/maria", ...byMaria),
  flag("user by access key", "user", "AKIAEXAMPLEMARIA", ...byMaria),
  flag("user by principal id", "user", "AIDAEXAMPLEBOB", "partner-assumes"),
  flag("user by role name", "user", "deploy", ...byDeploy),
  flag("user by session name", "user", "ci-42", ...byDeploy),
  flag("user by role ARN", "user", `arn:aws:iam::${production}:role/Audit`, ...byAudit),
  flag("user by the role's unique id", "user", "AROAEXAMPLEAUDIT", ...byAudit),
  flag("user by source identity", "user", "bob@*", "partner-side"),
  flag("user by Identity Center id", "user", "user-7", timeless),
  flag("user beyond ASCII", "user", "zoë", "unicode"),
  flag("user beyond ASCII in other case", "user", "ZOË"),
  flag("role by name", "role", "Audit", ...byAudit),
  flag("role by ARN", "role", "arn:aws:iam::*:role/Deploy", ...byDeploy),
  flag("role, of which a user has none", "role", "maria"),
  flag("session", "session", "eve@example.com", ...byAudit),
  flag("access key", "accessKeyId", "ASIAEXAMPLE*", "read-policy", ...byDeploy, "throttled"),
  flag("account on either side", "account", partner, "partner-assumes", "partner-side"),
  flag("account that is none", "account", "anonymous", "anonymous-read"),
  flag("account that got the event", "recipientAccountId", partner, "partner-side"),
  flag("identity type", "identityType", "root", "sign-in"),
  flag("region", "awsRegion", "eu-*", "create-table", "partner-side"),
  flag("error code", "errorCode", "AccessDenied", "denied"),
  flag("error code without whose fault it was", "errorCode", "DryRunOperation", "dry-run"),
  flag("error code that is empty", "errorCode", "*", "denied", "dry-run", "throttled"),
  flag("client", "userAgent", "*boto3*", "read-policy"),
  flag("client, one of several", "userAgent", "jq", "odd-values"),
  flag("client with odd characters", "userAgent", 'say "hi" \\ <now> ?\n', "unicode"),
  flag("eventID in capitals", "eventID", bare.toUpperCase(), bare),
  flag("eventID that is no GUID", "eventID", "Sign-In", "sign-in"),
  flag("event type", "eventType", "AwsConsoleSignIn", "sign-in-failed", "sign-in"),
  flag("event category", "eventCategory", "Data", "anonymous-read"),
  flag("invoking service", "invokedBy", "cloudformation*", "terminated"),
  flag("VPC endpoint", "vpcEndpointId", "vpce-0123", "partner-assumes"),
  flag("time as text", "eventTime", `${day}T09:1*`, "denied", "deleted", "deleted-other"),

  flag(
    "address",
    "sourceIPAddress",
    "203.0.113.7",
    "create-table",
    "deleted",
    "unicode",
    "numbers",
  ),
  flag("address in IPv6", "sourceIPAddress", "2001:DB8:0::17", "sign-in"),
  flag("block", "sourceIPAddress", "198.51.100.0/27", "read-policy"),
  flag("block in IPv6", "sourceIPAddress", "2001:db8::/48", "sign-in"),
  flag(
    "range",
    "sourceIPAddress",
    "192.0.2.55-192.0.2.200",
    "partner-assumes",
    "partner-side",
    "anonymous-read",
  ),
  flag(
    "no address, so no block",
    "sourceIPAddress",
    "0.0.0.0/0",
    ...but("terminated", "sign-in", "sign-in-failed", "throttled", "odd-values", bare, timeless),
  ),
  flag(
    "all but a block",
    "sourceIPAddress",
    "!0.0.0.0/0",
    "terminated",
    "sign-in-failed",
    "sign-in",
    "throttled",
    "odd-values",
    bare,
    timeless,
  ),
  flag("service as source", "sourceIPAddress", "CloudFormation.amazonaws.com", "terminated"),
  flag("AWS itself as source", "sourceIPAddress", "aws internal*", "throttled"),
  flag(
    "address by glob, as logged",
    "sourceIPAddress",
    "203.0.113.*",
    "create-table",
    "deleted-other",
    "unicode",
    "numbers",
  ),

  flag("denied", "outcome", "denied", "denied"),
  flag("failed", "outcome", "failed", "sign-in-failed", "throttled"),
  flag("dry run", "outcome", "dry-run", "dry-run"),
  flag("success", "outcome", "success", ...but(...failures)),
  flag("no success", "outcome", "!success", ...failures),
  flags(
    "read-only",
    { readOnly: true },
    "read-policy",
    "throttled",
    "partner-assumes",
    "anonymous-read",
    "odd-values",
  ),
  flags(
    "writes",
    { readOnly: false },
    ...but("read-policy", "throttled", "partner-assumes", "anonymous-read", "odd-values", bare),
  ),
  flag("with MFA", "mfa", "yes", ...byMaria.slice(0, 3), "sign-in", "numbers"),
  flag(
    "without MFA",
    "mfa",
    "no",
    ...byAudit.slice(0, 1),
    ...byDeploy,
    "sign-in-failed",
    "throttled",
  ),

  flag(
    "destroying",
    "verbClass",
    "destroy",
    "denied",
    "deleted",
    "deleted-other",
    "dry-run",
    "terminated",
    "partner-side",
    timeless,
  ),
  flag(
    "from the internet",
    "addressClass",
    "public",
    ...but("terminated", "throttled", "partner-assumes", "odd-values", bare, timeless),
  ),
  flag(
    "not from the internet",
    "addressClass",
    "!public",
    ...["terminated", "throttled", "partner-assumes", "odd-values", bare, timeless],
  ),
  flag("from within AWS", "addressClass", "aws-*", "terminated", "throttled"),
  flag("through a VPC endpoint", "addressClass", "vpc-endpoint", "partner-assumes"),
  flag("from what is no address", "addressClass", "invalid", "odd-values"),
  where("not exists addressClass", bare, timeless),

  flags("from a time", { from: nine + 81 * minute }, "unicode", "numbers"),
  flags("from a time on", { from: nine + 90 * minute }, "unicode", "numbers"),
  flags("until a time", { until: nine + 10 * minute }, "create-table", "read-policy"),
  flags("in a time", { from: nine + 10 * minute, until: nine + 13 * minute }, "denied", "deleted"),
  where(`not eventTime >= ${day}T00:00:00Z`, bare, timeless),
  where(
    `eventTime > ${day}T09:10:00Z and eventTime <= ${day}T09:13:00Z`,
    "deleted",
    "deleted-other",
  ),

  resource("resource by name", "orders-archive", "read-policy", "denied", "deleted"),
  resource("resource in other case", "Orders-Archive", "read-policy", "denied", "deleted"),
  resource("resource in a case that its service tells apart", "ORDERS"),
  resource("role in another case", "deploy"),
  resource("instance in other case", "I-0BBB2222", "dry-run"),
  flags(
    "resource in any case",
    { resource: ["ORDERS"], ignoreCase: true },
    ...["create-table", "odd-values"],
  ),
  resource("resource by part of its name", "archive"),
  resource("resource by *", "orders-archive*", "read-policy", "denied", "deleted", "deleted-other"),
  resource(
    "resource by ARN, named so or by name",
    "arn:aws:s3:::orders-archive",
    "read-policy",
    "denied",
    "deleted",
  ),
  resource(
    "resource by ARN of another account",
    `arn:aws:dynamodb:eu-west-1:${partner}:table/orders`,
  ),
  resource(
    "resource by ARN",
    `arn:aws:dynamodb:eu-west-1:${production}:table/orders`,
    "create-table",
  ),
  resource("resource in a list", "i-0bbb2222", "dry-run"),
  resource("resource at the end of an ARN", "Deploy", "denied", "partner-assumes"),
  resource("resource that is a path", "reports/2026/q3.pdf", "anonymous-read"),
  resource("resource in a list of texts", "orders", "create-table", "odd-values"),
  resource("resource beyond ASCII", "grüße", "unicode"),
  resource("number in place of a resource", "100", "create-table", "odd-values"),
  resource("none in other places", "us-east-1"),

  where("requestParameters.tableName = ORDERS", "create-table"),
  where("requestParameters.TABLENAME = orders"),
  where("requestParameters.instancesSet.items.instanceId = i-0bbb2222", "dry-run"),
  where("requestParameters.instancesSet.items.instanceId != i-0bbb2222", ...but("dry-run")),
  where("requestParameters = orders", "odd-values"),
  where("requestParameters.count = 100", "odd-values"),
  where('requestParameters."x-amz-acl" = private', "unicode"),
  where("requestParameters.bucketName = 'grüße/*'", "unicode"),
  where("requestParameters.policy = ''", "read-policy"),
  where("requestParameters.policy = '*'", "read-policy"),
  where("requestParameters.provisionedThroughput = '{*100}'", "create-table"),
  where("requestParameters.items.cidrIp = 10.0.0.0/8", "numbers"),
  where("requestParameters.items.cidrIp = 198.51.100.0/24", "numbers"),
  where("requestParameters.items.cidrIp = 198.51.0.0-198.52.0.0", "numbers"),
  where("requestParameters.items.fromPort < 80", "numbers"),
  where("requestParameters.items.fromPort <= 21"),
  where("requestParameters.items.fromPort >= 8080", "numbers"),
  where("requestParameters.items.fromPort > 1e2", "numbers"),
  where("requestParameters.provisionedThroughput.readCapacityUnits > 99.5", "create-table"),
  where("requestParameters.tableName > 5"),
  where("requestParameters.since < 2026-11-02T00:00:00+01:00", "numbers"),
  where("requestParameters.since > 5"),
  where("recipientAccountId >= 444455556666", "partner-side"),
  where("eventName < 43", "odd-values"),

  where("exists requestParameters.key", "anonymous-read"),
  where("exists requestParameters.policy", "read-policy"),
  where("userIdentity exists", ...but("odd-values", bare)),
  where("errorCode exists", "denied", "dry-run", "throttled"),
  where("errorMessage not exists", ...but(...failures)),
  where("exists outcome", ...all),
  where(
    "exists mfa",
    ...but(
      "partner-assumes",
      "partner-side",
      "anonymous-read",
      "odd-values",
      "unicode",
      bare,
      timeless,
    ),
  ),
  where("not exists eventTime", bare),

  where("eventName =~ '^(delete|terminate)[a-z]+s$'", "dry-run", "terminated"),
  where("not eventName =~ '[a-z]'", "odd-values", bare),
  where("requestParameters.instancesSet.items.instanceId =~ 'b{3}\\d+'", "dry-run"),
  where("userAgent =~ ^JQ$", "odd-values"),

  where(
    "event = 'Delete*' and not (user in (maria, 'ci-*') or resource = orders-archive)",
    timeless,
  ),
  where("resource = orders-archive and outcome != success", "denied"),
  where("resource in (i-0aaa1111, 'sg-*')", "dry-run", "terminated", "numbers"),
  where("eventName != 42 and not eventName = '*'", bare),
  where("errorCode != AccessDenied and errorCode exists", "dry-run", "throttled"),
  flags(
    "several flags",
    { fields: { user: ["maria"], awsRegion: ["us-east-1"] }, until: nine + 13 * minute },
    "deleted",
  ),
];

export interface EventsCase {
  readonly name: string;
  readonly query: EventsQuery;
  readonly total: number;
  readonly ids: readonly string[];
}

const everything: Filter = { kind: "every", filters: [] };
const deletions = filterFromFlags({ fields: { eventName: ["Delete*"] } });
const field = (name: FieldName): Subject => ({ kind: "field", field: name });
const path = (...keys: readonly string[]): Subject => ({ kind: "path", path: keys });

export const eventsCases: readonly EventsCase[] = [
  {
    name: "newest first, those without a time still last",
    query: { kind: "events", filter: deletions, descending: true },
    total: 4,
    ids: ["deleted-other", "deleted", "denied", timeless],
  },
  {
    name: "the first ones of all that match",
    query: { kind: "events", filter: deletions, limit: 2 },
    total: 4,
    ids: ["denied", "deleted"],
  },
  {
    name: "none of those that match",
    query: { kind: "events", filter: deletions, limit: 0 },
    total: 4,
    ids: [],
  },
  {
    name: "by a field, then by time",
    query: { kind: "events", filter: deletions, sort: field("eventName") },
    total: 4,
    ids: ["denied", "deleted", "deleted-other", timeless],
  },
  {
    name: "by a path, those without a value last",
    query: {
      kind: "events",
      filter: deletions,
      sort: path("requestParameters", "bucketName"),
      descending: true,
      limit: 2,
    },
    total: 4,
    ids: ["deleted-other", "deleted"],
  },
];

export interface GroupsCase {
  readonly name: string;
  readonly query: GroupsQuery;
  readonly groups: readonly Group[];
}

function groups(
  name: string,
  filter: Filter,
  by: readonly Subject[],
  ...rows: readonly Group[]
): GroupsCase {
  return { name, query: { kind: "groups", filter, by }, groups: rows };
}

/** The times are those of the day, `09:12`; none where no event of the group has one. */
function group(values: Group["values"], count: number, first?: string, last = first): Group {
  if (first === undefined || last === undefined) return { values, count };
  return { values, count, first: at(first), last: at(last) };
}

function at(time: string): number {
  return Date.parse(`${day}T${time}Z`);
}

const ofRoles = filterFromFlags({ where: ["exists role"] });

export const groupsCases: readonly GroupsCase[] = [
  groups("nothing", { kind: "some", filters: [] }, [field("eventName")]),
  groups(
    "most events first, with first and last time",
    deletions,
    [field("eventName")],
    group(["DeleteBucket"], 3, "09:10", "09:13"),
    group(["DeleteTrail"], 1),
  ),
  groups(
    "events without a value, last of equals",
    everything,
    [field("awsRegion")],
    group(["us-east-1"], 15, "08:45", "11:59:59"),
    group(["eu-central-1"], 1, "10:05:30"),
    group(["eu-west-1"], 1, "08:30"),
    group([undefined], 1),
  ),
  groups(
    "several subjects, and fields worked out of others",
    ofRoles,
    [field("role"), field("outcome")],
    group(["Audit", "failed"], 1, "10:00"),
    group(["Audit", "success"], 1, "08:45"),
    group(["Deploy", "denied"], 1, "09:10"),
    group(["Deploy", "dry-run"], 1, "09:20"),
    group(["Deploy", "success"], 1, "09:21"),
  ),
  groups(
    "each value that a path reaches",
    ofRoles,
    [path("requestParameters", "instancesSet", "items", "instanceId")],
    group([undefined], 3, "08:45", "10:00"),
    group(["i-0aaa1111"], 2, "09:20", "09:21"),
    group(["i-0bbb2222"], 1, "09:20"),
  ),
  groups(
    "only the first value of a field",
    filterFromFlags({ fields: { eventID: ["odd-values", timeless, "denied"] } }),
    [field("user"), field("userAgent")],
    group(
      [`arn:aws:sts::${production}:assumed-role/Deploy/ci-42`, "aws-cli/2.17.0 md/awscrt"],
      1,
      "09:10",
    ),
    group(["user-7", "aws-cli/2.17.0 md/awscrt"], 1),
    group([undefined, "curl/8.9"], 1, "10:20"),
  ),
  groups(
    "the role of a session, for the identity",
    filterFromFlags({ fields: { eventName: ["DeleteBucket"] } }),
    [field("identity")],
    group([`arn:aws:iam::${production}:user/staff/maria`], 2, "09:12", "09:13"),
    group([`arn:aws:iam::${production}:role/Deploy`], 1, "09:10"),
  ),
  {
    name: "stretches of time between pauses",
    query: { kind: "groups", filter: deletions, by: [field("eventSource")], pauseMs: 60_000 },
    groups: [
      group(["s3.amazonaws.com"], 2, "09:12", "09:13"),
      group(["cloudtrail.amazonaws.com"], 1),
      group(["s3.amazonaws.com"], 1, "09:10"),
    ],
  },
  {
    name: "only the first of the values that a path reaches, if each event is to count once",
    query: {
      kind: "groups",
      filter: ofRoles,
      by: [path("requestParameters", "instancesSet", "items", "instanceId")],
      once: true,
    },
    groups: [group([undefined], 3, "08:45", "10:00"), group(["i-0aaa1111"], 2, "09:20", "09:21")],
  },
  {
    name: "more combinations of values than a number counts",
    query: {
      kind: "groups",
      filter: filterFromFlags({ fields: { eventID: ["denied"] } }),
      by: Array.from({ length: 40 }, () => field("eventName")),
    },
    groups: [
      group(
        Array.from({ length: 40 }, () => "DeleteBucket"),
        1,
        "09:10",
      ),
    ],
  },
];

export interface HistogramCase {
  readonly name: string;
  readonly query: HistogramQuery;
  readonly buckets: readonly Bucket[];
  readonly undated: number;
}

function bucket(start: string, count: number, failed = 0): Bucket {
  return { start: at(start), count, failed };
}

export const histogramCases: readonly HistogramCase[] = [
  {
    name: "hours, with denied and failed calls but not dry runs",
    query: { kind: "histogram", filter: everything, unit: "hour", timeZone: "UTC" },
    buckets: [bucket("08:00", 2), bucket("09:00", 7, 2), bucket("10:00", 6, 1), bucket("11:00", 1)],
    undated: 2,
  },
  {
    name: "minutes, empty ones too",
    query: { kind: "histogram", filter: deletions, unit: "minute", timeZone: "UTC" },
    buckets: [bucket("09:10", 1, 1), bucket("09:11", 0), bucket("09:12", 1), bucket("09:13", 1)],
    undated: 1,
  },
  {
    name: "hours of a zone half an hour off",
    query: {
      kind: "histogram",
      filter: filterFromFlags({ fields: { user: ["maria"] } }),
      unit: "hour",
      timeZone: "Asia/Kolkata",
    },
    buckets: [bucket("08:30", 3), bucket("09:30", 0), bucket("10:30", 0), bucket("11:30", 1)],
    undated: 0,
  },
  {
    name: "days of a zone where the day begins at ten",
    query: {
      kind: "histogram",
      filter: everything,
      unit: "day",
      timeZone: "Pacific/Kiritimati",
    },
    buckets: [
      { start: at("10:00") - 24 * 60 * minute, count: 9, failed: 2 },
      { start: at("10:00"), count: 7, failed: 1 },
    ],
    undated: 2,
  },
  {
    name: "nothing",
    query: {
      kind: "histogram",
      filter: { kind: "some", filters: [] },
      unit: "day",
      timeZone: "UTC",
    },
    buckets: [],
    undated: 0,
  },
];
