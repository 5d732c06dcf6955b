/**
 * What made a call, from its user agent, in the words of somebody who reads an answer.
 *
 * A user agent is what the client says of itself: a hint, no proof.
 */

/** By what sort of program. */
export const means = ["console", "cli", "sdk", "iac", "service", "agent"] as const;
export type Means = (typeof means)[number];

interface KnownClient {
  /** The first group, where there is one and it took part, is the version. */
  readonly pattern: RegExp;
  readonly name: string;
  readonly via: Means | undefined;
}

/** First match wins: what runs on top of an SDK stands before the SDK, which names itself too. */
const known: readonly KnownClient[] = [
  { pattern: /\bclaude-code\/(\d+\.\d+)?/i, name: "Claude Code", via: "agent" },
  { pattern: /\bcodex(?:[-_]\w+)*\/(\d+\.\d+)?/i, name: "Codex", via: "agent" },
  { pattern: /\bkiro(?:[-_]\w+)*\/(\d+\.\d+)?/i, name: "Kiro", via: "agent" },
  { pattern: /\bAmazonQ(?:[-_]\w+)*\/(\d+\.\d+)?/i, name: "Amazon Q", via: "agent" },
  { pattern: /\bawslabs[/#]mcp\b/i, name: "MCP server", via: "agent" },
  { pattern: /^AWS[ -]Internal/i, name: "AWS internal", via: undefined },
  {
    pattern: /^(?:console|signin)\.(?:amazonaws|aws\.amazon)\.com/i,
    name: "AWS console",
    via: "console",
  },
  { pattern: /^(?:AWS Signin|AWSConsole|S3Console)/i, name: "AWS console", via: "console" },
  {
    pattern: /^(?:AWS-?CloudFormation\b|cloudformation\.amazonaws\.com)/i,
    name: "CloudFormation",
    via: "iac",
  },
  { pattern: /\bOpenTofu\/(\d+\.\d+)?/i, name: "OpenTofu", via: "iac" },
  { pattern: /\bTerraform\/(\d+\.\d+)?/i, name: "Terraform", via: "iac" },
  { pattern: /\bterraform-provider-aws\/(\d+\.\d+)?/i, name: "Terraform AWS provider", via: "iac" },
  { pattern: /\bPulumi\/(\d+\.\d+)?/i, name: "Pulumi", via: "iac" },
  { pattern: /\baws-cdk\/(\d+\.\d+)?/i, name: "AWS CDK", via: "iac" },
  { pattern: /\bexec-env\/CloudShell\b/i, name: "CloudShell", via: "cli" },
  { pattern: /^aws-cli\/(\d+\.\d+)?/i, name: "AWS CLI", via: "cli" },
  { pattern: /^AWSPowerShell[^/]*\/(\d+\.\d+)?/i, name: "AWS PowerShell", via: "cli" },
  { pattern: /^CloudCustodian\/(\d+\.\d+)?/i, name: "Cloud Custodian", via: undefined },
  { pattern: /^Boto3\/(\d+\.\d+)?/i, name: "Boto3", via: "sdk" },
  { pattern: /^Botocore\/(\d+\.\d+)?/i, name: "Botocore", via: "sdk" },
  { pattern: /^aws-sdk-go/i, name: "AWS SDK for Go", via: "sdk" },
  { pattern: /^aws-sdk-java/i, name: "AWS SDK for Java", via: "sdk" },
  { pattern: /^aws-sdk-(?:nodejs|js)/i, name: "AWS SDK for JavaScript", via: "sdk" },
  { pattern: /^aws-sdk-dotnet/i, name: "AWS SDK for .NET", via: "sdk" },
  { pattern: /^aws-sdk-php/i, name: "AWS SDK for PHP", via: "sdk" },
  { pattern: /^aws-sdk-ruby/i, name: "AWS SDK for Ruby", via: "sdk" },
  { pattern: /^aws-sdk-rust/i, name: "AWS SDK for Rust", via: "sdk" },
  { pattern: /^aws-sdk-cpp/i, name: "AWS SDK for C++", via: "sdk" },
  { pattern: /^Mozilla\/.*\bEdg\//, name: "browser (Edge)", via: "console" },
  { pattern: /^Mozilla\/.*\bOPR\//, name: "browser (Opera)", via: "console" },
  { pattern: /^Mozilla\/.*\bFirefox\//, name: "browser (Firefox)", via: "console" },
  { pattern: /^Mozilla\/.*\bChrome\//, name: "browser (Chrome)", via: "console" },
  { pattern: /^Mozilla\/.*\bSafari\//, name: "browser (Safari)", via: "console" },
  { pattern: /^Mozilla\//, name: "browser", via: "console" },
];

const firstProduct = /^([^\s/,;]+)(?:\/(\d+(?:\.\d+)?))?/;

/** `AWS CLI 2.15`; a service's host name as it stands; else the first product the agent names. */
export function describeClient(userAgent: string | undefined): string | undefined {
  const agent = bare(userAgent);
  if (!agent) return undefined;
  const client = known.find(({ pattern }) => pattern.test(agent));
  if (client !== undefined) {
    const [, version] = client.pattern.exec(agent) ?? [];
    return version === undefined ? client.name : `${client.name} ${version}`;
  }
  const [, product = agent, version] = firstProduct.exec(agent) ?? [];
  return version === undefined ? product : `${product} ${version}`;
}

/** By what sort of program, as the agent says; undefined for one that nobody knows. */
export function meansOfClient(userAgent: string | undefined): Means | undefined {
  const agent = bare(userAgent);
  return agent ? known.find(({ pattern }) => pattern.test(agent))?.via : undefined;
}

/** Some services log the agent in brackets. */
function bare(userAgent: string | undefined): string | undefined {
  return userAgent?.trim().replace(/^\[(.*)\]$/s, "$1");
}
