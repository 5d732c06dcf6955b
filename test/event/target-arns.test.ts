/**
 * Resources asked for by their ARN, in calls that name them otherwise: by name, id, URL or part of the
 * ARN.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "../../src/event/record.ts";
import { bearing } from "../../src/event/targets.ts";
import { calling, event, on, to } from "../support/events.ts";

const account = "111122223333";
const arn = (service: string, resource: string) =>
  `arn:aws:${service}:us-east-1:${account}:${resource}`;
const globally = (service: string, resource: string) =>
  `arn:aws:${service}::${account}:${resource}`;
const uuid = "0a1b2c3d-0000-4000-8000-000000000000";

const cases: readonly (readonly [name: string, parameters: JsonObject, arn: string])[] = [
  ["s3:DeleteBucket", { bucketName: "x" }, "arn:aws:s3:::x"],
  ["s3:DeleteObject", { bucketName: "x", key: "a/b" }, "arn:aws:s3:::x/a/b"],
  ["ec2:DeleteVolume", { volumeId: "vol-1" }, arn("ec2", "volume/vol-1")],
  ["ec2:DeleteSnapshot", { snapshotId: "snap-1" }, "arn:aws:ec2:us-east-1::snapshot/snap-1"],
  ["ec2:DeregisterImage", { imageId: "ami-1" }, "arn:aws:ec2:us-east-1::image/ami-1"],
  ["ec2:DeleteSecurityGroup", { groupId: "sg-1" }, arn("ec2", "security-group/sg-1")],
  ["ec2:DeleteVpc", { vpcId: "vpc-1" }, arn("ec2", "vpc/vpc-1")],
  [
    "ec2:DeleteNatGateway",
    { DeleteNatGatewayRequest: { NatGatewayId: "nat-1" } },
    arn("ec2", "natgateway/nat-1"),
  ],
  ["ec2:ReleaseAddress", { allocationId: "eipalloc-1" }, arn("ec2", "elastic-ip/eipalloc-1")],
  [
    "ec2:DeleteFlowLogs",
    { DeleteFlowLogsRequest: { FlowLogId: { content: "fl-1" } } },
    arn("ec2", "vpc-flow-log/fl-1"),
  ],
  ["ec2:DeleteKeyPair", { keyName: "x" }, arn("ec2", "key-pair/x")],
  [
    "ec2:DeleteVpcEndpoints",
    { DeleteVpcEndpointsRequest: { VpcEndpointId: { content: "vpce-1" } } },
    arn("ec2", "vpc-endpoint/vpce-1"),
  ],
  ["iam:DeleteRole", { roleName: "x" }, globally("iam", "role/app/x")],
  ["iam:DeletePolicy", { policyArn: globally("iam", "policy/x") }, globally("iam", "policy/x")],
  ["iam:DeleteGroup", { groupName: "x" }, globally("iam", "group/x")],
  [
    "iam:DeleteInstanceProfile",
    { instanceProfileName: "x" },
    globally("iam", "instance-profile/x"),
  ],
  [
    "iam:DeleteServerCertificate",
    { serverCertificateName: "x" },
    globally("iam", "server-certificate/x"),
  ],
  ["kms:DisableKey", { keyId: uuid }, arn("kms", `key/${uuid}`)],
  ["kms:DeleteAlias", { aliasName: "alias/x" }, arn("kms", "alias/x")],
  ["kms:Encrypt", { keyId: "alias/x" }, arn("kms", "alias/x")],
  [
    "lambda:DeleteFunction20150331",
    { functionName: `${account}:function:x` },
    arn("lambda", "function:x"),
  ],
  ["lambda:DeleteFunction20150331", { functionName: "function:x" }, arn("lambda", "function:x")],
  ["lambda:DeleteFunction20150331", { functionName: "x:live" }, arn("lambda", "function:x:live")],
  ["rds:DeleteDBInstance", { dBInstanceIdentifier: "x" }, arn("rds", "db:x")],
  ["rds:DeleteDBCluster", { dBClusterIdentifier: "x" }, arn("rds", "cluster:x")],
  [
    "rds:DeleteGlobalCluster",
    { globalClusterIdentifier: "x" },
    globally("rds", "global-cluster:x"),
  ],
  ["rds:DeleteDBSnapshot", { dBSnapshotIdentifier: "x" }, arn("rds", "snapshot:x")],
  [
    "rds:DeleteDBClusterSnapshot",
    { dBClusterSnapshotIdentifier: "x" },
    arn("rds", "cluster-snapshot:x"),
  ],
  ["rds:DeleteDBSubnetGroup", { dBSubnetGroupName: "x" }, arn("rds", "subgrp:x")],
  ["rds:DeleteDBParameterGroup", { dBParameterGroupName: "x" }, arn("rds", "pg:x")],
  [
    "rds:DeleteDBClusterParameterGroup",
    { dBClusterParameterGroupName: "x" },
    arn("rds", "cluster-pg:x"),
  ],
  ["rds:DeleteOptionGroup", { optionGroupName: "x" }, arn("rds", "og:x")],
  ["rds:DeleteEventSubscription", { subscriptionName: "x" }, arn("rds", "es:x")],
  ["dynamodb:DeleteTable", { tableName: "x" }, arn("dynamodb", "table/x")],
  ["secretsmanager:DeleteSecret", { secretId: "a/x" }, arn("secretsmanager", "secret:a/x-AbC123")],
  ["ssm:DeleteParameter", { name: "/a/x" }, arn("ssm", "parameter/a/x")],
  ["ssm:DeleteParameter", { name: "x" }, arn("ssm", "parameter/x")],
  ["ssm:DeleteDocument", { name: "x" }, arn("ssm", "document/x")],
  ["logs:DeleteLogGroup", { logGroupName: "/aws/x" }, arn("logs", "log-group:/aws/x:*")],
  [
    "logs:DeleteLogStream",
    { logGroupName: "g", logStreamName: "x" },
    arn("logs", "log-group:g:log-stream:x"),
  ],
  ["cloudtrail:DeleteTrail", { name: "x" }, arn("cloudtrail", "trail/x")],
  [
    "cloudtrail:DeleteEventDataStore",
    { eventDataStore: uuid },
    arn("cloudtrail", `eventdatastore/${uuid}`),
  ],
  ["monitoring:DeleteAlarms", { alarmNames: ["x"] }, arn("cloudwatch", "alarm:x")],
  ["monitoring:DeleteDashboards", { dashboardNames: ["x"] }, globally("cloudwatch", "dashboard/x")],
  [
    "elasticfilesystem:DeleteFileSystem",
    { fileSystemId: "fs-1" },
    arn("elasticfilesystem", "file-system/fs-1"),
  ],
  ["cloudformation:DeleteStack", { stackName: "x" }, arn("cloudformation", `stack/x/${uuid}`)],
  [
    "cloudformation:DeleteStackSet",
    { stackSetName: "x" },
    arn("cloudformation", `stackset/x:${uuid}`),
  ],
  [
    "autoscaling:DeleteAutoScalingGroup",
    { autoScalingGroupName: "x" },
    arn("autoscaling", `autoScalingGroup:${uuid}:autoScalingGroupName/x`),
  ],
  [
    "autoscaling:DeleteLaunchConfiguration",
    { launchConfigurationName: "x" },
    arn("autoscaling", `launchConfiguration:${uuid}:launchConfigurationName/x`),
  ],
  [
    "elasticloadbalancing:DeleteLoadBalancer",
    { loadBalancerName: "x" },
    arn("elasticloadbalancing", "loadbalancer/x"),
  ],
  ["eks:DeleteCluster", { name: "x" }, arn("eks", "cluster/x")],
  [
    "eks:DeleteNodegroup",
    { clusterName: "c", nodegroupName: "x" },
    arn("eks", `nodegroup/c/x/${uuid}`),
  ],
  ["ecs:DeleteCluster", { cluster: "x" }, arn("ecs", "cluster/x")],
  ["ecs:DeleteService", { cluster: "c", service: "x" }, arn("ecs", "service/c/x")],
  ["ecs:StopTask", { cluster: "c", task: "0123" }, arn("ecs", "task/c/0123")],
  ["ecs:DeregisterTaskDefinition", { taskDefinition: "x:7" }, arn("ecs", "task-definition/x:7")],
  ["ecr:DeleteRepository", { repositoryName: "a/x" }, arn("ecr", "repository/a/x")],
  ["sns:DeleteTopic", { topicArn: arn("sns", "x") }, arn("sns", "x")],
  [
    "sqs:DeleteQueue",
    { queueUrl: `https://sqs.us-east-1.amazonaws.com/${account}/x` },
    arn("sqs", "x"),
  ],
  ["kinesis:DeleteStream", { streamName: "x" }, arn("kinesis", "stream/x")],
  [
    "firehose:DeleteDeliveryStream",
    { deliveryStreamName: "x" },
    arn("firehose", "deliverystream/x"),
  ],
  ["events:DeleteRule", { name: "x" }, arn("events", "rule/x")],
  [
    "states:DeleteStateMachine",
    { stateMachineArn: arn("states", "stateMachine:x") },
    arn("states", "stateMachine:x"),
  ],
  ["route53:DeleteHostedZone", { id: "Z0EXAMPLE" }, "arn:aws:route53:::hostedzone/Z0EXAMPLE"],
  [
    "cloudfront:DeleteDistribution2020_05_31",
    { id: "E0EXAMPLE" },
    globally("cloudfront", "distribution/E0EXAMPLE"),
  ],
  [
    "apigateway:DeleteRestApi",
    { restApiId: "a1b2" },
    "arn:aws:apigateway:us-east-1::/restapis/a1b2",
  ],
  [
    "wafv2:DeleteWebACL",
    { name: "x", id: uuid, scope: "REGIONAL" },
    arn("wafv2", `regional/webacl/x/${uuid}`),
  ],
  ["guardduty:DeleteDetector", { detectorId: "0123" }, arn("guardduty", "detector/0123")],
  [
    "config:DeleteConfigurationRecorder",
    { configurationRecorderName: "x" },
    arn("config", "configuration-recorder/x/0123"),
  ],
  ["access-analyzer:DeleteAnalyzer", { analyzerName: "x" }, arn("access-analyzer", "analyzer/x")],
  ["backup:DeleteBackupVault", { backupVaultName: "x" }, arn("backup", "backup-vault:x")],
  ["backup:DeleteBackupPlan", { backupPlanId: uuid }, arn("backup", `backup-plan:${uuid}`)],
  ["redshift:DeleteCluster", { clusterIdentifier: "x" }, arn("redshift", "cluster:x")],
  ["elasticache:DeleteCacheCluster", { cacheClusterId: "x" }, arn("elasticache", "cluster:x")],
  [
    "elasticache:DeleteReplicationGroup",
    { replicationGroupId: "x" },
    arn("elasticache", "replicationgroup:x"),
  ],
  ["memorydb:DeleteCluster", { clusterName: "x" }, arn("memorydb", "cluster/x")],
  ["dax:DeleteCluster", { clusterName: "x" }, arn("dax", "cache/x")],
  ["es:DeleteDomain", { domainName: "x" }, arn("es", "domain/x")],
  ["es:DeleteElasticsearchDomain", { domainName: "x" }, arn("es", "domain/x")],
  ["glue:DeleteDatabase", { name: "x" }, arn("glue", "database/x")],
  ["glue:DeleteTable", { databaseName: "d", name: "x" }, arn("glue", "table/d/x")],
  ["athena:DeleteWorkGroup", { workGroup: "x" }, arn("athena", "workgroup/x")],
  [
    "kafka:DeleteCluster",
    { clusterArn: arn("kafka", `cluster/x/${uuid}-1`) },
    arn("kafka", `cluster/x/${uuid}-1`),
  ],
  ["amazonmq:DeleteBroker", { brokerId: "b-1" }, arn("mq", "broker:x:b-1")],
  [
    "elasticmapreduce:TerminateJobFlows",
    { jobFlowIds: ["j-1"] },
    arn("elasticmapreduce", "cluster/j-1"),
  ],
  [
    "elasticbeanstalk:TerminateEnvironment",
    { environmentName: "x" },
    arn("elasticbeanstalk", "environment/app/x"),
  ],
  ["transfer:DeleteServer", { serverId: "s-1" }, arn("transfer", "server/s-1")],
  ["glacier:DeleteVault", { vaultName: "x" }, arn("glacier", "vaults/x")],
  [
    "cognito-idp:DeleteUserPool",
    { userPoolId: "us-east-1_x" },
    arn("cognito-idp", "userpool/us-east-1_x"),
  ],
  ["codebuild:DeleteProject", { name: "x" }, arn("codebuild", "project/x")],
  ["codepipeline:DeletePipeline", { name: "x" }, arn("codepipeline", "x")],
  ["codecommit:DeleteRepository", { repositoryName: "x" }, arn("codecommit", "x")],
  ["bedrock:DeleteGuardrail", { guardrailIdentifier: "g1" }, arn("bedrock", "guardrail/g1")],
  ["sagemaker:DeleteEndpoint", { endpointName: "x" }, arn("sagemaker", "endpoint/x")],
  ["batch:DeleteJobQueue", { jobQueue: "x" }, arn("batch", "job-queue/x")],
  ["ds:DeleteDirectory", { directoryId: "d-1" }, arn("ds", "directory/d-1")],
  [
    "workspaces:TerminateWorkspaces",
    { terminateWorkspaceRequests: [{ workspaceId: "ws-1" }] },
    arn("workspaces", "workspace/ws-1"),
  ],
  [
    "rolesanywhere:DeleteTrustAnchor",
    { trustAnchorId: uuid },
    arn("rolesanywhere", `trust-anchor/${uuid}`),
  ],
  ["network-firewall:DeleteFirewall", { firewallName: "x" }, arn("network-firewall", "firewall/x")],
  ["ses:DeleteIdentity", { identity: "example.com" }, arn("ses", "identity/example.com")],
  [
    "organizations:DeletePolicy",
    { policyId: "p-1" },
    globally("organizations", "policy/o-1/service_control_policy/p-1"),
  ],
  [
    "organizations:CloseAccount",
    { accountId: "777788889999" },
    globally("organizations", "account/o-1/777788889999"),
  ],
];

describe("bearing", () => {
  for (const [name, requestParameters, text] of cases) {
    it(`knows ${text} in ${name}`, () => {
      const [service = "", eventName = ""] = name.split(":");
      const record = event(to(service), calling(eventName), on(requestParameters));
      assert.equal(bearing(record, { text, glob: false }), "target");
    });
  }
});
