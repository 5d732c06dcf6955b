/**
 * One record for each of the events that the commonest services delete, create, change and switch off
 * things with, shaped as CloudTrail logs them. What is named `target...` in a row is what the event
 * acts on, `whole...` what that belongs to or is tied to, `other...` is only mentioned.
 */

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord, Json, JsonObject } from "../../src/event/record.ts";
import { type Bearing, bearing } from "../../src/event/targets.ts";
import { calling, event, on, to } from "../support/events.ts";

const account = "111122223333";
const inRegion = (service: string, resource: string) =>
  `arn:aws:${service}:us-east-1:${account}:${resource}`;
const iam = (resource: string) => `arn:aws:iam::${account}:${resource}`;
const items = (...all: readonly Json[]) => ({ items: all });

/** `service:Event`, its parameters, what it answered. */
type Row = readonly [name: string, requestParameters: Json, responseElements?: Json];

const rows: readonly Row[] = [
  ["s3:DeleteBucket", { bucketName: "target", Host: "x.s3.amazonaws.com" }],
  ["s3:CreateBucket", { bucketName: "target", CreateBucketConfiguration: {} }],
  [
    "s3:PutBucketPolicy",
    { bucketName: "whole", bucketPolicy: { Statement: [{ Resource: "arn:aws:s3:::other/*" }] } },
  ],
  ["s3:DeleteBucketPolicy", { bucketName: "whole", policy: "" }],
  [
    "s3:PutBucketLifecycle",
    {
      bucketName: "whole",
      lifecycle: "",
      LifecycleConfiguration: { Rule: { ID: "other", Status: "Enabled" } },
    },
  ],
  ["s3:DeleteBucketLifecycle", { bucketName: "whole", lifecycle: "" }],
  [
    "s3:PutBucketVersioning",
    { bucketName: "whole", versioning: "", VersioningConfiguration: { Status: "Suspended" } },
  ],
  [
    "s3:PutBucketReplication",
    {
      bucketName: "whole",
      ReplicationConfiguration: {
        Role: iam("role/other-1"),
        Rule: { Destination: { Bucket: "arn:aws:s3:::other-2" } },
      },
    },
  ],
  ["s3:PutBucketEncryption", { bucketName: "whole", encryption: "" }],
  ["s3:DeleteObject", { bucketName: "whole", key: "target" }],
  ["s3:PutObject", { bucketName: "whole", key: "target" }],
  ["s3:CopyObject", { bucketName: "whole", key: "target", "x-amz-copy-source": "other-1/other-2" }],
  ["s3:CompleteMultipartUpload", { bucketName: "whole", key: "target", uploadId: "other" }],
  ["s3:RestoreObject", { bucketName: "whole", key: "target", restore: "" }],
  ["s3:DeleteObjects", { bucketName: "whole", delete: "" }],
  ["s3:PutBucketPublicAccessBlock", { bucketName: "whole", publicAccessBlock: "" }],
  ["s3:DeleteAccessPoint", { name: "target", accountId: account }],
  ["s3:CreateAccessPoint", { name: "target", CreateAccessPointRequest: { Bucket: "whole" } }],

  [
    "ec2:TerminateInstances",
    { instancesSet: items({ instanceId: "target-1" }, { instanceId: "target-2" }) },
  ],
  ["ec2:StopInstances", { instancesSet: items({ instanceId: "target" }), force: false }],
  ["ec2:StartInstances", { instancesSet: items({ instanceId: "target" }) }],
  [
    "ec2:RunInstances",
    {
      instancesSet: items({ imageId: "other-1", keyName: "other-4" }),
      groupSet: items({ groupId: "other-2" }),
      subnetId: "other-3",
    },
    {
      instancesSet: items({
        instanceId: "target",
        imageId: "other-1",
        groupSet: items({ groupId: "other-2" }),
        networkInterfaceSet: items({ networkInterfaceId: "other-5" }),
      }),
    },
  ],
  ["ec2:ModifyInstanceAttribute", { instanceId: "whole", disableApiTermination: { value: false } }],
  ["ec2:DeleteVolume", { volumeId: "target" }],
  [
    "ec2:CreateVolume",
    { size: "8", snapshotId: "other" },
    { volumeId: "target", snapshotId: "other" },
  ],
  ["ec2:AttachVolume", { volumeId: "target", instanceId: "whole", device: "/dev/sdf" }],
  ["ec2:DeleteSnapshot", { snapshotId: "target" }],
  ["ec2:CreateSnapshot", { volumeId: "other" }, { snapshotId: "target", volumeId: "other" }],
  [
    "ec2:CopySnapshot",
    { sourceSnapshotId: "other", sourceRegion: "eu-west-1" },
    { snapshotId: "target" },
  ],
  [
    "ec2:ModifySnapshotAttribute",
    {
      snapshotId: "whole",
      createVolumePermission: { add: items({ userId: "777788889999" }) },
      attributeType: "CREATE_VOLUME_PERMISSION",
    },
  ],
  ["ec2:DeregisterImage", { imageId: "target" }],
  ["ec2:CreateImage", { instanceId: "other", name: "target-1" }, { imageId: "target-2" }],
  ["ec2:RegisterImage", { name: "target-1" }, { imageId: "target-2" }],
  ["ec2:CopyImage", { sourceImageId: "other", name: "target-1" }, { imageId: "target-2" }],
  [
    "ec2:ModifyImageAttribute",
    { imageId: "whole", launchPermission: { add: items({ group: "all" }) } },
  ],
  ["ec2:DeleteSecurityGroup", { groupId: "target" }],
  [
    "ec2:CreateSecurityGroup",
    { groupName: "target-1", groupDescription: "x", vpcId: "other" },
    { groupId: "target-2" },
  ],
  [
    "ec2:AuthorizeSecurityGroupIngress",
    { groupId: "whole", ipPermissions: items({ groups: items({ groupId: "other" }) }) },
    { securityGroupRuleSet: items({ groupId: "whole", securityGroupRuleId: "target" }) },
  ],
  [
    "ec2:RevokeSecurityGroupEgress",
    { groupId: "whole", securityGroupRuleIds: items({ securityGroupRuleId: "target" }) },
  ],
  ["ec2:DeleteVpc", { vpcId: "target" }],
  [
    "ec2:CreateVpc",
    { cidrBlock: "10.0.0.0/16" },
    { vpc: { vpcId: "target", dhcpOptionsId: "other" } },
  ],
  ["ec2:DeleteSubnet", { subnetId: "target" }],
  [
    "ec2:CreateSubnet",
    { vpcId: "other", cidrBlock: "10.0.0.0/24" },
    { subnet: { subnetId: "target", vpcId: "other" } },
  ],
  ["ec2:DeleteRouteTable", { routeTableId: "target" }],
  ["ec2:DeleteRoute", { routeTableId: "whole", destinationCidrBlock: "0.0.0.0/0" }],
  [
    "ec2:CreateRoute",
    { routeTableId: "whole", destinationCidrBlock: "0.0.0.0/0", gatewayId: "other" },
  ],
  ["ec2:ReplaceRoute", { routeTableId: "whole", gatewayId: "other" }],
  ["ec2:DeleteInternetGateway", { internetGatewayId: "target" }],
  ["ec2:DetachInternetGateway", { internetGatewayId: "target", vpcId: "whole" }],
  ["ec2:DeleteNetworkInterface", { networkInterfaceId: "target" }],
  [
    "ec2:CreateNetworkInterface",
    { subnetId: "other-1", groupSet: items({ groupId: "other-2" }) },
    {
      networkInterface: {
        networkInterfaceId: "target",
        subnetId: "other-1",
        groupSet: items({ groupId: "other-2" }),
        vpcId: "other-3",
      },
    },
  ],
  [
    "ec2:AttachNetworkInterface",
    { networkInterfaceId: "target", instanceId: "whole", deviceIndex: 1 },
    { attachmentId: "whole-2" },
  ],
  ["ec2:DetachNetworkInterface", { attachmentId: "whole", force: true }],
  [
    "ec2:AssociateRouteTable",
    { routeTableId: "target", subnetId: "whole" },
    { associationId: "whole-2" },
  ],
  ["ec2:DisassociateRouteTable", { associationId: "whole" }],
  [
    "ec2:ReplaceRouteTableAssociation",
    { associationId: "target-1", routeTableId: "whole" },
    { newAssociationId: "target-2" },
  ],
  ["ec2:AllocateAddress", { domain: "vpc" }, { publicIp: "target-1", allocationId: "target-2" }],
  ["ec2:ReleaseAddress", { allocationId: "target" }],
  ["ec2:AssociateAddress", { allocationId: "target", instanceId: "whole" }],
  ["ec2:DisassociateAddress", { associationId: "whole" }],
  [
    "ec2:DeleteNatGateway",
    { DeleteNatGatewayRequest: { NatGatewayId: "target" } },
    { DeleteNatGatewayResponse: { natGatewayId: "target" } },
  ],
  [
    "ec2:CreateNatGateway",
    { CreateNatGatewayRequest: { SubnetId: "other-1", AllocationId: "other-2" } },
    {
      CreateNatGatewayResponse: {
        natGateway: { natGatewayId: "target", subnetId: "other-1", vpcId: "other-3" },
      },
    },
  ],
  [
    "ec2:DeleteFlowLogs",
    {
      DeleteFlowLogsRequest: {
        FlowLogId: [
          { tag: 1, content: "target-1" },
          { tag: 2, content: "target-2" },
        ],
      },
    },
  ],
  [
    "ec2:CreateFlowLogs",
    {
      CreateFlowLogsRequest: {
        LogGroupName: "other-1",
        DeliverLogsPermissionArn: iam("role/other-2"),
        ResourceId: { tag: 1, content: "other-3" },
      },
    },
    { CreateFlowLogsResponse: { flowLogIdSet: { item: "target" } } },
  ],
  [
    "ec2:DeleteTrafficMirrorTarget",
    { DeleteTrafficMirrorTargetRequest: { TrafficMirrorTargetId: "target" } },
  ],
  [
    "ec2:DeleteTrafficMirrorSession",
    { DeleteTrafficMirrorSessionRequest: { TrafficMirrorSessionId: "target" } },
  ],
  [
    "ec2:CreateTrafficMirrorSession",
    {
      CreateTrafficMirrorSessionRequest: {
        NetworkInterfaceId: "other-1",
        TrafficMirrorTargetId: "other-2",
        TrafficMirrorFilterId: "other-3",
      },
    },
    {
      CreateTrafficMirrorSessionResponse: {
        trafficMirrorSession: {
          trafficMirrorSessionId: "target",
          trafficMirrorTargetId: "other-2",
        },
      },
    },
  ],
  [
    "ec2:DeleteVpcEndpoints",
    { DeleteVpcEndpointsRequest: { VpcEndpointId: { tag: 1, content: "target" } } },
  ],
  [
    "ec2:CreateVpcEndpoint",
    {
      CreateVpcEndpointRequest: {
        VpcId: "whole",
        ServiceName: "other",
        RouteTableId: { tag: 1, content: "other-2" },
      },
    },
    { CreateVpcEndpointResponse: { vpcEndpoint: { vpcEndpointId: "target", vpcId: "whole" } } },
  ],
  ["ec2:DeleteVpcPeeringConnection", { vpcPeeringConnectionId: "target" }],
  ["ec2:DeleteTransitGateway", { DeleteTransitGatewayRequest: { TransitGatewayId: "target" } }],
  [
    "ec2:DeleteTransitGatewayVpcAttachment",
    { DeleteTransitGatewayVpcAttachmentRequest: { TransitGatewayAttachmentId: "target" } },
  ],
  ["ec2:DeleteLaunchTemplate", { DeleteLaunchTemplateRequest: { LaunchTemplateId: "target" } }],
  [
    "ec2:CreateLaunchTemplateVersion",
    { CreateLaunchTemplateVersionRequest: { LaunchTemplateId: "whole" } },
  ],
  ["ec2:DeleteKeyPair", { keyName: "target" }],
  ["ec2:CreateKeyPair", { keyName: "target-1" }, { keyName: "target-1", keyPairId: "target-2" }],
  ["ec2:ImportKeyPair", { keyName: "target" }],
  [
    "ec2:CreateTags",
    {
      resourcesSet: items({ resourceId: "whole-1" }, { resourceId: "whole-2" }),
      tagSet: items({ key: "Team", value: "other" }),
    },
  ],
  ["ec2:DeleteNetworkAcl", { networkAclId: "target" }],
  ["ec2:DeleteNetworkAclEntry", { networkAclId: "whole", ruleNumber: 100 }],
  [
    "ec2:RequestSpotInstances",
    { launchSpecification: { imageId: "other" } },
    { spotInstanceRequestSet: items({ spotInstanceRequestId: "target" }) },
  ],
  [
    "ec2:CancelSpotInstanceRequests",
    { spotInstanceRequestIdSet: items({ spotInstanceRequestId: "target" }) },
  ],
  [
    "ec2:DisassociateIamInstanceProfile",
    { DisassociateIamInstanceProfileRequest: { AssociationId: "whole" } },
  ],
  [
    "ec2:AssociateIamInstanceProfile",
    {
      AssociateIamInstanceProfileRequest: {
        InstanceId: "whole",
        IamInstanceProfile: { Name: "target" },
      },
    },
  ],
  ["ec2:GetPasswordData", { instanceId: "target" }],

  ["iam:DeleteUser", { userName: "target" }],
  [
    "iam:CreateUser",
    { userName: "target-1" },
    { user: { userName: "target-1", userId: "target-2", arn: iam("user/target-1") } },
  ],
  ["iam:UpdateUser", { userName: "target-1", newUserName: "target-2" }],
  ["iam:DeleteLoginProfile", { userName: "whole" }],
  ["iam:CreateLoginProfile", { userName: "whole" }],
  ["iam:DeactivateMFADevice", { userName: "whole", serialNumber: iam("mfa/target") }],
  ["iam:DeleteVirtualMFADevice", { serialNumber: iam("mfa/target") }],
  ["iam:DeleteAccessKey", { userName: "whole", accessKeyId: "target" }],
  [
    "iam:CreateAccessKey",
    { userName: "whole" },
    { accessKey: { userName: "whole", accessKeyId: "target", status: "Active" } },
  ],
  ["iam:UpdateAccessKey", { userName: "whole", accessKeyId: "target", status: "Inactive" }],
  ["iam:DeleteRole", { roleName: "target" }],
  [
    "iam:CreateRole",
    { roleName: "target-1" },
    { role: { roleName: "target-1", roleId: "target-2", arn: iam("role/target-1") } },
  ],
  ["iam:DeleteRolePolicy", { roleName: "whole", policyName: "target" }],
  ["iam:PutRolePolicy", { roleName: "whole", policyName: "target" }],
  ["iam:DetachRolePolicy", { roleName: "whole", policyArn: iam("policy/target") }],
  ["iam:AttachUserPolicy", { userName: "whole", policyArn: iam("policy/target") }],
  ["iam:PutUserPolicy", { userName: "whole", policyName: "target" }],
  [
    "iam:PutUserPermissionsBoundary",
    { userName: "whole", permissionsBoundary: iam("policy/other") },
  ],
  ["iam:DeleteInstanceProfile", { instanceProfileName: "target" }],
  ["iam:AddRoleToInstanceProfile", { instanceProfileName: "whole-1", roleName: "whole-2" }],
  ["iam:UpdateAssumeRolePolicy", { roleName: "whole", policyDocument: "{}" }],
  ["iam:DeletePolicy", { policyArn: iam("policy/target") }],
  [
    "iam:CreatePolicy",
    { policyName: "target-1" },
    { policy: { policyName: "target-1", policyId: "target-2", arn: iam("policy/target-1") } },
  ],
  ["iam:DeletePolicyVersion", { policyArn: iam("policy/whole"), versionId: "v1" }],
  ["iam:SetDefaultPolicyVersion", { policyArn: iam("policy/whole"), versionId: "v2" }],
  ["iam:DeleteGroup", { groupName: "target" }],
  ["iam:AddUserToGroup", { groupName: "whole-1", userName: "whole-2" }],
  ["iam:DeleteSAMLProvider", { sAMLProviderArn: iam("saml-provider/target") }],
  ["iam:UpdateSAMLProvider", { sAMLProviderArn: iam("saml-provider/target") }],
  ["iam:DeleteOpenIDConnectProvider", { openIDConnectProviderArn: iam("oidc-provider/target") }],
  ["iam:DeleteServiceLinkedRole", { roleName: "target" }],
  ["iam:DeleteServerCertificate", { serverCertificateName: "target" }],

  [
    "kms:ScheduleKeyDeletion",
    { keyId: "target", pendingWindowInDays: 7 },
    { keyId: inRegion("kms", "key/target"), deletionDate: "x" },
  ],
  ["kms:CancelKeyDeletion", { keyId: "target" }],
  ["kms:DisableKey", { keyId: inRegion("kms", "key/target") }],
  ["kms:DeleteImportedKeyMaterial", { keyId: "whole" }],
  ["kms:DeleteAlias", { aliasName: "alias/target" }],
  ["kms:CreateAlias", { aliasName: "alias/target", targetKeyId: "whole" }],
  [
    "kms:CreateKey",
    { description: "other" },
    { keyMetadata: { keyId: "target", arn: inRegion("kms", "key/target"), aWSAccountId: account } },
  ],
  ["kms:PutKeyPolicy", { keyId: "whole", policyName: "default" }],
  [
    "kms:CreateGrant",
    { keyId: "whole", granteePrincipal: iam("role/other") },
    { grantId: "target", keyId: inRegion("kms", "key/whole") },
  ],
  ["kms:RetireGrant", { grantId: "target", keyId: "whole" }],
  ["kms:DisableKeyRotation", { keyId: "whole" }],
  ["kms:Decrypt", { keyId: "target" }],

  ["lambda:DeleteFunction20150331", { functionName: inRegion("lambda", "function:target") }],
  [
    "lambda:CreateFunction20150331",
    { functionName: "target", role: iam("role/other"), code: {} },
    {
      functionName: "target",
      functionArn: inRegion("lambda", "function:target"),
      role: iam("role/other"),
    },
  ],
  ["lambda:UpdateFunctionCode20150331v2", { functionName: "whole" }],
  ["lambda:UpdateFunctionConfiguration20150331v2", { functionName: "whole" }],
  [
    "lambda:AddPermission20150331v2",
    { functionName: "whole", principal: "*", statementId: "other" },
  ],
  ["lambda:RemovePermission20150331v2", { functionName: "whole", statementId: "other" }],
  ["lambda:DeleteEventSourceMapping20150331", { uUID: "target" }],
  [
    "lambda:CreateEventSourceMapping20150331",
    { functionName: "whole", eventSourceArn: inRegion("sqs", "other") },
    { uUID: "target", functionArn: inRegion("lambda", "function:whole") },
  ],
  ["lambda:CreateAlias20150331", { functionName: "whole", name: "target" }],
  ["lambda:DeleteLayerVersion20181031", { layerName: "whole", versionNumber: "3" }],
  [
    "lambda:PutFunctionConcurrency20171031",
    { functionName: "whole", reservedConcurrentExecutions: 0 },
  ],
  ["lambda:DeleteFunctionUrlConfig", { functionName: "whole" }],
  ["lambda:Invoke", { functionName: "target" }],

  [
    "rds:DeleteDBInstance",
    {
      dBInstanceIdentifier: "target-1",
      skipFinalSnapshot: false,
      finalDBSnapshotIdentifier: "other",
    },
    {
      dBInstanceIdentifier: "target-1",
      dBInstanceArn: inRegion("rds", "db:target-1"),
      dbiResourceId: "target-2",
      dBSubnetGroup: { dBSubnetGroupName: "other-2", vpcId: "other-3" },
    },
  ],
  [
    "rds:CreateDBInstance",
    {
      dBInstanceIdentifier: "target",
      dBName: "other-1",
      dBSubnetGroupName: "other-2",
      dBParameterGroupName: "other-3",
      vpcSecurityGroupIds: ["other-4"],
    },
  ],
  [
    "rds:ModifyDBInstance",
    {
      dBInstanceIdentifier: "target-1",
      newDBInstanceIdentifier: "target-2",
      backupRetentionPeriod: 0,
    },
  ],
  ["rds:StopDBInstance", { dBInstanceIdentifier: "target", dBSnapshotIdentifier: "other" }],
  [
    "rds:CreateDBInstanceReadReplica",
    { dBInstanceIdentifier: "target", sourceDBInstanceIdentifier: "other" },
  ],
  ["rds:DeleteDBCluster", { dBClusterIdentifier: "target", finalDBSnapshotIdentifier: "other" }],
  ["rds:CreateDBCluster", { dBClusterIdentifier: "target", databaseName: "other" }],
  ["rds:DeleteGlobalCluster", { globalClusterIdentifier: "target" }],
  [
    "rds:RemoveFromGlobalCluster",
    { globalClusterIdentifier: "whole-1", dbClusterIdentifier: inRegion("rds", "cluster:whole-2") },
  ],
  ["rds:DeleteDBSnapshot", { dBSnapshotIdentifier: "target" }],
  ["rds:CreateDBSnapshot", { dBSnapshotIdentifier: "target", dBInstanceIdentifier: "whole" }],
  [
    "rds:CopyDBSnapshot",
    { sourceDBSnapshotIdentifier: "other", targetDBSnapshotIdentifier: "target" },
  ],
  [
    "rds:ModifyDBSnapshotAttribute",
    { dBSnapshotIdentifier: "whole", attributeName: "restore", valuesToAdd: ["all"] },
  ],
  ["rds:DeleteDBClusterSnapshot", { dBClusterSnapshotIdentifier: "target" }],
  [
    "rds:CreateDBClusterSnapshot",
    { dBClusterSnapshotIdentifier: "target", dBClusterIdentifier: "whole" },
  ],
  ["rds:DeleteDBInstanceAutomatedBackup", { dbiResourceId: "whole" }],
  ["rds:DeleteDBClusterAutomatedBackup", { dbClusterResourceId: "whole" }],
  [
    "rds:RestoreDBInstanceToPointInTime",
    { sourceDBInstanceIdentifier: "other", targetDBInstanceIdentifier: "target" },
  ],
  [
    "rds:RestoreDBClusterFromSnapshot",
    { dBClusterIdentifier: "target", snapshotIdentifier: "other" },
  ],
  [
    "rds:RestoreDBClusterToPointInTime",
    { dBClusterIdentifier: "target", sourceDBClusterIdentifier: "other" },
  ],
  ["rds:DeleteDBSubnetGroup", { dBSubnetGroupName: "target" }],
  ["rds:DeleteDBParameterGroup", { dBParameterGroupName: "target" }],
  ["rds:DeleteDBProxy", { dBProxyName: "target" }],
  [
    "rds:StartExportTask",
    {
      exportTaskIdentifier: "target",
      sourceArn: inRegion("rds", "snapshot:other"),
      s3BucketName: "other-2",
      iamRoleArn: iam("role/other-3"),
      kmsKeyId: "other-4",
    },
  ],

  [
    "dynamodb:DeleteTable",
    { tableName: "target" },
    { tableDescription: { tableName: "target", tableArn: inRegion("dynamodb", "table/target") } },
  ],
  ["dynamodb:UpdateTable", { tableName: "target", deletionProtectionEnabled: false }],
  [
    "dynamodb:UpdateTimeToLive",
    { tableName: "whole", timeToLiveSpecification: { attributeName: "other", enabled: true } },
  ],
  ["dynamodb:UpdateContinuousBackups", { tableName: "whole" }],
  ["dynamodb:DeleteBackup", { backupArn: inRegion("dynamodb", "table/whole/backup/target") }],
  ["dynamodb:CreateBackup", { tableName: "whole", backupName: "target" }],
  [
    "dynamodb:RestoreTableFromBackup",
    { targetTableName: "target", backupArn: inRegion("dynamodb", "table/other-1/backup/other-2") },
  ],
  ["dynamodb:RestoreTableToPointInTime", { sourceTableName: "other", targetTableName: "target" }],
  [
    "dynamodb:ExportTableToPointInTime",
    { tableArn: inRegion("dynamodb", "table/target"), s3Bucket: "other" },
  ],
  ["dynamodb:DeleteItem", { tableName: "whole", key: { id: "other" } }],
  ["dynamodb:PutItem", { tableName: "whole" }],
  [
    "dynamodb:BatchWriteItem",
    { requestItems: { "whole-1": [{ deleteRequest: {} }], "whole-2": [{ putRequest: {} }] } },
  ],
  [
    "dynamodb:TransactWriteItems",
    { transactItems: [{ delete: { tableName: "whole-1" } }, { put: { tableName: "whole-2" } }] },
  ],

  [
    "secretsmanager:DeleteSecret",
    { secretId: "target", recoveryWindowInDays: 7 },
    { name: "target", aRN: inRegion("secretsmanager", "secret:target-AbC123") },
  ],
  ["secretsmanager:CreateSecret", { name: "target", kmsKeyId: "other" }],
  ["secretsmanager:RestoreSecret", { secretId: "target" }],
  ["secretsmanager:PutSecretValue", { secretId: "whole" }],
  ["secretsmanager:GetSecretValue", { secretId: "whole" }],
  ["secretsmanager:PutResourcePolicy", { secretId: "whole" }],

  ["ssm:DeleteParameter", { name: "target" }],
  ["ssm:DeleteParameters", { names: ["target-1", "target-2"] }],
  ["ssm:PutParameter", { name: "target", overwrite: true, keyId: "alias/other" }],
  ["ssm:DeleteDocument", { name: "target" }],
  ["ssm:ModifyDocumentPermission", { name: "whole", accountIdsToAdd: ["all"] }],
  ["ssm:SendCommand", { instanceIds: ["target-1", "target-2"], documentName: "other" }],
  ["ssm:StartSession", { target: "target" }],

  ["logs:DeleteLogGroup", { logGroupName: "target" }],
  ["logs:CreateLogGroup", { logGroupName: "target" }],
  ["logs:DeleteLogStream", { logGroupName: "whole", logStreamName: "target" }],
  ["logs:PutRetentionPolicy", { logGroupName: "whole", retentionInDays: 1 }],
  ["logs:DeleteSubscriptionFilter", { logGroupName: "whole", filterName: "target" }],
  [
    "logs:PutSubscriptionFilter",
    {
      logGroupName: "whole",
      filterName: "target",
      destinationArn: inRegion("lambda", "function:other"),
      roleArn: iam("role/other-2"),
    },
  ],
  ["logs:DeleteMetricFilter", { logGroupName: "whole", filterName: "target" }],
  ["logs:DeleteDestination", { destinationName: "target" }],

  ["cloudtrail:StopLogging", { name: inRegion("cloudtrail", "trail/target") }],
  ["cloudtrail:DeleteTrail", { name: "target" }],
  [
    "cloudtrail:UpdateTrail",
    { name: "target", s3BucketName: "other", snsTopicName: "other-2" },
    { name: "target", trailARN: inRegion("cloudtrail", "trail/target"), s3BucketName: "other" },
  ],
  ["cloudtrail:CreateTrail", { name: "target", s3BucketName: "other" }],
  ["cloudtrail:PutEventSelectors", { trailName: "whole", eventSelectors: [] }],
  ["cloudtrail:PutInsightSelectors", { trailName: "whole", insightSelectors: [] }],
  [
    "cloudtrail:DeleteEventDataStore",
    { eventDataStore: inRegion("cloudtrail", "eventdatastore/target") },
  ],
  [
    "cloudtrail:StopEventDataStoreIngestion",
    { eventDataStore: inRegion("cloudtrail", "eventdatastore/whole") },
  ],
  [
    "cloudtrail:RestoreEventDataStore",
    { eventDataStore: inRegion("cloudtrail", "eventdatastore/target") },
  ],
  ["cloudtrail:DeleteChannel", { channel: inRegion("cloudtrail", "channel/target") }],

  ["monitoring:DeleteAlarms", { alarmNames: ["target-1", "target-2"] }],
  ["monitoring:DisableAlarmActions", { alarmNames: ["target"] }],
  ["monitoring:DeleteDashboards", { dashboardNames: ["target"] }],
  [
    "monitoring:PutMetricAlarm",
    { alarmName: "target", metricName: "other", alarmActions: [inRegion("sns", "other-2")] },
  ],
  ["monitoring:PutDashboard", { dashboardName: "target" }],

  ["elasticfilesystem:DeleteFileSystem", { fileSystemId: "target" }],
  ["elasticfilesystem:CreateFileSystem", { creationToken: "other" }, { fileSystemId: "target" }],
  ["elasticfilesystem:DeleteMountTarget", { mountTargetId: "target" }],
  [
    "elasticfilesystem:CreateMountTarget",
    { fileSystemId: "whole", subnetId: "other" },
    { mountTargetId: "target", fileSystemId: "whole", subnetId: "other" },
  ],
  ["elasticfilesystem:DeleteAccessPoint", { accessPointId: "target" }],
  ["elasticfilesystem:PutFileSystemPolicy", { fileSystemId: "whole" }],

  [
    "cloudformation:DeleteStack",
    { stackName: "target", roleARN: iam("role/other"), retainResources: ["other-2"] },
  ],
  [
    "cloudformation:CreateStack",
    { stackName: "target", templateURL: "https://example.com/other" },
    { stackId: inRegion("cloudformation", "stack/target/0a1b2c3d-0000") },
  ],
  [
    "cloudformation:UpdateStack",
    { stackName: "target" },
    { stackId: inRegion("cloudformation", "stack/target/0a1b2c3d-0000") },
  ],
  ["cloudformation:DeleteStackSet", { stackSetName: "target" }],
  ["cloudformation:DeleteStackInstances", { stackSetName: "whole", accounts: [account] }],
  ["cloudformation:DeleteChangeSet", { changeSetName: "target", stackName: "whole" }],
  ["cloudformation:ExecuteChangeSet", { changeSetName: "target", stackName: "whole" }],
  ["cloudformation:DeleteResource", { typeName: "AWS::Logs::LogGroup", identifier: "target" }],
  ["cloudformation:UpdateResource", { typeName: "AWS::Logs::LogGroup", identifier: "target" }],
  [
    "cloudformation:UpdateTerminationProtection",
    { stackName: "whole", enableTerminationProtection: false },
  ],

  ["autoscaling:DeleteAutoScalingGroup", { autoScalingGroupName: "target", forceDelete: true }],
  [
    "autoscaling:CreateAutoScalingGroup",
    {
      autoScalingGroupName: "target",
      launchConfigurationName: "other",
      vPCZoneIdentifier: "other-2",
    },
  ],
  [
    "autoscaling:TerminateInstanceInAutoScalingGroup",
    { instanceId: "target", shouldDecrementDesiredCapacity: false },
  ],
  [
    "autoscaling:UpdateAutoScalingGroup",
    { autoScalingGroupName: "target", minSize: 0, desiredCapacity: 0 },
  ],
  ["autoscaling:SetDesiredCapacity", { autoScalingGroupName: "target", desiredCapacity: 0 }],
  ["autoscaling:DeleteLaunchConfiguration", { launchConfigurationName: "target" }],
  ["autoscaling:DeletePolicy", { autoScalingGroupName: "whole", policyName: "target" }],
  [
    "autoscaling:SuspendProcesses",
    { autoScalingGroupName: "whole", scalingProcesses: ["Terminate"] },
  ],
  ["autoscaling:DetachInstances", { autoScalingGroupName: "whole", instanceIds: ["target"] }],

  ["elasticloadbalancing:DeleteLoadBalancer", { loadBalancerName: "target" }],
  [
    "elasticloadbalancing:DeleteTargetGroup",
    { targetGroupArn: inRegion("elasticloadbalancing", "targetgroup/target/0123456789abcdef") },
  ],
  [
    "elasticloadbalancing:CreateLoadBalancer",
    { name: "target-1", subnets: ["other"], securityGroups: ["other-2"], scheme: "internal" },
    {
      loadBalancers: [
        {
          loadBalancerName: "target-1",
          loadBalancerArn: inRegion(
            "elasticloadbalancing",
            "loadbalancer/app/target-1/0123456789abcdef",
          ),
          vpcId: "other-3",
        },
      ],
    },
  ],
  [
    "elasticloadbalancing:DeleteListener",
    { listenerArn: inRegion("elasticloadbalancing", "listener/app/whole/0123456789abcdef/target") },
  ],
  [
    "elasticloadbalancing:DeleteRule",
    {
      ruleArn: inRegion(
        "elasticloadbalancing",
        "listener-rule/app/whole/0123456789abcdef/1/target",
      ),
    },
  ],
  [
    "elasticloadbalancing:ModifyLoadBalancerAttributes",
    {
      loadBalancerArn: inRegion("elasticloadbalancing", "loadbalancer/app/whole/0123456789abcdef"),
      attributes: [],
    },
  ],
  [
    "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
    { loadBalancerName: "whole-1", instances: [{ instanceId: "whole-2" }] },
  ],
  [
    "elasticloadbalancing:DeregisterTargets",
    {
      targetGroupArn: inRegion("elasticloadbalancing", "targetgroup/whole-1/0123456789abcdef"),
      targets: [{ id: "whole-2" }],
    },
  ],

  ["eks:DeleteCluster", { name: "target" }],
  [
    "eks:CreateCluster",
    { name: "target", roleArn: iam("role/other"), resourcesVpcConfig: { subnetIds: ["other-2"] } },
  ],
  ["eks:DeleteNodegroup", { clusterName: "whole", nodegroupName: "target" }],
  ["eks:UpdateClusterConfig", { name: "whole" }],
  ["eks:DeleteFargateProfile", { clusterName: "whole", fargateProfileName: "target" }],
  ["eks:DeleteAddon", { clusterName: "whole", addonName: "target" }],
  ["eks:CreateAccessEntry", { name: "whole-1", principalArn: iam("role/whole-2") }],

  ["ecs:DeleteCluster", { cluster: "target" }],
  ["ecs:CreateCluster", { clusterName: "target" }],
  ["ecs:DeleteService", { cluster: "whole", service: "target", force: true }],
  [
    "ecs:UpdateService",
    { cluster: "whole", service: "target", desiredCount: 0, taskDefinition: "other" },
  ],
  ["ecs:CreateService", { cluster: "whole", serviceName: "target", taskDefinition: "other" }],
  ["ecs:StopTask", { cluster: "whole", task: "target" }],
  [
    "ecs:RunTask",
    { cluster: "whole", taskDefinition: "other" },
    {
      tasks: [
        {
          taskArn: inRegion("ecs", "task/whole/target"),
          taskDefinitionArn: inRegion("ecs", "task-definition/other:7"),
        },
      ],
    },
  ],
  ["ecs:DeregisterTaskDefinition", { taskDefinition: inRegion("ecs", "task-definition/whole:7") }],
  ["ecs:DeleteTaskDefinitions", { taskDefinitions: ["whole:7"] }],

  ["ecr:DeleteRepository", { repositoryName: "target", force: true, registryId: account }],
  [
    "ecr:BatchDeleteImage",
    { repositoryName: "whole", imageIds: [{ imageDigest: "target-1" }, { imageTag: "target-2" }] },
  ],
  ["ecr:PutImage", { repositoryName: "whole", imageTag: "target" }],
  ["ecr:PutLifecyclePolicy", { repositoryName: "whole", lifecyclePolicyText: "{}" }],
  ["ecr:SetRepositoryPolicy", { repositoryName: "whole", policyText: "{}" }],

  ["sns:DeleteTopic", { topicArn: inRegion("sns", "target") }],
  ["sns:CreateTopic", { name: "target" }, { topicArn: inRegion("sns", "target") }],
  [
    "sns:SetTopicAttributes",
    { topicArn: inRegion("sns", "whole"), attributeName: "Policy", attributeValue: "{}" },
  ],
  ["sns:Unsubscribe", { subscriptionArn: inRegion("sns", "whole:target") }],
  [
    "sns:Subscribe",
    {
      topicArn: inRegion("sns", "whole"),
      protocol: "lambda",
      endpoint: inRegion("lambda", "function:other"),
    },
  ],
  ["sqs:DeleteQueue", { queueUrl: `https://sqs.us-east-1.amazonaws.com/${account}/target` }],
  ["sqs:PurgeQueue", { queueUrl: `https://sqs.us-east-1.amazonaws.com/${account}/target` }],
  [
    "sqs:CreateQueue",
    { queueName: "target" },
    { queueUrl: `https://sqs.us-east-1.amazonaws.com/${account}/target` },
  ],
  [
    "sqs:SetQueueAttributes",
    { queueUrl: `https://sqs.us-east-1.amazonaws.com/${account}/whole`, attributes: {} },
  ],

  ["kinesis:DeleteStream", { streamName: "target" }],
  ["kinesis:CreateStream", { streamName: "target", shardCount: 1 }],
  [
    "kinesis:DeregisterStreamConsumer",
    { streamARN: inRegion("kinesis", "stream/whole"), consumerName: "target" },
  ],
  ["kinesis:DecreaseStreamRetentionPeriod", { streamName: "whole", retentionPeriodHours: 24 }],
  ["firehose:DeleteDeliveryStream", { deliveryStreamName: "target" }],
  [
    "firehose:CreateDeliveryStream",
    {
      deliveryStreamName: "target",
      extendedS3DestinationConfiguration: {
        bucketARN: "arn:aws:s3:::other",
        roleARN: iam("role/other-2"),
      },
    },
  ],
  ["firehose:UpdateDestination", { deliveryStreamName: "whole", destinationId: "target" }],

  ["events:DeleteRule", { name: "target", eventBusName: "whole", force: true }],
  ["events:DisableRule", { name: "target" }],
  [
    "events:PutRule",
    { name: "target", scheduleExpression: "rate(1 day)" },
    { ruleArn: inRegion("events", "rule/target") },
  ],
  ["events:RemoveTargets", { rule: "whole", ids: ["target"] }],
  [
    "events:PutTargets",
    { rule: "whole", targets: [{ id: "target", arn: inRegion("lambda", "function:other") }] },
  ],
  ["events:DeleteEventBus", { name: "target" }],
  ["events:DeleteArchive", { archiveName: "target" }],
  ["scheduler:DeleteSchedule", { name: "target", groupName: "whole" }],
  ["pipes:DeletePipe", { name: "target" }],
  ["states:DeleteStateMachine", { stateMachineArn: inRegion("states", "stateMachine:target") }],
  ["states:CreateStateMachine", { name: "target", roleArn: iam("role/other") }],
  [
    "states:StartExecution",
    { stateMachineArn: inRegion("states", "stateMachine:whole"), name: "target" },
  ],
  ["states:StopExecution", { executionArn: inRegion("states", "execution:whole:target") }],

  ["route53:DeleteHostedZone", { id: "target" }],
  [
    "route53:CreateHostedZone",
    { name: "target-1", callerReference: "other" },
    { hostedZone: { id: "/hostedzone/target-2", name: "target-1" } },
  ],
  [
    "route53:ChangeResourceRecordSets",
    {
      hostedZoneId: "whole",
      changeBatch: {
        changes: [{ action: "DELETE", resourceRecordSet: { name: "target", type: "A" } }],
      },
    },
  ],
  ["route53:DeleteHealthCheck", { healthCheckId: "target" }],
  [
    "route53:DisassociateVPCFromHostedZone",
    { hostedZoneId: "whole-1", vPC: { vPCId: "whole-2", vPCRegion: "us-east-1" } },
  ],
  ["route53domains:DeleteDomain", { domainName: "target" }],
  [
    "route53resolver:DeleteResolverQueryLogConfig",
    { resolverQueryLogConfigId: "target-1" },
    {
      resolverQueryLogConfig: {
        id: "target-1",
        name: "target-2",
        arn: inRegion("route53resolver", "resolver-query-log-config/target-1"),
        destinationArn: "arn:aws:s3:::other",
      },
    },
  ],
  [
    "route53resolver:DisassociateResolverQueryLogConfig",
    { resolverQueryLogConfigId: "target", resourceId: "whole" },
  ],
  ["route53resolver:DeleteResolverRule", { resolverRuleId: "target" }],

  ["cloudfront:DeleteDistribution2020_05_31", { id: "target", ifMatch: "other" }],
  [
    "cloudfront:UpdateDistribution2020_05_31",
    { id: "target", distributionConfig: { callerReference: "other" } },
  ],
  [
    "cloudfront:CreateDistribution2020_05_31",
    { distributionConfig: { callerReference: "other" } },
    {
      distribution: {
        id: "target-1",
        aRN: "arn:aws:cloudfront::111122223333:distribution/target-1",
        domainName: "target-2",
      },
    },
  ],
  [
    "cloudfront:CreateInvalidation2020_05_31",
    { distributionId: "whole" },
    { invalidation: { id: "target" } },
  ],
  ["cloudfront:DeleteFunction2020_05_31", { name: "target" }],

  ["apigateway:DeleteRestApi", { restApiId: "target" }],
  [
    "apigateway:CreateRestApi",
    { createRestApiInput: { name: "target-1" } },
    { id: "target-2", name: "target-1" },
  ],
  [
    "apigateway:UpdateRestApi",
    { restApiId: "target", updateRestApiInput: { patchOperations: [] } },
  ],
  ["apigateway:DeleteStage", { restApiId: "whole", stageName: "target" }],
  ["apigateway:DeleteDeployment", { restApiId: "whole", deploymentId: "target" }],
  ["apigateway:DeleteResource", { restApiId: "whole", resourceId: "target" }],
  ["apigateway:DeleteMethod", { restApiId: "whole-1", resourceId: "whole-2", httpMethod: "GET" }],
  ["apigateway:DeleteApi", { apiId: "target" }],
  ["apigateway:DeleteApiKey", { apiKey: "target" }],
  ["apigateway:DeleteUsagePlan", { usagePlanId: "target" }],
  ["apigateway:DeleteDomainName", { domainName: "target" }],

  ["acm:DeleteCertificate", { certificateArn: inRegion("acm", "certificate/target") }],
  [
    "acm:RequestCertificate",
    { domainName: "other" },
    { certificateArn: inRegion("acm", "certificate/target") },
  ],
  [
    "acm-pca:DeleteCertificateAuthority",
    { certificateAuthorityArn: inRegion("acm-pca", "certificate-authority/target") },
  ],

  [
    "wafv2:DeleteWebACL",
    { name: "target-1", id: "target-2", scope: "REGIONAL", lockToken: "other" },
  ],
  [
    "wafv2:UpdateWebACL",
    { name: "target-1", id: "target-2", scope: "REGIONAL", rules: [{ name: "other" }] },
  ],
  [
    "wafv2:DisassociateWebACL",
    { resourceArn: inRegion("elasticloadbalancing", "loadbalancer/app/whole/0123456789abcdef") },
  ],
  ["wafv2:DeleteRuleGroup", { name: "target-1", id: "target-2", scope: "REGIONAL" }],
  ["wafv2:DeleteIPSet", { name: "target-1", id: "target-2", scope: "REGIONAL" }],
  [
    "wafv2:DeleteLoggingConfiguration",
    { resourceArn: inRegion("wafv2", "regional/webacl/whole/0a1b") },
  ],
  ["waf:DeleteWebACL", { webACLId: "target", changeToken: "other" }],
  ["shield:DeleteProtection", { protectionId: "target" }],

  ["guardduty:DeleteDetector", { detectorId: "target" }],
  ["guardduty:UpdateDetector", { detectorId: "target", enable: false }],
  ["guardduty:CreateDetector", { enable: true }, { detectorId: "target" }],
  ["guardduty:DeleteMembers", { detectorId: "whole", accountIds: ["target"] }],
  ["guardduty:DisassociateFromMasterAccount", { detectorId: "whole" }],
  ["guardduty:StopMonitoringMembers", { detectorId: "whole", accountIds: ["target"] }],
  ["guardduty:CreateFilter", { detectorId: "whole", name: "target", action: "ARCHIVE" }],
  ["guardduty:DeleteIPSet", { detectorId: "whole", ipSetId: "target" }],
  ["guardduty:ArchiveFindings", { detectorId: "whole", findingIds: ["target"] }],
  ["guardduty:DeletePublishingDestination", { detectorId: "whole", destinationId: "target" }],

  ["config:StopConfigurationRecorder", { configurationRecorderName: "target" }],
  ["config:DeleteConfigurationRecorder", { configurationRecorderName: "target" }],
  [
    "config:PutConfigurationRecorder",
    { configurationRecorder: { name: "target", roleARN: iam("role/other") } },
  ],
  ["config:DeleteDeliveryChannel", { deliveryChannelName: "target" }],
  ["config:PutDeliveryChannel", { deliveryChannel: { name: "target", s3BucketName: "other" } }],
  ["config:DeleteConfigRule", { configRuleName: "target" }],
  ["config:PutConfigRule", { configRule: { configRuleName: "target" } }],
  ["config:DeleteRemediationConfiguration", { configRuleName: "whole" }],
  [
    "config:DeleteAggregationAuthorization",
    { authorizedAccountId: "777788889999", authorizedAwsRegion: "us-east-1" },
  ],
  ["config:DeleteConfigurationAggregator", { configurationAggregatorName: "target" }],
  ["config:DeleteConformancePack", { conformancePackName: "target" }],

  ["securityhub:DeleteInsight", { InsightArn: inRegion("securityhub", "insight/1/custom/target") }],
  [
    "securityhub:BatchDisableStandards",
    { StandardsSubscriptionArns: [inRegion("securityhub", "subscription/x/v/target")] },
  ],
  ["securityhub:DeleteMembers", { AccountIds: ["target"] }],
  [
    "securityhub:DeleteActionTarget",
    { ActionTargetArn: inRegion("securityhub", "action/custom/target") },
  ],
  ["macie2:DeleteMember", { id: "target" }],
  ["detective:DeleteGraph", { GraphArn: inRegion("detective", "graph:target") }],
  ["access-analyzer:DeleteAnalyzer", { analyzerName: "target" }],
  ["access-analyzer:DeleteArchiveRule", { analyzerName: "whole", ruleName: "target" }],
  ["inspector2:Disable", { accountIds: ["target"], resourceTypes: ["EC2"] }],

  ["organizations:RemoveAccountFromOrganization", { accountId: "target" }],
  ["organizations:CloseAccount", { accountId: "target" }],
  [
    "organizations:CreateAccount",
    { email: "x@example.com", accountName: "target-1" },
    { createAccountStatus: { accountId: "target-2", accountName: "target-1", id: "other" } },
  ],
  ["organizations:DetachPolicy", { policyId: "target", targetId: "whole" }],
  ["organizations:DeletePolicy", { policyId: "target" }],
  ["organizations:DisablePolicyType", { rootId: "whole", policyType: "SERVICE_CONTROL_POLICY" }],
  ["organizations:DeleteOrganizationalUnit", { organizationalUnitId: "target" }],
  [
    "organizations:MoveAccount",
    { accountId: "target", sourceParentId: "other-1", destinationParentId: "other-2" },
  ],
  [
    "organizations:DeregisterDelegatedAdministrator",
    { accountId: "whole", servicePrincipal: "other" },
  ],

  [
    "backup:DeleteRecoveryPoint",
    { backupVaultName: "whole", recoveryPointArn: inRegion("backup", "recovery-point:target") },
  ],
  ["backup:DeleteBackupVault", { backupVaultName: "target" }],
  ["backup:DeleteBackupPlan", { backupPlanId: "target" }],
  ["backup:DeleteBackupSelection", { backupPlanId: "whole", selectionId: "target" }],
  ["backup:PutBackupVaultAccessPolicy", { backupVaultName: "whole", policy: "{}" }],
  [
    "backup:StartBackupJob",
    { backupVaultName: "other", resourceArn: inRegion("rds", "db:whole") },
    { backupJobId: "target" },
  ],

  [
    "redshift:DeleteCluster",
    {
      clusterIdentifier: "target",
      skipFinalClusterSnapshot: false,
      finalClusterSnapshotIdentifier: "other",
    },
  ],
  ["redshift:DeleteClusterSnapshot", { snapshotIdentifier: "target" }],
  ["redshift:CreateClusterSnapshot", { snapshotIdentifier: "target", clusterIdentifier: "whole" }],
  ["redshift-serverless:DeleteWorkgroup", { workgroupName: "target" }],
  ["redshift-serverless:DeleteNamespace", { namespaceName: "target", finalSnapshotName: "other" }],

  [
    "elasticache:DeleteCacheCluster",
    { cacheClusterId: "target", finalSnapshotIdentifier: "other" },
  ],
  [
    "elasticache:DeleteReplicationGroup",
    { replicationGroupId: "target", retainPrimaryCluster: false, finalSnapshotIdentifier: "other" },
  ],
  ["elasticache:DeleteSnapshot", { snapshotName: "target" }],
  ["elasticache:CreateSnapshot", { snapshotName: "target", cacheClusterId: "other" }],
  ["memorydb:DeleteCluster", { clusterName: "target", finalSnapshotName: "other" }],
  ["dax:DeleteCluster", { clusterName: "target" }],

  ["es:DeleteElasticsearchDomain", { domainName: "target" }],
  ["es:DeleteDomain", { domainName: "target" }],
  ["es:CreateDomain", { domainName: "target" }],
  ["es:UpdateDomainConfig", { domainName: "whole" }],
  ["aoss:DeleteCollection", { id: "target" }],

  ["glue:DeleteDatabase", { name: "target" }],
  ["glue:DeleteTable", { databaseName: "whole", name: "target" }],
  ["glue:CreateTable", { databaseName: "whole", tableInput: { name: "target" } }],
  ["glue:BatchDeleteTable", { databaseName: "whole", tablesToDelete: ["target-1", "target-2"] }],
  ["glue:BatchDeletePartition", { databaseName: "whole-1", tableName: "whole-2" }],
  ["glue:DeleteCrawler", { name: "target" }],
  ["glue:DeleteJob", { jobName: "target" }],
  ["glue:CreateJob", { name: "target", role: "other" }],
  ["glue:BatchDeleteConnection", { connectionNameList: ["target"] }],
  ["athena:DeleteWorkGroup", { workGroup: "target", recursiveDeleteOption: true }],
  ["athena:DeleteNamedQuery", { namedQueryId: "target" }],
  [
    "athena:StartQueryExecution",
    { workGroup: "other", queryString: "x" },
    { queryExecutionId: "target" },
  ],
  ["lakeformation:DeregisterResource", { resourceArn: "arn:aws:s3:::target" }],

  [
    "kafka:DeleteCluster",
    { clusterArn: inRegion("kafka", "cluster/target/0a1b2c3d-0000-4000-8000-000000000000-1") },
  ],
  ["kafka:CreateCluster", { clusterName: "target" }],
  ["amazonmq:DeleteBroker", { brokerId: "target" }],
  ["amazonmq:DeleteUser", { brokerId: "whole", username: "target" }],
  ["elasticmapreduce:TerminateJobFlows", { jobFlowIds: ["target"] }],
  [
    "elasticmapreduce:RunJobFlow",
    { name: "target-1", instances: { ec2SubnetId: "other" } },
    { jobFlowId: "target-2" },
  ],
  [
    "elasticmapreduce:SetTerminationProtection",
    { jobFlowIds: ["whole"], terminationProtected: false },
  ],
  ["elasticbeanstalk:TerminateEnvironment", { environmentId: "target" }],
  ["elasticbeanstalk:DeleteApplication", { applicationName: "target" }],
  [
    "elasticbeanstalk:CreateEnvironment",
    { applicationName: "whole", environmentName: "target-1" },
    { environmentId: "target-2", environmentName: "target-1", applicationName: "whole" },
  ],
  [
    "elasticbeanstalk:DeleteApplicationVersion",
    { applicationName: "whole", versionLabel: "target" },
  ],

  ["fsx:DeleteFileSystem", { fileSystemId: "target" }],
  ["fsx:DeleteBackup", { backupId: "target" }],
  ["storagegateway:DeleteGateway", { gatewayARN: inRegion("storagegateway", "gateway/target") }],
  [
    "storagegateway:DeleteVolume",
    { volumeARN: inRegion("storagegateway", "gateway/whole/volume/target") },
  ],
  ["transfer:DeleteServer", { serverId: "target" }],
  ["transfer:DeleteUser", { serverId: "whole", userName: "target" }],
  ["datasync:DeleteTask", { taskArn: inRegion("datasync", "task/target") }],
  ["glacier:DeleteArchive", { vaultName: "whole", archiveId: "target", accountId: "-" }],
  ["glacier:DeleteVault", { vaultName: "target", accountId: "-" }],

  ["cognito-idp:DeleteUserPool", { userPoolId: "target" }],
  ["cognito-idp:AdminDeleteUser", { userPoolId: "whole", username: "target" }],
  ["cognito-idp:AdminDisableUser", { userPoolId: "whole", username: "target" }],
  [
    "cognito-idp:AdminAddUserToGroup",
    { userPoolId: "whole-1", username: "whole-2", groupName: "whole-3" },
  ],
  ["cognito-idp:DeleteUserPoolClient", { userPoolId: "whole", clientId: "target" }],
  ["cognito-identity:DeleteIdentityPool", { identityPoolId: "target" }],
  [
    "cognito-identity:SetIdentityPoolRoles",
    { identityPoolId: "whole", roles: { authenticated: iam("role/other") } },
  ],

  [
    "sso:DeletePermissionSet",
    {
      instanceArn: "arn:aws:sso:::instance/whole",
      permissionSetArn: "arn:aws:sso:::permissionSet/whole/target",
    },
  ],
  [
    "sso:DeleteAccountAssignment",
    {
      instanceArn: "arn:aws:sso:::instance/whole-4",
      permissionSetArn: "arn:aws:sso:::permissionSet/whole-4/whole-1",
      principalId: "whole-2",
      targetId: "whole-3",
    },
  ],
  [
    "sso:DetachManagedPolicyFromPermissionSet",
    {
      permissionSetArn: "arn:aws:sso:::permissionSet/ssoins/whole-1",
      managedPolicyArn: "arn:aws:iam::aws:policy/whole-2",
    },
  ],
  ["sso-directory:DeleteUser", { userId: "target", identityStoreId: "whole" }],
  ["identitystore:DeleteGroupMembership", { identityStoreId: "whole", membershipId: "target" }],

  ["codebuild:DeleteProject", { name: "target" }],
  ["codebuild:CreateProject", { name: "target", serviceRole: iam("role/other") }],
  [
    "codebuild:StartBuild",
    { projectName: "whole" },
    { build: { id: "target", projectName: "whole" } },
  ],
  ["codepipeline:DeletePipeline", { name: "target" }],
  ["codepipeline:CreatePipeline", { pipeline: { name: "target", roleArn: iam("role/other") } }],
  ["codecommit:DeleteRepository", { repositoryName: "target" }],
  ["codecommit:DeleteBranch", { repositoryName: "whole", branchName: "target" }],
  ["codedeploy:DeleteApplication", { applicationName: "target" }],
  ["codedeploy:DeleteDeploymentGroup", { applicationName: "whole", deploymentGroupName: "target" }],

  ["bedrock:DeleteGuardrail", { guardrailIdentifier: "target" }],
  ["bedrock:DeleteKnowledgeBase", { knowledgeBaseId: "target" }],
  ["bedrock:DeleteDataSource", { knowledgeBaseId: "whole", dataSourceId: "target" }],
  ["bedrock:InvokeModel", { modelId: "target" }],
  ["sagemaker:DeleteEndpoint", { endpointName: "target" }],
  ["sagemaker:CreateEndpoint", { endpointName: "target", endpointConfigName: "other" }],
  ["sagemaker:DeleteNotebookInstance", { notebookInstanceName: "target" }],
  ["sagemaker:StopTrainingJob", { trainingJobName: "target" }],
  ["batch:DeleteJobQueue", { jobQueue: "target" }],
  ["batch:DeleteComputeEnvironment", { computeEnvironment: "target" }],
  [
    "batch:CreateJobQueue",
    { jobQueueName: "target", computeEnvironmentOrder: [{ computeEnvironment: "other" }] },
  ],
  ["dms:DeleteReplicationInstance", { replicationInstanceArn: inRegion("dms", "rep:target") }],
  ["dms:DeleteReplicationTask", { replicationTaskArn: inRegion("dms", "task:target") }],
  ["ds:DeleteDirectory", { directoryId: "target" }],
  ["ds:DeleteTrust", { trustId: "target" }],
  [
    "workspaces:TerminateWorkspaces",
    { terminateWorkspaceRequests: [{ workspaceId: "target-1" }, { workspaceId: "target-2" }] },
  ],
  [
    "workspaces:CreateWorkspaces",
    { workspaces: [{ directoryId: "other", userName: "other-2", bundleId: "other-3" }] },
    { pendingRequests: [{ workspaceId: "target", directoryId: "other" }] },
  ],
  ["lightsail:DeleteInstance", { instanceName: "target" }],
  [
    "lightsail:DeleteRelationalDatabase",
    { relationalDatabaseName: "target", finalRelationalDatabaseSnapshotName: "other" },
  ],
  ["lightsail:CreateInstances", { instanceNames: ["target"], blueprintId: "other" }],
  ["lightsail:DetachDisk", { diskName: "target" }],

  [
    "rolesanywhere:DeleteTrustAnchor",
    { trustAnchorId: "target-1" },
    {
      trustAnchor: {
        name: "target-2",
        trustAnchorId: "target-1",
        trustAnchorArn: inRegion("rolesanywhere", "trust-anchor/target-1"),
      },
    },
  ],
  ["rolesanywhere:DeleteProfile", { profileId: "target" }],
  [
    "rolesanywhere:CreateProfile",
    { name: "target-1", roleArns: [iam("role/other")] },
    { profile: { name: "target-1", profileId: "target-2" } },
  ],
  ["network-firewall:DeleteFirewall", { firewallName: "target" }],
  ["network-firewall:DeleteFirewallPolicy", { firewallPolicyName: "target" }],
  ["network-firewall:DeleteRuleGroup", { ruleGroupName: "target", type: "STATEFUL" }],
  [
    "globalaccelerator:DeleteAccelerator",
    { acceleratorArn: "arn:aws:globalaccelerator::111122223333:accelerator/target" },
  ],
  [
    "globalaccelerator:DeleteEndpointGroup",
    {
      endpointGroupArn:
        "arn:aws:globalaccelerator::111122223333:accelerator/whole/listener/whole-2/endpoint-group/target",
    },
  ],
  ["ses:DeleteIdentity", { identity: "target" }],
  ["ses:DeleteEmailIdentity", { emailIdentity: "target" }],
  ["ses:DeleteConfigurationSet", { configurationSetName: "target" }],
];

