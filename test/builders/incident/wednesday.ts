/** Wednesday until noon: an agent deletes more than was meant, and a stack what it held. */

import type { JsonObject } from "../../../src/event/record.ts";
import { shop, signIn, tomas } from "./callers.ts";
import { inesByConsole } from "./ines.ts";
import { through } from "./services.ts";
import { alertsTopic, deletedTable, tables } from "./things.ts";
import type { Call, Trail } from "./trail.ts";

interface Downstream {
  /** `s3:DeleteBucket`. */
  readonly operation: string;
  readonly at: string;
  readonly call: Call;
}

export function agentCleansUp(trail: Trail): void {
  const ines = inesByConsole(trail, "Wed 08:58:41", "Wed 08:58:43");
  const resource = "https://aws-mcp.eu-west-1.api.aws/mcp";
  const client = `arn:aws:signin:eu-west-1::external-client/dcr/3f9e1a52-7c64-4d0b-8e21-5b6a7c8d9e0f`;

  /** A tool call, and the requests that it causes. */
  const tool = (at: string, name: string, downstream: readonly Downstream[]): void => {
    const records = downstream.map(({ operation, at: done, call }) =>
      trail.add(ines.forAgent, done, operation, call),
    );
    trail.add(ines.agent, at, "aws-mcp:CallReadWriteTool", {
      asks: { jsonrpc: "2.0", method: "tools/call", id: records.length + 3, params: { name } },
      also: {
        eventType: "AwsMcpEvent",
        managementEvent: false,
        eventCategory: "Data",
        readOnly: false,
        additionalEventData: {
          downstreamRequests: records.map(({ requestID = "" }, index) => ({
            apiName: downstream[index]?.operation ?? "",
            requestId: requestID,
            awsRegion: "eu-west-1",
          })),
        },
      },
    });
  };

  trail.add(ines.browser, "Wed 09:02:00", "s3:ListBuckets");
  trail.add(ines.person, "Wed 09:05:12", "signin:AuthorizeOAuth2Access", {
    asks: { scope: "openid", resource, client_id: client, code_challenge_method: "SHA-256" },
    also: { readOnly: false },
  });
  trail.add(ines.grant, "Wed 09:05:30", "signin:CreateOAuth2Token", {
    asks: { resource, client_id: client, grant_type: "authorization_code" },
    also: {
      additionalEventData: {
        signInSessionArn: ines.signInSessionArn,
        grant_type: "authorization_code",
        success: "true",
      },
    },
  });
  tool("Wed 09:10:00", "aws___call_aws", [
    { operation: "s3:ListBuckets", at: "Wed 09:10:01", call: {} },
  ]);
  const bucket = { bucketName: "orders", Host: "orders.s3.eu-west-1.amazonaws.com" };
  const ARN = "arn:aws:s3:::orders";
  const isBucket = { resources: [{ accountId: shop, type: "AWS::S3::Bucket", ARN }] };
  tool("Wed 09:12:00", "aws___call_aws", [
    {
      operation: "s3:DeleteBucket",
      at: "Wed 09:12:01",
      call: {
        asks: bucket,
        fails: ["BucketNotEmpty", "The bucket you tried to delete is not empty"],
        also: isBucket,
      },
    },
  ]);
  tool("Wed 09:14:00", "aws___run_script", [
    ...emptying(bucket, "Wed 09:14:02"),
    { operation: "s3:DeleteBucket", at: "Wed 09:14:09", call: { asks: bucket, also: isBucket } },
    {
      operation: "sqs:DeleteQueue",
      at: "Wed 09:14:12",
      call: { asks: { queueUrl: `https://sqs.eu-west-1.amazonaws.com/${shop}/orders-dlq` } },
    },
  ]);
  tool("Wed 09:15:00", "aws___call_aws", [
    { operation: "sns:DeleteTopic", at: "Wed 09:15:01", call: { asks: alertsTopic } },
  ]);
  trail.add(ines.browser, "Wed 09:30:00", "monitoring:DeleteAlarms", {
    asks: { alarmNames: ["orders-latency"] },
  });
  trail.add(ines.browser, "Wed 09:40:00", "iam:GetUser", {
    asks: { userName: "old-exporter" },
    fails: ["NoSuchEntityException", "The user with name old-exporter cannot be found."],
  });
}

/** The trail records what happens to objects of this bucket. */
function emptying(bucket: JsonObject, at: string): readonly Downstream[] {
  const ARN = "arn:aws:s3:::orders";
  const isData = { managementEvent: false, eventCategory: "Data" };
  const ofBucket = { accountId: shop, type: "AWS::S3::Bucket", ARN };
  return [
    {
      operation: "s3:DeleteObjects",
      at,
      call: {
        asks: { ...bucket, delete: "" },
        also: {
          ...isData,
          resources: [{ type: "AWS::S3::Object", ARNPrefix: `${ARN}/` }, ofBucket],
        },
      },
    },
    ...["2026/09/index.json", "2026/10/index.json", "schema.json"].map((key) => ({
      operation: "s3:DeleteObject",
      at,
      call: {
        asks: { ...bucket, key },
        also: {
          ...isData,
          resources: [{ type: "AWS::S3::Object", ARN: `${ARN}/${key}` }, ofBucket],
        },
      },
    })),
  ];
}

export function stagingIsDeleted(trail: Trail): void {
  const stack = `arn:aws:cloudformation:eu-west-1:${shop}:stack/shop-staging/8d1f6a20-4b7c-11f1-9e3d-0a1b2c3d4e5f`;
  trail.add(tomas, "Wed 10:58:00", "cloudformation:DeleteStack", {
    asks: { stackName: "shop-staging" },
    fails: [
      "AccessDenied",
      `User: arn:aws:iam::${shop}:user/tomas.reuter is not authorized to perform: cloudformation:DeleteStack on resource: ${stack} with an explicit deny in an identity-based policy`,
    ],
  });
  const inConsole = signIn(trail, tomas, "Wed 11:01:00");
  trail.add(inConsole, "Wed 11:02:10", "cloudformation:DescribeStacks", {
    asks: { stackName: stack },
  });
  trail.add(inConsole, "Wed 11:03:20", "cloudformation:DeleteStack", {
    asks: { stackName: stack },
  });
  const stackDoes = through(inConsole, "cloudformation");
  trail.add(stackDoes, "Wed 11:03:41", "s3:DeleteBucket", {
    asks: {
      bucketName: "shop-staging-assets-1k2l3m4n5o6p",
      Host: "shop-staging-assets-1k2l3m4n5o6p.s3.eu-west-1.amazonaws.com",
    },
  });
  trail.add(stackDoes, "Wed 11:04:02", "dynamodb:DeleteTable", {
    asks: { tableName: "carts-staging" },
    answers: deletedTable("carts-staging"),
    also: tables("carts-staging"),
  });
  trail.add(stackDoes, "Wed 11:04:20", "sqs:DeleteQueue", {
    asks: { queueUrl: `https://sqs.eu-west-1.amazonaws.com/${shop}/carts-staging-jobs` },
  });
  trail.add(stackDoes, "Wed 11:04:31", "logs:DeleteLogGroup", {
    asks: { logGroupName: "/ecs/checkout-staging" },
  });
}
