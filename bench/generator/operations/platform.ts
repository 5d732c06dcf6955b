/** Queues, logs, metrics, parameters, databases, stacks, and CloudTrail itself. */

import { type Operation, type Scene, throttled } from "./operation.ts";

const nameOf = ({ random, account }: Scene) => random.pick(account.functions);

const missing = { code: "ResourceNotFoundException", message: "The resource does not exist." };

export const platform: readonly Operation[] = [
  {
    service: "logs",
    name: "CreateLogStream",
    readOnly: false,
    failure: {
      code: "ResourceAlreadyExistsException",
      message: "The specified log stream already exists",
    },
    usedBy: { workload: 60 },
    details: (scene) => ({
      requestJson: `{"logGroupName":"/aws/lambda/${nameOf(scene)}","logStreamName":"2024/06/03/[$LATEST]${scene.random.hex(32)}"}`,
    }),
  },
  {
    service: "logs",
    name: "DescribeLogGroups",
    readOnly: true,
    failure: throttled,
    usedBy: { workload: 4, person: 20, pipeline: 10 },
    details: (scene) => ({
      requestJson: `{"logGroupNamePrefix":"/aws/lambda/${nameOf(scene)}","limit":50}`,
    }),
  },
  {
    service: "logs",
    name: "StartQuery",
    readOnly: true,
    failure: throttled,
    usedBy: { person: 8 },
    details: (scene) => ({
      requestJson: `{"logGroupNames":["/aws/lambda/${nameOf(scene)}"],"startTime":${scene.time - 3_600_000},"endTime":${scene.time},"queryString":"fields @timestamp, @message | filter @message like /ERROR/ | sort @timestamp desc | limit 100"}`,
      responseJson: `{"queryId":"${scene.random.uuid()}"}`,
    }),
  },
  {
    service: "monitoring",
    name: "DescribeAlarms",
    readOnly: true,
    failure: throttled,
    usedBy: { workload: 12, person: 18, pipeline: 6 },
    details: (scene) => ({
      requestJson: `{"alarmNamePrefix":"${nameOf(scene)}","alarmTypes":["MetricAlarm","CompositeAlarm"],"maxRecords":100}`,
    }),
  },
  {
    service: "monitoring",
    name: "PutMetricAlarm",
    readOnly: false,
    failure: throttled,
    usedBy: { workload: 3, pipeline: 8 },
    details: (scene) => ({
      requestJson: `{"alarmName":"${nameOf(scene)}-errors","metricName":"Errors","namespace":"AWS/Lambda","statistic":"Sum","period":60,"evaluationPeriods":5,"threshold":3.0,"comparisonOperator":"GreaterThanThreshold","alarmActions":["arn:aws:sns:${scene.region}:${scene.account.id}:on-call"],"dimensions":[{"name":"FunctionName","value":"${nameOf(scene)}"}],"treatMissingData":"notBreaching"}`,
    }),
  },
  {
    service: "sqs",
    name: "GetQueueAttributes",
    readOnly: true,
    failure: {
      code: "AWS.SimpleQueueService.NonExistentQueue",
      message: "The specified queue does not exist.",
    },
    usedBy: { workload: 20, person: 6 },
    details: (scene) => ({
      requestJson: `{"queueUrl":"https://sqs.${scene.region}.amazonaws.com/${scene.account.id}/${nameOf(scene)}","attributeNames":["ApproximateNumberOfMessages","ApproximateNumberOfMessagesNotVisible"]}`,
    }),
  },
  {
    service: "sns",
    name: "Publish",
    readOnly: false,
    failure: { code: "NotFound", message: "Topic does not exist" },
    data: true,
    usedBy: { workload: 12, service: 10 },
    details: ({ random, account, region }) => {
      const arn = `arn:aws:sns:${region}:${account.id}:${account.stage}-events`;
      return {
        requestJson: `{"topicArn":"${arn}","message":"HIDDEN_DUE_TO_SECURITY_REASONS","messageStructure":"json"}`,
        responseJson: `{"messageId":"${random.uuid()}"}`,
        resourcesJson: `[{"accountId":"${account.id}","type":"AWS::SNS::Topic","ARN":"${arn}"}]`,
      };
    },
  },
  {
    service: "ssm",
    name: "GetParameters",
    readOnly: true,
    failure: { code: "ParameterNotFound", message: "The parameter could not be found." },
    usedBy: { workload: 34, person: 4, pipeline: 22 },
    details: ({ random, account }) => ({
      requestJson: `{"names":["/${account.stage}/${random.pick(account.functions)}/endpoint","/${account.stage}/shared/region"],"withDecryption":true}`,
    }),
  },
  {
    service: "ssm",
    name: "UpdateInstanceInformation",
    readOnly: false,
    failure: throttled,
    usedBy: { workload: 34 },
    details: ({ random, account }) => ({
      requestJson: `{"instanceId":"${random.pick(account.instances)}","agentVersion":"3.3.${random.between(300, 700)}.0","agentStatus":"Active","platformType":"Linux","platformName":"Amazon Linux","platformVersion":"2023","iPAddress":"10.20.${random.below(64)}.${random.between(4, 250)}","computerName":"ip-10-20-0-1.internal","agentName":"amazon-ssm-agent","availabilityZone":"use1-az2","sSMConnectionChannel":"ssmmessages"}`,
    }),
  },
  {
    service: "ssm",
    name: "StartSession",
    readOnly: false,
    failure: { code: "TargetNotConnected", message: "The target is not connected." },
    usedBy: { person: 4 },
    details: ({ random, account, region, caller }) => {
      const id = `${caller.arn.split("/").at(-1)}-0${random.hex(16)}`;
      return {
        requestJson: `{"target":"${random.pick(account.instances)}","documentName":"SSM-SessionManagerRunShell"}`,
        responseJson: `{"sessionId":"${id}","tokenValue":"Value hidden due to security reasons.","streamUrl":"wss://ssmmessages.${region}.amazonaws.com/v1/data-channel/${id}?role=publish_subscribe"}`,
      };
    },
  },
  {
    service: "rds",
    name: "DescribeDBInstances",
    readOnly: true,
    failure: { code: "DBInstanceNotFound", message: "DBInstance not found." },
    usedBy: { workload: 12, person: 14, pipeline: 10 },
    details: ({ random, account }) => ({
      requestJson: `{"dBInstanceIdentifier":"${random.pick(account.tables)}","maxRecords":100}`,
    }),
  },
  {
    service: "rds",
    name: "CreateDBSnapshot",
    readOnly: false,
    failure: throttled,
    usedBy: { workload: 1, person: 1 },
    details: ({ random, account, region }) => {
      const database = random.pick(account.tables);
      const snapshot = `${database}-${random.hex(8)}`;
      return {
        requestJson: `{"dBSnapshotIdentifier":"${snapshot}","dBInstanceIdentifier":"${database}"}`,
        responseJson: `{"dBSnapshotIdentifier":"${snapshot}","dBInstanceIdentifier":"${database}","engine":"aurora-postgresql","allocatedStorage":200,"status":"creating","port":5432,"availabilityZone":"${region}a","masterUsername":"postgres","engineVersion":"15.6","licenseModel":"postgresql-license","snapshotType":"manual","percentProgress":0,"storageType":"gp3","encrypted":true,"dBSnapshotArn":"arn:aws:rds:${region}:${account.id}:snapshot:${snapshot}"}`,
      };
    },
  },
  {
    service: "elasticloadbalancing",
    name: "DescribeTargetHealth",
    readOnly: true,
    failure: throttled,
    usedBy: { workload: 26, person: 6, pipeline: 10 },
    details: ({ random, account, region }) => ({
      requestJson: `{"targetGroupArn":"arn:aws:elasticloadbalancing:${region}:${account.id}:targetgroup/${random.pick(account.functions)}/${random.hex(16)}"}`,
    }),
  },
  {
    service: "cloudformation",
    name: "DescribeStacks",
    readOnly: true,
    failure: { code: "ValidationException", message: "Stack with id unknown does not exist" },
    usedBy: { workload: 4, person: 16, pipeline: 30 },
    details: (scene) => ({ requestJson: `{"stackName":"${nameOf(scene)}"}` }),
  },
  {
    service: "cloudformation",
    name: "CreateChangeSet",
    readOnly: false,
    failure: { code: "ValidationException", message: "No updates are to be performed." },
    usedBy: { pipeline: 8 },
    details: (scene) => {
      const { random, account, region } = scene;
      const stack = nameOf(scene);
      return {
        requestJson: `{"stackName":"${stack}","changeSetName":"release-${random.hex(8)}","capabilities":["CAPABILITY_NAMED_IAM"],"parameters":[{"parameterKey":"Stage","parameterValue":"${account.stage}"},{"parameterKey":"ImageTag","parameterValue":"${random.hex(40)}"}],"tags":[{"key":"team","value":"platform"}]}`,
        responseJson: `{"id":"arn:aws:cloudformation:${region}:${account.id}:changeSet/release/${random.uuid()}","stackId":"arn:aws:cloudformation:${region}:${account.id}:stack/${stack}/${random.uuid()}"}`,
      };
    },
  },
  {
    service: "cloudtrail",
    name: "LookupEvents",
    readOnly: true,
    failure: throttled,
    usedBy: { person: 10 },
    details: ({ random, account }) => ({
      requestJson: `{"lookupAttributes":[{"attributeKey":"Username","attributeValue":"${random.pick(account.users).name}"}],"maxResults":50}`,
    }),
  },
  {
    service: "config",
    name: "PutEvaluations",
    readOnly: false,
    failure: throttled,
    usedBy: { workload: 8 },
    details: ({ random, account }) => ({
      requestJson: `{"evaluations":[{"complianceResourceType":"AWS::EC2::Instance","complianceResourceId":"${random.pick(account.instances)}","complianceType":"COMPLIANT","orderingTimestamp":"Jun 3, 2024, 7:05:09 AM"}],"testMode":false}`,
    }),
  },
  {
    service: "tagging",
    name: "GetResources",
    readOnly: true,
    failure: throttled,
    usedBy: { workload: 10, person: 12 },
    details: ({ account }) => ({
      requestJson: `{"resourcesPerPage":100,"tagFilters":[{"key":"stage","values":["${account.stage}"]}],"resourceTypeFilters":["ec2:instance","rds:db","lambda:function"]}`,
    }),
  },
  {
    service: "eks",
    name: "DescribeCluster",
    readOnly: true,
    failure: missing,
    usedBy: { workload: 10, person: 8, pipeline: 8 },
    details: ({ account }) => ({ requestJson: `{"name":"${account.stage}-cluster"}` }),
  },
];