/** Services without a row in the table, by their nouns alone. */
const others: readonly Row[] = [
  ["amplify:DeleteApp", { appId: "target" }],
  ["amplify:DeleteBranch", { appId: "whole", branchName: "target" }],
  ["appflow:DeleteFlow", { flowName: "target", forceDelete: true }],
  ["apprunner:DeleteService", { serviceArn: inRegion("apprunner", "service/target/0a1b") }],
  ["appstream:DeleteFleet", { name: "target" }],
  ["appsync:DeleteGraphqlApi", { apiId: "target" }],
  ["cloud9:DeleteEnvironment", { environmentId: "target" }],
  ["codeartifact:DeleteRepository", { domain: "other", repository: "target" }],
  ["connect:DeleteUser", { InstanceId: "whole", UserId: "target" }],
  ["dlm:DeleteLifecyclePolicy", { policyId: "target" }],
  ["docdb-elastic:DeleteCluster", { clusterArn: inRegion("docdb-elastic", "cluster/target") }],
  ["evidently:DeleteProject", { project: "target" }],
  ["finspace:DeleteEnvironment", { environmentId: "target" }],
  ["greengrass:DeleteComponent", { arn: inRegion("greengrass", "components:target") }],
  [
    "imagebuilder:DeleteImagePipeline",
    { imagePipelineArn: inRegion("imagebuilder", "image-pipeline/target") },
  ],
  ["iot:DeleteThing", { thingName: "target" }],
  ["iot:DeleteCertificate", { certificateId: "target" }],
  ["kinesisanalytics:DeleteApplication", { applicationName: "target" }],
  ["lex:DeleteBot", { botId: "target" }],
  ["mgn:TerminateTargetInstances", { sourceServerIDs: ["other"] }],
  ["personalize:DeleteDataset", { datasetArn: inRegion("personalize", "dataset/target") }],
  ["quicksight:DeleteDashboard", { awsAccountId: account, dashboardId: "target" }],
  ["ram:DeleteResourceShare", { resourceShareArn: inRegion("ram", "resource-share/target") }],
  ["resource-groups:DeleteGroup", { groupName: "target" }],
  ["servicediscovery:DeleteNamespace", { id: "target" }],
  ["signer:CancelSigningProfile", { profileName: "target" }],
  ["synthetics:DeleteCanary", { name: "target" }],
  ["timestream:DeleteTable", { databaseName: "whole", tableName: "target" }],
  ["xray:DeleteGroup", { groupName: "target" }],
];

const bearings: { readonly [name: string]: Bearing } = {
  target: "target",
  whole: "part",
  other: "mention",
};

function recordOf([name, requestParameters, responseElements = null]: Row): CloudTrailRecord {
  const [service = "", eventName = ""] = name.split(":");
  return event(to(service), calling(eventName), on(requestParameters), { responseElements });
}

function namesIn(record: JsonObject): readonly string[] {
  const text = JSON.stringify([record["requestParameters"], record["responseElements"]]);
  return [...new Set(text.match(/\b(?:target|whole|other)(?:-\d)?\b/g))].sort();
}

for (const [title, table] of [
  ["bearing, by the table,", rows],
  ["bearing, without a row,", others],
] as const) {
  describe(title, () => {
    for (const row of table) {
      it(`knows what ${row[0]} acts on`, () => {
        const record = recordOf(row);
        const names = namesIn(record);
        const found = names.map((text) => [text, bearing(record, { text, glob: false })]);
        const expected = names.map((text) => [text, bearings[text.replace(/-\d$/, "")]]);
        assert.deepEqual(found, expected);
      });
    }
  });
}
