/**
 * The resource a question is about, made once from what its user wrote: a name, id, path, ARN, `s3://`
 * address or URL, with `*` and `?` as globs.
 *
 * What stands for an ARN becomes that ARN here (`spelling.ts`) and nowhere else, so that the rest of
 * the program knows names and ARNs only.
 */

import type { FieldName } from "../event/fields.ts";
import { caselessServices, isBucketName, isCaseless } from "../event/letter-case.ts";
import { eventServices, imageIn } from "../event/resource-names.ts";
import { equals, every, fitting, some } from "./build.ts";
import type { Filter, ResourcePattern } from "./filter.ts";
import { parsePattern } from "./pattern.ts";
import { readingsOf } from "./spelling.ts";
import { joined } from "./term.ts";
import { UserError } from "./user-error.ts";

export interface Resource {
  readonly written: string;
  /** What it is called in events. */
  readonly pattern: ResourcePattern;
  /** Events that mention it. */
  readonly term: Filter;
  /**
   * Events that may be about it without mentioning it: DeleteObjects names the bucket, and none of the
   * objects. Absent where there are none such.
   */
  readonly possible?: Filter;
  /** What else may be meant, best first, if no event mentions the resource as it is written. */
  readonly others: readonly Resource[];
}

interface Reading {
  /** Whatever the service makes of the case of letters. */
  readonly ignoreCase?: boolean | undefined;
}

export function resourceNamed(written: string, { ignoreCase }: Reading = {}): Resource {
  if (written.trim() === "") throw new UserError("the resource is empty; give a name, id or ARN");
  const [first, ...others] = readingsOf(written);
  const read = (name: string) => readAs(written, name, ignoreCase === true);
  return { ...read(first), others: others.map((name) => ({ ...read(name), others: [] })) };
}

function readAs(written: string, name: string, ignoreCase: boolean): Omit<Resource, "others"> {
  const pattern = patternOf(name, ignoreCase);
  const possible = possibleTerm(name, ignoreCase);
  return {
    written,
    pattern,
    term: termOf(written, name, ignoreCase),
    ...(possible === undefined ? {} : { possible }),
  };
}

/** Events that mention the resource, in whichever of its readings. */
export function resourceTerm(written: string, reading: Reading = {}): Filter {
  const { term, others } = resourceNamed(written, reading);
  return joined("some", [term, ...others.map((other) => other.term)]);
}

/**
 * One that is given by its ARN is also known by its name in calls to its service, in its region and
 * account: most calls name their target so.
 */
function termOf(written: string, name: string, ignoreCase: boolean): Filter {
  const mentioning = (text: string) => mention(text, ignoreCase);
  const [scheme, , service = "", region = "", account = "", ...rest] = name.split(":");
  const mentioned = [...new Set([written, name, ...withoutCapitals(name)])].map(mentioning);
  const image = imageIn(name);
  if (image !== undefined) {
    const { repository, version } = image;
    const [source] = placed("eventSource", ["ecr"]);
    const held = [repository, version].map(mentioning);
    return some([...mentioned, every([...(source ? [source] : []), ...held])]);
  }
  if (scheme !== "arn") {
    return joined("some", [...mentioned, ...(ignoreCase ? [] : whereCaseIsOpen(name))]);
  }
  const isOpen = ignoreCase || caselessServices.includes(service);
  const names = namesInArn(service, rest.join(":")).filter((one) => /[^*]/.test(one));
  if (names.length === 0) return joined("some", mentioned);
  const called = every([
    ...placed("eventSource", eventServices(service)),
    ...placed("awsRegion", [region]),
    ...placed("account", [account]),
    ...names.map((one) => mention(one, isOpen)),
  ]);
  return some([...mentioned, called]);
}

/** Of an address of S3: its bucket has none. */
function withoutCapitals(name: string): readonly string[] {
  const [, arn = "", bucket = "", key = ""] = /^(arn:[^:]*:s3:::)([^/]*)(.*)$/s.exec(name) ?? [];
  return bucket === bucket.toLowerCase() ? [] : [`${arn}${bucket.toLowerCase()}${key}`];
}

/** A name alone does not say whether its case counts: the service of the call does. */
function whereCaseIsOpen(name: string): readonly Filter[] {
  if (!/[a-z]/i.test(name) || isCaseless(name)) return [];
  const bucket = name.toLowerCase();
  const isBucket = bucket !== name && isBucketName(name);
  return [
    every([...placed("eventSource", caselessServices), mention(name, true)]),
    ...(isBucket ? [every([...placed("eventSource", ["s3"]), mention(bucket, false)])] : []),
  ];
}

function possibleTerm(name: string, ignoreCase: boolean): Filter | undefined {
  const [, object = name] = /^arn:[^:]*:s3:::(.*)$/is.exec(name) ?? [];
  const [bucket = "", ...key] = object.split("/");
  if (key.length === 0 || !/^[a-z\d][a-z\d.-]+$/i.test(bucket)) return undefined;
  const isNamed = [...new Set([bucket, bucket.toLowerCase()])].map((one) =>
    mention(one, ignoreCase),
  );
  return every([equals("eventName", "DeleteObjects"), joined("some", isNamed)]);
}

function mention(text: string, ignoreCase: boolean): Filter {
  return { kind: "mentions", resource: patternOf(text, ignoreCase) };
}

function patternOf(text: string, ignoreCase: boolean): ResourcePattern {
  const pattern = parsePattern(text);
  return {
    ...(pattern.kind === "equals" ? { text: pattern.text, glob: false } : { text, glob: true }),
    ...(ignoreCase && { ignoreCase }),
  };
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
