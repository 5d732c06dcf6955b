/** EC2, Auto Scaling, Lambda, ECS and ECR. */

import { isoTime } from "../record.ts";
import { type Operation, type Scene, throttled } from "./operation.ts";

const noInstance = {
  code: "Client.InvalidInstanceID.NotFound",
  message: "The instance ID 'i-0123456789abcdef0' does not exist",
};
const noFunction = {
  code: "ResourceNotFoundException",
  message: "Function not found: arn:aws:lambda:eu-west-1:111122223333:function:unknown",
};

const ec2 = { service: "ec2", failure: noInstance };
const lambda = { service: "lambda", failure: noFunction };

const instanceOf = ({ random, account }: Scene) => random.pick(account.instances);

function instanceSet(scene: Scene, most: number): string {
  const items = Array.from(
    { length: scene.random.between(1, most) },
    () => `{"instanceId":"${instanceOf(scene)}"}`,
  );
  return `"instancesSet":{"items":[${items.join(",")}]}`;
}

const nameFilter = ({ random, account }: Scene) =>
  `"filterSet":{"items":[{"name":"tag:Name","valueSet":{"items":[{"value":"${random.pick(account.functions)}"}]}},{"name":"instance-state-name","valueSet":{"items":[{"value":"running"},{"value":"pending"}]}}]}`;

/** A call that only says what it wants to have described. */
function describes(name: string, set: string, usedBy: Operation["usedBy"]): Operation {
  return {
    ...ec2,
    name,
    readOnly: true,
    usedBy,
    details: (scene) => ({
      requestJson: `{"${set}":{},${scene.random.chance(0.5) ? nameFilter(scene) : '"filterSet":{}'}}`,
    }),
  };
}

function launched(scene: Scene): { requestJson: string; responseJson: string } {
  const { random, account, region, time } = scene;
  const [image, subnet, group, id] = [0, 0, 0, 0].map(() => `0${random.hex(16)}`);
  const role = random.pick(account.instanceRoles);
  const address = `10.20.${random.below(64)}.${random.between(4, 250)}`;
  return {
    requestJson: `{"instancesSet":{"items":[{"imageId":"ami-${image}","minCount":1,"maxCount":1}]},"instanceType":"m6i.large","blockDeviceMapping":{"items":[{"deviceName":"/dev/xvda","ebs":{"volumeSize":40,"deleteOnTermination":true,"volumeType":"gp3","encrypted":true}}]},"monitoring":{"enabled":true},"disableApiTermination":false,"disableApiStop":false,"clientToken":"fleet-${random.uuid()}","networkInterfaceSet":{"items":[{"deviceIndex":0,"subnetId":"subnet-${subnet}","groupSet":{"items":[{"groupId":"sg-${group}"}]}}]},"iamInstanceProfile":{"name":"${role.name}"},"tagSpecificationSet":{"items":[{"resourceType":"instance","tags":[{"key":"Name","value":"${random.pick(account.functions)}"},{"key":"stage","value":"${account.stage}"}]}]}}`,
    responseJson: `{"requestId":"${random.uuid()}","reservationId":"r-0${random.hex(16)}","ownerId":"${account.id}","groupSet":{},"instancesSet":{"items":[{"instanceId":"i-${id}","imageId":"ami-${image}","bootMode":"uefi-preferred","currentInstanceBootMode":"uefi","instanceState":{"code":0,"name":"pending"},"privateDnsName":"ip-${address.replaceAll(".", "-")}.${region}.compute.internal","amiLaunchIndex":0,"productCodes":{},"instanceType":"m6i.large","launchTime":${time},"placement":{"availabilityZone":"${region}a","tenancy":"default"},"monitoring":{"state":"pending"},"subnetId":"subnet-${subnet}","privateIpAddress":"${address}","stateReason":{"code":"pending","message":"pending"},"architecture":"x86_64","rootDeviceType":"ebs","rootDeviceName":"/dev/xvda","blockDeviceMapping":{},"virtualizationType":"hvm","hypervisor":"xen","groupSet":{"items":[{"groupId":"sg-${group}","groupName":"workers"}]},"sourceDestCheck":true,"ebsOptimized":false,"enaSupport":true,"capacityReservationSpecification":{"capacityReservationPreference":"open"},"enclaveOptions":{"enabled":false},"metadataOptions":{"state":"pending","httpTokens":"required","httpPutResponseHopLimit":2,"httpEndpoint":"enabled","httpProtocolIpv4":"enabled","httpProtocolIpv6":"disabled","instanceMetadataTags":"disabled"}}]}}`,
  };
}

