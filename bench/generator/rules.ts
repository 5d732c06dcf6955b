/**
 * Sigma rules over the generated logs, the same for the same number: a few of every ten are about events
 * that are there, most of these asking further for what hardly any has, as rules of the field do.
 */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { operations } from "./operations/index.ts";

/** A folder with so many rules, one a file. */
export function writeRules(folder: string, count: number): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (let number = 0; number < count; number++) {
    writeFileSync(join(folder, `rule_${String(number).padStart(4, "0")}.yml`), ruleOf(number));
  }
  return folder;
}

function ruleOf(number: number): string {
  const detect = kinds[number % kinds.length] ?? rare;
  return [
    `title: Generated rule ${number}`,
    `id: 00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
    "status: test",
    "logsource:",
    "  product: aws",
    "  service: cloudtrail",
    "detection:",
    ...detect(number).map((line) => `  ${line}`),
    `level: ${["low", "medium", "high"][number % 3]}`,
    "",
  ].join("\n");
}

type Detect = (number: number) => readonly string[];

const nouns = ["Trail", "Detector", "Vault", "KeyPair", "Domain", "Policy", "Gateway", "Snapshot"];
const verbs = ["Delete", "Stop", "Disable", "Update", "Put", "Create"];
const services = ["cloudtrail", "guardduty", "backup", "ec2", "iam", "rds", "kms", "eks"];

/** Events that nobody does in these logs: most rules of most days. */
const rare: Detect = (number) => {
  const service = services[number % services.length];
  const names = [0, 1, 2].map((more) => {
    const at = number * 3 + more;
    return `${verbs[at % verbs.length]}${nouns[Math.floor(at / verbs.length) % nouns.length]}${at % 97}`;
  });
  return [
    ...["selection:", `  eventSource: ${service}.amazonaws.com`, "  eventName:"],
    ...names.map((name) => `    - '${name}*'`),
    "condition: selection",
  ];
};

/** Something in a call's parameters that hardly any has. */
const unusual: Detect = (number) => {
  const { name, service } = operationAt(number);
  return [
    ...["selection:", `  eventSource: ${service}`, `  eventName: ${name}`],
    `  requestParameters.policyDocument|contains|all: ['arn:aws:iam::${number}', '"Allow"']`,
    "condition: selection",
  ];
};

/** Who does it, but for some. */
const filtered: Detect = (number) => {
  const { name } = operationAt(number);
  return [
    ...["selection:", `  eventName|startswith: ${name.slice(0, 9)}`, "  userIdentity.type: Root"],
    ...["filter_service:", "  eventType: AwsServiceEvent"],
    ...["filter_network:", `  sourceIPAddress|cidr: 10.${number % 256}.0.0/16`],
    "condition: selection and not 1 of filter_*",
  ];
};

const tool: Detect = (number) => [
  ...["selection:", `  userAgent|contains: ['pacu/${number}', 'kali-${number}']`],
  ...["refused:", "  errorCode|re: '^(?:Client\\.)?Unauthorized'", "  userAgent|contains: /scout"],
  "condition: selection or refused",
];

/** What happens. */
const common: Detect = (number) => {
  const { name } = operationAt(number);
  return [
    ...["selection:", `  eventName: ${name}`, "  errorCode: AccessDenied"],
    ...["network:", `  sourceIPAddress|cidr: 203.0.113.${(number % 8) * 32}/27`],
    "condition: selection and network",
  ];
};

function operationAt(number: number): { readonly name: string; readonly service: string } {
  return operations[(number * 7) % operations.length] ?? { name: "DeleteBucket", service: "s3" };
}

const kinds: readonly Detect[] = [
  ...[rare, unusual, rare, filtered, rare],
  ...[tool, rare, common, unusual, rare],
];
