/**
 * The resource a question is about, as its user writes it: a name, id, path, ARN, `s3://` address or
 * URL, with `*` and `?` as globs.
 *
 * What stands for an ARN becomes that ARN here and nowhere else, so that the rest of the program
 * knows names and ARNs only.
 */

import type { FieldName } from "../event/fields.ts";
import { eventServices } from "../event/resource-names.ts";
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
  const called: Filter = {
    kind: "every",
    filters: [
      ...placed("eventSource", eventServices(service)),
      ...placed("awsRegion", [region]),
      ...placed("account", [account]),
      ...names.map(mention),
    ],
  };
  return { kind: "some", filters: [...mentioned, called] };
}

/**
 * Events that may be about the resource without mentioning it: DeleteObjects names the bucket, and
 * none of the objects. Undefined where there are none such.
 */
export function possibleTerm(written: string): Filter | undefined {
  const [, name = written] = /^arn:[^:]*:s3:::(.*)$/is.exec(nameOrArn(written)) ?? [];
  const [bucket = "", ...key] = name.split("/");
  if (key.length === 0 || !/^[a-z\d][a-z\d.-]+$/i.test(bucket)) return undefined;
  const subject = { kind: "field", field: "eventName" } as const;
  const pattern = parsePattern("DeleteObjects");
  return { kind: "every", filters: [{ kind: "text", subject, pattern }, mention(bucket)] };
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

function nameOrArn(written: string): string {
  const [, region, account, queue] = queueUrl.exec(written) ?? [];
  if (queue !== undefined) return `arn:aws:sqs:${region}:${account}:${queue}`;
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
  const subject = { kind: "field", field } as const;
  const tests = [text, ...others].map(
    (value): Filter => ({ kind: "text", subject, pattern: parsePattern(value) }),
  );
  return [joined("some", tests)];
}

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
      return [first, ...others];
    case "cloudformation": // What follows tells stacks of one name apart.
      return [first];
    case "secretsmanager": // Six random characters end the ARN, but not the name.
      return [name.replace(/-[a-z\d]{6}$/i, "")];
    default:
      return [name];
  }
}
