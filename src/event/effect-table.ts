/**
 * Calls that take effect slowly, and calls that switch something off or on: what `effect.ts` knows
 * beyond the verbs of event names.
 *
 * The first row that fits a call is its effect. Event names stand without API version.
 */

import { foldCase } from "./fold-case.ts";
import { type CloudTrailRecord, isObject, type Json, textOf, valuesAt } from "./record.ts";

type Test = (record: CloudTrailRecord) => boolean;

/** Calls with one of these names, when their parameters say so. */
export interface Calls {
  readonly names: readonly string[];
  readonly when?: Test;
}

/** A deletion that waits before it takes effect. */
export interface Schedule {
  readonly service: string;
  readonly call: Calls;
  /** Parameter with the days of waiting. */
  readonly days?: string;
  /** Days when the call does not say. */
  readonly usually: number;
  /** The call that takes it back in time; absent where only AWS Support can. */
  readonly savedBy?: string;
}

/** Two positions of one thing: off hides or weakens it, on takes that back. */
export interface Switch {
  readonly service: string;
  /** What is switched, as in "its logging was stopped"; absent if it is the thing itself. */
  readonly part?: string;
  readonly off: Calls;
  readonly on?: Calls;
  /** Completes "it was" and "its logging was"; `#` stands for `amount`. */
  readonly turnedOff: string;
  /** The same; its "again" is left out where nothing tells that it was off. */
  readonly turnedOn: string;
  /** A call that switches it on again. */
  readonly undoneBy?: string;
  /** Path of what `#` stands for, and its unit. */
  readonly amount?: { readonly path: readonly string[]; readonly unit: "day" | "hour" };
  /** The call names what it weakens as the whole to which something else belongs. */
  readonly onWhole?: true;
  /** One number says both, and any but 0 is on: a call that finds it on does not switch it on. */
  readonly isNumber?: true;
  /** It is hidden, and nobody would call it stopped. */
  readonly isNoStop?: true;
}

function calls(...names: readonly string[]): Calls {
  return { names };
}

function call(name: string, when: Test): Calls {
  return { names: [name], when };
}

function at(record: CloudTrailRecord, path: string): readonly Json[] {
  return valuesAt(record, ["requestParameters", ...path.split(".")]);
}

/** Some value at the path is this one, in any case; `false` fits `"false"`. */
function has(path: string, text: string): Test {
  return (record) => at(record, path).some((value) => foldCase(textOf(value)) === foldCase(text));
}

function given(path: string): Test {
  return (record) => at(record, path).length > 0;
}

function any(...tests: readonly Test[]): Test {
  return (record) => tests.some((test) => test(record));
}

function all(...tests: readonly Test[]): Test {
  return (record) => tests.every((test) => test(record));
}

function not(test: Test): Test {
  return (record) => !test(record);
}

export const schedules: readonly Schedule[] = [
  {
    service: "kms",
    call: calls("ScheduleKeyDeletion"),
    days: "pendingWindowInDays",
    usually: 30,
    savedBy: "CancelKeyDeletion",
  },
  {
    service: "secretsmanager",
    call: call("DeleteSecret", not(has("forceDeleteWithoutRecovery", "true"))),
    days: "recoveryWindowInDays",
    usually: 30,
    savedBy: "RestoreSecret",
  },
  {
    service: "cloudtrail",
    call: calls("DeleteEventDataStore"),
    usually: 7,
    savedBy: "RestoreEventDataStore",
  },
  {
    service: "acm-pca",
    call: calls("DeleteCertificateAuthority"),
    days: "permanentDeletionTimeInDays",
    usually: 30,
    savedBy: "RestoreCertificateAuthority",
  },
  {
    service: "payment-cryptography",
    call: calls("DeleteKey"),
    days: "deleteKeyInDays",
    usually: 7,
    savedBy: "RestoreKey",
  },
  // A closed account can be reopened through AWS Support.
  { service: "organizations", call: calls("CloseAccount"), usually: 90 },
  { service: "account", call: calls("CloseAccount"), usually: 90 },
];

/** What was deleted, or is about to be, is brought back. */
export const rescues: readonly { readonly service: string; readonly call: Calls }[] = [
  ...schedules.flatMap(({ service, savedBy }) =>
    savedBy === undefined ? [] : [{ service, call: calls(savedBy) }],
  ),
  {
    service: "ec2",
    call: calls(
      ...["RestoreSnapshotFromRecycleBin", "RestoreImageFromRecycleBin"],
      "RestoreVolumeFromRecycleBin",
    ),
  },
];

