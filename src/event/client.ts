/**
 * What made a call, from its user agent, in the words of somebody who reads an answer.
 *
 * A user agent is what the client says of itself: a hint, no proof.
 */

interface KnownClient {
  /** The first group, where there is one and it took part, is the version. */
  readonly pattern: RegExp;
  readonly name: string;
}

/** First match wins: what runs on top of an SDK stands before the SDK, which names itself too. */
const known: readonly KnownClient[] = [
  { pattern: /^AWS[ -]Internal/i, name: "AWS internal" },
  { pattern: /^(?:console|signin)\.(?:amazonaws|aws\.amazon)\.com/i, name: "AWS console" },
  { pattern: /^(?:AWS Signin|AWSConsole|S3Console)/i, name: "AWS console" },
  { pattern: /^(?:AWS-?CloudFormation\b|cloudformation\.amazonaws\.com)/i, name: "CloudFormation" },
  { pattern: /\bOpenTofu\/(\d+\.\d+)?/i, name: "OpenTofu" },
  { pattern: /\bTerraform\/(\d+\.\d+)?/i, name: "Terraform" },
  { pattern: /\bterraform-provider-aws\/(\d+\.\d+)?/i, name: "Terraform AWS provider" },
  { pattern: /\bPulumi\/(\d+\.\d+)?/i, name: "Pulumi" },
  { pattern: /\baws-cdk\/(\d+\.\d+)?/i, name: "AWS CDK" },
  { pattern: /\bexec-env\/CloudShell\b/i, name: "CloudShell" },
  { pattern: /^aws-cli\/(\d+\.\d+)?/i, name: "AWS CLI" },
  { pattern: /^AWSPowerShell[^/]*\/(\d+\.\d+)?/i, name: "AWS PowerShell" },
  { pattern: /^CloudCustodian\/(\d+\.\d+)?/i, name: "Cloud Custodian" },
  { pattern: /^Boto3\/(\d+\.\d+)?/i, name: "Boto3" },
  { pattern: /^Botocore\/(\d+\.\d+)?/i, name: "Botocore" },
  { pattern: /^aws-sdk-go/i, name: "AWS SDK for Go" },
  { pattern: /^aws-sdk-java/i, name: "AWS SDK for Java" },
  { pattern: /^aws-sdk-(?:nodejs|js)/i, name: "AWS SDK for JavaScript" },
  { pattern: /^aws-sdk-dotnet/i, name: "AWS SDK for .NET" },
  { pattern: /^aws-sdk-php/i, name: "AWS SDK for PHP" },
  { pattern: /^aws-sdk-ruby/i, name: "AWS SDK for Ruby" },
  { pattern: /^aws-sdk-rust/i, name: "AWS SDK for Rust" },
  { pattern: /^aws-sdk-cpp/i, name: "AWS SDK for C++" },
  { pattern: /^Mozilla\/.*\bEdg\//, name: "browser (Edge)" },
  { pattern: /^Mozilla\/.*\bOPR\//, name: "browser (Opera)" },
  { pattern: /^Mozilla\/.*\bFirefox\//, name: "browser (Firefox)" },
  { pattern: /^Mozilla\/.*\bChrome\//, name: "browser (Chrome)" },
  { pattern: /^Mozilla\/.*\bSafari\//, name: "browser (Safari)" },
  { pattern: /^Mozilla\//, name: "browser" },
];

const firstProduct = /^([^\s/,;]+)(?:\/(\d+(?:\.\d+)?))?/;

/** `AWS CLI 2.15`; a service's host name as it stands; else the first product the agent names. */
export function describeClient(userAgent: string | undefined): string | undefined {
  // Some services log the agent in brackets.
  const agent = userAgent?.trim().replace(/^\[(.*)\]$/s, "$1");
  if (!agent) return undefined;
  for (const { pattern, name } of known) {
    const match = pattern.exec(agent);
    if (match) return match[1] === undefined ? name : `${name} ${match[1]}`;
  }
  const [, product = agent, version] = firstProduct.exec(agent) ?? [];
  return version === undefined ? product : `${product} ${version}`;
}
