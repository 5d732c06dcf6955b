/**
 * Calls that open a door, and calls that close it: what `openings.ts` reads of them.
 */

import { type CloudTrailRecord, textOf, valuesAt } from "./record.ts";

export type DoorKind =
  | "key"
  | "password"
  | "user"
  | "trust"
  | "permission"
  | "membership"
  | "rule"
  | "share"
  | "grant"
  | "URL"
  | "event rule";

type Test = (record: CloudTrailRecord) => boolean;

interface OpeningRow {
  readonly service: string;
  readonly events: readonly string[];
  readonly kind: DoorKind;
  /** Paths, the first that holds anything; none for what the call acts on. */
  readonly thing: readonly string[];
  /** Paths, the first that holds anything; none where it is for whoever knows the thing. */
  readonly whom: readonly string[] | "given";
  readonly ids?: readonly string[];
  readonly when?: Test;
}

interface ClosingRow {
  readonly service: string;
  readonly events: readonly string[];
  readonly kinds: readonly DoorKind[];
  readonly thing: readonly string[];
  /** Paths of what is closed of it; `taken` as `sharing.ts` reads it. Absent: all. */
  readonly ids?: readonly string[];
  /** It puts others in the place of all before. */
  readonly replaces?: true;
  readonly when?: Test;
}

const asked = (...keys: readonly string[]) => keys.map((key) => `requestParameters.${key}`);

function says(path: string, text: string): Test {
  return (record) => valuesAt(record, path.split(".")).some((value) => textOf(value) === text);
}

/** Where the rules of a group stand, in calls old and new. */
export const ruleGroups: readonly string[] = [
  "requestParameters.ipPermissions.items",
  "requestParameters.ModifySecurityGroupRulesRequest.SecurityGroupRule.SecurityGroupRule",
];

const user = asked("userName");
const role = asked("roleName");
const group = asked("groupName");
const securityGroup = asked("groupId", "groupName", "ModifySecurityGroupRulesRequest.GroupId");

/** Policies and the like that name who is let in: the call that sets one, and the one that drops it. */
const policies: readonly (readonly [
  service: string,
  sets: readonly string[],
  drops: readonly string[],
])[] = [
  ["s3", ["PutBucketPolicy"], ["DeleteBucketPolicy"]],
  ["s3", ["PutBucketAcl"], []],
  ["s3", ["PutObjectAcl"], []],
  ["s3", ["PutAccessPointPolicy"], ["DeleteAccessPointPolicy"]],
  ["kms", ["PutKeyPolicy"], []],
  ["ecr", ["SetRepositoryPolicy"], ["DeleteRepositoryPolicy"]],
  ["secretsmanager", ["PutResourcePolicy"], ["DeleteResourcePolicy"]],
  ["dynamodb", ["PutResourcePolicy"], ["DeleteResourcePolicy"]],
  ["backup", ["PutBackupVaultAccessPolicy"], ["DeleteBackupVaultAccessPolicy"]],
];

