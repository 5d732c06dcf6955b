import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import { valuesOf } from "../../src/event/values.ts";

type Case = readonly [name: string, record: CloudTrailRecord, via: string | undefined];

const mcp = "aws-mcp.amazonaws.com";

const cases: readonly Case[] = [
  ["an agent's tool call is the agent's", { eventType: "AwsMcpEvent" }, "agent"],
  [
    "an older spelling of its server is, too",
    { eventSource: "aws-mcp.us-east-1.api.aws" },
    "agent",
  ],
  [
    "what the server calls for it is",
    { userIdentity: { invokedBy: mcp }, userAgent: mcp },
    "agent",
  ],
  ["an agent's own client is", { userAgent: "claude-code/2.1.202 (cli)" }, "agent"],
  ["a bucket called like the server is not", { userAgent: "aws-cli/2.15 aws-mcp." }, "cli"],
  ["a sign-in is made in the console", { eventType: "AwsConsoleSignIn" }, "console"],
  [
    "a browser with the console's credentials is the console",
    { sessionCredentialFromConsole: "true", userAgent: "Mozilla/5.0 Firefox/140.0" },
    "console",
  ],
  [
    "a shell in the console is a command line",
    { sessionCredentialFromConsole: "true", userAgent: "aws-cli/2.31 exec-env/CloudShell" },
    "cli",
  ],
  [
    "the console's own parts are the console",
    { sessionCredentialFromConsole: true, userIdentity: { invokedBy: "AWS Internal" } },
    "console",
  ],
  [
    "the same without its credentials is a service",
    { userIdentity: { invokedBy: "AWS Internal" } },
    "service",
  ],
  [
    "a stack is a template's doing",
    { userIdentity: { invokedBy: "cloudformation.amazonaws.com" } },
    "iac",
  ],
  [
    "another service is a service",
    { userIdentity: { invokedBy: "athena.amazonaws.com" } },
    "service",
  ],
  ["a service's own event is one", { eventType: "AwsServiceEvent" }, "service"],
  [
    "old sign-in services are no service that called",
    { userIdentity: { invokedBy: "signin.amazonaws.com" }, userAgent: "console.amazonaws.com" },
    "console",
  ],
  ["Terraform outranks the SDK in it", { userAgent: "Terraform/1.7.4 aws-sdk-go-v2/1.25" }, "iac"],
  ["an SDK is an SDK", { userAgent: "Boto3/1.34.51 md/Botocore#1.34.51" }, "sdk"],
  [
    "a program that nobody knows is nothing known",
    { userAgent: "nightly-cleanup/3.2.1" },
    undefined,
  ],
  ["a record that tells nothing is nothing known", {}, undefined],
];

describe("by what means a call was made:", () => {
  for (const [name, record, via] of cases) {
    it(name, () => assert.equal(valuesOf("via", record)[0], via));
  }
});
