/**
 * Whom a call lets in: accounts, principals, addresses, everybody. Many calls that share are called the
 * same when they take back what was shared.
 */

import { nameOf, serviceOf } from "./effect.ts";
import {
  type CloudTrailRecord,
  isObject,
  itemsOf,
  type Json,
  type JsonObject,
  textOf,
  valuesAt,
} from "./record.ts";

interface Row {
  readonly service: string;
  readonly events: readonly string[];
  /** Paths in `requestParameters` of those that are let in. */
  readonly given: readonly string[];
  /** Where those stand from whom it is taken back; a path, or the stem of one of `given`. */
  readonly taken?: string;
}

/** Parameters as the services' API references name them, spelled as CloudTrail does. */
const rows: readonly Row[] = [
  {
    service: "ec2",
    events: ["ModifySnapshotAttribute"],
    given: ["userId", "group"].map((key) => `createVolumePermission.add.items.${key}`),
    taken: "createVolumePermission.remove",
  },
  {
    service: "ec2",
    events: ["ModifyImageAttribute"],
    given: ["userId", "group", "organizationArn", "organizationalUnitArn"].map(
      (key) => `launchPermission.add.items.${key}`,
    ),
    taken: "launchPermission.remove",
  },
  {
    service: "ec2",
    events: ["ModifySecurityGroupRules"],
    given: ["CidrIpv4", "CidrIpv6", "ReferencedGroupId", "PrefixListId"].map(
      (key) => `ModifySecurityGroupRulesRequest.SecurityGroupRule.SecurityGroupRule.${key}`,
    ),
  },
  {
    service: "ec2",
    events: ["AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"],
    given: [
      ...["ipRanges.items.cidrIp", "ipv6Ranges.items.cidrIpv6", "groups.items.groupId"],
      "prefixListIds.items.prefixListId",
    ].map((key) => `ipPermissions.items.${key}`),
  },
  {
    service: "rds",
    events: ["ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute"],
    given: ["valuesToAdd"],
    taken: "valuesToRemove",
  },
  {
    service: "ssm",
    events: ["ModifyDocumentPermission"],
    given: ["accountIdsToAdd"],
    taken: "accountIdsToRemove",
  },
  { service: "redshift", events: ["AuthorizeSnapshotAccess"], given: ["accountWithRestoreAccess"] },
  {
    service: "lambda",
    events: ["AddPermission", "AddLayerVersionPermission"],
    given: ["principal", "organizationId"],
  },
  { service: "sns", events: ["AddPermission"], given: ["aWSAccountId"] },
  { service: "sqs", events: ["AddPermission"], given: ["aWSAccountIds"] },
  { service: "kms", events: ["CreateGrant"], given: ["granteePrincipal"] },
  {
    service: "ram",
    events: ["CreateResourceShare", "AssociateResourceShare"],
    given: ["principals"],
  },
];

const policyEvents: ReadonlySet<string> = new Set([
  ...["PutBucketPolicy", "PutAccessPointPolicy", "PutKeyPolicy", "SetRepositoryPolicy"],
  ...["PutResourcePolicy", "PutBackupVaultAccessPolicy", "UpdateAssumeRolePolicy"],
  "CreateRole",
]);

const policyKeys = [
  "bucketPolicy",
  "policy",
  "policyText",
  "resourcePolicy",
  "policyDocument",
  "assumeRolePolicyDocument",
];

const aclEvents: ReadonlySet<string> = new Set(["PutBucketAcl", "PutObjectAcl"]);

/** Groups of an ACL, by the end of their URI or the canned ACL that stands for them. */
const aclGroups: ReadonlyMap<string, string> = new Map([
  ["AllUsers", "all"],
  ["public-read", "all"],
  ["public-read-write", "all"],
  ["AuthenticatedUsers", "everybody with an AWS account"],
  ["authenticated-read", "everybody with an AWS account"],
  ["LogDelivery", "S3 log delivery"],
  ["log-delivery-write", "S3 log delivery"],
]);

/**
 * Whom the call lets in, as the call names them: account ids, ARNs, addresses, services, or `all` for
 * everybody. Undefined where the log does not tell; empty for a call that lets nobody in.
 */
export function givenAccess(record: CloudTrailRecord): readonly string[] | undefined {
  const name = nameOf(record);
  if (policyEvents.has(name)) return allowedBy(record);
  if (aclEvents.has(name)) return grantedBy(record);
  const row = rows.find(
    ({ service, events }) => service === serviceOf(record) && events.includes(name),
  );
  if (row === undefined) return undefined;
  const given = row.given.flatMap((path) => requested(record, path)).map(textOf);
  const isTaken = row.taken !== undefined && requested(record, row.taken).length > 0;
  return given.length > 0 || isTaken ? given : undefined;
}

/** From whom the call takes back what was shared, as it names them. */
export function takenAccess(record: CloudTrailRecord): readonly string[] {
  const name = nameOf(record);
  const { taken, given } =
    rows.find(({ service, events }) => service === serviceOf(record) && events.includes(name)) ??
    {};
  if (taken === undefined || given === undefined) return [];
  const stem = taken.replace(/\.remove$/, ".add");
  const paths = given.map((path) => (path.startsWith(stem) ? path.replace(stem, taken) : taken));
  return [...new Set(paths)].flatMap((path) => requested(record, path)).map(textOf);
}

function requested(record: CloudTrailRecord, path: string): readonly Json[] {
  return valuesAt(record, ["requestParameters", ...path.split(".")]);
}

/** Principals of a policy's statements that allow something. */
function allowedBy(record: CloudTrailRecord): readonly string[] | undefined {
  const [written] = policyKeys.flatMap((key) => requested(record, key));
  const policy = typeof written === "string" ? parsed(written) : written;
  if (!isObject(policy)) return undefined;
  return objectsIn(policy["Statement"])
    .filter(({ Effect: effect }) => effect === "Allow")
    .flatMap(({ Principal: principal, NotPrincipal: others }) => [
      ...principalsIn(principal),
      ...(others === undefined ? [] : [`everybody but ${principalsIn(others).join(" and ")}`]),
    ]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function principalsIn(principal: Json | undefined): readonly string[] {
  const values = isObject(principal) ? Object.values(principal) : [principal];
  return itemsOf(values.flatMap((value) => value ?? [])).map(textOf);
}

/** Without what the owner keeps. */
function grantedBy(record: CloudTrailRecord): readonly string[] | undefined {
  const canned = requested(record, "x-amz-acl").map(textOf);
  if (canned.length > 0) return canned.flatMap((acl) => aclGroups.get(acl) ?? []);
  const [owner] = requested(record, "AccessControlPolicy.Owner.ID");
  const grants = requested(record, "AccessControlPolicy.AccessControlList.Grant");
  if (grants.length === 0) return undefined;
  return objectsIn(grants)
    .flatMap(({ Grantee: grantee }) => objectsIn(grantee))
    .flatMap(({ URI: uri, ID: id, EmailAddress: address }) => {
      if (uri !== undefined) return groupOf(textOf(uri));
      return id === owner ? [] : [id, address].flatMap((one) => (one ? textOf(one) : []));
    });
}

function groupOf(uri: string): string {
  return aclGroups.get(uri.split("/").at(-1) ?? "") ?? uri;
}

function objectsIn(value: Json | readonly Json[] | undefined): readonly JsonObject[] {
  return value === undefined ? [] : itemsOf([value as Json]).filter(isObject);
}
