/** S3 and DynamoDB: most of them data events. */

import type { Bucket } from "../world.ts";
import type { Details, Operation, Scene } from "./operation.ts";

const noSuchKey = { code: "NoSuchKey", message: "The specified key does not exist." };
const noSuchBucket = { code: "NoSuchBucket", message: "The specified bucket does not exist" };
const noTable = {
  code: "ResourceNotFoundException",
  message: "Requested resource not found",
};

/** The archive is read everywhere; only other buckets are written to or lose anything. */
function bucketOf({ random, world }: Scene, reads: boolean): Bucket {
  return reads && random.chance(0.12) ? world.archive : random.pick(world.buckets);
}

function objectKey({ random, time }: Scene): string {
  const day = new Date(time).toISOString().slice(0, 10).replaceAll("-", "/");
  const kind = random.pick(["raw/events", "curated/orders", "exports/daily", "tmp/spark", "media"]);
  return `${kind}/${day}/part-${String(random.below(100_000)).padStart(5, "0")}-${random.uuid()}.snappy.parquet`;
}

function transfer({ random }: Scene, inBytes: number, outBytes: number): string {
  return `{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":${inBytes},"SSEApplied":"Default_SSE_S3","AuthenticationMethod":"AuthHeader","x-amz-id-2":"${random.base64(75)}=","bytesTransferredOut":${outBytes}}`;
}

function onObject(scene: Scene, reads: boolean, parameters = "", response?: string): Details {
  const { random, region } = scene;
  const bucket = bucketOf(scene, reads);
  const key = objectKey(scene);
  const size = random.below(4_000_000);
  return {
    requestJson: `{"bucketName":"${bucket.name}","Host":"${bucket.name}.s3.${region}.amazonaws.com","key":"${key}"${parameters}}`,
    ...(response === undefined ? {} : { responseJson: response }),
    additionalJson: transfer(scene, reads ? 0 : size, reads ? size : 0),
    resourcesJson: `[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::${bucket.name}/${key}"},{"accountId":"${bucket.account}","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::${bucket.name}"}]`,
  };
}

function onBucket(scene: Scene, reads: boolean, parameters: string): Details {
  const bucket = bucketOf(scene, reads);
  return {
    requestJson: `{"bucketName":"${bucket.name}","Host":"${bucket.name}.s3.${scene.region}.amazonaws.com"${parameters}}`,
    additionalJson: transfer(scene, 0, scene.random.below(9000)),
    resourcesJson: `[{"accountId":"${bucket.account}","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::${bucket.name}"}]`,
  };
}

const written = '{"x-amz-server-side-encryption":"AES256"}';

function onTable({ random, account, region }: Scene, parameters: (table: string) => string) {
  const table = random.pick(account.tables);
  return {
    requestJson: `{"tableName":"${table}"${parameters(table)}}`,
    resourcesJson: `[{"accountId":"${account.id}","type":"AWS::DynamoDB::Table","ARN":"arn:aws:dynamodb:${region}:${account.id}:table/${table}"}]`,
  };
}

const itemKey = ({ random }: Scene) =>
  `,"key":{"pk":"CUSTOMER#${random.below(900_000)}","sk":"ORDER#${random.hex(8)}"}`;

const s3 = { service: "s3", failure: noSuchKey };
const dynamodb = { service: "dynamodb", failure: noTable, data: true };

