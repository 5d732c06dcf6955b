/**
 * The resources that a policy has to name for a call to be allowed, as patterns of ARNs.
 *
 * Names come from the log and stay names: what would be a wildcard or a variable in a policy is
 * escaped, so that no key of an object called `*` opens a bucket.
 */

import { type ArnTemplate, arnTemplates } from "./arn-templates.ts";
import { type CloudTrailRecord, isObject, type Json, textsAt, valuesAt } from "./record.ts";
import { withoutVersion } from "./verb-classes.ts";

export interface ResourceArns {
  readonly arns: readonly string[];
  /**
   * `named`: these. `all`: the action takes no resource, or looks at all there are. `unknown`: it
   * takes some, and neither the tables nor the record tell which.
   */
  readonly basis: "named" | "all" | "unknown";
}

/** `action` with its prefix, as one of those that `iamActionsOf` gives for the record. */
export function resourceArnsFor(record: CloudTrailRecord, action: string): ResourceArns {
  const [service = "", name = ""] = action.split(":");
  if (name.length > longestAction) return { arns: [], basis: "unknown" };
  const eventName = withoutVersion(textsAt(record, "eventName")[0] ?? "");
  const place = arnPartsOf(record, service);
  for (const { actions, events, arns, also = [] } of templatesOf.get(service) ?? []) {
    if (actions?.test(name) === false || events?.test(eventName) === false) continue;
    if (arns.length === 0) return { arns: [], basis: "all" };
    const filled = arns.map((template) => fill(template, record, place));
    if (filled.some((ones) => ones.length === 0)) continue;
    const more = also.flatMap((template) => fill(template, record, place));
    return { arns: [...new Set([...filled.flat(), ...more])], basis: "named" };
  }
  const listed = [...new Set(listedArns(record, service))];
  if (listed.length > 0) return { arns: listed, basis: "named" };
  return { arns: [], basis: looksAtAll.test(name) ? "all" : "unknown" };
}

const longestAction = 128;

/** Calls that name nothing in particular. */
const looksAtAll = /^(?:List|Describe.*s$)/;

const templatesOf: ReadonlyMap<string, readonly ArnTemplate[]> = new Map(
  arnTemplates.map(({ service }) => [
    service,
    arnTemplates.filter((template) => template.service === service),
  ]),
);

/** What the record lists as concerned, of the action's own service. */
function listedArns(record: CloudTrailRecord, service: string): readonly string[] {
  const owner = arnOwners.get(service) ?? service;
  return valuesAt(record, ["resources", "ARN"])
    .flatMap(nameIn)
    .filter((arn) => arn.split(":", 3)[2] === owner);
}

/** STS checks roles, which are IAM's. */
const arnOwners: ReadonlyMap<string, string> = new Map([
  ["sts", "iam"],
  ["rds-data", "rds"],
]);

/** The parts of an ARN that do not come from the parameters. */
interface ArnParts {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly service: string;
}

