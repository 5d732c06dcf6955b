/**
 * On which ARNs a policy must allow an action, and where the event's parameters name them, as data.
 *
 * The first row decides that is for the action and whose names the event has. A row is complete: where
 * it names one kind of resource, the action needs no other, or the others are listed too. Actions
 * without a row, as all that need several kinds of resource, are left to `resource-arns.ts` and to `*`.
 */

export interface ArnTemplate {
  /** IAM prefix. */
  readonly service: string;
  /** Of actions, without their prefix; absent: all of the service's. */
  readonly actions?: RegExp;
  readonly events?: RegExp;
  /**
   * All of them. None: the action takes no resource, or looks at all there are. In braces stands a path below `requestParameters`, or below
   * `responseElements` after `re:`; after a bar, the form of the name. `{here}` is the service's ARNs in
   * region and account, `{account}` those without region.
   */
  readonly arns: readonly string[];
  /** Those of them that can be filled in. */
  readonly also?: readonly string[];
}

export const arnTemplates: readonly ArnTemplate[] = [
  {
    service: "s3",
    actions: /^(?:ListAllMyBuckets|(?:Get|Put)AccountPublicAccessBlock|ListAccessPoints|ListJobs)$/,
    arns: [],
  },
  {
    service: "s3",
    actions: /^GetObject/,
    events: /^(?:CopyObject|UploadPartCopy)$/,
    arns: ["arn:{partition}:s3:::{x-amz-copy-source|bucket}/*"],
  },
  {
    service: "s3",
    actions: /^(?:(?:Get|Put|Delete|Restore)Object|AbortMultipartUpload|ListMultipartUploadParts)/,
    arns: ["{bucketName|objects}"],
  },
  { service: "s3", arns: ["arn:{partition}:s3:::{bucketName}"] },

  { service: "ec2", actions: /^(?:Describe|List|Search)/, arns: [] },
  {
    service: "ec2",
    actions: /^(?:Terminate|Stop|Start|Reboot|Monitor|Unmonitor)Instances$/,
    arns: ["{here}:instance/{instancesSet.items.instanceId}"],
  },
  {
    service: "ec2",
    actions: /^(?:GetConsoleOutput|GetConsoleScreenshot|GetPasswordData)$/,
    arns: ["{here}:instance/{instanceId}"],
  },
  {
    service: "ec2",
    actions: /^ModifyInstanceAttribute$/,
    arns: ["{here}:instance/{instanceId}"],
    also: ["{here}:security-group/{groupSet.items.groupId}"],
  },
  {
    service: "ec2",
    actions: /^DeleteFlowLogs$/,
    arns: ["{here}:vpc-flow-log/{DeleteFlowLogsRequest.FlowLogId.content}"],
  },
  {
    service: "ec2",
    actions: /^(?:Attach|Detach)Volume$/,
    arns: ["{here}:volume/{volumeId}", "{here}:instance/{instanceId}"],
  },
  { service: "ec2", actions: /^(?:Delete|Modify)Volume$/, arns: ["{here}:volume/{volumeId}"] },
  {
    service: "ec2",
    actions: /^(?:DeleteSnapshot|(?:Modify|Reset)SnapshotAttribute)$/,
    arns: ["arn:{partition}:ec2:{region}::snapshot/{snapshotId}"],
  },
  {
    service: "ec2",
    actions: /^(?:DeregisterImage|(?:Modify|Reset)ImageAttribute)$/,
    arns: ["arn:{partition}:ec2:{region}::image/{imageId}"],
  },
  {
    service: "ec2",
    actions: /^(?:DeleteSecurityGroup|(?:Authorize|Revoke)SecurityGroup(?:In|E)gress)$/,
    arns: ["{here}:security-group/{groupId}"],
  },
  {
    service: "ec2",
    actions: /^(?:Create|Delete|Replace)Route$|^DeleteRouteTable$/,
    arns: ["{here}:route-table/{routeTableId}"],
  },
  {
    service: "ec2",
    actions: /^(?:Attach|Detach)InternetGateway$/,
    arns: ["{here}:internet-gateway/{internetGatewayId}", "{here}:vpc/{vpcId}"],
  },
  {
    service: "ec2",
    actions: /^DeleteInternetGateway$/,
    arns: ["{here}:internet-gateway/{internetGatewayId}"],
  },
  {
    service: "ec2",
    actions: /^DeleteNetworkInterface$/,
    arns: ["{here}:network-interface/{networkInterfaceId}"],
  },
  { service: "ec2", actions: /^(?:DeleteVpc|ModifyVpcAttribute)$/, arns: ["{here}:vpc/{vpcId}"] },
  { service: "ec2", actions: /^DeleteSubnet$/, arns: ["{here}:subnet/{subnetId}"] },
  {
    service: "ec2",
    actions: /^(?:CreateKeyPair|DeleteKeyPair|ImportKeyPair)$/,
    arns: ["{here}:key-pair/{keyName}"],
  },
  {
    service: "ec2",
    actions: /^(?:Create|Delete)Tags$/,
    arns: ["{here}:{resourcesSet.items.resourceId|typed}"],
  },
  {
    service: "ec2-instance-connect",
    actions: /^SendS/,
    arns: ["arn:{partition}:ec2:{region}:{account-id}:instance/{instanceId}"],
  },

  {
    service: "iam",
    actions:
      /^(?:List(?:Users|Roles|Groups|Policies|AccountAliases|InstanceProfiles|VirtualMFADevices|ServerCertificates|SAMLProviders|OpenIDConnectProviders)|GetAccount.*|GetCredentialReport|GenerateCredentialReport|.*AccountPasswordPolicy|(?:Create|Delete)AccountAlias)$/,
    arns: [],
  },
  {
    service: "iam",
    actions: /^CreateServiceLinkedRole$/,
    arns: ["{account}:role/aws-service-role/{aWSServiceName}/*"],
  },
  { service: "iam", actions: /^CreateRole$/, arns: ["{re:role.arn}"] },
  { service: "iam", actions: /^CreateUser$/, arns: ["{re:user.arn}"] },
  { service: "iam", actions: /^CreateGroup$/, arns: ["{re:group.arn}"] },
  { service: "iam", actions: /^CreatePolicy$/, arns: ["{re:policy.arn}"] },
  { service: "iam", actions: /^CreateInstanceProfile$/, arns: ["{re:instanceProfile.arn}"] },
  {
    service: "iam",
    actions: /InstanceProfile$/,
    arns: [...pathless("instance-profile", "instanceProfileName")],
  },
  {
    service: "iam",
    actions: /^(?:Add|Remove)User|Group(?!sForUser)/,
    arns: [...pathless("group", "groupName")],
  },
  { service: "iam", actions: /Role(?!s)|RolePolic/, arns: [...pathless("role", "roleName")] },
  {
    service: "iam",
    actions: /^(?:Get|Delete|List|Create|SetDefault)Polic|EntitiesForPolicy$/,
    arns: ["{policyArn}"],
  },
  { service: "iam", actions: /SAMLProvider$/, arns: ["{sAMLProviderArn}"] },
  { service: "iam", actions: /OpenIDConnectProvider/, arns: ["{openIDConnectProviderArn}"] },
  { service: "iam", actions: /^Simulate/, arns: ["{policySourceArn}"] },
  {
    service: "iam",
    actions: /^CreateVirtualMFADevice$/,
    arns: ["{account}:mfa/{virtualMFADeviceName}"],
  },
  { service: "iam", actions: /^DeleteVirtualMFADevice$/, arns: ["{serialNumber}"] },
  {
    service: "iam",
    actions:
      /User|LoginProfile|AccessKeys?$|MFADevice|ChangePassword|SigningCertificate|SSHPublicKey|ServiceSpecificCredential/,
    arns: [...pathless("user", "userName|caller")],
  },

  { service: "sts", actions: /^AssumeR/, arns: ["{roleArn}"] },
  { service: "sts", actions: /^GetFederationToken$/, arns: ["{account}:federated-user/{name}"] },
  { service: "sts", arns: [] },

  {
    service: "kms",
    actions: /^(?:CreateKey|ListKeys|ListAliases|GenerateRandom|.*CustomKeyStores?)$/,
    arns: [],
  },
  {
    service: "kms",
    actions: /^(?:Create|Update)Alias$/,
    arns: ["{here}:{aliasName}", "{here}:key/{targetKeyId|key}"],
  },
  { service: "kms", actions: /^ReEncryptTo$/, arns: ["{here}:key/{destinationKeyId|key}"] },
  { service: "kms", actions: /^ReEncryptFrom$/, arns: ["{here}:key/{sourceKeyId|key}"] },
  { service: "kms", arns: ["{here}:key/{keyId|key}"] },

  {
    service: "lambda",
    actions:
      /^(?:ListFunctions|ListEventSourceMappings|CreateEventSourceMapping|GetAccountSettings|ListLayers|ListCodeSigningConfigs)$/,
    arns: [],
  },
  {
    service: "lambda",
    actions: /EventSourceMapping$/,
    arns: ["{here}:event-source-mapping:{uUID}"],
  },
  {
    service: "lambda",
    actions: /LayerVersion/,
    arns: ["{here}:layer:{layerName}"],
    also: ["{here}:layer:{layerName}:*"],
  },
  {
    service: "lambda",
    actions: /^InvokeFunction$/,
    arns: ["{here}:function:{functionName|function}"],
    also: ["{here}:function:{functionName|function}:{qualifier}"],
  },
  { service: "lambda", actions: /^(?:Tag|Untag)Resource$|^ListTags$/, arns: ["{resource}"] },
  { service: "lambda", arns: ["{here}:function:{functionName|function}"] },

  {
    service: "dynamodb",
    actions:
      /^(?:List(?:Tables|Backups|Exports|Imports|GlobalTables)|DescribeLimits|DescribeEndpoints)$/,
    arns: [],
  },
  { service: "dynamodb", actions: /^(?:Delete|Describe)Backup$/, arns: ["{backupArn}"] },
  {
    service: "dynamodb",
    actions: /^(?:TagResource|UntagResource|ListTagsOfResource|\w+ResourcePolicy)$/,
    arns: ["{resourceArn}"],
  },
  { service: "dynamodb", actions: /^Batch/, arns: ["{here}:table/{requestItems|keys}"] },
  {
    service: "dynamodb",
    actions: /^(?:Query|Scan)$/,
    arns: ["{here}:table/{tableName}"],
    also: ["{here}:table/{tableName|name}/index/{indexName}"],
  },
  {
    service: "dynamodb",
    actions: /^(?!Restore|Import|Export|DescribeStream)/,
    arns: ["{here}:table/{tableName}"],
  },

  { service: "sqs", actions: /^ListQueues$/, arns: [] },
  { service: "sqs", actions: /^(?:CreateQueue|GetQueueUrl)$/, arns: ["{here}:{queueName}"] },
  { service: "sqs", arns: ["{queueUrl|queue}"] },

  {
    service: "sns",
    actions:
      /^(?:ListTopics|ListSubscriptions|Unsubscribe|\w*SubscriptionAttributes|\w*SMS\w*|\w*Platform\w*|\w*PhoneNumbers?\w*|ListOriginationNumbers)$/,
    arns: [],
  },
  { service: "sns", actions: /^CreateTopic$/, arns: ["{here}:{name}"] },
  {
    service: "sns",
    actions: /^(?:TagResource|UntagResource|ListTagsForResource)$/,
    arns: ["{resourceArn}"],
  },
  { service: "sns", arns: ["{topicArn}"] },

  {
    service: "secretsmanager",
    actions: /^(?:ListSecrets|GetRandomPassword|BatchGetSecretValue)$/,
    arns: [],
  },
  { service: "secretsmanager", actions: /^CreateSecret$/, arns: ["{here}:secret:{name}-??????"] },
  { service: "secretsmanager", arns: ["{here}:secret:{secretId|secret}"] },

  {
    service: "ssm",
    actions: /^(?:Describe(?!Document|Parameter$)|ListDocuments|ListCommand|GetInventory)/,
    arns: [],
  },
  {
    service: "ssm",
    actions: /^GetParametersByPath$/,
    arns: ["{here}:parameter/{path|slashless}"],
    also: ["{here}:parameter/{path|slashless}/*"],
  },
  {
    service: "ssm",
    actions: /^(?:Get|Put|Delete|Label|Unlabel)Parameter/,
    arns: ["{here}:parameter/{name|slashless}"],
  },
  {
    service: "ssm",
    actions: /^(?:Get|Delete)Parameters$/,
    arns: ["{here}:parameter/{names|slashless}"],
  },
  {
    service: "ssm",
    actions: /^(?:Terminate|Resume)Session$/,
    arns: ["{here}:session/{sessionId}"],
  },
  {
    service: "ssm",
    actions: /^StartSession$/,
    arns: ["{target|managed}"],
    also: ["{documentName|document}"],
  },
  {
    service: "ssm",
    actions: /^SendCommand$/,
    arns: ["{documentName|document}", "{instanceIds|managed}"],
  },
  { service: "ssm", actions: /^(?:Get|Update|Delete|Describe)Document/, arns: ["{name|document}"] },

  {
    service: "logs",
    actions:
      /^(?:DescribeLogGroups|StopQuery|GetQueryResults|DescribeQueries|TestMetricFilter|Describe(?:Destinations|ExportTasks|ResourcePolicies|QueryDefinitions)|\w+ResourcePolicy|GetLogRecord)$/,
    arns: [],
  },
  {
    service: "logs",
    // Some calls are checked against the group, others against the streams in it.
    arns: ["{here}:log-group:{logGroupName}", "{here}:log-group:{logGroupName|name}:*"],
  },

  {
    service: "cloudtrail",
    actions:
      /^(?:LookupEvents|DescribeTrails|ListTrails|ListPublicKeys|ListEventDataStores|ListChannels)$/,
    arns: [],
  },
  {
    service: "cloudtrail",
    actions: /EventDataStore/,
    arns: ["{here}:eventdatastore/{eventDataStore|last}"],
  },
  { service: "cloudtrail", actions: /Selectors$/, arns: ["{here}:trail/{trailName}"] },
  {
    service: "cloudtrail",
    actions: /^(?:Create|Update|Delete|Get)Trail|Logging$/,
    arns: ["{here}:trail/{name}"],
  },

  {
    service: "cloudwatch",
    actions:
      /^(?:PutMetricData|GetMetric\w*|ListMetrics|ListDashboards|DescribeAlarmsForMetric|DescribeAnomalyDetectors)$/,
    arns: [],
  },
  {
    service: "cloudwatch",
    actions: /^(?:Get|Put)Dashboard$/,
    arns: ["{account}:dashboard/{dashboardName}"],
  },
  {
    service: "cloudwatch",
    actions: /^DeleteDashboards$/,
    arns: ["{account}:dashboard/{dashboardNames}"],
  },
  {
    service: "cloudwatch",
    actions: /^(?:PutMetricAlarm|SetAlarmState|PutCompositeAlarm|DescribeAlarmHistory)$/,
    arns: ["{here}:alarm:{alarmName}"],
  },
  { service: "cloudwatch", actions: /Alarms$|AlarmActions$/, arns: ["{here}:alarm:{alarmNames}"] },

  {
    service: "cloudformation",
    actions:
      /^(?:ListStacks|ListStackSets|ValidateTemplate|ListExports|ListImports|DescribeAccountLimits|EstimateTemplateCost|\w+Resources?Request\w*|\w+Type\w*)$/,
    arns: [],
  },
  {
    service: "cloudformation",
    actions: /StackSet|StackInstances/,
    arns: ["{here}:stackset/{stackSetName|last}:*"],
  },
  {
    service: "cloudformation",
    actions: /Stack|ChangeSet|Template/,
    arns: ["{here}:stack/{stackName}/*"],
  },

  { service: "autoscaling", actions: /^Describe/, arns: [] },
  {
    service: "autoscaling",
    actions: /LaunchConfiguration$/,
    arns: ["{here}:launchConfiguration:*:launchConfigurationName/{launchConfigurationName}"],
  },
  {
    service: "autoscaling",
    arns: ["{here}:autoScalingGroup:*:autoScalingGroupName/{autoScalingGroupName}"],
  },

  { service: "elasticloadbalancing", actions: /^Describe/, arns: [] },
  {
    service: "elasticloadbalancing",
    actions: /^(?:Register|Deregister)Targets$|^(?:Delete|Modify)TargetGroup/,
    arns: ["{targetGroupArn}"],
  },
  {
    service: "elasticloadbalancing",
    actions: /^(?:Delete|Modify)Listener$|^CreateRule$/,
    arns: ["{listenerArn}"],
  },
  { service: "elasticloadbalancing", actions: /^(?:Delete|Modify)Rule$/, arns: ["{ruleArn}"] },
  {
    service: "elasticloadbalancing",
    actions:
      /^(?:DeleteLoadBalancer|ModifyLoadBalancerAttributes|CreateListener|SetSecurityGroups|SetSubnets)$/,
    arns: ["{loadBalancerArn}"],
  },

  { service: "elasticfilesystem", arns: ["{here}:file-system/{fileSystemId}"] },

  { service: "eks", actions: /^(?:ListClusters|DescribeAddonVersions|RegisterCluster)$/, arns: [] },
  {
    service: "eks",
    actions: /^(?:Delete|Describe|Update)Nodegroup/,
    arns: ["{here}:nodegroup/{clusterName|last}/{nodegroupName}/*"],
  },
  { service: "eks", actions: /Cluster/, arns: ["{here}:cluster/{name}"] },

  {
    service: "ecs",
    actions:
      /^(?:ListClusters|DescribeTaskDefinition|ListTaskDefinitions?\w*|RegisterTaskDefinition|DeregisterTaskDefinition)$/,
    arns: [],
  },
  {
    service: "ecs",
    actions: /^(?:Create|Delete|Update|Put)Cluster/,
    arns: ["{here}:cluster/{clusterName|last}"],
  },
  { service: "ecs", actions: /^DeleteCluster$/, arns: ["{here}:cluster/{cluster}"] },
  {
    service: "ecs",
    actions: /^(?:Update|Delete)Service$/,
    arns: ["{here}:service/{cluster|last}/{service}"],
  },
  {
    service: "ecs",
    actions: /^(?:RunTask|StartTask)$/,
    arns: ["{here}:task-definition/{taskDefinition|revision}"],
  },

  { service: "ecr", actions: /^(?:GetAuthorizationToken|\w*Registry\w*)$/, arns: [] },
  { service: "ecr", arns: ["{here}:repository/{repositoryName}"] },

  {
    service: "rds",
    actions: /^Describe(?!DB(?:Instances|Clusters|Snapshots|ClusterSnapshots)$)/,
    arns: [],
  },
  {
    service: "rds",
    actions: /^(?:Delete|Modify|Start|Stop|Reboot|Describe)DBInstances?$/,
    arns: ["{here}:db:{dBInstanceIdentifier}"],
  },
  {
    service: "rds",
    actions: /^(?:Delete|Modify|Start|Stop|Failover|Describe)DBClusters?$/,
    arns: ["{here}:cluster:{dBClusterIdentifier}"],
  },
  {
    service: "rds",
    actions: /^CreateDBSnapshot$/,
    arns: ["{here}:db:{dBInstanceIdentifier}", "{here}:snapshot:{dBSnapshotIdentifier}"],
  },
  {
    service: "rds",
    actions: /^(?:DeleteDBSnapshot|ModifyDBSnapshot\w*|DescribeDBSnapshots)$/,
    arns: ["{here}:snapshot:{dBSnapshotIdentifier}"],
  },
  {
    service: "rds",
    actions: /^(?:DeleteDBClusterSnapshot|ModifyDBClusterSnapshot\w*|DescribeDBClusterSnapshots)$/,
    arns: ["{here}:cluster-snapshot:{dBClusterSnapshotIdentifier}"],
  },
  { service: "rds", actions: /Tags/, arns: ["{resourceName}"] },

  { service: "redshift", actions: /^Describe/, arns: [] },
  {
    service: "redshift",
    actions: /^(?:Delete|Modify|Reboot|Pause|Resume)Cluster$/,
    arns: ["{here}:cluster:{clusterIdentifier}"],
  },
  {
    service: "elasticache",
    actions: /^(?:Delete|Modify|Reboot)CacheCluster$/,
    arns: ["{here}:cluster:{cacheClusterId}"],
  },
  {
    service: "elasticache",
    actions: /^(?:Delete|Modify)ReplicationGroup$/,
    arns: ["{here}:replicationgroup:{replicationGroupId}"],
  },
  { service: "es", actions: /Domain/, arns: ["{here}:domain/{domainName}"] },

  { service: "kinesis", actions: /^(?:ListStreams|DescribeLimits|\w*AccountSettings)$/, arns: [] },
  {
    service: "kinesis",
    actions: /^(?!.*(?:GetRecords|Consumer|SubscribeToShard))/,
    arns: ["{here}:stream/{streamName}"],
  },
  { service: "firehose", actions: /^ListDeliveryStreams$/, arns: [] },
  { service: "firehose", arns: ["{here}:deliverystream/{deliveryStreamName}"] },

  {
    service: "events",
    actions: /^(?:ListRules|ListEventBuses|TestEventPattern|ListRuleNamesByTarget)$/,
    arns: [],
  },
  { service: "events", actions: /EventBus$/, arns: ["{here}:event-bus/{name}"] },
  { service: "events", actions: /Rule$/, arns: ["{here}:rule/{eventBusName|bus}{name}"] },
  {
    service: "events",
    actions: /Targets(?:ByRule)?$/,
    arns: ["{here}:rule/{eventBusName|bus}{rule}"],
  },

  {
    service: "states",
    actions: /^(?:ListStateMachines|ListActivities|ValidateStateMachineDefinition)$/,
    arns: [],
  },
  { service: "states", actions: /^CreateStateMachine$/, arns: ["{here}:stateMachine:{name}"] },
  {
    service: "states",
    actions: /Execution(?!s)|MapRun/,
    events: /^(?!StartExecution|StartSyncExecution)/,
    arns: ["{executionArn}"],
  },
  { service: "states", actions: /StateMachine|Execution/, arns: ["{stateMachineArn}"] },

  {
    service: "route53",
    actions:
      /^(?:ListHostedZones\w*|CreateHostedZone|GetHostedZoneCount|ListHealthChecks|CreateHealthCheck|GetAccountLimit|ListGeoLocations|TestDNSAnswer)$/,
    arns: [],
  },
  {
    service: "route53",
    actions: /^GetChange$/,
    arns: ["arn:{partition}:route53:::change/{id|last}"],
  },
  {
    service: "route53",
    actions: /ResourceRecordSets$/,
    arns: ["arn:{partition}:route53:::hostedzone/{hostedZoneId|last}"],
  },
  {
    service: "route53",
    actions: /^(?:Get|Delete|Update)HostedZone/,
    arns: ["arn:{partition}:route53:::hostedzone/{id|last}"],
  },

  {
    service: "cloudfront",
    actions: /^List(?:Distributions|CloudFrontOriginAccessIdentities|Functions)$/,
    arns: [],
  },
  {
    service: "cloudfront",
    actions: /Invalidations?$/,
    arns: ["{account}:distribution/{distributionId}"],
  },
  {
    service: "cloudfront",
    actions: /^(?:Get|Update|Delete)Distribution/,
    arns: ["{account}:distribution/{id}"],
  },
  {
    service: "cloudfront",
    actions: /^(?:Create|Update|Delete|Publish|Describe|Get|Test)Function$/,
    arns: ["{account}:function/{name}"],
  },

  {
    service: "elasticloadbalancing",
    actions: /LoadBalancer/,
    arns: ["{here}:loadbalancer/{loadBalancerName}"],
  },
  {
    service: "apigateway",
    events: /Apis?$/,
    arns: ["arn:{partition}:apigateway:{region}::/apis/{apiId}"],
  },
  { service: "apigateway", arns: ["arn:{partition}:apigateway:{region}::/apis/{apiId}/*"] },
  {
    service: "apigateway",
    events: /RestApi/,
    arns: ["arn:{partition}:apigateway:{region}::/restapis/{restApiId}"],
  },
  {
    service: "apigateway",
    actions: /^(?:GET|DELETE|PATCH|POST|PUT)$/,
    events: /^(?!GetRestApis|GetApis)/,
    arns: ["arn:{partition}:apigateway:{region}::/restapis/{restApiId}/*"],
  },

  {
    service: "acm",
    actions: /^(?:ListCertificates|RequestCertificate|\w+AccountConfiguration)$/,
    arns: [],
  },
  { service: "acm", arns: ["{certificateArn}"] },

  { service: "wafv2", actions: /^(?:List|CheckCapacity|DescribeManaged)/, arns: [] },
  {
    service: "wafv2",
    actions: /^(?:Get|Delete)WebACL$/,
    arns: ["{here}:{scope|scope}/webacl/{name}/{id}"],
  },
  {
    service: "wafv2",
    actions: /^(?:Get|Update|Delete)IPSet$/,
    arns: ["{here}:{scope|scope}/ipset/{name}/{id}"],
  },

  {
    service: "guardduty",
    actions:
      /^(?:CreateDetector|ListDetectors|ListInvitations|GetInvitationsCount|AcceptInvitation|DeclineInvitations|DeleteInvitations)$/,
    arns: [],
  },
  {
    service: "guardduty",
    actions: /^(?:Get|Update|Delete)Detector$/,
    arns: ["{here}:detector/{detectorId}"],
  },
  {
    service: "guardduty",
    actions: /^(?:Get|Update|Delete)Filter$/,
    arns: ["{here}:detector/{detectorId}/filter/{filterName}"],
  },

  { service: "backup", actions: /RecoveryPoint/, arns: ["{recoveryPointArn}"] },
  { service: "backup", actions: /BackupVault/, arns: ["{here}:backup-vault:{backupVaultName}"] },
  { service: "backup", actions: /BackupPlan$/, arns: ["{here}:backup-plan:{backupPlanId}"] },

  {
    service: "glue",
    actions: /^(?:Get|Create|Update|Delete)Table$/,
    arns: [
      "{here}:catalog",
      "{here}:database/{databaseName}",
      "{here}:table/{databaseName}/{name}",
    ],
  },
  {
    service: "glue",
    actions: /^(?:Get|Update|Delete)Database$/,
    arns: ["{here}:catalog", "{here}:database/{name}"],
  },
  { service: "glue", actions: /JobRun/, arns: ["{here}:job/{jobName}"] },
  {
    service: "glue",
    actions: /^(?:Start|Stop|Get|Update|Delete)Crawler$/,
    arns: ["{here}:crawler/{name}"],
  },
  { service: "athena", actions: /^(?:ListWorkGroups|ListEngineVersions)$/, arns: [] },
  {
    service: "athena",
    actions: /^(?:StartQueryExecution|(?:Get|Create|Update|Delete)WorkGroup|ListQueryExecutions)$/,
    arns: ["{here}:workgroup/{workGroup}"],
  },

  {
    service: "elasticmapreduce",
    actions: /^(?:ListClusters|RunJobFlow|DescribeJobFlows)$/,
    arns: [],
  },
  { service: "elasticmapreduce", actions: /JobFlows$/, arns: ["{here}:cluster/{jobFlowIds}"] },
  { service: "elasticmapreduce", actions: /Cluster|Step/, arns: ["{here}:cluster/{clusterId}"] },

  { service: "cognito-idp", actions: /^(?:ListUserPools|CreateUserPool)$/, arns: [] },
  { service: "cognito-idp", arns: ["{here}:userpool/{userPoolId}"] },
  {
    service: "cognito-identity",
    actions: /^(?:Describe|Update|Delete)IdentityPool$/,
    arns: ["{here}:identitypool/{identityPoolId}"],
  },

  {
    service: "codebuild",
    actions: /^(?:StartBuild|ListBuildsForProject)$/,
    arns: ["{here}:project/{projectName}"],
  },
  {
    service: "codebuild",
    actions: /^(?:Create|Update|Delete)Project$/,
    arns: ["{here}:project/{name}"],
  },
  { service: "codecommit", actions: /^ListRepositories$/, arns: [] },
  { service: "codecommit", arns: ["{here}:{repositoryName}"] },
  { service: "codepipeline", actions: /^ListPipelines$/, arns: [] },
  { service: "codepipeline", actions: /^(?:Get|Delete|Start)Pipeline/, arns: ["{here}:{name}"] },

  {
    service: "bedrock",
    actions:
      /^(?:ListFoundationModels|GetFoundationModel|ListCustomModels|\w+ModelInvocationLoggingConfiguration|ListInferenceProfiles)$/,
    arns: [],
  },
  {
    service: "bedrock",
    actions: /^InvokeModel/,
    arns: ["arn:{partition}:bedrock:{region}::foundation-model/{modelId|model}"],
  },
  { service: "bedrock", actions: /Guardrail$/, arns: ["{here}:guardrail/{guardrailIdentifier}"] },
  {
    service: "bedrock",
    actions: /^(?:Get|Update|Delete)KnowledgeBase$/,
    arns: ["{here}:knowledge-base/{knowledgeBaseId}"],
  },

  {
    service: "sagemaker",
    actions: /^(?:Invoke|Describe|Delete)Endpoint$/,
    arns: ["{here}:endpoint/{endpointName|lower}"],
  },
  {
    service: "sagemaker",
    actions: /NotebookInstance(?:Url)?$/,
    arns: ["{here}:notebook-instance/{notebookInstanceName|lower}"],
  },
  {
    service: "transfer",
    actions: /^(?:Delete|Describe|Start|Stop|Update)Server$/,
    arns: ["{here}:server/{serverId}"],
  },
  {
    service: "fsx",
    actions: /^(?:Delete|Update)FileSystem$/,
    arns: ["{here}:file-system/{fileSystemId}"],
  },
  {
    service: "ds",
    actions: /^(?!Describe|Create|Connect)/,
    arns: ["{here}:directory/{directoryId}"],
  },
  {
    service: "rolesanywhere",
    actions: /TrustAnchor$/,
    arns: ["{here}:trust-anchor/{trustAnchorId}"],
  },
  { service: "rolesanywhere", actions: /Profile$/, arns: ["{here}:profile/{profileId}"] },
  { service: "ses", actions: /EmailIdentity$/, arns: ["{here}:identity/{emailIdentity}"] },
  { service: "servicequotas", actions: /^(?:List|Get)/, arns: [] },
  {
    service: "servicequotas",
    actions: /^RequestServiceQuotaIncrease$/,
    arns: ["{here}:{serviceCode}/{quotaCode}"],
  },
  {
    service: "access-analyzer",
    actions: /^(?:Create|Delete|Get)Analyzer$/,
    arns: ["{here}:analyzer/{analyzerName}"],
  },
  { service: "ce", arns: [] },
  { service: "tag", arns: [] },
];

/** The calls leave out IAM's paths, and a name is one of a kind whatever its path. */
function pathless(kind: string, name: string): readonly string[] {
  return [`{account}:${kind}/{${name}}`, `{account}:${kind}/*/{${name}}`];
}