export const storage: readonly Operation[] = [
  {
    ...s3,
    name: "GetObject",
    readOnly: true,
    data: true,
    usedBy: { workload: 190, person: 25, pipeline: 30, service: 20 },
    details: (scene) => onObject(scene, true),
  },
  {
    ...s3,
    name: "HeadObject",
    readOnly: true,
    data: true,
    usedBy: { workload: 80, person: 8, pipeline: 12 },
    details: (scene) => onObject(scene, true),
  },
  {
    ...s3,
    name: "PutObject",
    readOnly: false,
    data: true,
    usedBy: { workload: 90, person: 6, pipeline: 30, service: 200 },
    details: (scene) =>
      onObject(
        scene,
        false,
        ',"x-amz-storage-class":"STANDARD","x-amz-server-side-encryption":"AES256"',
        written,
      ),
  },
  {
    ...s3,
    name: "DeleteObject",
    readOnly: false,
    data: true,
    usedBy: { workload: 14, person: 2, pipeline: 5 },
    details: (scene) => onObject(scene, false),
  },
  {
    ...s3,
    name: "CopyObject",
    readOnly: false,
    data: true,
    usedBy: { workload: 8 },
    details: (scene) =>
      onObject(
        scene,
        false,
        `,"x-amz-copy-source":"${scene.random.pick(scene.world.buckets).name}/${objectKey(scene)}"`,
        written,
      ),
  },
  {
    ...s3,
    name: "UploadPart",
    readOnly: false,
    data: true,
    usedBy: { workload: 15 },
    details: (scene) =>
      onObject(
        scene,
        false,
        `,"partNumber":"${scene.random.between(1, 80)}","uploadId":"${scene.random.mixed(96)}"`,
        written,
      ),
  },
  {
    ...s3,
    name: "ListObjects",
    readOnly: true,
    data: true,
    usedBy: { workload: 45, person: 15, pipeline: 10 },
    details: (scene) =>
      onBucket(
        scene,
        true,
        ',"list-type":"2","prefix":"curated/orders/","delimiter":"/","encoding-type":"url","max-keys":"1000"',
      ),
  },
  {
    ...s3,
    name: "GetBucketAcl",
    readOnly: true,
    failure: noSuchBucket,
    usedBy: { workload: 3, person: 9, service: 160 },
    details: (scene) => onBucket(scene, true, ',"acl":""'),
  },
  {
    ...s3,
    name: "GetBucketLocation",
    readOnly: true,
    failure: noSuchBucket,
    usedBy: { workload: 6, person: 9, pipeline: 14 },
    details: (scene) => onBucket(scene, true, ',"location":""'),
  },
  {
    ...s3,
    name: "GetBucketPolicy",
    readOnly: true,
    failure: noSuchBucket,
    usedBy: { person: 8, pipeline: 14 },
    details: (scene) => onBucket(scene, true, ',"policy":""'),
  },
  {
    ...s3,
    name: "PutBucketTagging",
    readOnly: false,
    failure: noSuchBucket,
    usedBy: { person: 1, pipeline: 3 },
    details: (scene) =>
      onBucket(
        scene,
        false,
        ',"tagging":"","Tagging":{"xmlns":"http://s3.amazonaws.com/doc/2006-03-01/","TagSet":{"Tag":[{"Key":"team","Value":"platform"},{"Key":"managed-by","Value":"terraform"}]}}',
      ),
  },
  {
    ...s3,
    name: "CreateBucket",
    readOnly: false,
    failure: { code: "BucketAlreadyOwnedByYou", message: "You already own this bucket" },
    usedBy: { person: 0.5, pipeline: 2 },
    details: (scene) =>
      onBucket(
        scene,
        false,
        `,"CreateBucketConfiguration":{"xmlns":"http://s3.amazonaws.com/doc/2006-03-01/","LocationConstraint":"${scene.region}"}`,
      ),
  },
  {
    ...s3,
    name: "DeleteBucket",
    readOnly: false,
    failure: {
      code: "BucketNotEmpty",
      message: "The bucket you tried to delete is not empty",
    },
    usedBy: { person: 0.5, pipeline: 2 },
    details: (scene) => onBucket(scene, false, ""),
  },
  {
    ...dynamodb,
    name: "GetItem",
    readOnly: true,
    usedBy: { workload: 60 },
    details: (scene) => onTable(scene, () => `${itemKey(scene)},"consistentRead":false`),
  },
  {
    ...dynamodb,
    name: "Query",
    readOnly: true,
    usedBy: { workload: 30, person: 3 },
    details: (scene) =>
      onTable(
        scene,
        () =>
          ',"indexName":"by-customer","keyConditionExpression":"#pk = :pk AND begins_with(#sk, :prefix)","expressionAttributeNames":{"#pk":"pk","#sk":"sk"},"limit":50,"scanIndexForward":false',
      ),
  },
  {
    ...dynamodb,
    name: "PutItem",
    readOnly: false,
    usedBy: { workload: 30 },
    details: (scene) =>
      onTable(scene, () => `${itemKey(scene)},"items":["pk","sk","status","updatedAt","total"]`),
  },
  {
    ...dynamodb,
    name: "UpdateItem",
    readOnly: false,
    usedBy: { workload: 16 },
    details: (scene) => onTable(scene, () => `${itemKey(scene)},"returnValues":"ALL_NEW"`),
  },
  {
    ...dynamodb,
    name: "DeleteItem",
    readOnly: false,
    usedBy: { workload: 6 },
    details: (scene) => onTable(scene, () => itemKey(scene)),
  },
  {
    ...dynamodb,
    name: "DescribeTable",
    readOnly: true,
    data: false,
    usedBy: { workload: 16, person: 8, pipeline: 20 },
    details: ({ random, account }) => ({
      requestJson: `{"tableName":"${random.pick(account.tables)}"}`,
    }),
  },
];