/**
 * Creations that also succeed where the thing exists: they overwrite it, or do nothing. The log does
 * not tell which.
 */
export const mayExist: ReadonlySet<string> = new Set([
  ...["PutObject", "CopyObject", "CompleteMultipartUpload", "PutParameter", "PutImage", "PutRule"],
  ...["PutMetricAlarm", "PutCompositeAlarm", "PutDashboard", "PutScalingPolicy", "PutUserPolicy"],
  ...["PutRolePolicy", "PutGroupPolicy", "PutConfigRule", "PutConfigurationRecorder"],
  ...["PutDeliveryChannel", "CreateBucket", "CreateTopic", "CreateQueue", "ImportCertificate"],
  ...["CreateServiceLinkedRole", "PutItem", "PutSubscriptionFilter", "PutMetricFilter"],
  ...["PutLifecycleHook", "PutScheduledUpdateGroupAction", "PutQueryDefinition", "PutDestination"],
  ...["PutConformancePack", "PutConfigurationAggregator", "PutInsightRule", "PutMetricStream"],
]);

/** Calls that get into a machine or run something on it: neither starts nor changes it. */
export const entering: readonly string[] = [
  ...["StartSession", "ResumeSession", "SendCommand", "ExecuteCommand", "OpenTunnel"],
  ...["SendSSHPublicKey", "SendSerialConsoleSSHPublicKey"],
];

/** They begin with a verb of creating or deleting, and do neither to what they name. */
export const neitherMakesNorEnds: ReadonlySet<string> = new Set([
  ...["CreateMultipartUpload", "UploadPart", "UploadPartCopy", "AbortMultipartUpload"],
  ...["CreateTags", "DeleteTags", "RemoveTags", "RestoreObject", "RemoveTagsFromResource"],
  ...["RemoveAccountFromOrganization", "LeaveOrganization", "UpdateItem", "RunCommand"],
  ...["CreateInvalidation", "RequestSpotInstances", "CreateOrUpdateTags"],
]);

/** Calls that end a thing without a verb that says so. */
export const endings: readonly { readonly service: string; readonly call: Calls }[] = [
  { service: "ecs", call: calls("StopTask") },
  { service: "secretsmanager", call: calls("DeleteSecret") },
  { service: "ec2", call: calls("BidEvictedEvent") },
  { service: "ecr", call: call("PolicyExecutionEvent", expiredImages) },
  { service: "backup", call: calls("BackupDeleted") },
];

/** The service tells which images its lifecycle policy took, if any. */
function expiredImages(record: CloudTrailRecord): boolean {
  const path = ["serviceEventDetails", "lifecycleEventImageActions"];
  return valuesAt(record, path).some((item) => isObject(item));
}

/** All in a thing is gone, and the thing remains. */
export const emptyings: readonly { readonly service: string; readonly call: Calls }[] = [
  { service: "sqs", call: calls("PurgeQueue") },
];

/** One version is gone, which others may outlive. */
export const versionEndings: readonly { readonly service: string; readonly call: Calls }[] = [
  { service: "secretsmanager", call: calls("EndSecretVersionDelete") },
  { service: "s3", call: call("DeleteObject", given("versionId")) },
];

const versioned = (record: CloudTrailRecord) =>
  ["x-amz-delete-marker", "x-amz-version-id"].some((header) =>
    valuesAt(record, ["responseElements", header]).some((value) => textOf(value) !== ""),
  );

const isMarker = (record: CloudTrailRecord) =>
  valuesAt(record, ["responseElements", "x-amz-delete-marker"]).some(
    (value) => foldCase(textOf(value)) === "true",
  );

/** A rule that is on and has one of these, which remove what it fits. */
function expires(...paths: readonly (readonly string[])[]): Test {
  return (record) =>
    at(record, "LifecycleConfiguration.Rule").some(
      (rule) =>
        isObject(rule) &&
        !valuesAt(rule, ["Status"]).includes("Disabled") &&
        paths.some((path) => valuesAt(rule, path).length > 0),
    );
}

const selectors = "advancedEventSelectors";