export const openingRows: readonly OpeningRow[] = [
  ...policies.map(([service, events]): OpeningRow => {
    return { service, events, kind: "share", thing: [], whom: "given" };
  }),
  {
    service: "iam",
    events: ["CreateAccessKey"],
    kind: "key",
    thing: ["responseElements.accessKey.userName", ...user],
    whom: ["responseElements.accessKey.accessKeyId"],
  },
  {
    service: "iam",
    events: ["CreateLoginProfile", "UpdateLoginProfile"],
    kind: "password",
    thing: user,
    whom: [],
  },
  { service: "iam", events: ["CreateUser"], kind: "user", thing: user, whom: [] },
  {
    service: "iam",
    events: ["UpdateAssumeRolePolicy", "CreateRole"],
    kind: "trust",
    thing: role,
    whom: "given",
  },
  ...[
    { what: "User", thing: user },
    { what: "Role", thing: role },
    { what: "Group", thing: group },
  ].flatMap(({ what, thing }): readonly OpeningRow[] => [
    {
      service: "iam",
      events: [`Attach${what}Policy`],
      kind: "permission",
      thing,
      whom: asked("policyArn"),
    },
    {
      service: "iam",
      events: [`Put${what}Policy`],
      kind: "permission",
      thing,
      whom: asked("policyName"),
    },
  ]),
  {
    service: "iam",
    events: ["AddUserToGroup"],
    kind: "membership",
    thing: group,
    whom: user,
  },
  {
    service: "ec2",
    events: ["AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules"],
    kind: "rule",
    thing: securityGroup,
    whom: [],
    ids: [
      "responseElements.securityGroupRuleSet.items.securityGroupRuleId",
      "requestParameters.ModifySecurityGroupRulesRequest.SecurityGroupRule.SecurityGroupRuleId",
    ],
  },
  ...["ModifySnapshotAttribute", "ModifyImageAttribute"].map((name): OpeningRow => {
    return { service: "ec2", events: [name], kind: "share", thing: [], whom: "given" };
  }),
  {
    service: "rds",
    events: ["ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute"],
    kind: "share",
    thing: [],
    whom: "given",
  },
  { service: "ssm", events: ["ModifyDocumentPermission"], kind: "share", thing: [], whom: "given" },
  {
    service: "redshift",
    events: ["AuthorizeSnapshotAccess"],
    kind: "share",
    thing: asked("snapshotIdentifier"),
    whom: "given",
  },
  {
    service: "ram",
    events: ["CreateResourceShare", "AssociateResourceShare"],
    kind: "share",
    thing: [
      "responseElements.resourceShare.resourceShareArn",
      ...asked("resourceShareArn", "name"),
    ],
    whom: "given",
  },
  ...["lambda", "sns", "sqs"].map(
    (service): OpeningRow => ({
      service,
      events: ["AddPermission"],
      kind: "share",
      thing: asked("functionName", "topicArn", "queueUrl"),
      whom: "given",
      ids: asked("statementId", "label"),
    }),
  ),
  {
    service: "kms",
    events: ["CreateGrant"],
    kind: "grant",
    thing: asked("keyId"),
    whom: "given",
    ids: ["responseElements.grantId"],
  },
  {
    service: "lambda",
    events: ["CreateFunctionUrlConfig"],
    kind: "URL",
    thing: asked("functionName"),
    whom: ["responseElements.functionUrl"],
    when: says("requestParameters.authType", "NONE"),
  },
  { service: "events", events: ["PutRule"], kind: "event rule", thing: asked("name"), whom: [] },
  {
    service: "scheduler",
    events: ["CreateSchedule"],
    kind: "event rule",
    thing: asked("name"),
    whom: [],
  },
];

