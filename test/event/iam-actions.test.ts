import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { iamActionsOf, iamPrefixOf, permissionFor } from "../../src/event/iam-actions.ts";
import type { Json } from "../../src/event/record.ts";
import { calling, event, on, to } from "../support/events.ts";

/** `<service>:<eventName>` and the actions, without a prefix that is the service's own. */
const byName: readonly (readonly [call: string, actions: string])[] = [
  ["s3:ListObjects", "s3:ListBucket"],
  ["s3:ListObjectsV2", "s3:ListBucket"],
  ["s3:HeadBucket", "s3:ListBucket"],
  ["s3:ListBuckets", "s3:ListAllMyBuckets"],
  ["s3:ListObjectVersions", "s3:ListBucketVersions"],
  ["s3:ListParts", "s3:ListMultipartUploadParts"],
  ["s3:HeadObject", "s3:GetObject"],
  ["s3:GetObject", "s3:GetObject"],
  ["s3:CopyObject", "s3:GetObject s3:PutObject"],
  ["s3:UploadPartCopy", "s3:GetObject s3:PutObject"],
  ["s3:UploadPart", "s3:PutObject"],
  ["s3:CreateMultipartUpload", "s3:PutObject"],
  ["s3:CompleteMultipartUpload", "s3:PutObject"],
  ["s3:DeleteObjects", "s3:DeleteObject"],
  ["s3:PutBucketLifecycle", "s3:PutLifecycleConfiguration"],
  ["s3:DeleteBucketLifecycle", "s3:PutLifecycleConfiguration"],
  ["s3:GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"],
  ["s3:PutBucketEncryption", "s3:PutEncryptionConfiguration"],
  ["s3:DeleteBucketReplication", "s3:PutReplicationConfiguration"],
  ["s3:PutBucketCors", "s3:PutBucketCORS"],
  ["s3:DeleteBucketTagging", "s3:PutBucketTagging"],
  ["s3:ListBucketInventoryConfigurations", "s3:GetInventoryConfiguration"],
  ["s3:DeleteBucketMetricsConfiguration", "s3:PutMetricsConfiguration"],
  ["s3:PutBucketNotificationConfiguration", "s3:PutBucketNotification"],
  ["s3:DeleteBucketPolicy", "s3:DeleteBucketPolicy"],
  ["lambda:Invoke", "lambda:InvokeFunction"],
  ["lambda:DeleteFunction20150331", "lambda:DeleteFunction"],
  ["lambda:UpdateFunctionCode20150331v2", "lambda:UpdateFunctionCode"],
  ["lambda:PublishLayerVersion20181031", "lambda:PublishLayerVersion"],
  ["cloudfront:CreateInvalidation2020_05_31", "cloudfront:CreateInvalidation"],
  ["datasync:CreateLocationS3", "datasync:CreateLocationS3"],
  ["cloud9:CreateEnvironmentEC2", "cloud9:CreateEnvironmentEC2"],
  ["rds:RestoreDBClusterFromS3", "rds:RestoreDBClusterFromS3"],
  ["kms:ReEncrypt", "kms:ReEncryptFrom kms:ReEncryptTo"],
  ["budgets:DeleteBudget", "budgets:ModifyBudget"],
  ["budgets:DescribeBudgets", "budgets:ViewBudget"],
  ["budgets:CreateBudgetAction", "budgets:CreateBudgetAction"],
  ["apigateway:DeleteRestApi", "apigateway:DELETE"],
  ["apigateway:CreateDeployment", "apigateway:POST"],
  ["apigateway:UpdateStage", "apigateway:PATCH"],
  ["apigateway:GetRestApis", "apigateway:GET"],
  ["apigateway:PutIntegration", "apigateway:PUT"],
  ["sts:GetCallerIdentity", ""],
  ["sts:GetSessionToken", ""],
  ["sts:AssumeRole", "sts:AssumeRole"],
  ["signin:ConsoleLogin", ""],
  ["signin:SwitchRole", ""],
  ["monitoring:DeleteAlarms", "cloudwatch:DeleteAlarms"],
  ["tagging:GetResources", "tag:GetResources"],
  ["rdsdata:ExecuteSql", "rds-data:ExecuteSql"],
  ["streams.dynamodb:GetRecords", "dynamodb:GetRecords"],
  ["runtime.lex:PostText", "lex:PostText"],
  ["opensearchservice:DeleteDomain", "es:DeleteDomain"],
  ["cloudcontrolapi:DeleteResource", "cloudformation:DeleteResource"],
  ["chime-sdk-voice:CreateVoiceConnector", "chime:CreateVoiceConnector"],
  ["elasticmapreduce:TerminateJobFlows", "elasticmapreduce:TerminateJobFlows"],
  ["sqs:DeleteMessageBatch", "sqs:DeleteMessage"],
  ["dynamodb:BatchWriteItem", "dynamodb:BatchWriteItem"],
  ["s3:constructor", "s3:constructor"],
  ["constructor:toString", "constructor:toString"],
];