/** Whether a trail with these selectors leaves out management events, all or some. */
function narrowed(record: CloudTrailRecord): boolean {
  const advanced = at(record, selectors);
  const basic = at(record, "eventSelectors");
  if (advanced.length === 0) {
    const leavesOut = (selector: Json) =>
      !isObject(selector) ||
      valuesAt(selector, ["includeManagementEvents"]).includes(false) ||
      valuesAt(selector, ["excludeManagementEventSources"]).length > 0 ||
      valuesAt(selector, ["readWriteType"]).some((type) => textOf(type) !== "All");
    return basic.every(leavesOut);
  }
  return !advanced.some(takesAllManagement);
}

/** `eventCategory equals Management` and nothing that narrows it. */
function takesAllManagement(selector: Json): boolean {
  if (!isObject(selector)) return false;
  const fields = valuesAt(selector, ["fieldSelectors"]).filter(isObject);
  const isCategory = (field: (typeof fields)[number]) =>
    valuesAt(field, ["field"]).includes("eventCategory") &&
    valuesAt(field, ["equals"]).includes("Management");
  return fields.length > 0 && fields.every(isCategory);
}

/** `attributes: [{ key, value }]`, as load balancers have it. */
function attribute(name: string, value: string): Test {
  return (record) =>
    at(record, "attributes").some(
      (one) =>
        isObject(one) &&
        valuesAt(one, ["key"]).includes(name) &&
        valuesAt(one, ["value"]).some((text) => textOf(text) === value),
    );
}

const publicAccessBlocks = [
  ...["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"],
].map((name) => `PublicAccessBlockConfiguration.${name}`);

/** The same parameter, `false` and `true`. */
function flag(name: string, path: string): Pick<Switch, "off" | "on" | "undoneBy"> {
  return { off: call(name, has(path, "false")), on: call(name, has(path, "true")), undoneBy: name };
}

const puttingLifecycle = ["PutBucketLifecycle", "PutBucketLifecycleConfiguration"] as const;

const lifecycles = [
  { path: ["Expiration", "Days"], turnedOff: "set to remove objects after #" },
  { path: ["Expiration", "Date"], turnedOff: "set to remove objects on a date" },
  {
    path: ["NoncurrentVersionExpiration", "NoncurrentDays"],
    turnedOff: "set to remove old versions after #",
  },
] as const;

const onOff = { turnedOff: "switched off", turnedOn: "switched on again" } as const;
const endable = { turnedOff: "disabled", turnedOn: "enabled again" } as const;
const stoppable = { turnedOff: "stopped", turnedOn: "started again" } as const;

