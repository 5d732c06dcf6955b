/** Operations whose parameters or answers run to tens of thousands of characters, as some do in every trail. */

import { type Operation, type Scene, throttled } from "./operation.ts";

function times(count: number, text: (i: number) => string): string {
  return Array.from({ length: count }, (_, i) => text(i)).join(",");
}

/** A policy as IAM gets it: JSON in a string of JSON. */
function policyText({ random, world, region, account }: Scene): string {
  const statements = times(random.between(10, 40), (i) => {
    const bucket = random.pick(world.buckets).name;
    return `{"Sid":"Part${i}","Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:ListBucket"],"Resource":["arn:aws:s3:::${bucket}","arn:aws:s3:::${bucket}/team-${random.hex(8)}/*"],"Condition":{"StringEquals":{"aws:RequestedRegion":"${region}","aws:PrincipalAccount":"${account.id}"}}}`;
  });
  return `{"Version":"2012-10-17","Statement":[${statements}]}`;
}

export const long: readonly Operation[] = [
  {
    service: "iam",
    name: "PutRolePolicy",
    readOnly: false,
    failure: { code: "LimitExceededException", message: "Maximum policy size exceeded" },
    usedBy: {},
    details: (scene) => ({
      requestJson: `{"roleName":"${scene.random.pick(scene.account.functionRoles).name}","policyName":"access-${scene.random.hex(8)}","policyDocument":${JSON.stringify(policyText(scene))}}`,
    }),
  },
  {
    service: "ec2",
    name: "DescribeInstanceStatus",
    readOnly: true,
    failure: throttled,
    usedBy: {},
    details: ({ random, account }) => ({
      requestJson: `{"instancesSet":{"items":[${times(random.between(100, 500), () => `{"instanceId":"${random.pick(account.instances)}"}`)}]},"filterSet":{},"includeAllInstances":true}`,
    }),
  },
  {
    service: "ec2",
    name: "CreateTags",
    readOnly: false,
    failure: throttled,
    usedBy: {},
    details: ({ random }) => ({
      requestJson: `{"resourcesSet":{"items":[${times(random.between(50, 400), () => `{"resourceId":"snap-0${random.hex(16)}"}`)}]},"tagSet":{"items":[{"key":"backup","value":"daily"}]}}`,
      responseJson: '{"_return":true}',
    }),
  },
  {
    service: "cloudformation",
    name: "CreateStack",
    readOnly: false,
    failure: { code: "AlreadyExistsException", message: "Stack already exists" },
    usedBy: {},
    details: ({ random, account, region }) => {
      const stack = `service-${random.hex(8)}`;
      return {
        requestJson: `{"stackName":"${stack}","capabilities":["CAPABILITY_NAMED_IAM"],"parameters":[${times(random.between(60, 200), (i) => `{"parameterKey":"Setting${i}","parameterValue":"${random.mixed(40)}"}`)}]}`,
        responseJson: `{"stackId":"arn:aws:cloudformation:${region}:${account.id}:stack/${stack}/${random.uuid()}"}`,
      };
    },
  },
];