export const closingRows: readonly ClosingRow[] = [
  ...policies.flatMap(([service, sets, drops]): readonly ClosingRow[] => [
    { service, events: sets, kinds: ["share"], thing: [], replaces: true },
    ...(drops.length > 0 ? [{ service, events: drops, kinds: ["share"], thing: [] } as const] : []),
  ]),
  {
    service: "iam",
    events: ["DeleteAccessKey"],
    kinds: ["key"],
    thing: user,
    ids: asked("accessKeyId"),
  },
  {
    service: "iam",
    events: ["UpdateAccessKey"],
    kinds: ["key"],
    thing: user,
    ids: asked("accessKeyId"),
    when: says("requestParameters.status", "Inactive"),
  },
  { service: "iam", events: ["DeleteLoginProfile"], kinds: ["password"], thing: user },
  {
    service: "iam",
    events: ["DeleteUser"],
    kinds: ["user", "key", "password", "permission"],
    thing: user,
  },
  { service: "iam", events: ["DeleteRole"], kinds: ["trust", "permission"], thing: role },
  { service: "iam", events: ["DeleteGroup"], kinds: ["permission", "membership"], thing: group },
  {
    service: "iam",
    events: ["UpdateAssumeRolePolicy"],
    kinds: ["trust"],
    thing: role,
    replaces: true,
  },
  ...[
    { what: "User", thing: user },
    { what: "Role", thing: role },
    { what: "Group", thing: group },
  ].flatMap(({ what, thing }): readonly ClosingRow[] => [
    {
      service: "iam",
      events: [`Detach${what}Policy`, `Delete${what}Policy`],
      kinds: ["permission"],
      thing,
      ids: asked("policyArn", "policyName"),
    },
  ]),
  {
    service: "iam",
    events: ["RemoveUserFromGroup"],
    kinds: ["membership"],
    thing: group,
    ids: user,
  },
  {
    service: "ec2",
    events: ["RevokeSecurityGroupIngress"],
    kinds: ["rule"],
    thing: securityGroup,
    ids: asked("securityGroupRuleIds.items.securityGroupRuleId"),
  },
  {
    service: "ec2",
    events: ["ModifySecurityGroupRules"],
    kinds: ["rule"],
    thing: securityGroup,
    ids: asked("ModifySecurityGroupRulesRequest.SecurityGroupRule.SecurityGroupRuleId"),
  },
  { service: "ec2", events: ["DeleteSecurityGroup"], kinds: ["rule"], thing: securityGroup },
  ...["ModifySnapshotAttribute", "ModifyImageAttribute"].map((name): ClosingRow => {
    return { service: "ec2", events: [name], kinds: ["share"], thing: [], ids: ["taken"] };
  }),
  {
    service: "ec2",
    events: [
      ...["ResetSnapshotAttribute", "ResetImageAttribute", "DeleteSnapshot", "DeregisterImage"],
    ],
    kinds: ["share"],
    thing: asked("snapshotId", "imageId"),
  },
  {
    service: "rds",
    events: ["ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute"],
    kinds: ["share"],
    thing: [],
    ids: ["taken"],
  },
  {
    service: "ssm",
    events: ["ModifyDocumentPermission"],
    kinds: ["share"],
    thing: [],
    ids: ["taken"],
  },
  {
    service: "redshift",
    events: ["RevokeSnapshotAccess"],
    kinds: ["share"],
    thing: asked("snapshotIdentifier"),
    ids: asked("accountWithRestoreAccess"),
  },
  {
    service: "ram",
    events: ["DisassociateResourceShare"],
    kinds: ["share"],
    thing: asked("resourceShareArn"),
    ids: asked("principals"),
  },
  {
    service: "ram",
    events: ["DeleteResourceShare"],
    kinds: ["share"],
    thing: asked("resourceShareArn"),
  },
  ...["lambda", "sns", "sqs"].map(
    (service): ClosingRow => ({
      service,
      events: ["RemovePermission"],
      kinds: ["share"],
      thing: asked("functionName", "topicArn", "queueUrl"),
      ids: asked("statementId", "label"),
    }),
  ),
  {
    service: "lambda",
    events: ["DeleteFunction"],
    kinds: ["share", "URL"],
    thing: asked("functionName"),
  },
  {
    service: "lambda",
    events: ["DeleteFunctionUrlConfig"],
    kinds: ["URL"],
    thing: asked("functionName"),
  },
  { service: "s3", events: ["DeleteBucket"], kinds: ["share"], thing: asked("bucketName") },
  {
    service: "kms",
    events: ["RevokeGrant", "RetireGrant"],
    kinds: ["grant"],
    thing: asked("keyId"),
    ids: asked("grantId"),
  },
  {
    service: "events",
    events: ["DeleteRule", "DisableRule"],
    kinds: ["event rule"],
    thing: asked("name"),
  },
  { service: "scheduler", events: ["DeleteSchedule"], kinds: ["event rule"], thing: asked("name") },
];