export const switches: readonly Switch[] = [
  // The thing itself: it is there, and of no use.
  {
    service: "s3",
    off: call("DeleteObject", all(not(given("versionId")), versioned)),
    on: call("DeleteObject", all(given("versionId"), isMarker)),
    isNoStop: true,
    turnedOff: "hidden under a delete marker",
    turnedOn: "freed from its delete marker",
    undoneBy: "DeleteObject of the marker's versionId",
  },
  {
    service: "kms",
    off: calls("DisableKey"),
    on: calls("EnableKey"),
    ...endable,
    undoneBy: "EnableKey",
  },
  {
    service: "kms",
    part: "imported key material",
    off: calls("DeleteImportedKeyMaterial"),
    on: calls("ImportKeyMaterial"),
    turnedOff: "deleted",
    turnedOn: "imported again",
    undoneBy: "ImportKeyMaterial",
    onWhole: true,
  },
  {
    service: "kms",
    part: "key rotation",
    off: calls("DisableKeyRotation"),
    on: calls("EnableKeyRotation"),
    ...endable,
    undoneBy: "EnableKeyRotation",
    onWhole: true,
  },
  ...["AccessKey", "SigningCertificate", "ServiceSpecificCredential", "SSHPublicKey"].map(
    (kind): Switch => ({
      service: "iam",
      off: call(`Update${kind}`, has("status", "Inactive")),
      on: call(`Update${kind}`, has("status", "Active")),
      turnedOff: "made inactive",
      turnedOn: "made active again",
      undoneBy: `Update${kind}`,
    }),
  ),
  {
    service: "iam",
    part: "MFA device",
    off: calls("DeactivateMFADevice"),
    on: calls("EnableMFADevice"),
    turnedOff: "deactivated",
    turnedOn: "enabled again",
    undoneBy: "EnableMFADevice",
    onWhole: true,
  },
  ...["User", "Role"].map(
    (kind): Switch => ({
      service: "iam",
      part: "permissions boundary",
      off: calls(`Delete${kind}PermissionsBoundary`),
      on: calls(`Put${kind}PermissionsBoundary`),
      turnedOff: "removed",
      turnedOn: "set again",
      undoneBy: `Put${kind}PermissionsBoundary`,
      onWhole: true,
    }),
  ),
  {
    service: "ec2",
    off: calls("StopInstances"),
    on: calls("StartInstances"),
    ...stoppable,
    undoneBy: "StartInstances",
  },
  {
    service: "ec2",
    off: calls("DisableImage"),
    on: calls("EnableImage"),
    ...endable,
    undoneBy: "EnableImage",
  },
  {
    service: "ec2",
    off: calls("EnableImageDeprecation"),
    on: calls("DisableImageDeprecation"),
    isNoStop: true,
    turnedOff: "deprecated",
    turnedOn: "freed from its deprecation",
    undoneBy: "DisableImageDeprecation",
    onWhole: true,
  },
  {
    service: "ec2",
    part: "termination protection",
    ...flag("ModifyInstanceAttribute", "disableApiTermination.value"),
    ...onOff,
    onWhole: true,
  },
  ...["Instance", "Cluster"].map(
    (kind): Switch => ({
      service: "rds",
      off: calls(`StopDB${kind}`),
      on: calls(`StartDB${kind}`),
      ...stoppable,
      undoneBy: `StartDB${kind}`,
    }),
  ),
  ...["ModifyDBInstance", "ModifyDBCluster"].flatMap((name): readonly Switch[] => [
    {
      service: "rds",
      part: "deletion protection",
      ...flag(name, "deletionProtection"),
      ...onOff,
    },
    {
      service: "rds",
      part: "automated backups",
      off: call(name, has("backupRetentionPeriod", "0")),
      on: call(name, given("backupRetentionPeriod")),
      turnedOff: "switched off (retention 0 days)",
      turnedOn: "switched on again",
      undoneBy: name,
    },
  ]),
  {
    service: "redshift",
    off: calls("PauseCluster"),
    on: calls("ResumeCluster"),
    turnedOff: "paused",
    turnedOn: "resumed again",
    undoneBy: "ResumeCluster",
  },
  {
    service: "redshift",
    part: "audit logging",
    off: calls("DisableLogging"),
    on: calls("EnableLogging"),
    ...endable,
    undoneBy: "EnableLogging",
    onWhole: true,
  },
  {
    service: "events",
    off: calls("DisableRule"),
    on: calls("EnableRule"),
    ...endable,
    undoneBy: "EnableRule",
  },
  {
    service: "monitoring",
    part: "alarm actions",
    off: calls("DisableAlarmActions"),
    on: calls("EnableAlarmActions"),
    ...endable,
    undoneBy: "EnableAlarmActions",
  },
  {
    service: "lambda",
    part: "concurrency",
    off: call("PutFunctionConcurrency", has("reservedConcurrentExecutions", "0")),
    on: calls("DeleteFunctionConcurrency", "PutFunctionConcurrency"),
    turnedOff: "set to 0, so that it cannot run",
    turnedOn: "raised again",
    undoneBy: "DeleteFunctionConcurrency",
    onWhole: true,
  },
  {
    service: "autoscaling",
    off: {
      names: ["UpdateAutoScalingGroup", "SetDesiredCapacity"],
      when: has("desiredCapacity", "0"),
    },
    on: {
      names: ["UpdateAutoScalingGroup", "SetDesiredCapacity"],
      when: given("desiredCapacity"),
    },
    turnedOff: "scaled to 0 instances",
    turnedOn: "scaled out again",
    undoneBy: "SetDesiredCapacity",
    isNumber: true,
    onWhole: true,
  },
  {
    service: "ecs",
    off: { names: ["UpdateService"], when: has("desiredCount", "0") },
    on: { names: ["UpdateService"], when: given("desiredCount") },
    turnedOff: "scaled to 0 tasks",
    turnedOn: "set to run tasks again",
    undoneBy: "UpdateService",
    isNumber: true,
    onWhole: true,
  },
  {
    service: "eks",
    off: { names: ["UpdateNodegroupConfig"], when: has("scalingConfig.desiredSize", "0") },
    on: { names: ["UpdateNodegroupConfig"], when: given("scalingConfig.desiredSize") },
    turnedOff: "scaled to 0 nodes",
    turnedOn: "scaled out again",
    undoneBy: "UpdateNodegroupConfig",
    isNumber: true,
    onWhole: true,
  },
  {
    service: "ec2",
    off: {
      names: ["ModifyFleet"],
      when: has("ModifyFleetRequest.TargetCapacitySpecification.TotalTargetCapacity", "0"),
    },
    on: {
      names: ["ModifyFleet"],
      when: given("ModifyFleetRequest.TargetCapacitySpecification.TotalTargetCapacity"),
    },
    turnedOff: "scaled to 0 instances",
    turnedOn: "scaled out again",
    undoneBy: "ModifyFleet",
    isNumber: true,
    onWhole: true,
  },
  {
    service: "ec2",
    off: { names: ["ModifySpotFleetRequest"], when: has("targetCapacity", "0") },
    on: { names: ["ModifySpotFleetRequest"], when: given("targetCapacity") },
    turnedOff: "scaled to 0 instances",
    turnedOn: "scaled out again",
    undoneBy: "ModifySpotFleetRequest",
    isNumber: true,
    onWhole: true,
  },
  {
    service: "lambda",
    off: call("UpdateEventSourceMapping", has("enabled", "false")),
    on: call("UpdateEventSourceMapping", has("enabled", "true")),
    ...endable,
    undoneBy: "UpdateEventSourceMapping",
  },
  {
    service: "scheduler",
    off: call("UpdateSchedule", has("state", "DISABLED")),
    on: call("UpdateSchedule", has("state", "ENABLED")),
    ...endable,
    undoneBy: "UpdateSchedule",
  },
  {
    service: "events",
    off: call("PutRule", has("state", "DISABLED")),
    ...endable,
    undoneBy: "EnableRule",
  },
  {
    service: "autoscaling",
    part: "scaling processes",
    off: calls("SuspendProcesses"),
    on: calls("ResumeProcesses"),
    turnedOff: "suspended",
    turnedOn: "resumed again",
    undoneBy: "ResumeProcesses",
    onWhole: true,
  },
  {
    service: "ecs",
    off: calls("DeregisterTaskDefinition"),
    isNoStop: true,
    turnedOff: "made inactive",
    turnedOn: "made active again",
  },
  {
    service: "cognito-idp",
    off: calls("AdminDisableUser"),
    on: calls("AdminEnableUser"),
    ...endable,
    undoneBy: "AdminEnableUser",
  },
  {
    service: "cloudfront",
    off: call("UpdateDistribution", has("distributionConfig.enabled", "false")),
    on: call("UpdateDistribution", has("distributionConfig.enabled", "true")),
    ...endable,
    undoneBy: "UpdateDistribution",
  },

  // Logging and detection.
  {
    service: "cloudtrail",
    part: "logging",
    off: calls("StopLogging"),
    on: calls("StartLogging"),
    ...stoppable,
    undoneBy: "StartLogging",
  },
  {
    service: "cloudtrail",
    part: "event selectors",
    off: call("PutEventSelectors", narrowed),
    on: calls("PutEventSelectors"),
    turnedOff: "narrowed (management events left out)",
    turnedOn: "set to take in all management events",
    undoneBy: "PutEventSelectors",
    onWhole: true,
  },
  {
    service: "cloudtrail",
    part: "coverage of regions",
    ...flag("UpdateTrail", "isMultiRegionTrail"),
    turnedOff: "cut to one region",
    turnedOn: "extended to all regions",
  },
  {
    service: "cloudtrail",
    part: "global service events",
    ...flag("UpdateTrail", "includeGlobalServiceEvents"),
    turnedOff: "left out",
    turnedOn: "taken in again",
  },
  {
    service: "cloudtrail",
    part: "log file validation",
    ...flag("UpdateTrail", "enableLogFileValidation"),
    ...onOff,
  },
  {
    service: "cloudtrail",
    part: "coverage of the organization",
    ...flag("UpdateTrail", "isOrganizationTrail"),
    turnedOff: "cut to one account",
    turnedOn: "extended to the organization",
  },
  {
    service: "cloudtrail",
    part: "ingestion",
    off: calls("StopEventDataStoreIngestion"),
    on: calls("StartEventDataStoreIngestion"),
    ...stoppable,
    undoneBy: "StartEventDataStoreIngestion",
    onWhole: true,
  },
  {
    service: "cloudtrail",
    part: "termination protection",
    ...flag("UpdateEventDataStore", "terminationProtectionEnabled"),
    ...onOff,
  },
  {
    service: "config",
    part: "recording",
    off: calls("StopConfigurationRecorder"),
    on: calls("StartConfigurationRecorder"),
    ...stoppable,
    undoneBy: "StartConfigurationRecorder",
  },
  {
    service: "guardduty",
    ...flag("UpdateDetector", "enable"),
    ...endable,
  },
  {
    service: "guardduty",
    part: "monitoring of members",
    off: calls("StopMonitoringMembers"),
    on: calls("StartMonitoringMembers"),
    ...stoppable,
    undoneBy: "StartMonitoringMembers",
    onWhole: true,
  },
  {
    service: "macie2",
    off: call("UpdateMacieSession", has("status", "PAUSED")),
    on: call("UpdateMacieSession", has("status", "ENABLED")),
    turnedOff: "paused",
    turnedOn: "enabled again",
    undoneBy: "UpdateMacieSession",
  },
  {
    service: "s3",
    part: "access logging",
    off: call("PutBucketLogging", not(given("BucketLoggingStatus.LoggingEnabled"))),
    on: calls("PutBucketLogging"),
    ...onOff,
    undoneBy: "PutBucketLogging",
    onWhole: true,
  },

  // What removes later, without an event that names anybody.
  ...lifecycles.map(
    ({ path, turnedOff }): Switch => ({
      service: "s3",
      part: "lifecycle",
      off: { names: puttingLifecycle, when: expires(path) },
      on: calls("DeleteBucketLifecycle", ...puttingLifecycle),
      turnedOff,
      turnedOn: "set to remove nothing",
      undoneBy: "DeleteBucketLifecycle",
      ...(turnedOff.includes("#") && {
        amount: { path: ["LifecycleConfiguration", "Rule", ...path], unit: "day" as const },
      }),
      onWhole: true,
    }),
  ),
  {
    service: "logs",
    part: "retention",
    off: calls("PutRetentionPolicy"),
    on: calls("DeleteRetentionPolicy"),
    turnedOff: "limited to #",
    turnedOn: "made unlimited",
    undoneBy: "DeleteRetentionPolicy",
    amount: { path: ["retentionInDays"], unit: "day" },
    onWhole: true,
  },
  {
    service: "kinesis",
    part: "retention",
    off: calls("DecreaseStreamRetentionPeriod"),
    on: calls("IncreaseStreamRetentionPeriod"),
    turnedOff: "shortened to #",
    turnedOn: "lengthened again",
    undoneBy: "IncreaseStreamRetentionPeriod",
    amount: { path: ["retentionPeriodHours"], unit: "hour" },
    onWhole: true,
  },
  {
    service: "dynamodb",
    part: "time to live",
    off: call("UpdateTimeToLive", has("timeToLiveSpecification.enabled", "true")),
    on: call("UpdateTimeToLive", has("timeToLiveSpecification.enabled", "false")),
    turnedOff: "switched on, which removes items as they expire",
    turnedOn: "switched off again",
    undoneBy: "UpdateTimeToLive",
    onWhole: true,
  },
  {
    service: "ecr",
    part: "lifecycle policy",
    off: calls("PutLifecyclePolicy"),
    on: calls("DeleteLifecyclePolicy"),
    turnedOff: "set to expire images",
    turnedOn: "removed again",
    undoneBy: "DeleteLifecyclePolicy",
    onWhole: true,
  },
  {
    service: "backup",
    part: "retention",
    off: call("UpdateRecoveryPointLifecycle", given("lifecycle.deleteAfterDays")),
    turnedOff: "limited to #",
    turnedOn: "made longer",
    undoneBy: "UpdateRecoveryPointLifecycle",
    amount: { path: ["lifecycle", "deleteAfterDays"], unit: "day" },
    onWhole: true,
  },

  // Protection against deletion, and ways back from it.
  {
    service: "s3",
    part: "versioning",
    off: call("PutBucketVersioning", has("VersioningConfiguration.Status", "Suspended")),
    on: call("PutBucketVersioning", has("VersioningConfiguration.Status", "Enabled")),
    turnedOff: "suspended",
    turnedOn: "enabled again",
    undoneBy: "PutBucketVersioning",
    onWhole: true,
  },
  {
    service: "s3",
    part: "public access block",
    off: {
      names: [
        ...["DeleteBucketPublicAccessBlock", "DeletePublicAccessBlock"],
        "DeleteAccountPublicAccessBlock",
      ],
    },
    on: {
      names: ["PutBucketPublicAccessBlock", "PutPublicAccessBlock", "PutAccountPublicAccessBlock"],
      when: all(...publicAccessBlocks.map((path) => has(path, "true"))),
    },
    turnedOff: "removed",
    turnedOn: "put in place in full",
    undoneBy: "PutBucketPublicAccessBlock",
    onWhole: true,
  },
  {
    service: "s3",
    part: "public access block",
    off: {
      names: ["PutBucketPublicAccessBlock", "PutPublicAccessBlock", "PutAccountPublicAccessBlock"],
      when: any(...publicAccessBlocks.map((path) => has(path, "false"))),
    },
    turnedOff: "loosened",
    turnedOn: "put in place in full",
    undoneBy: "PutBucketPublicAccessBlock",
    onWhole: true,
  },
  {
    service: "s3",
    part: "encryption settings",
    off: calls("DeleteBucketEncryption"),
    on: calls("PutBucketEncryption"),
    turnedOff: "removed",
    turnedOn: "set again",
    undoneBy: "PutBucketEncryption",
    onWhole: true,
  },
  {
    service: "s3",
    part: "replication",
    off: calls("DeleteBucketReplication"),
    on: calls("PutBucketReplication"),
    turnedOff: "removed",
    turnedOn: "set again",
    undoneBy: "PutBucketReplication",
    onWhole: true,
  },
  {
    service: "s3",
    part: "legal hold",
    off: call("PutObjectLegalHold", has("LegalHold.Status", "OFF")),
    on: call("PutObjectLegalHold", has("LegalHold.Status", "ON")),
    turnedOff: "lifted",
    turnedOn: "set again",
    undoneBy: "PutObjectLegalHold",
    onWhole: true,
  },
  {
    service: "dynamodb",
    part: "point-in-time recovery",
    ...flag(
      "UpdateContinuousBackups",
      "pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled",
    ),
    ...onOff,
    onWhole: true,
  },
  {
    service: "dynamodb",
    part: "deletion protection",
    ...flag("UpdateTable", "deletionProtectionEnabled"),
    ...onOff,
  },
  {
    service: "elasticloadbalancing",
    part: "deletion protection",
    off: call("ModifyLoadBalancerAttributes", attribute("deletion_protection.enabled", "false")),
    on: call("ModifyLoadBalancerAttributes", attribute("deletion_protection.enabled", "true")),
    ...onOff,
    undoneBy: "ModifyLoadBalancerAttributes",
    onWhole: true,
  },
  {
    service: "cloudformation",
    part: "termination protection",
    ...flag("UpdateTerminationProtection", "enableTerminationProtection"),
    ...onOff,
    onWhole: true,
  },
  {
    service: "cognito-idp",
    part: "deletion protection",
    off: call("UpdateUserPool", has("deletionProtection", "INACTIVE")),
    on: call("UpdateUserPool", has("deletionProtection", "ACTIVE")),
    ...onOff,
    undoneBy: "UpdateUserPool",
  },
  {
    service: "network-firewall",
    part: "delete protection",
    ...flag("UpdateFirewallDeleteProtection", "deleteProtection"),
    ...onOff,
    onWhole: true,
  },
  {
    service: "secretsmanager",
    part: "rotation",
    off: calls("CancelRotateSecret"),
    on: calls("RotateSecret"),
    turnedOff: "cancelled",
    turnedOn: "started again",
    undoneBy: "RotateSecret",
  },
  {
    service: "elasticfilesystem",
    part: "automatic backups",
    off: call("PutBackupPolicy", has("backupPolicy.status", "DISABLED")),
    on: call("PutBackupPolicy", has("backupPolicy.status", "ENABLED")),
    ...onOff,
    undoneBy: "PutBackupPolicy",
    onWhole: true,
  },
  {
    service: "backup",
    part: "vault lock",
    off: calls("DeleteBackupVaultLockConfiguration"),
    on: calls("PutBackupVaultLockConfiguration"),
    turnedOff: "removed",
    turnedOn: "set again",
    undoneBy: "PutBackupVaultLockConfiguration",
    onWhole: true,
  },
  {
    service: "wafv2",
    part: "web ACL",
    off: calls("DisassociateWebACL"),
    on: calls("AssociateWebACL"),
    turnedOff: "taken off",
    turnedOn: "put back again",
    undoneBy: "AssociateWebACL",
    onWhole: true,
  },
];