const functionOf = ({ random, account }: Scene) => random.pick(account.functions);

const functionArn = (scene: Scene) =>
  `arn:aws:lambda:${scene.region}:${scene.account.id}:function:${functionOf(scene)}`;

export const compute: readonly Operation[] = [
  {
    ...ec2,
    name: "DescribeInstances",
    readOnly: true,
    usedBy: { workload: 40, person: 60, pipeline: 40 },
    details: (scene) => ({
      requestJson: scene.random.chance(0.6)
        ? `{${instanceSet(scene, 12)},"filterSet":{}}`
        : `{"maxResults":1000,"instancesSet":{},${nameFilter(scene)}}`,
    }),
  },
  describes("DescribeSecurityGroups", "securityGroupSet", {
    workload: 12,
    person: 26,
    pipeline: 30,
  }),
  describes("DescribeVolumes", "volumeSet", { workload: 12, person: 18, pipeline: 10 }),
  describes("DescribeSubnets", "subnetSet", { workload: 8, person: 14, pipeline: 25 }),
  describes("DescribeSnapshots", "snapshotSet", { workload: 4, person: 8 }),
  describes("DescribeNetworkInterfaces", "networkInterfaceIdSet", { workload: 14, person: 10 }),
  describes("DescribeVpcs", "vpcSet", { workload: 4, person: 12, pipeline: 20 }),
  {
    ...ec2,
    name: "RunInstances",
    readOnly: false,
    failure: {
      code: "Server.InsufficientInstanceCapacity",
      message: "We currently do not have sufficient m6i.large capacity in the zone you requested.",
    },
    usedBy: { workload: 4, person: 1, pipeline: 5 },
    details: launched,
  },
  {
    ...ec2,
    name: "TerminateInstances",
    readOnly: false,
    usedBy: { workload: 3, person: 1, pipeline: 3 },
    details: (scene) => {
      const id = instanceOf(scene);
      return {
        requestJson: `{"instancesSet":{"items":[{"instanceId":"${id}"}]}}`,
        responseJson: `{"requestId":"${scene.random.uuid()}","instancesSet":{"items":[{"instanceId":"${id}","currentState":{"code":32,"name":"shutting-down"},"previousState":{"code":16,"name":"running"}}]}}`,
      };
    },
  },
  {
    ...ec2,
    name: "StopInstances",
    readOnly: false,
    failure: {
      code: "Client.DryRunOperation",
      message: "Request would have succeeded, but DryRun flag is set.",
    },
    usedBy: { workload: 1, person: 2 },
    details: (scene) => ({
      requestJson: `{${instanceSet(scene, 2)},"force":false}`,
      responseJson: `{"requestId":"${scene.random.uuid()}"}`,
    }),
  },
  {
    ...ec2,
    name: "CreateTags",
    readOnly: false,
    usedBy: { workload: 6, person: 2, pipeline: 14 },
    details: (scene) => ({
      requestJson: `{"resourcesSet":{"items":[{"resourceId":"${instanceOf(scene)}"}]},"tagSet":{"items":[{"key":"owner","value":"platform"},{"key":"cost-centre","value":"${scene.random.between(1000, 1090)}"}]}}`,
      responseJson: `{"requestId":"${scene.random.uuid()}","_return":true}`,
    }),
  },
  {
    ...ec2,
    name: "CreateVolume",
    readOnly: false,
    usedBy: { workload: 3, pipeline: 1 },
    details: ({ random, region, time }) => ({
      requestJson: `{"size":"100","zone":"${region}b","volumeType":"gp3","encrypted":true,"clientToken":"${random.uuid()}"}`,
      responseJson: `{"requestId":"${random.uuid()}","volumeId":"vol-0${random.hex(16)}","size":"100","zone":"${region}b","status":"creating","createTime":${time},"volumeType":"gp3","iops":3000,"encrypted":true,"multiAttachEnabled":false,"throughput":125}`,
    }),
  },
  {
    ...ec2,
    name: "DeleteVolume",
    readOnly: false,
    usedBy: { workload: 2, person: 1, pipeline: 1 },
    details: ({ random }) => ({
      requestJson: `{"volumeId":"vol-0${random.hex(16)}"}`,
      responseJson: `{"requestId":"${random.uuid()}","_return":true}`,
    }),
  },
  {
    ...ec2,
    name: "AuthorizeSecurityGroupIngress",
    readOnly: false,
    usedBy: { person: 1, pipeline: 4 },
    details: ({ random, account }) => {
      const group = `sg-0${random.hex(16)}`;
      return {
        requestJson: `{"groupId":"${group}","ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":443,"toPort":443,"groups":{},"ipRanges":{"items":[{"cidrIp":"10.20.0.0/16"}]},"ipv6Ranges":{},"prefixListIds":{}}]}}`,
        responseJson: `{"requestId":"${random.uuid()}","_return":true,"securityGroupRuleSet":{"items":[{"groupOwnerId":"${account.id}","groupId":"${group}","securityGroupRuleId":"sgr-0${random.hex(16)}","isEgress":false,"ipProtocol":"tcp","fromPort":443,"toPort":443,"cidrIpv4":"10.20.0.0/16"}]}}`,
      };
    },
  },
  {
    service: "autoscaling",
    name: "DescribeAutoScalingGroups",
    readOnly: true,
    failure: throttled,
    usedBy: { workload: 14, person: 8, pipeline: 8 },
    details: ({ random, account }) => ({
      requestJson: `{"autoScalingGroupNames":["${random.pick(account.functions)}-asg"],"maxRecords":100}`,
    }),
  },
  {
    ...lambda,
    name: "Invoke",
    readOnly: false,
    data: true,
    usedBy: { workload: 50, person: 2, service: 40 },
    details: (scene) => {
      const arn = functionArn(scene);
      return {
        requestJson: `{"functionName":"${arn}","invocationType":"${scene.random.pick(["Event", "RequestResponse"])}","clientContext":"${scene.random.base64(60)}"}`,
        additionalJson: `{"functionVersion":"${arn}:$LATEST"}`,
        resourcesJson: `[{"accountId":"${scene.account.id}","type":"AWS::Lambda::Function","ARN":"${arn}"}]`,
      };
    },
  },
  {
    ...lambda,
    name: "GetFunction20150331v2",
    readOnly: true,
    usedBy: { person: 8, pipeline: 25 },
    details: (scene) => ({ requestJson: `{"functionName":"${functionOf(scene)}"}` }),
  },
  {
    ...lambda,
    name: "UpdateFunctionCode20150331v2",
    readOnly: false,
    usedBy: { person: 1, pipeline: 14 },
    details: (scene) => {
      const name = functionOf(scene);
      const { random, region, account } = scene;
      return {
        requestJson: `{"functionName":"${name}","s3Bucket":"reports-assets-tools","s3Key":"${name}/${random.hex(40)}.zip","publish":true,"dryRun":false}`,
        responseJson: `{"functionName":"${name}","functionArn":"arn:aws:lambda:${region}:${account.id}:function:${name}","runtime":"nodejs20.x","role":"${random.pick(account.functionRoles).arn}","handler":"index.handler","codeSize":${random.below(9_000_000)},"description":"","timeout":30,"memorySize":512,"lastModified":"${isoTime(scene.time)}","codeSha256":"${random.base64(43)}=","version":"${random.between(2, 400)}","environment":{},"tracingConfig":{"mode":"Active"},"revisionId":"${random.uuid()}","state":"Active","lastUpdateStatus":"InProgress","packageType":"Zip","architectures":["arm64"],"ephemeralStorage":{"size":512}}`,
      };
    },
  },
  {
    service: "ecs",
    name: "DescribeServices",
    readOnly: true,
    failure: throttled,
    usedBy: { workload: 8, person: 10, pipeline: 18 },
    details: (scene) => ({
      requestJson: `{"cluster":"${scene.account.stage}","services":["${functionOf(scene)}"]}`,
    }),
  },
  {
    service: "ecr",
    name: "GetAuthorizationToken",
    readOnly: true,
    failure: throttled,
    usedBy: { workload: 14, pipeline: 20 },
    details: () => ({ requestJson: "null" }),
  },
  {
    service: "ecr",
    name: "BatchGetImage",
    readOnly: true,
    failure: throttled,
    usedBy: { workload: 22, pipeline: 16 },
    details: (scene) => {
      const { random, account, region } = scene;
      const name = functionOf(scene);
      return {
        requestJson: `{"registryId":"${account.id}","repositoryName":"${name}","imageIds":[{"imageDigest":"sha256:${random.hex(64)}"}],"acceptedMediaTypes":["application/vnd.docker.distribution.manifest.v2+json","application/vnd.oci.image.manifest.v1+json","application/vnd.oci.image.index.v1+json"]}`,
        resourcesJson: `[{"accountId":"${account.id}","ARN":"arn:aws:ecr:${region}:${account.id}:repository/${name}"}]`,
      };
    },
  },
];
