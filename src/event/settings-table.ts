/**
 * Settings that calls put in place of others: where a call says what it sets, and which value is safer.
 * What `settings.ts` reads; paths as the services' API references name them, spelled as CloudTrail does.
 *
 * A call that leaves a setting alone does not name it. A creation says what a thing began with.
 */

import { type CloudTrailRecord, isObject, type Json, textOf, valuesAt } from "./record.ts";

export interface Setting {
  readonly service: string;
  /** What is set, as in "its retention". */
  readonly part: string;
  /** Operations that set it on what exists; without API version. */
  readonly sets: readonly string[];
  /** Operations that set it on what they create. */
  readonly begins?: readonly string[];
  /** Operations that take it away. */
  readonly ends?: readonly string[];
  /** Paths in `requestParameters`, the first that holds anything; how to read it; `given`: whom it lets in. */
  readonly at: readonly string[] | ((record: CloudTrailRecord) => readonly Json[]) | "given";
  readonly unit?: Unit;
  /** Which of two values protects, keeps or records more; from the weakest on, where these are names. */
  readonly safer?: "more" | "less" | readonly string[];
  /** How it is without the setting. */
  readonly without?: Value;
  /** A call that sets it and does not name it takes it away. */
  readonly replaces?: true;
  /** Where the answer has the value from before, beside one that says that it is from before. */
  readonly before?: { readonly at: string; readonly if: string };
  /** The `part` of the switch that the setting moves, if that is called otherwise. */
  readonly about?: string;
  /** Stands before a value in place of "set its ... to". */
  readonly words?: string;
  /** Completes "its ... was", for the `part` of that switch; `#` stands for the value. */
  readonly how?: string;
}

export interface Value {
  /** `7 days`, `Suspended`, `off`; several for all that are let in. */
  readonly texts: readonly string[];
  /** The more, the safer; undefined where neither of two values is. */
  readonly level?: number;
}

type Unit = "day" | "hour" | "second" | "GiB" | "MB";

const offOn = ["false", "true"] as const;
const onOff = ["true", "false"] as const;

/** `attributes: [{ key, value }]`, as load balancers have it. */
function attribute(name: string): (record: CloudTrailRecord) => readonly Json[] {
  return (record) =>
    valuesAt(record, ["requestParameters", "attributes"])
      .filter(isObject)
      .filter((one) => valuesAt(one, ["key"]).includes(name))
      .flatMap((one) => valuesAt(one, ["value"]));
}

/** Rules that are on. */
function lifecycleDays(...path: readonly string[]): (record: CloudTrailRecord) => readonly Json[] {
  return (record) =>
    valuesAt(record, ["requestParameters", "LifecycleConfiguration", "Rule"])
      .filter(isObject)
      .filter((rule) => !valuesAt(rule, ["Status"]).map(textOf).includes("Disabled"))
      .flatMap((rule) => valuesAt(rule, path));
}

const lifecycle = {
  service: "s3",
  sets: ["PutBucketLifecycle", "PutBucketLifecycleConfiguration"],
  ends: ["DeleteBucketLifecycle"],
  unit: "day",
  safer: "more",
  without: { texts: ["no removal"], level: Number.POSITIVE_INFINITY },
  replaces: true,
  about: "lifecycle",
} as const;

/** A policy of this kind stands in place of all before it. */
const policies = [
  { service: "s3", sets: ["PutBucketPolicy"], ends: ["DeleteBucketPolicy"] },
  { service: "kms", sets: ["PutKeyPolicy"] },
  { service: "ecr", sets: ["SetRepositoryPolicy"], ends: ["DeleteRepositoryPolicy"] },
  { service: "secretsmanager", sets: ["PutResourcePolicy"], ends: ["DeleteResourcePolicy"] },
  {
    ...{ service: "iam", sets: ["UpdateAssumeRolePolicy"], begins: ["CreateRole"] },
    ...{ part: "trust", words: "made it trust" },
  },
] as const;

