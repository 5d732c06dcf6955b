/**
 * Where the IAM action of an event is not its service and its name, as data: `iam-actions.ts` reads it.
 */

/** What stands before the colon of an action, by the eventSource without `.amazonaws.com`. */
export const iamPrefixes: { readonly [source: string]: string } = {
  "agreement-marketplace": "aws-marketplace",
  amazonmq: "mq",
  "application-insights": "applicationinsights",
  appstream2: "appstream",
  billingconsole: "billing",
  cloudcontrolapi: "cloudformation",
  "contact-lens": "connect",
  "discovery-marketplace": "aws-marketplace",
  "management-marketplace": "aws-marketplace-management",
  marketplacecatalog: "aws-marketplace",
  migrationhub: "mgh",
  "models.lex": "lex",
  monitoring: "cloudwatch",
  "mturk-requester": "mechanicalturk",
  opensearchservice: "es",
  "participant-connect": "connect",
  pinpoint: "mobiletargeting",
  pricelist: "pricing",
  qconnect: "wisdom",
  rdsdata: "rds-data",
  "reporting-marketplace": "aws-marketplace",
  "runtime.lex": "lex",
  s3control: "s3",
  "servicecatalog-appregistry": "servicecatalog",
  "streams.dynamodb": "dynamodb",
  tagging: "tag",
  taxconsole: "tax",
  transcribestreaming: "transcribe",
};

/** Actions by prefix and event name without API version; none for calls that need no permission. */
export const iamActionNames: {
  readonly [prefix: string]: { readonly [eventName: string]: readonly string[] };
} = {
  s3: {
    ...named(["ListBucket"], ["ListObjects", "ListObjectsV2", "HeadBucket"]),
    ...named(["ListAllMyBuckets"], ["ListBuckets"]),
    ...named(["ListBucketVersions"], ["ListObjectVersions"]),
    ...named(["ListBucketMultipartUploads"], ["ListMultipartUploads"]),
    ...named(["ListMultipartUploadParts"], ["ListParts"]),
    ...named(["GetObject"], ["HeadObject", "SelectObjectContent"]),
    ...named(["GetObject", "GetObjectAttributes"], ["GetObjectAttributes"]),
    ...named(["GetObject", "PutObject"], ["CopyObject", "UploadPartCopy"]),
    ...named(["PutObject"], ["CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"]),
    ...named(["DeleteObject"], ["DeleteObjects"]),
    ...named(
      ["PutLifecycleConfiguration"],
      ["PutBucketLifecycle", "PutBucketLifecycleConfiguration", "DeleteBucketLifecycle"],
    ),
    ...named(
      ["GetLifecycleConfiguration"],
      ["GetBucketLifecycle", "GetBucketLifecycleConfiguration"],
    ),
    ...named(["PutEncryptionConfiguration"], ["PutBucketEncryption", "DeleteBucketEncryption"]),
    ...named(["GetEncryptionConfiguration"], ["GetBucketEncryption"]),
    ...named(["PutReplicationConfiguration"], ["PutBucketReplication", "DeleteBucketReplication"]),
    ...named(["GetReplicationConfiguration"], ["GetBucketReplication"]),
    ...named(["PutBucketCORS"], ["PutBucketCors", "DeleteBucketCors"]),
    ...named(["GetBucketCORS"], ["GetBucketCors"]),
    ...named(["PutBucketTagging"], ["DeleteBucketTagging"]),
    ...named(["PutBucketNotification"], ["PutBucketNotificationConfiguration"]),
    ...named(["GetBucketNotification"], ["GetBucketNotificationConfiguration"]),
    ...named(["PutAccelerateConfiguration"], ["PutBucketAccelerateConfiguration"]),
    ...named(["GetAccelerateConfiguration"], ["GetBucketAccelerateConfiguration"]),
    ...ofConfiguration("Analytics"),
    ...ofConfiguration("Inventory"),
    ...ofConfiguration("Metrics"),
    ...ofConfiguration("IntelligentTiering"),
    ...named(["PutBucketOwnershipControls"], ["DeleteBucketOwnershipControls"]),
    ...named(
      ["PutBucketPublicAccessBlock"],
      ["PutPublicAccessBlock", "DeletePublicAccessBlock", "DeleteBucketPublicAccessBlock"],
    ),
    ...named(["GetBucketPublicAccessBlock"], ["GetPublicAccessBlock"]),
    ...named(["PutAccountPublicAccessBlock"], ["DeleteAccountPublicAccessBlock"]),
    ...named(["GetBucketObjectLockConfiguration"], ["GetObjectLockConfiguration"]),
    ...named(["PutBucketObjectLockConfiguration"], ["PutObjectLockConfiguration"]),
  },
  lambda: named(["InvokeFunction"], ["Invoke", "InvokeWithResponseStream"]),
  kms: named(["ReEncryptFrom", "ReEncryptTo"], ["ReEncrypt"]),
  sqs: {
    ...named(["SendMessage"], ["SendMessageBatch"]),
    ...named(["DeleteMessage"], ["DeleteMessageBatch"]),
    ...named(["ChangeMessageVisibility"], ["ChangeMessageVisibilityBatch"]),
  },
  sns: named(["Publish"], ["PublishBatch"]),
  dynamodb: named(["GetItem"], ["TransactGetItems"]),
  bedrock: {
    ...named(["InvokeModel"], ["Converse"]),
    ...named(["InvokeModelWithResponseStream"], ["ConverseStream"]),
  },
  cloudfront: named(["CreateDistribution", "TagResource"], ["CreateDistributionWithTags"]),
  sts: named([], ["GetCallerIdentity", "GetSessionToken"]),
  // Signed with no credentials, but for the calls that say so in their names.
  "sso-oauth": named([], ["CreateToken", "RegisterClient", "StartDeviceAuthorization"]),
};