function arnPartsOf(record: CloudTrailRecord, service: string): ArnParts {
  const region = textsAt(record, "awsRegion").find((text) => /^[a-z\d-]{1,40}$/.test(text)) ?? "*";
  const owners = ["resources.accountId", "recipientAccountId", "userIdentity.accountId"];
  const account = owners.flatMap((path) => textsAt(record, path)).find((id) => /^\d{12}$/.test(id));
  return { partition: partitionOf(region), region, account: account ?? "*", service };
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** An ARN for each value of the template's placeholders; none if one has no value. */
function fill(template: string, record: CloudTrailRecord, place: ArnParts): readonly string[] {
  const { partition, region, account, service } = place;
  const arn = template
    .replace("{here}", `arn:{partition}:${service}:{region}:{account-id}`)
    .replace("{account}", `arn:{partition}:${service}::{account-id}`)
    .replace("{partition}", partition)
    .replace("{region}", region)
    .replace("{account-id}", account);
  const [text = "", ...pieces] = arn.split("{");
  let arns: readonly string[] = [text];
  for (const piece of pieces) {
    const end = piece.indexOf("}");
    const values = valuesOf(piece.slice(0, end), record, place, pieces.length > 1);
    const rest = piece.slice(end + 1);
    if (arns.length > mostArns && values.length > 1) return [];
    arns = arns.flatMap((before) =>
      values.map((value) => (value.startsWith("arn:") ? value : before + value + rest)),
    );
  }
  return arns.filter((one) => one.startsWith("arn:"));
}

/** With which names of another kind are combined. */
const mostArns = 100;

/**
 * `path|form`; none if one cannot be read. A name that is only a part of an ARN is the end of one, if
 * it came as one.
 */
function valuesOf(
  placeholder: string,
  record: CloudTrailRecord,
  place: ArnParts,
  isPart: boolean,
): readonly string[] {
  const [path = "", formName = ""] = placeholder.split("|");
  const keys = path.startsWith("re:")
    ? ["responseElements", ...path.slice("re:".length).split(".")]
    : ["requestParameters", ...path.split(".")];
  const found = valuesAt(record, keys);
  const form = forms[formName];
  const names = formName === "keys" ? found.flatMap(keysIn) : found.flatMap(nameIn);
  if (names.length < found.length) return [];
  const given = found.length > 0 ? names : (form?.absent?.(record) ?? []);
  const read =
    form?.read === undefined ? given : given.flatMap((name) => form.read?.(name, place) ?? []);
  if (read.length < given.length) return [];
  return isPart ? read.map((name) => (name.startsWith("arn:") ? lastSegment(name) : name)) : read;
}

/** How a name is written, and how it stands in an ARN. */
interface Form {
  /** A whole ARN takes the place of the template. Undefined: no name that an ARN could hold. */
  readonly read?: (name: string, place: ArnParts) => string | undefined;
  /** What a call means that leaves the name out. */
  readonly absent?: (record: CloudTrailRecord) => readonly string[];
}

const forms: { readonly [form: string]: Form | undefined } = {
  /** `/bucket/key` or `bucket/key`, as copies name their source. */
  bucket: { read: (name) => name.replace(/^\//, "").split("/", 1)[0] },
  bus: {
    read: (name) => (lastSegment(name) === "default" ? "" : `${lastSegment(name)}/`),
    absent: () => ["default"],
  },
  caller: {
    absent: (record) =>
      textsAt(record, "userIdentity.type")[0] === "IAMUser"
        ? textsAt(record, "userIdentity.userName").map(escaped)
        : [],
  },
  /** AWS's own documents are nobody's. */
  document: {
    read: (name, { partition, region, account }) =>
      name.startsWith("arn:")
        ? name
        : `arn:${partition}:ssm:${region}:${name.startsWith("AWS-") ? "" : account}:document/${name}`,
  },
  /** A name, with a qualifier perhaps, or the end of an ARN. */
  function: {
    read: (name) => (name.startsWith("arn:") ? name : name.replace(/^(?:\d{12}:)?function:/, "")),
  },
  /** An alias does not tell which key it stands for. */
  key: { read: (name) => (/^(?:arn:[^:]*:kms:[^:]*:\d*:)?alias\//.test(name) ? undefined : name) },
  last: { read: lastSegment },
  lower: { read: (name) => name.toLowerCase() },
  /** Instances of EC2 and machines elsewhere. */
  managed: {
    read: (name, { partition, region, account }) => {
      const at = `${region}:${account}`;
      if (name.startsWith("i-")) return `arn:${partition}:ec2:${at}:instance/${name}`;
      return name.startsWith("mi-")
        ? `arn:${partition}:ssm:${at}:managed-instance/${name}`
        : undefined;
    },
  },
  /** An inference profile stands for models in regions that it does not tell. */
  model: {
    read: (name) => (/^(?:us|us-gov|eu|apac|jp|au|ca|global)\./.test(name) ? undefined : name),
  },
  /** What is in a bucket, or behind an access point. */
  objects: {
    read: (name, { partition }) =>
      name.startsWith("arn:") ? `${name}/object/*` : `arn:${partition}:s3:::${name}/*`,
  },
  name: { read: (name) => (name.startsWith("arn:") ? lastSegment(name) : name) },
  queue: {
    read: (url, { partition, region, account }) => {
      const [, owner = account, name] = /\/(?:(\d{12})\/)?([\w-]+(?:\.fifo)?)$/.exec(url) ?? [];
      return name === undefined ? undefined : `arn:${partition}:sqs:${region}:${owner}:${name}`;
    },
  },
  /** Without its number a revision is any. */
  revision: {
    read: (name) => (name.startsWith("arn:") || name.includes(":") ? name : `${name}:*`),
  },
  scope: { read: (name) => (name === "CLOUDFRONT" ? "global" : name.toLowerCase()) },
  /** Six characters that AWS chooses end the ARN, but not the name. */
  secret: { read: (name) => (/^arn:.*-[A-Za-z0-9]{6}$/.test(name) ? name : `${name}-??????`) },
  slashless: { read: (name) => name.replace(/^\/+/, "") },
  typed: {
    read: (id, { partition, region }) => {
      const type = ec2Types.get(id.slice(0, id.lastIndexOf("-")));
      if (type === undefined) return undefined;
      return /^(?:image|snapshot)$/.test(type)
        ? `arn:${partition}:ec2:${region}::${type}/${id}`
        : `${type}/${id}`;
    },
  },
};

const ec2Types: ReadonlyMap<string, string> = new Map([
  ["acl", "network-acl"],
  ["ami", "image"],
  ["dopt", "dhcp-options"],
  ["eigw", "egress-only-internet-gateway"],
  ["eipalloc", "elastic-ip"],
  ["eni", "network-interface"],
  ["fl", "vpc-flow-log"],
  ["i", "instance"],
  ["igw", "internet-gateway"],
  ["lt", "launch-template"],
  ["nat", "natgateway"],
  ["pcx", "vpc-peering-connection"],
  ["pl", "prefix-list"],
  ["rtb", "route-table"],
  ["sg", "security-group"],
  ["sgr", "security-group-rule"],
  ["snap", "snapshot"],
  ["subnet", "subnet"],
  ["tgw", "transit-gateway"],
  ["tgw-attach", "transit-gateway-attachment"],
  ["vgw", "vpn-gateway"],
  ["vol", "volume"],
  ["vpc", "vpc"],
  ["vpce", "vpc-endpoint"],
  ["vpn", "vpn-connection"],
]);

const longestName = 2048;

function nameIn(value: Json): readonly string[] {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || text === "" || text.length > longestName) return [];
  return text === "HIDDEN_DUE_TO_SECURITY_REASONS" || hasControls(text) ? [] : [escaped(text)];
}

function keysIn(value: Json): readonly string[] {
  return isObject(value) ? Object.keys(value).flatMap(nameIn) : [];
}

function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  return /[\u0000-\u001f\u007f]/.test(text);
}

/** In a policy, `${*}` is the character itself. */
function escaped(text: string): string {
  return text.replace(/[*?$]/g, (character) => `\${${character}}`);
}

function lastSegment(text: string): string {
  return text.split(/[/:]/).at(-1) ?? "";
}
