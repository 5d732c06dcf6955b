/**
 * What runs behind a role's session, where the record tells: an instance, a function, a pod, a build.
 *
 * Only some of it is proven. AWS itself says to what it delivered credentials, and through which
 * provider of identities a role was taken. A session name that a service gives by habit, and what a
 * user agent says of itself, anybody can imitate.
 */

/** The first text at a path of the record. */
export type ReadPath = (path: string) => string | undefined;

export interface Workload {
  /** `EC2 instance i-0a1b2c3d4e5f60718`. */
  readonly words: string;
  /** AWS says so, the session's name included. */
  readonly isProven: boolean;
}

/** Of a role's session with this name. */
export function workloadOf(read: ReadPath, session: string | undefined): Workload | undefined {
  const words = deliveredTo(read, session);
  if (words !== undefined) return { words, isProven: true };
  const claimed =
    throughProvider(read) ?? inSessionName(session ?? "") ?? inUserAgent(read, session);
  return claimed === undefined ? undefined : { words: claimed, isProven: false };
}

function deliveredTo(read: ReadPath, session = ""): string | undefined {
  const issuedTo = "userIdentity.inScopeOf";
  const [, service, type] = resourceType.exec(read(`${issuedTo}.issuerType`) ?? "") ?? [];
  if (service !== undefined && type !== undefined) {
    const [, name] = arnResource.exec(read(`${issuedTo}.credentialsIssuedTo`) ?? "") ?? [];
    return spaced(`${service} ${type.toLowerCase()}`, name ?? session);
  }
  const isDelivered = read("userIdentity.sessionContext.ec2RoleDelivery") !== undefined;
  return isDelivered ? spaced("EC2 instance", session) : undefined;
}

const resourceType = /^AWS::(\w+)::(\w+)$/;
/** The name of an ARN's resource, which stands behind the type: `function:resize`, `instance/i-0a`. */
const arnResource = /^arn:(?:[^:]*:){4}[^:/]+[:/](.+)$/s;

/** The provider vouches for the token, but the session's name was still the caller's choice. */
function throughProvider(read: ReadPath): string | undefined {
  const provider = read("userIdentity.sessionContext.webIdFederationData.federatedProvider");
  return provider === undefined
    ? undefined
    : providers.find(({ pattern }) => pattern.test(provider))?.words;
}

interface Known {
  readonly pattern: RegExp;
  /** Followed by the pattern's first group, where that took part. */
  readonly words: string;
}

const providers: readonly Known[] = [
  { pattern: /\boidc\.eks\.|\boidc-eks\./, words: "EKS pod" },
  { pattern: /\btoken\.actions\.githubusercontent\.com\b/, words: "GitHub Actions" },
  { pattern: /\bgitlab\b/, words: "GitLab CI" },
  { pattern: /\bapi\.bitbucket\.org\b/, words: "Bitbucket Pipelines" },
  { pattern: /\bapp\.terraform\.io\b/, words: "HCP Terraform" },
  { pattern: /\boidc\.circleci\.com\b/, words: "CircleCI" },
  { pattern: /\bagent\.buildkite\.com\b/, words: "Buildkite" },
];

/** Names that services give the sessions of what they run. */
const sessionNames: readonly Known[] = [
  { pattern: /^(i-[0-9a-f]{8,17})$/i, words: "EC2 instance" },
  { pattern: /^(mi-[0-9a-f]{17})$/, words: "managed instance" },
  { pattern: /^([0-9a-f]{32})$/i, words: "ECS task" },
  { pattern: /^eks-(.+)-[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/, words: "EKS pod" },
  { pattern: /^AWSCloudFormation$/i, words: "CloudFormation" },
  { pattern: /^AutoScaling$/i, words: "Auto Scaling" },
  { pattern: /^AWSCodeBuild-(.+)$/i, words: "CodeBuild build" },
  { pattern: /^awslambda_[\d_]+$/, words: "Lambda" },
  { pattern: /^GlueJobRunnerSession$/, words: "Glue" },
  { pattern: /^AWS-Crawler$/, words: "Glue crawler" },
  { pattern: /^SageMaker$/, words: "SageMaker" },
  { pattern: /^AmazonMWAA-airflow$/, words: "Managed Airflow" },
  { pattern: /^CCSSession$/, words: "EMR" },
  { pattern: /^AWSBackup-.+$/, words: "AWS Backup" },
  { pattern: /^GitHubActions$/i, words: "GitHub Actions" },
];

function inSessionName(session: string): string | undefined {
  return knownIn(sessionNames, session);
}

/** The role of a function names its sessions after the function. */
function inUserAgent(read: ReadPath, session: string | undefined): string | undefined {
  const [, environment] = /\bexec-env\/(AWS_\w+)/.exec(read("userAgent") ?? "") ?? [];
  if (environment?.startsWith("AWS_Lambda")) return spaced("Lambda function", session);
  return environment?.startsWith("AWS_ECS") ? "ECS task" : undefined;
}

/** Subjects of tokens that only programs are given. */
const subjects: readonly Known[] = [
  { pattern: /^system:serviceaccount:([^:]+:[^:]+)$/, words: "Kubernetes service account" },
  { pattern: /^repo:([^:]+)/, words: "GitHub Actions of" },
  { pattern: /^project_path:([^:]+)/, words: "GitLab CI of" },
  { pattern: /^organization:([^:]+:project:[^:]+:workspace:[^:]+):/, words: "HCP Terraform of" },
];

/** Of the subject of an OIDC token. */
export function workloadOfSubject(subject: string): string | undefined {
  return knownIn(subjects, subject);
}

function knownIn(known: readonly Known[], text: string): string | undefined {
  for (const { pattern, words } of known) {
    const match = pattern.exec(text);
    if (match) return spaced(words, match[1]);
  }
  return undefined;
}

function spaced(words: string, name = ""): string {
  return `${words} ${name}`.trim();
}