/** Of the access portal, whose users show a token and need no policy. */
export const portalEvents: readonly string[] = [
  ...["Authenticate", "Federate", "GetRoleCredentials", "ListAccountRoles", "ListAccounts"],
  ...["ListApplications", "ListProfilesForApplication", "Logout"],
];

/** Which version of an object is a permission of its own: asked for when the call names a version. */
export const versionedActions: { readonly [action: string]: string } = {
  DeleteObject: "DeleteObjectVersion",
  DeleteObjectTagging: "DeleteObjectVersionTagging",
  GetObject: "GetObjectVersion",
  GetObjectAcl: "GetObjectVersionAcl",
  GetObjectAttributes: "GetObjectVersionAttributes",
  GetObjectTagging: "GetObjectVersionTagging",
  PutObjectAcl: "PutObjectVersionAcl",
  PutObjectTagging: "PutObjectVersionTagging",
};

/** API Gateway's actions are HTTP methods: by the first word of the event name. */
export const gatewayMethods: { readonly [verb: string]: string } = {
  Create: "POST",
  Delete: "DELETE",
  Export: "GET",
  Flush: "DELETE",
  Generate: "POST",
  Get: "GET",
  Reset: "DELETE",
  Test: "POST",
  Update: "PATCH",
};

/** Where the first word tells another method, or none. */
export const gatewayExceptions: { readonly [eventName: string]: string } = {
  ImportApi: "PUT",
  ImportApiKeys: "POST",
  ImportDocumentationParts: "PUT",
  ImportRestApi: "POST",
  PutGatewayResponse: "PUT",
  PutIntegration: "PUT",
  PutIntegrationResponse: "PUT",
  PutMethod: "PUT",
  PutMethodResponse: "PUT",
  PutRestApi: "PUT",
  ReimportApi: "PUT",
  UntagResource: "DELETE",
  UpdateAccount: "PATCH",
};

/** By the first word of a PartiQL statement. */
export const partiQlActions: { readonly [verb: string]: string } = {
  delete: "PartiQLDelete",
  exists: "PartiQLSelect",
  insert: "PartiQLInsert",
  select: "PartiQLSelect",
  update: "PartiQLUpdate",
};

/** Kinds of item in `TransactWriteItems`. */
export const transactionActions: { readonly [kind: string]: string } = {
  conditionCheck: "ConditionCheckItem",
  delete: "DeleteItem",
  put: "PutItem",
  update: "UpdateItem",
};

function named(actions: readonly string[], eventNames: readonly string[]) {
  return Object.fromEntries(eventNames.map((eventName) => [eventName, actions]));
}

function ofConfiguration(kind: string) {
  const calls = (verbs: readonly string[]) =>
    verbs.flatMap((verb) => [
      `${verb}Bucket${kind}Configuration`,
      `${verb}Bucket${kind}Configurations`,
    ]);
  return {
    ...named([`Put${kind}Configuration`], calls(["Put", "Delete"])),
    ...named([`Get${kind}Configuration`], calls(["Get", "List"])),
  };
}
