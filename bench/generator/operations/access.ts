/** IAM, STS, KMS and Secrets Manager. */

import { type Details, type Operation, type Scene, throttled } from "./operation.ts";

const noEntity = {
  code: "NoSuchEntityException",
  message: "The role with name deploy-unknown cannot be found.",
};

const roleOf = ({ random, account }: Scene) => random.pick(account.instanceRoles);
const userOf = ({ random, account }: Scene) => random.pick(account.users);

function withKey(scene: Scene, parameters: (keyArn: string) => string, response?: string): Details {
  const { random, account, region } = scene;
  const arn = `arn:aws:kms:${region}:${account.id}:key/${random.pick(account.keys)}`;
  return {
    requestJson: `{${parameters(arn)}}`,
    ...(response === undefined ? {} : { responseJson: response }),
    resourcesJson: `[{"accountId":"${account.id}","type":"AWS::KMS::Key","ARN":"${arn}"}]`,
  };
}

const algorithm = '"encryptionAlgorithm":"SYMMETRIC_DEFAULT"';

/** What S3 and Secrets Manager bind a data key to. */
function context({ random, world, account, region }: Scene): string {
  if (random.chance(0.3)) {
    const secret = `arn:aws:secretsmanager:${region}:${account.id}:secret:${random.pick(account.secrets)}`;
    return `"encryptionContext":{"SecretARN":"${secret}","SecretVersionId":"${random.uuid()}"}`;
  }
  const bucket = random.chance(0.1) ? world.archive : random.pick(world.buckets);
  return `"encryptionContext":{"aws:s3:arn":"arn:aws:s3:::${bucket.name}"}`;
}

const kms = { service: "kms", failure: throttled };
const iam = { service: "iam", failure: noEntity };

export const access: readonly Operation[] = [
  {
    ...kms,
    name: "Decrypt",
    readOnly: true,
    usedBy: { workload: 100, person: 10, pipeline: 30, service: 150 },
    details: (scene) => withKey(scene, () => `${algorithm},${context(scene)}`),
  },
  {
    ...kms,
    name: "GenerateDataKey",
    readOnly: true,
    usedBy: { workload: 40, pipeline: 10, service: 90 },
    details: (scene) =>
      withKey(scene, (arn) => `"keyId":"${arn}","keySpec":"AES_256",${context(scene)}`),
  },
  {
    ...kms,
    name: "Encrypt",
    readOnly: true,
    usedBy: { workload: 8 },
    details: (scene) => withKey(scene, (arn) => `"keyId":"${arn}",${algorithm},${context(scene)}`),
  },
  {
    ...kms,
    name: "DescribeKey",
    readOnly: true,
    usedBy: { workload: 6, person: 8, pipeline: 25 },
    details: (scene) => withKey(scene, (arn) => `"keyId":"${arn}"`),
  },
  {
    ...kms,
    name: "CreateGrant",
    readOnly: false,
    usedBy: { pipeline: 3, service: 12 },
    details: (scene) =>
      withKey(
        scene,
        (arn) =>
          `"keyId":"${arn}","granteePrincipal":"ec2.${scene.region}.amazonaws.com","retiringPrincipal":"ec2.${scene.region}.amazonaws.com","operations":["Decrypt","GenerateDataKeyWithoutPlaintext","ReEncryptFrom","ReEncryptTo"],"constraints":{"encryptionContextSubset":{"aws:ebs:id":"vol-0${scene.random.hex(16)}"}}`,
        `{"grantId":"${scene.random.hex(64)}"}`,
      ),
  },
  {
    service: "secretsmanager",
    name: "GetSecretValue",
    readOnly: true,
    failure: {
      code: "ResourceNotFoundException",
      message: "Secrets Manager can't find the specified secret.",
    },
    usedBy: { workload: 36, person: 2, pipeline: 12 },
    details: ({ random, account, region }) => ({
      requestJson: `{"secretId":"arn:aws:secretsmanager:${region}:${account.id}:secret:${random.pick(account.secrets)}","versionStage":"AWSCURRENT"}`,
    }),
  },
  {
    service: "sts",
    name: "GetCallerIdentity",
    readOnly: true,
    failure: throttled,
    usedBy: { workload: 20, person: 18, pipeline: 40 },
    details: ({ account, caller }) => ({
      requestJson: "null",
      responseJson: `{"userId":"${caller.arn.split("/").at(-1)}","account":"${account.id}","arn":"${caller.arn}"}`,
    }),
  },
  {
    ...iam,
    name: "GetRole",
    readOnly: true,
    usedBy: { workload: 4, person: 14, pipeline: 60 },
    details: (scene) => ({ requestJson: `{"roleName":"${roleOf(scene).name}"}` }),
  },
  {
    ...iam,
    name: "ListRoles",
    readOnly: true,
    usedBy: { person: 12, pipeline: 3 },
    details: () => ({ requestJson: '{"maxItems":1000}' }),
  },
  {
    ...iam,
    name: "GetUser",
    readOnly: true,
    usedBy: { person: 8, pipeline: 6 },
    details: (scene) => ({
      requestJson: `{"userName":"${scene.random.chance(0.05) ? "eve.destroyer" : userOf(scene).name}"}`,
    }),
  },
  {
    ...iam,
    name: "ListAccessKeys",
    readOnly: true,
    usedBy: { person: 8 },
    details: (scene) => ({ requestJson: `{"userName":"${userOf(scene).name}"}` }),
  },
  {
    ...iam,
    name: "ListAttachedRolePolicies",
    readOnly: true,
    usedBy: { person: 8, pipeline: 40 },
    details: (scene) => ({ requestJson: `{"roleName":"${roleOf(scene).name}","maxItems":100}` }),
  },
  {
    ...iam,
    name: "PutRolePolicy",
    readOnly: false,
    usedBy: { person: 1, pipeline: 8 },
    details: (scene) => ({
      requestJson: `{"roleName":"${roleOf(scene).name}","policyName":"inline","policyDocument":"{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":[\\"s3:GetObject\\",\\"s3:ListBucket\\"],\\"Resource\\":[\\"arn:aws:s3:::${scene.random.pick(scene.world.buckets).name}/*\\"]}]}"}`,
    }),
  },
  {
    ...iam,
    name: "AttachRolePolicy",
    readOnly: false,
    usedBy: { person: 1, pipeline: 6 },
    details: (scene) => ({
      requestJson: `{"roleName":"${roleOf(scene).name}","policyArn":"arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"}`,
    }),
  },
  {
    ...iam,
    name: "CreateAccessKey",
    readOnly: false,
    usedBy: { person: 1 },
    details: (scene) => {
      const user = userOf(scene).name;
      return {
        requestJson: `{"userName":"${user}"}`,
        responseJson: `{"accessKey":{"userName":"${user}","accessKeyId":"${scene.random.uniqueId("AKIA")}","status":"Active","createDate":"Jun 3, 2024, 7:05:09 AM"}}`,
      };
    },
  },
];