describe("iamActionsOf", () => {
  for (const [call, actions] of byName) {
    it(`gives ${actions || "nothing"} for ${call}`, () => {
      const [service = "", eventName = ""] = call.split(":");
      assert.equal(iamActionsOf(event(to(service), calling(eventName))).join(" "), actions);
    });
  }

  const byParameters: readonly (readonly [call: string, parameters: Json, actions: string])[] = [
    ["s3:GetObject", { versionId: "3L4k" }, "s3:GetObjectVersion"],
    ["s3:DeleteObject", { versionId: "3L4k" }, "s3:DeleteObjectVersion"],
    ["s3:PutObject", { "x-amz-acl": "public-read" }, "s3:PutObject s3:PutObjectAcl"],
    ["dynamodb:ExecuteStatement", { statement: "SELECT * FROM orders" }, "dynamodb:PartiQLSelect"],
    [
      "dynamodb:BatchExecuteStatement",
      { statements: [{ statement: " delete from a" }, { statement: "INSERT INTO b" }] },
      "dynamodb:PartiQLDelete dynamodb:PartiQLInsert",
    ],
    ["dynamodb:ExecuteStatement", { statement: ["constructor"] }, ""],
    [
      "dynamodb:TransactWriteItems",
      { transactItems: [{ put: {} }, { delete: {} }] },
      "dynamodb:DeleteItem dynamodb:PutItem",
    ],
  ];
  for (const [call, parameters, actions] of byParameters) {
    it(`gives ${actions || "nothing"} for ${call} with ${JSON.stringify(parameters)}`, () => {
      const [service = "", eventName = ""] = call.split(":");
      const record = event(to(service), calling(eventName), on(parameters));
      assert.equal(iamActionsOf(record).join(" "), actions);
    });
  }
});

describe("permissionFor", () => {
  const bases: readonly (readonly [basis: string, name: string, record: object])[] = [
    ["listed", "a call in the tables", event(to("s3"), calling("ListObjects"))],
    ["named", "any other call", event(to("s3"), calling("CreateBucket"))],
    ["none", "what a service did of itself", event(to("kms"), { eventType: "AwsServiceEvent" })],
    ["none", "a sign-in", event(to("signin"), { eventType: "AwsConsoleSignIn" })],
    [
      "none",
      "the access portal",
      event(to("sso"), calling("Federate"), { userIdentity: { type: "Unknown" } }),
    ],
    ["none", "a call that is always allowed", event(to("sts"), calling("GetCallerIdentity"))],
    ["named", "an administrator of Identity Center", event(to("sso"), calling("ListApplications"))],
    [
      "unclear",
      "a statement that is not logged",
      event(to("dynamodb"), calling("ExecuteStatement")),
    ],
    ["unclear", "a record without a name", event({ eventName: undefined })],
    ["unclear", "a record that is nothing", {}],
  ];
  for (const [basis, name, record] of bases) {
    it(`is ${basis} for ${name}`, () => {
      assert.equal(permissionFor({ ...record }).basis, basis);
    });
  }
});

describe("iamPrefixOf", () => {
  it("knows China's domain", () => {
    assert.equal(iamPrefixOf({ eventSource: "monitoring.amazonaws.com.cn" }), "cloudwatch");
  });
  it("is undefined without a source", () => {
    assert.equal(iamPrefixOf({ eventSource: null }), undefined);
  });
});
