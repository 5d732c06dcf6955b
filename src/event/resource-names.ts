/**
 * The ways in which one resource is written: name, path, id, ARN, ARN with what AWS appends to it.
 *
 * Stricter than `mention.ts`: `orders` is mentioned by `orders/2026.csv`, but it is not what that
 * names. From the texts alone; which names one resource had in other events is not known here.
 */

import { foldCase } from "./fold-case.ts";
import { comparable } from "./letter-case.ts";
import { mentions, type ResourcePattern, withoutOctals } from "./mention.ts";

/** Service and resource. */
export const arnParts = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(.+)$/s;

/** Services whose ARNs, or those of what they act on, do not bear the name of their eventSource. */
const arnServices: { readonly [service: string]: string } = {
  amazonmq: "mq",
  "application-insights": "applicationinsights",
  appstream2: "appstream",
  ebs: "ec2",
  "ec2-instance-connect": "ec2",
  monitoring: "cloudwatch",
  opensearchservice: "es",
  "participant-connect": "connect",
  pinpoint: "mobiletargeting",
  qconnect: "wisdom",
  rdsdata: "rds",
  "servicecatalog-appregistry": "servicecatalog",
  sts: "iam",
};

/** The services, as eventSource names them, whose calls act on what has such an ARN. */
export function eventServices(arnService: string): readonly string[] {
  const others = Object.keys(arnServices).filter((service) => arnServices[service] === arnService);
  return [arnService, ...others];
}

/** How texts are compared: in the calls of which service, and whether the user cares for case. */
interface Comparing {
  /** First part of the eventSource. */
  readonly service?: string;
  readonly glob?: boolean;
  readonly ignoreCase?: true | undefined;
}

/** Whether a value names the very thing that one of the texts names. */
export function naming(
  wanted: readonly string[],
  { service = "", glob = false, ignoreCase }: Comparing = {},
): (value: string) => boolean {
  if (glob) {
    const folds = ignoreCase ?? (comparable("A", service) === "a" ? true : undefined);
    return (value) =>
      ownNames(value).some((name) => wanted.some((one) => fitsGlob(one, name, folds)));
  }
  const folded = (text: string) => (ignoreCase ? foldCase(text) : comparable(text, service));
  const texts = new Set(wanted.map(folded));
  const objects = service === "s3" ? new Set(wanted.map(inBucket)) : undefined;
  return (value) =>
    ownNames(value).some((name) => texts.has(folded(name))) ||
    (objects?.has(inBucket(value)) ?? false);
}

/** Buckets have no capitals, whatever their users write; keys of objects do. */
function inBucket(value: string): string {
  const [bucket = "", ...key] = value.replace(/^arn:[^:]*:s3:::/, "").split("/");
  return [foldCase(bucket), ...key].join("/");
}

/** `orders*` does not reach from a bucket to what is in it; `orders/*` does. */
function fitsGlob(glob: string, name: string, ignoreCase: true | undefined): boolean {
  const reaches = /[/:]\*$/.test(glob);
  const levels = (text: string) => text.split(/[/:]/).length;
  const pattern = { text: glob, glob: true, ...(ignoreCase && { ignoreCase }) };
  return (reaches || levels(glob) === levels(name)) && mentions(pattern, name);
}

/**
 * What a value's bearer is called: the value, and its tails, from any separator on. `app/web` of
 * `role/app/web` is the role; `role/app` would be where it stands.
 */
export function ownNames(value: string): readonly string[] {
  return formsOf(value).flatMap((form) => [
    form,
    ...Array.from(form.matchAll(/[/:]/g), ({ index }) => form.slice(index + 1)),
  ]);
}

/** `shop/cart:v1.4` and `shop/cart@sha256:...`: an image, by the tag or the digest that its repository knows. */
export function imageIn(
  text: string,
): { readonly repository: string; readonly version: string } | undefined {
  const [, repository, digest, tag] =
    /^([a-z\d]+(?:[._/-]+[a-z\d]+)*)(?:@(sha256:[\da-f]{64})|:([\w][\w.-]{0,127}))$/.exec(text) ??
    [];
  const version = digest ?? tag;
  const isWord = repository === "sha256" || repository === "arn" || repository === "rds";
  return repository === undefined || version === undefined || isWord
    ? undefined
    : { repository, version };
}

/** What the bearer of an ARN is called in calls to its service, which need not tell service and kind. */
export function bareNames(arn: string, service: string): readonly string[] {
  const image = service === "ecr" ? imageIn(arn) : undefined;
  if (image !== undefined) return [image.version];
  return formsOf(arn).flatMap((form) => {
    const [, owner, resource = ""] = arnParts.exec(form) ?? [];
    if (owner === undefined || owner !== (arnServices[service] ?? service)) return [];
    const names = [resource, resource.replace(/^[^/:]*[/:]/, ""), lastSegment(resource)];
    // An object's ARN does not say that it is one, so no part of it is a name.
    return owner === "s3" ? [resource] : names;
  });
}

/** Whether what the pattern names lies under the prefix of an ARN: `orders/2026/*` under `orders/`. */
export function startsUnder(
  { text, glob, ignoreCase }: ResourcePattern,
  arnPrefix: string,
): boolean {
  const spelled = (one: string) => (ignoreCase ? foldCase(one) : one);
  const [, service, prefix = ""] = arnParts.exec(spelled(arnPrefix)) ?? [];
  const [, itsService = service, name = spelled(text)] = arnParts.exec(spelled(text)) ?? [];
  const begins = (glob ? /^[^*?\\]*/.exec(name)?.[0] : name) ?? "";
  return (
    prefix !== "" &&
    itsService === service &&
    begins.startsWith(prefix) &&
    (glob || begins !== prefix)
  );
}

/** The value, and without what AWS puts behind names in ARNs and into those of hosts. */
function formsOf(value: string): readonly string[] {
  if (!value.includes("\\")) return withoutTailings(value);
  const plain = withoutOctals(value);
  return plain === value
    ? withoutTailings(value)
    : [...withoutTailings(value), ...withoutTailings(plain)];
}

function withoutTailings(value: string): readonly string[] {
  return [value, ...tailings.flatMap((tailing) => tailing.exec(value)?.slice(1) ?? [])];
}

const tailings: readonly RegExp[] = [
  /^(arn:[^:]*:secretsmanager:.*)-[A-Za-z0-9]{6}$/s,
  /^(arn:[^:]*:logs:.*?:log-group:[^:]*):(?:\*|log-stream:)$/s,
  /^(arn:[^:]*:cloudformation:.*?:stack\/[^/]*)\/[^/]*$/s,
  /^(arn:[^:]*:elasticloadbalancing:.*?:(?:loadbalancer|targetgroup)\/.+)\/[0-9a-f]+$/s,
  /^(arn:[^:]*:wafv2:.*)\/[^/]*$/s,
  /^(arn:[^:]*:(?:kafka:.*?:cluster|apprunner:.*?:service)\/[^/]*)\/[^/]*$/s,
  /^(arn:[^:]*:config:.*?:configuration-recorder\/[^/]*)\/[^/]*$/s,
  /^(arn:[^:]*:cloudformation:.*?:stackset\/[^:]*):[^:]*$/s,
  /^(arn:[^:]*:eks:.*?:(?:nodegroup|addon|fargateprofile)\/[^/]*\/[^/]*)\/[^/]*$/s,
  // DNS names may end in the dot of the root.
  /^([\w*@-]+(?:\.[\w*@-]+)+)\.$/,
];

function lastSegment(text: string): string {
  return text.split(/[/:]/).at(-1) ?? "";
}