const rdsCreations = {
  Instance: ["CreateDBInstance", "RestoreDBInstanceFromDBSnapshot", "CreateDBInstanceReadReplica"],
  Cluster: ["CreateDBCluster", "RestoreDBClusterFromSnapshot"],
} as const;

export const settings: readonly Setting[] = [
  ...policies.map(
    (policy): Setting => ({
      part: "access",
      words: "gave access to",
      ...policy,
      at: "given",
      without: { texts: ["nobody else"] },
      replaces: true,
    }),
  ),
  {
    ...lifecycle,
    part: "lifecycle",
    at: lifecycleDays("Expiration", "Days"),
    how: "set to remove objects after #",
  },
  {
    ...lifecycle,
    part: "lifecycle of old versions",
    at: lifecycleDays("NoncurrentVersionExpiration", "NoncurrentDays"),
    how: "set to remove old versions after #",
  },
  {
    service: "s3",
    part: "versioning",
    sets: ["PutBucketVersioning"],
    at: ["VersioningConfiguration.Status"],
    safer: ["Suspended", "Enabled"],
  },
  {
    service: "s3",
    part: "encryption",
    sets: ["PutBucketEncryption"],
    at: ["ServerSideEncryptionConfiguration.Rule.ApplyServerSideEncryptionByDefault.SSEAlgorithm"],
    safer: ["AES256", "aws:kms", "aws:kms:dsse"],
    about: "encryption settings",
  },
  {
    service: "s3",
    part: "object lock retention",
    sets: ["PutBucketObjectLockConfiguration", "PutObjectLockConfiguration"],
    at: ["ObjectLockConfiguration.Rule.DefaultRetention.Days"],
    unit: "day",
    safer: "more",
  },
  ...["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"].map(
    (name): Setting => ({
      service: "s3",
      part: name,
      sets: ["PutBucketPublicAccessBlock", "PutPublicAccessBlock", "PutAccountPublicAccessBlock"],
      ends: ["DeleteBucketPublicAccessBlock", "DeletePublicAccessBlock"],
      without: { texts: ["off"], level: 0 },
      at: [`PublicAccessBlockConfiguration.${name}`],
      safer: offOn,
      about: "public access block",
      how: `set (${name} #)`,
    }),
  ),
  {
    service: "logs",
    part: "retention",
    sets: ["PutRetentionPolicy"],
    ends: ["DeleteRetentionPolicy"],
    at: ["retentionInDays"],
    unit: "day",
    safer: "more",
    without: { texts: ["unlimited"], level: Number.POSITIVE_INFINITY },
  },
  {
    service: "kinesis",
    part: "retention",
    sets: ["DecreaseStreamRetentionPeriod", "IncreaseStreamRetentionPeriod"],
    at: ["retentionPeriodHours"],
    unit: "hour",
    safer: "more",
  },
  {
    service: "kinesis",
    part: "number of shards",
    sets: ["UpdateShardCount"],
    begins: ["CreateStream"],
    at: ["targetShardCount", "shardCount"],
    before: { at: "currentShardCount", if: "targetShardCount" },
  },
  {
    service: "backup",
    part: "retention",
    sets: ["UpdateRecoveryPointLifecycle"],
    at: ["lifecycle.deleteAfterDays"],
    unit: "day",
    safer: "more",
  },
  {
    service: "backup",
    part: "least retention",
    sets: ["PutBackupVaultLockConfiguration"],
    at: ["minRetentionDays"],
    unit: "day",
    safer: "more",
    about: "vault lock",
    how: "set to keep backups for at least #",
  },
  {
    service: "sqs",
    part: "retention",
    sets: ["SetQueueAttributes"],
    begins: ["CreateQueue"],
    at: ["attributes.MessageRetentionPeriod"],
    unit: "second",
    safer: "more",
  },
  ...(["Instance", "Cluster"] as const).flatMap((kind): readonly Setting[] => {
    const calls = { service: "rds", sets: [`ModifyDB${kind}`], begins: rdsCreations[kind] };
    return [
      {
        ...calls,
        part: "backup retention",
        at: ["backupRetentionPeriod"],
        unit: "day",
        safer: "more",
        // Until it takes effect the answer has the old value, and the new one as pending.
        before: {
          at: "backupRetentionPeriod",
          if: "pendingModifiedValues.backupRetentionPeriod",
        },
        about: "automated backups",
        how: "set to be kept for #",
      },
      { ...calls, part: "deletion protection", at: ["deletionProtection"], safer: offOn },
      { ...calls, part: "public access", at: ["publiclyAccessible"], safer: onOff },
      {
        ...calls,
        part: "class",
        at: ["dBInstanceClass"],
        before: { at: "dBInstanceClass", if: "pendingModifiedValues.dBInstanceClass" },
      },
      {
        ...calls,
        part: "storage",
        at: ["allocatedStorage"],
        unit: "GiB",
        before: { at: "allocatedStorage", if: "pendingModifiedValues.allocatedStorage" },
      },
    ];
  }),
  {
    service: "redshift",
    part: "snapshot retention",
    sets: ["ModifyCluster"],
    begins: ["CreateCluster"],
    at: ["automatedSnapshotRetentionPeriod"],
    unit: "day",
    safer: "more",
  },
  {
    service: "redshift",
    part: "public access",
    sets: ["ModifyCluster"],
    begins: ["CreateCluster"],
    at: ["publiclyAccessible"],
    safer: onOff,
  },
  {
    service: "elasticache",
    part: "snapshot retention",
    sets: ["ModifyReplicationGroup", "ModifyCacheCluster"],
    begins: ["CreateReplicationGroup", "CreateCacheCluster"],
    at: ["snapshotRetentionLimit"],
    unit: "day",
    safer: "more",
  },
  {
    service: "dynamodb",
    part: "deletion protection",
    sets: ["UpdateTable"],
    begins: ["CreateTable"],
    at: ["deletionProtectionEnabled"],
    safer: offOn,
  },
  {
    service: "dynamodb",
    part: "point-in-time recovery",
    sets: ["UpdateContinuousBackups"],
    at: ["pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled"],
    safer: offOn,
  },
  {
    service: "dynamodb",
    part: "billing mode",
    sets: ["UpdateTable"],
    begins: ["CreateTable"],
    at: ["billingMode"],
  },
  {
    service: "elasticloadbalancing",
    part: "deletion protection",
    sets: ["ModifyLoadBalancerAttributes"],
    at: attribute("deletion_protection.enabled"),
    safer: offOn,
  },
  {
    service: "elasticloadbalancing",
    part: "TLS policy",
    sets: ["ModifyListener"],
    begins: ["CreateListener"],
    at: ["sslPolicy"],
  },
  {
    service: "cloudformation",
    part: "termination protection",
    sets: ["UpdateTerminationProtection"],
    begins: ["CreateStack"],
    at: ["enableTerminationProtection"],
    safer: offOn,
  },
  ...(
    [
      ["isMultiRegionTrail", "coverage of regions"],
      ["includeGlobalServiceEvents", "global service events"],
      ["enableLogFileValidation", "log file validation"],
      ["isOrganizationTrail", "coverage of the organization"],
    ] as const
  ).map(
    ([name, part]): Setting => ({
      service: "cloudtrail",
      part,
      sets: ["UpdateTrail"],
      begins: ["CreateTrail"],
      at: [name],
      safer: offOn,
    }),
  ),
  {
    service: "cloudtrail",
    part: "bucket",
    sets: ["UpdateTrail"],
    begins: ["CreateTrail"],
    at: ["s3BucketName"],
  },
  {
    service: "guardduty",
    part: "frequency of findings",
    sets: ["UpdateDetector"],
    begins: ["CreateDetector"],
    at: ["findingPublishingFrequency"],
    safer: ["SIX_HOURS", "ONE_HOUR", "FIFTEEN_MINUTES"],
  },
  {
    service: "cognito-idp",
    part: "MFA",
    sets: ["UpdateUserPool", "SetUserPoolMfaConfig"],
    begins: ["CreateUserPool"],
    at: ["mfaConfiguration"],
    safer: ["OFF", "OPTIONAL", "ON"],
  },
  {
    service: "ecr",
    part: "mutability of tags",
    sets: ["PutImageTagMutability"],
    begins: ["CreateRepository"],
    at: ["imageTagMutability"],
    safer: ["MUTABLE", "IMMUTABLE"],
  },
  {
    service: "ecr",
    part: "scan on push",
    sets: ["PutImageScanningConfiguration"],
    begins: ["CreateRepository"],
    at: ["imageScanningConfiguration.scanOnPush"],
    safer: offOn,
  },
  {
    service: "eks",
    part: "public access to the endpoint",
    sets: ["UpdateClusterConfig"],
    begins: ["CreateCluster"],
    at: ["resourcesVpcConfig.endpointPublicAccess"],
    safer: onOff,
  },
  {
    service: "iam",
    part: "longest session",
    sets: ["UpdateRole"],
    begins: ["CreateRole"],
    at: ["maxSessionDuration"],
    unit: "second",
    safer: "less",
  },
  {
    service: "kms",
    part: "rotation period",
    sets: ["EnableKeyRotation"],
    at: ["rotationPeriodInDays"],
    unit: "day",
    safer: "less",
  },
  {
    service: "secretsmanager",
    part: "rotation period",
    sets: ["RotateSecret"],
    at: ["rotationRules.automaticallyAfterDays"],
    unit: "day",
    safer: "less",
  },
  {
    service: "ec2",
    part: "metadata tokens",
    sets: ["ModifyInstanceMetadataOptions"],
    begins: ["RunInstances"],
    at: ["ModifyInstanceMetadataOptionsRequest.HttpTokens", "metadataOptions.httpTokens"],
    safer: ["optional", "required"],
  },
  {
    service: "ec2",
    part: "termination protection",
    sets: ["ModifyInstanceAttribute"],
    begins: ["RunInstances"],
    at: ["disableApiTermination.value", "disableApiTermination"],
    safer: offOn,
  },
  {
    service: "ec2",
    part: "instance type",
    sets: ["ModifyInstanceAttribute"],
    begins: ["RunInstances"],
    at: ["instanceType.value", "instanceType"],
  },
  {
    service: "ec2",
    part: "size",
    sets: ["ModifyVolume"],
    begins: ["CreateVolume"],
    at: ["ModifyVolumeRequest.Size", "size"],
    unit: "GiB",
    before: {
      at: "ModifyVolumeResponse.volumeModification.originalSize",
      if: "ModifyVolumeResponse.volumeModification.targetSize",
    },
  },
  ...(
    [
      ["desiredCapacity", "desired capacity"],
      ["minSize", "least size"],
      ["maxSize", "largest size"],
    ] as const
  ).map(
    ([name, part]): Setting => ({
      service: "autoscaling",
      part,
      sets: ["UpdateAutoScalingGroup", "SetDesiredCapacity"],
      begins: ["CreateAutoScalingGroup"],
      at: [name],
    }),
  ),
  {
    service: "ecs",
    part: "desired count",
    sets: ["UpdateService"],
    begins: ["CreateService"],
    at: ["desiredCount"],
  },
  {
    service: "lambda",
    part: "reserved concurrency",
    sets: ["PutFunctionConcurrency"],
    ends: ["DeleteFunctionConcurrency"],
    at: ["reservedConcurrentExecutions"],
    without: { texts: ["none"] },
  },
  {
    service: "lambda",
    part: "timeout",
    sets: ["UpdateFunctionConfiguration"],
    begins: ["CreateFunction"],
    at: ["timeout"],
    unit: "second",
  },
  {
    service: "lambda",
    part: "memory",
    sets: ["UpdateFunctionConfiguration"],
    begins: ["CreateFunction"],
    at: ["memorySize"],
    unit: "MB",
  },
  {
    service: "lambda",
    part: "runtime",
    sets: ["UpdateFunctionConfiguration"],
    begins: ["CreateFunction"],
    at: ["runtime"],
  },
  { service: "monitoring", part: "threshold", sets: ["PutMetricAlarm"], at: ["threshold"] },
];
