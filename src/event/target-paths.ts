/**
 * Where the parameters of an event name what it acts on, for events whose own names do not tell.
 *
 * `DeleteBucketPolicy` with `bucketName` needs no row: `targets.ts` reads nouns. A row is for an
 * event whose parameter is called otherwise, or whose parent does not show in its name.
 */

export interface TargetPaths {
  /** First part of the eventSource. */
  readonly service: string;
  /** Without API version; `*` may stand first or last. */
  readonly events: readonly string[];
  /**
   * What is acted on: `a.b` descends, `a.*` takes the keys, `a/b` and `a:b` join the values at both.
   * Absent: as the nouns tell.
   */
  readonly target?: readonly string[];
  /** What that belongs to. Absent: as the nouns tell. */
  readonly whole?: readonly string[];
  /** Default: `requestParameters`. */
  readonly under?: "responseElements" | "additionalEventData";
  /** IAM takes the caller for the user when the call names none. */
  readonly elseCaller?: true;
}

export const targetPaths: readonly TargetPaths[] = [
  {
    service: "s3",
    events: [
      ...["GetObject", "HeadObject", "PutObject", "CopyObject", "DeleteObject", "RestoreObject"],
      ...["CreateMultipartUpload", "CompleteMultipartUpload", "AbortMultipartUpload", "UploadPart"],
      "SelectObjectContent",
    ],
    target: ["bucketName/key"],
    whole: ["bucketName"],
  },
  // The keys are not logged.
  { service: "s3", events: ["DeleteObjects"], target: [], whole: ["bucketName"] },
  {
    service: "s3",
    events: ["*ObjectAcl", "*ObjectTagging", "*ObjectRetention", "*ObjectLegalHold"],
    target: [],
    whole: ["bucketName/key", "bucketName"],
  },

  { service: "ec2", events: ["*KeyPair"], target: ["keyName", "keyPairId"], whole: [] },
  {
    service: "ec2",
    events: ["CreateTags", "DeleteTags"],
    target: [],
    whole: ["resourcesSet.items.resourceId"],
  },
  { service: "ec2", events: ["*Route"], whole: ["routeTableId"] },
  { service: "ec2", events: ["AttachVolume", "DetachVolume"], whole: ["instanceId"] },
  {
    service: "ec2",
    events: ["AttachInternetGateway", "DetachInternetGateway"],
    whole: ["vpcId"],
  },
  {
    service: "ec2",
    events: ["AllocateAddress"],
    target: ["allocationId", "publicIp"],
    under: "responseElements",
  },
  {
    service: "ec2",
    events: ["ReleaseAddress", "AssociateAddress", "DisassociateAddress"],
    target: ["allocationId", "publicIp"],
    whole: ["instanceId"],
  },
  {
    service: "ec2",
    events: ["GetPasswordData", "GetConsoleOutput", "GetConsoleScreenshot"],
    target: ["instanceId"],
  },
  { service: "ec2-instance-connect", events: ["Send*"], target: ["instanceId"] },

  {
    service: "iam",
    events: [
      ...["*AccessKey", "*LoginProfile", "*MFADevice", "*SigningCertificate", "*SSHPublicKey"],
      ...["*ServiceSpecificCredential", "ChangePassword"],
    ],
    whole: ["userName"],
    elseCaller: true,
  },
  { service: "iam", events: ["AttachUserPolicy", "DetachUserPolicy"], whole: ["userName"] },

  { service: "kms", events: ["Encrypt", "Decrypt", "Sign", "Verify"], target: ["keyId"] },
  { service: "kms", events: ["*Grant"], whole: ["keyId"] },
  { service: "kms", events: ["CreateAlias", "UpdateAlias"], whole: ["targetKeyId"] },

  { service: "lambda", events: ["Invoke"], target: ["functionName"] },
  {
    service: "lambda",
    events: ["*Permission", "*Alias", "*EventSourceMapping"],
    whole: ["functionName"],
  },

  // `dBName` is the database inside, not what the instance belongs to.
  { service: "rds", events: ["CreateDB*", "RestoreDB*"], whole: ["dBClusterIdentifier"] },
  // `attributeName` says what of the snapshot is changed.
  {
    service: "rds",
    events: ["ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute"],
    target: [],
  },

  {
    service: "dynamodb",
    events: ["BatchWriteItem", "BatchGetItem"],
    target: [],
    whole: ["requestItems.*", "requestItems.tableName"],
  },
  {
    service: "dynamodb",
    events: ["TransactWriteItems", "TransactGetItems"],
    target: [],
    whole: ["delete", "put", "update", "conditionCheck", "get"].map(
      (action) => `transactItems.${action}.tableName`,
    ),
  },
  {
    service: "dynamodb",
    events: ["*Item", "Query", "Scan", "UpdateTimeToLive", "UpdateContinuousBackups"],
    target: [],
    whole: ["tableName"],
  },

  // These tell of one version; the secret may have others.
  {
    service: "secretsmanager",
    events: ["StartSecretVersionDelete", "EndSecretVersionDelete"],
    target: [],
    whole: ["ARN", "Name"],
    under: "additionalEventData",
  },

  { service: "ssm", events: ["SendCommand"], target: ["instanceIds"] },
  { service: "ssm", events: ["StartSession"], target: ["target"] },

  {
    service: "logs",
    events: ["*LogStream", "*RetentionPolicy", "*SubscriptionFilter", "*MetricFilter"],
    whole: ["logGroupName"],
  },
  { service: "cloudtrail", events: ["StartLogging", "StopLogging"], target: ["name"] },
  { service: "cloudtrail", events: ["*EventSelectors", "*InsightSelectors"], whole: ["trailName"] },
  // The metric belongs to nobody.
  { service: "monitoring", events: ["PutMetricAlarm"], whole: [] },
  {
    service: "monitoring",
    events: ["EnableAlarmActions", "DisableAlarmActions"],
    target: ["alarmNames"],
  },
  {
    service: "elasticfilesystem",
    events: ["CreateMountTarget", "PutLifecycleConfiguration", "PutBackupPolicy"],
    whole: ["fileSystemId"],
  },

  { service: "cloudformation", events: ["*ChangeSet", "*StackPolicy"], whole: ["stackName"] },
  { service: "cloudformation", events: ["*StackInstances"], whole: ["stackSetName"] },
  {
    service: "autoscaling",
    events: [
      ...["*Policy", "*ScalingPolicy", "*LifecycleHook", "*ScheduledUpdateGroupAction"],
      ...["SetDesiredCapacity", "SuspendProcesses", "ResumeProcesses"],
      ...["AttachInstances", "DetachInstances"],
    ],
    whole: ["autoScalingGroupName"],
  },
  {
    service: "elasticloadbalancing",
    events: ["RegisterTargets", "DeregisterTargets"],
    target: [],
    whole: ["targetGroupArn", "targets.id"],
  },
  { service: "elasticloadbalancing", events: ["CreateListener"], whole: ["loadBalancerArn"] },

  { service: "eks", events: ["*AccessEntry"], target: ["principalArn"], whole: ["name"] },
  { service: "eks", events: ["*AccessPolicy"], target: ["policyArn"], whole: ["name"] },
  {
    service: "eks",
    events: ["*Nodegroup", "*FargateProfile", "*Addon", "*PodIdentityAssociation"],
    whole: ["clusterName", "name"],
  },
  { service: "ecs", events: ["*Service", "*Task", "*TaskSet"], whole: ["cluster"] },
  {
    service: "ecr",
    events: ["BatchDeleteImage"],
    target: ["imageIds.imageTag", "imageIds.imageDigest"],
    whole: ["repositoryName"],
  },
  {
    service: "ecr",
    events: ["PutImage", "*LifecyclePolicy", "PutImageTagMutability"],
    target: [],
    whole: ["repositoryName"],
  },

  {
    service: "sns",
    events: ["Subscribe", "Publish", "AddPermission", "RemovePermission"],
    target: [],
    whole: ["topicArn"],
  },
  {
    service: "sqs",
    events: ["*Message", "*MessageBatch", "AddPermission", "RemovePermission"],
    target: [],
    whole: ["queueUrl"],
  },
  {
    service: "events",
    events: ["PutTargets", "RemoveTargets"],
    target: [],
    whole: ["rule"],
  },
  { service: "events", events: ["*Rule"], whole: ["eventBusName"] },
  { service: "states", events: ["StartExecution"], whole: ["stateMachineArn"] },

  {
    service: "route53",
    events: ["ChangeResourceRecordSets"],
    target: ["changeBatch.changes.resourceRecordSet.name"],
    whole: ["hostedZoneId"],
  },
  { service: "cloudfront", events: ["CreateInvalidation"], whole: ["distributionId"] },
  {
    service: "apigateway",
    events: [
      ...["*Stage", "*Deployment", "*Resource", "*Method", "*Authorizer", "*Model", "*Route"],
      "*Integration",
    ],
    whole: ["restApiId", "apiId"],
  },
  {
    service: "wafv2",
    events: ["AssociateWebACL", "DisassociateWebACL"],
    target: [],
    whole: ["webACLArn", "resourceArn"],
  },

  {
    service: "guardduty",
    events: ["*Members"],
    target: ["accountIds"],
    whole: ["detectorId"],
  },
  {
    service: "guardduty",
    events: [
      ...["*Filter", "*IPSet", "*ThreatIntelSet", "*PublishingDestination"],
      "DisassociateFrom*",
    ],
    whole: ["detectorId"],
  },
  { service: "securityhub", events: ["*Members"], target: ["accountIds"] },
  { service: "macie2", events: ["*Member"], target: ["id"] },

  {
    service: "organizations",
    events: ["RemoveAccountFromOrganization"],
    target: ["accountId"],
  },
  { service: "organizations", events: ["AttachPolicy", "DetachPolicy"], whole: ["targetId"] },

  { service: "backup", events: ["*RecoveryPoint"], whole: ["backupVaultName"] },
  { service: "glue", events: ["*Table", "*Partition"], whole: ["databaseName"] },
  {
    service: "glue",
    events: ["BatchDeleteTable"],
    target: ["tablesToDelete"],
    whole: ["databaseName"],
  },
  { service: "glacier", events: ["DeleteArchive", "UploadArchive"], whole: ["vaultName"] },
  {
    service: "cognito-idp",
    events: ["Admin*", "*UserPoolClient", "*Group", "*IdentityProvider"],
    whole: ["userPoolId"],
  },
  {
    service: "sso",
    events: ["*AccountAssignment"],
    target: [],
    whole: ["permissionSetArn", "principalId", "targetId"],
  },
  { service: "codecommit", events: ["*Branch", "*File"], whole: ["repositoryName"] },
];

/** Resource types whose name in an ARN is not the one in event names. */
export const arnTypes: { readonly [service: string]: { readonly [type: string]: string } } = {
  ec2: { "elastic-ip": "Address", "vpc-flow-log": "FlowLog" },
  elasticmapreduce: { cluster: "JobFlow" },
  rds: { db: "DBInstance", secgrp: "DBSecurityGroup" },
};

/** Keys beside the name of a thing of this kind (as nouns compare) that hold another name of it. */
export const otherNames: readonly {
  readonly service: string;
  readonly noun: string;
  readonly keys: readonly string[];
}[] = [
  { service: "rds", noun: "dbinstance", keys: ["dbiResourceId"] },
  { service: "rds", noun: "dbcluster", keys: ["dbClusterResourceId"] },
  { service: "cloudfront", noun: "distribution", keys: ["domainName"] },
];
