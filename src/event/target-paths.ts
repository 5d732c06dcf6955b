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
  /** What it is, in words, where the event's noun is not it. */
  readonly kind?: string;
  /** What that belongs to. Absent: as the nouns tell. */
  readonly whole?: readonly string[];
  /** Default: `requestParameters`. */
  readonly under?: "responseElements" | "serviceEventDetails" | "additionalEventData";
  /** What stands here is another thing than the parameters name: the session on the instance. */
  readonly apart?: true;
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
  { service: "s3", events: ["CreateAccessPoint"], whole: ["bucket"] },

  { service: "ec2", events: ["*KeyPair"], target: ["keyName", "keyPairId"], whole: [] },
  {
    service: "ec2",
    events: ["*KeyPair"],
    target: ["keyName", "keyPairId"],
    under: "responseElements",
  },
  {
    service: "ec2",
    events: ["CreateTags", "DeleteTags"],
    target: [],
    whole: ["resourcesSet.items.resourceId"],
  },
  { service: "ec2", events: ["*Route"], whole: ["routeTableId"] },
  {
    service: "ec2",
    events: ["AttachVolume", "DetachVolume", "AttachNetworkInterface"],
    whole: ["instanceId"],
  },
  { service: "ec2", events: ["AssociateRouteTable"], whole: ["subnetId", "gatewayId"] },
  // The id of an association says nothing of its two ends.
  {
    service: "ec2",
    events: [
      ...["DetachNetworkInterface", "DisassociateRouteTable", "DisassociateIamInstanceProfile"],
      "DisassociateSubnetCidrBlock",
    ],
    target: [],
    whole: ["attachmentId", "associationId"],
  },
  {
    service: "ec2",
    events: ["AttachNetworkInterface", "AssociateRouteTable", "AssociateAddress"],
    target: [],
    whole: ["attachmentId", "associationId"],
    under: "responseElements",
  },
  {
    service: "ec2",
    events: ["AuthorizeSecurityGroup*"],
    target: ["securityGroupRuleSet.items.securityGroupRuleId"],
    under: "responseElements",
  },
  {
    service: "ec2",
    events: ["RevokeSecurityGroup*", "ModifySecurityGroupRules"],
    target: ["securityGroupRuleIds.items.securityGroupRuleId"],
  },
  {
    service: "ec2",
    events: ["*TransitGatewayVpcAttachment"],
    target: ["transitGatewayAttachmentId"],
  },
  {
    service: "ec2",
    events: ["CreateTransitGatewayVpcAttachment"],
    target: ["transitGatewayVpcAttachment.transitGatewayAttachmentId"],
    under: "responseElements",
  },
  {
    service: "ec2",
    events: ["RequestSpotInstances"],
    target: ["spotInstanceRequestSet.items.spotInstanceRequestId"],
    under: "responseElements",
  },
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
    whole: ["instanceId", "networkInterfaceId", "associationId"],
  },
  {
    service: "ec2",
    events: ["GetPasswordData", "GetConsoleOutput", "GetConsoleScreenshot"],
    target: ["instanceId"],
    kind: "instance",
  },
  {
    service: "ec2-instance-connect",
    events: ["Send*"],
    target: ["instanceId"],
    kind: "instance",
  },

  { service: "iam", events: ["DeleteVirtualMFADevice"], target: ["serialNumber"] },
  {
    service: "iam",
    events: ["CreateVirtualMFADevice"],
    target: ["virtualMFADevice.serialNumber"],
    under: "responseElements",
  },
  {
    service: "iam",
    events: ["EnableMFADevice", "DeactivateMFADevice", "ResyncMFADevice"],
    target: ["serialNumber"],
    whole: ["userName"],
    elseCaller: true,
  },
  {
    service: "iam",
    events: ["CreateAccessKey"],
    target: ["accessKey.accessKeyId"],
    under: "responseElements",
  },
  {
    service: "iam",
    events: [
      ...["*AccessKey", "*LoginProfile", "*SigningCertificate", "*SSHPublicKey"],
      ...["*ServiceSpecificCredential", "ChangePassword"],
    ],
    whole: ["userName"],
    elseCaller: true,
  },
  {
    service: "iam",
    events: ["Attach*", "Detach*"],
    target: ["policyArn"],
    kind: "policy",
    whole: ["userName", "roleName", "groupName"],
  },

  { service: "sts", events: ["AssumeRole*"], target: ["roleArn"] },
  { service: "sts", events: ["AssumeRoot"], target: ["targetPrincipal"] },
  {
    service: "sts",
    events: ["AssumeRole*"],
    target: ["assumedRoleUser.arn", "assumedRoleUser.assumedRoleId"],
    under: "responseElements",
    apart: true,
  },

  {
    service: "kms",
    events: ["Encrypt", "Decrypt", "Sign", "Verify"],
    target: ["keyId"],
    kind: "key",
  },
  { service: "kms", events: ["*Grant"], whole: ["keyId"] },
  { service: "kms", events: ["CreateAlias", "UpdateAlias"], whole: ["targetKeyId"] },

  { service: "lambda", events: ["Invoke"], target: ["functionName"], kind: "function" },
  {
    service: "lambda",
    events: ["*Permission", "*Alias", "*EventSourceMapping"],
    whole: ["functionName"],
  },

  { service: "rds", events: ["CreateDBSnapshot"], whole: ["dBInstanceIdentifier"] },
  {
    service: "rds",
    events: ["CreateDBInstanceReadReplica"],
    target: ["dBInstanceIdentifier"],
    whole: [],
  },
  {
    service: "rds",
    events: ["RemoveFromGlobalCluster"],
    whole: ["globalClusterIdentifier", "dbClusterIdentifier"],
  },
  {
    service: "rds",
    events: ["*AutomatedBackup"],
    whole: ["dbiResourceId", "dbClusterResourceId"],
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
  { service: "dynamodb", events: ["CreateBackup"], whole: ["tableName"] },

  { service: "secretsmanager", events: ["*ResourcePolicy"], whole: ["secretId"] },
  // These tell of one version; the secret may have others.
  {
    service: "secretsmanager",
    events: ["StartSecretVersionDelete", "EndSecretVersionDelete"],
    target: [],
    whole: ["ARN", "Name"],
    under: "additionalEventData",
  },

  { service: "ssm", events: ["GetParametersByPath"], target: ["path"] },
  { service: "ssm", events: ["SendCommand"], target: ["instanceIds"], kind: "instance" },
  {
    service: "ssm",
    events: ["SendCommand", "StartSession"],
    target: ["command.commandId", "sessionId"],
    under: "responseElements",
    apart: true,
  },
  {
    service: "ssm",
    events: ["ModifyDocumentPermission"],
    target: [],
    whole: ["name"],
  },
  { service: "ssm", events: ["StartSession"], target: ["target"], kind: "instance" },

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

  {
    service: "cloudformation",
    events: ["*ChangeSet", "*StackPolicy", "UpdateTerminationProtection"],
    whole: ["stackName"],
  },
  // Cloud Control: things of any service.
  {
    service: "cloudformation",
    events: ["CreateResource", "UpdateResource", "DeleteResource", "GetResource"],
    target: ["identifier"],
  },
  {
    service: "cloudformation",
    events: ["CreateResource", "UpdateResource", "DeleteResource"],
    target: ["progressEvent.identifier"],
    under: "responseElements",
  },
  { service: "cloudformation", events: ["*StackInstances"], whole: ["stackSetName"] },
  {
    service: "autoscaling",
    events: [
      ...["*Policy", "*ScalingPolicy", "*LifecycleHook", "*ScheduledUpdateGroupAction"],
      ...["SuspendProcesses", "ResumeProcesses"],
      ...["AttachInstances", "DetachInstances"],
    ],
    whole: ["autoScalingGroupName"],
  },
  // `desiredCapacity` is called as if it were what the event is about.
  { service: "autoscaling", events: ["SetDesiredCapacity"], target: ["autoScalingGroupName"] },
  {
    service: "elasticloadbalancing",
    events: ["RegisterTargets", "DeregisterTargets"],
    target: [],
    whole: ["targetGroupArn", "targets.id"],
  },
  { service: "elasticloadbalancing", events: ["CreateListener"], whole: ["loadBalancerArn"] },

  {
    service: "eks",
    events: ["UpdateClusterConfig", "UpdateClusterVersion", "AssociateEncryptionConfig"],
    target: [],
    whole: ["name", "clusterName"],
  },
  // The entry goes by its principal, which lives on without it.
  { service: "eks", events: ["*AccessEntry"], target: [], whole: ["principalArn", "name"] },
  { service: "eks", events: ["*AccessPolicy"], target: ["policyArn"], whole: ["name"] },
  {
    service: "eks",
    events: ["*Nodegroup", "*FargateProfile", "*Addon", "*PodIdentityAssociation"],
    whole: ["clusterName", "name"],
  },
  { service: "ecs", events: ["*Service", "*Task", "*TaskSet"], whole: ["cluster"] },
  // `service:web` of the service that runs the task.
  {
    service: "ecs",
    events: ["StopTask"],
    target: ["task.taskArn"],
    whole: ["task.group", "task.clusterArn"],
    under: "responseElements",
  },
  {
    service: "ecr",
    events: ["PolicyExecutionEvent"],
    target: [
      "lifecycleEventImageActions.lifecycleEventImage.digest",
      "lifecycleEventImageActions.lifecycleEventImage.tagList",
    ],
    kind: "image",
    whole: ["repositoryName"],
    under: "serviceEventDetails",
  },
  {
    service: "backup",
    events: ["BackupDeleted"],
    target: ["recoveryPointArn"],
    kind: "recovery point",
    whole: ["backupVaultName", "backupVaultArn"],
    under: "serviceEventDetails",
  },
  {
    service: "ecr",
    events: ["BatchDeleteImage"],
    target: ["imageIds.imageTag", "imageIds.imageDigest"],
    whole: ["repositoryName"],
  },
  {
    service: "ecr",
    events: ["PutImage"],
    target: ["imageTag", "imageDigest"],
    whole: ["repositoryName"],
  },
  {
    service: "ecr",
    events: ["PutImage"],
    target: ["image.imageId.imageTag", "image.imageId.imageDigest"],
    whole: ["image.repositoryName"],
    under: "responseElements",
  },
  // The service's own record of what a lifecycle policy removed.
  {
    service: "ecr",
    events: ["PolicyExecutionEvent"],
    target: [
      "lifecycleEventImageActions.lifecycleEventImage.digest",
      "lifecycleEventImageActions.lifecycleEventImage.tagList",
    ],
    kind: "image",
    whole: ["repositoryName"],
    under: "serviceEventDetails",
  },
  {
    service: "ecr",
    events: ["*LifecyclePolicy", "PutImageTagMutability", "PutImageScanningConfiguration"],
    target: [],
    whole: ["repositoryName"],
  },

  { service: "sns", events: ["Unsubscribe"], target: ["subscriptionArn"], kind: "subscription" },
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
    target: ["ids", "targets.id"],
    whole: ["rule"],
  },
  { service: "events", events: ["*Rule"], whole: ["eventBusName"] },
  { service: "firehose", events: ["UpdateDestination"], whole: ["deliveryStreamName"] },
  { service: "states", events: ["StartExecution"], whole: ["stateMachineArn"] },

  {
    service: "route53",
    events: ["ChangeResourceRecordSets"],
    target: ["changeBatch.changes.resourceRecordSet.name"],
    whole: ["hostedZoneId"],
  },
  { service: "route53resolver", events: ["Associate*", "Disassociate*"], whole: ["resourceId"] },
  { service: "cloudfront", events: ["CreateInvalidation"], whole: ["distributionId"] },
  {
    service: "apigateway",
    events: ["*Method", "*MethodResponse", "*Integration", "*IntegrationResponse"],
    whole: ["restApiId", "apiId", "resourceId"],
  },
  {
    service: "apigateway",
    events: ["*Stage", "*Deployment", "*Resource", "*Authorizer", "*Model", "*Route"],
    whole: ["restApiId", "apiId"],
  },
  {
    service: "wafv2",
    events: ["AssociateWebACL", "DisassociateWebACL", "*LoggingConfiguration", "*PermissionPolicy"],
    target: [],
    whole: ["webACLArn", "resourceArn", "loggingConfiguration.resourceArn"],
  },

  {
    service: "guardduty",
    events: ["*Members"],
    target: ["accountIds"],
    kind: "account",
    whole: ["detectorId"],
  },
  { service: "guardduty", events: ["*"], whole: ["detectorId"] },
  {
    service: "securityhub",
    events: ["BatchDisableStandards"],
    target: ["standardsSubscriptionArns"],
  },
  { service: "securityhub", events: ["*Members"], target: ["accountIds"] },
  { service: "inspector2", events: ["Enable", "Disable"], target: ["accountIds"] },
  { service: "config", events: ["*RemediationConfiguration"], whole: ["configRuleName"] },
  {
    service: "config",
    events: ["StartRemediationExecution"],
    whole: ["configRuleName", "resourceKeys.resourceId"],
  },
  // The id is that of the message.
  { service: "aws-mcp", events: ["Call*"], target: ["params.name"], kind: "tool", whole: [] },
  { service: "macie2", events: ["*Member"], target: ["id"] },

  {
    service: "organizations",
    events: ["RemoveAccountFromOrganization"],
    target: ["accountId"],
  },
  {
    service: "organizations",
    events: ["CreateAccount", "CreateGovCloudAccount"],
    target: ["createAccountStatus.accountName", "createAccountStatus.accountId"],
    under: "responseElements",
  },
  {
    service: "organizations",
    events: ["CreateAccountResult"],
    target: ["createAccountStatus.accountName", "createAccountStatus.accountId"],
    under: "serviceEventDetails",
  },
  {
    service: "organizations",
    events: ["EnablePolicyType", "DisablePolicyType"],
    whole: ["rootId"],
  },
  {
    service: "organizations",
    events: ["RegisterDelegatedAdministrator", "DeregisterDelegatedAdministrator"],
    whole: ["accountId"],
  },
  { service: "organizations", events: ["AttachPolicy", "DetachPolicy"], whole: ["targetId"] },

  { service: "backup", events: ["*RecoveryPoint"], whole: ["backupVaultName"] },
  { service: "backup", events: ["StartBackupJob"], whole: ["resourceArn"] },
  {
    service: "glue",
    events: ["BatchDeleteTable"],
    target: ["tablesToDelete"],
    whole: ["databaseName"],
  },
  { service: "glue", events: ["*Partition"], whole: ["databaseName", "tableName"] },
  { service: "glue", events: ["*Table"], whole: ["databaseName"] },
  { service: "elasticmapreduce", events: ["SetTerminationProtection"], whole: ["jobFlowIds"] },
  {
    service: "elasticbeanstalk",
    events: ["*ApplicationVersion"],
    target: ["versionLabel"],
    whole: ["applicationName"],
  },
  {
    service: "elasticbeanstalk",
    events: ["CreateEnvironment", "*ConfigurationTemplate"],
    whole: ["applicationName"],
  },
  { service: "transfer", events: ["*User", "*SshPublicKey"], whole: ["serverId", "userName"] },
  { service: "glacier", events: ["DeleteArchive", "UploadArchive"], whole: ["vaultName"] },
  {
    service: "cognito-idp",
    events: ["AdminAddUserToGroup", "AdminRemoveUserFromGroup"],
    whole: ["userPoolId", "username", "groupName"],
  },
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
  { service: "codebuild", events: ["StartBuild"], whole: ["projectName"] },
  {
    service: "workspaces",
    events: ["CreateWorkspaces"],
    target: ["pendingRequests.workspaceId"],
    under: "responseElements",
  },
  { service: "codecommit", events: ["*Branch", "*File"], whole: ["repositoryName"] },
];

/** Resource types whose name in an ARN is not the one in event names. */
export const arnTypes: { readonly [service: string]: { readonly [type: string]: string } } = {
  apigateway: { apis: "Api", restapis: "RestApi" },
  dax: { cache: "Cluster" },
  ec2: { "elastic-ip": "Address", "vpc-flow-log": "FlowLog" },
  elasticmapreduce: { cluster: "JobFlow" },
  rds: {
    "cluster-pg": "DBClusterParameterGroup",
    db: "DBInstance",
    es: "EventSubscription",
    og: "OptionGroup",
    pg: "DBParameterGroup",
    secgrp: "DBSecurityGroup",
    subgrp: "DBSubnetGroup",
  },
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
