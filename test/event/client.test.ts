import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeClient } from "../../src/event/client.ts";

const cases: readonly [userAgent: string | undefined, expected: string | undefined][] = [
  [undefined, undefined],
  ["", undefined],
  [
    "aws-cli/2.15.30 Python/3.11.8 Linux/6.1 exe/x86_64 prompt/off command/s3api.delete-bucket",
    "AWS CLI 2.15",
  ],
  ["[aws-cli/1.29.4 Python/3.10.6 Linux/5.15 botocore/1.31.4]", "AWS CLI 1.29"],
  ["aws-cli/2.31.1 md/awscrt#0.27 exec-env/CloudShell md/command#ec2.run-instances", "CloudShell"],
  ["Boto3/1.34.51 md/Botocore#1.34.51 ua/2.0 os/linux", "Boto3 1.34"],
  [
    "APN/1.0 HashiCorp/1.0 Terraform/1.7.4 (+https://www.terraform.io) terraform-provider-aws/5.40.0 aws-sdk-go-v2/1.25",
    "Terraform 1.7",
  ],
  ["aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22", "AWS SDK for Go"],
  ["aws-sdk-java/2.20.1 Linux/5.10 OpenJDK", "AWS SDK for Java"],
  ["[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.488]", "AWS console"],
  ["console.amazonaws.com", "AWS console"],
  ["signin.amazonaws.com", "AWS console"],
  ["AWS Signin, aws-internal/3 aws-sdk-java/1.12.488", "AWS console"],
  ["AWS Internal", "AWS internal"],
  ["aws-internal/3 aws-sdk-java/1.12.488", "AWS internal"],
  ["cloudformation.amazonaws.com", "CloudFormation"],
  ["elasticmapreduce.amazonaws.com", "elasticmapreduce.amazonaws.com"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0", "browser (Firefox)"],
  [
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36",
    "browser (Chrome)",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/124.0 Safari/537.36 Edg/124.0",
    "browser (Edge)",
  ],
  ["nightly-cleanup/3.2.1 (ops)", "nightly-cleanup 3.2"],
  ["curl", "curl"],
  ["stage-runner, step-two", "stage-runner"],
  ["/", "/"],
];

describe("describeClient", () => {
  for (const [userAgent, expected] of cases) {
    it(`reads ${expected ?? "nothing"} in ${JSON.stringify(userAgent)}`, () => {
      assert.equal(describeClient(userAgent), expected);
    });
  }
});
