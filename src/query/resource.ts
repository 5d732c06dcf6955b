/**
 * The resource a question is about, as its user writes it: a name, id, path, ARN, `s3://` address or
 * URL, with `*` and `?` as globs.
 *
 * What stands for an ARN becomes that ARN here and nowhere else, so that the rest of the program
 * knows names and ARNs only.
 */

import type { FieldName } from "../event/fields.ts";
import { eventServices } from "../event/resource-names.ts";
import { equals, every, fitting, some } from "./build.ts";
import type { Filter, ResourcePattern } from "./filter.ts";
import { parsePattern } from "./pattern.ts";
import { joined } from "./term.ts";
import { UserError } from "./user-error.ts";

export function resourceNamed(written: string): ResourcePattern {
  if (written.trim() === "") throw new UserError("the resource is empty; give a name, id or ARN");
  return patternOf(nameOrArn(written));
}

/**
 * Events that mention the resource. One that is given by its ARN is also known by its name in calls
 * to its service, in its region and account: most calls name their target so.
 */
export function resourceTerm(written: string): Filter {
  const resource = nameOrArn(written);
  const mentioned = [...new Set([written, resource])].map(mention);
  const [scheme, , service = "", region = "", account = "", ...rest] = resource.split(":");
  const names = namesInArn(service, rest.join(":")).filter((name) => /[^*]/.test(name));
  if (scheme !== "arn" || names.length === 0) return joined("some", mentioned);
  const called = every([
    ...placed("eventSource", eventServices(service)),
    ...placed("awsRegion", [region]),
    ...placed("account", [account]),
    ...names.map(mention),
  ]);
  return some([...mentioned, called]);
}

/**
 * Events that may be about the resource without mentioning it: DeleteObjects names the bucket, and
 * none of the objects. Undefined where there are none such.
 */
export function possibleTerm(written: string): Filter | undefined {
  const [, name = written] = /^arn:[^:]*:s3:::(.*)$/is.exec(nameOrArn(written)) ?? [];
  const [bucket = "", ...key] = name.split("/");
  if (key.length === 0 || !/^[a-z\d][a-z\d.-]+$/i.test(bucket)) return undefined;
  return every([equals("eventName", "DeleteObjects"), mention(bucket)]);
}

function mention(text: string): Filter {
  return { kind: "mentions", resource: patternOf(text) };
}

function patternOf(text: string): ResourcePattern {
  const pattern = parsePattern(text);
  return pattern.kind === "equals" ? { text: pattern.text, glob: false } : { text, glob: true };
}

const s3Address = /^s3:\/\/(.+)$/is;
/** The bucket is in the host's name or the first part of the path; what follows `?` is no glob here. */
const s3Url =
  /^https?:\/\/(?:([^/]+)\.)?s3[.-](?:[a-z\d-]+\.)*amazonaws\.com(?:\.cn)?(?:\/([^?#]*).*)?$/is;
const queueUrl = /^https?:\/\/sqs\.([a-z\d-]+)\.amazonaws\.com(?:\.cn)?\/(\d{12})\/([^/?#]+)$/is;
/** As Route 53 answers it; its calls are logged without what goes before the id. */
const hostedZone = /^\/?hostedzone\/(Z[A-Z\d]+)$/;

function nameOrArn(written: string): string {
  const [, region, account, queue] = queueUrl.exec(written) ?? [];
  if (queue !== undefined) return `arn:aws:sqs:${region}:${account}:${queue}`;
  const zone = hostedZone.exec(written)?.[1];
  if (zone !== undefined) return `arn:aws:route53:::hostedzone/${zone}`;
  const [, host, path = ""] = s3Url.exec(written) ?? [];
  const inUrl = [host, unescaped(path)].filter(Boolean).join("/");
  const object = s3Address.exec(written)?.[1] ?? inUrl;
  return object === "" ? written : `arn:aws:s3:::${object.replace(/^([^/]*)\/$/, "$1")}`;
}

function unescaped(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function placed(field: FieldName, [text = "", ...others]: readonly string[]): readonly Filter[] {
  if (text === "") return [];
  return [
    joined(
      "some",
      [text, ...others].map((value) => fitting(field, value)),
    ),
  ];
}

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** How calls name what the last part of an ARN names, all of it; few repeat it as it is. */
function namesInArn(service: string, resource: string): readonly string[] {
  // The type goes before it with a slash or a colon; a log group's ends in `:*`.
  const name = resource.replace(/^[^/:]*[/:]/, "").replace(/:\*$/, "");
  const [first = "", ...others] = name.split("/");
  switch (service) {
    case "s3": {
      const [bucket = "", ...key] = resource.split("/");
      return [bucket, key.join("/")];
    }
    case "iam": // Calls leave the path out.
      return [others.at(-1) ?? first];
    case "ecs": // A cluster, and what is in it.
    case "eks":
    case "glue":
      return [first, ...others.filter((part) => !uuid.test(part))];
    case "logs": // A group, and a stream in it.
      return name.split(":log-stream:").filter((part) => part !== "");
    case "apigateway": // `/restapis/a1b2/stages/prod`
      return name.split("/").filter((_, i) => i % 2 === 1);
    case "autoscaling": // What goes before the name is in no call.
    case "elasticbeanstalk":
    case "mq":
    case "organizations":
      return [name.split(/[/:]/).at(-1) ?? ""];
    case "wafv2": // `regional/webacl/orders` and a UUID
      return others.slice(0, 1);
    case "cloudformation": // What follows tells stacks of one name apart.
    case "config":
      return [first.replace(/:.*$/s, "")];
    case "secretsmanager": // Six random characters end the ARN, but not the name.
      return [name.replace(/-[a-z\d]{6}$/i, "")];
    default:
      return [name];
  }
}
