/**
 * The ways in which one resource is written: name, path, id, ARN, ARN with what AWS appends to it.
 *
 * Stricter than `mention.ts`: `orders` is mentioned by `orders/2026.csv`, but it is not what that
 * names. From the texts alone; which names one resource had in other events is not known here.
 */

import { foldCase } from "./fold-case.ts";
import { mentions } from "./mention.ts";

export interface ResourcePattern {
  readonly text: string;
  readonly glob: boolean;
}

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

/** Whether a value names the very thing that one of the patterns names. */
export function naming(wanted: readonly string[], glob: boolean): (value: string) => boolean {
  const fits = (one: string, name: string) =>
    glob ? fitsGlob(one, name) : foldCase(one) === foldCase(name);
  return (value) => ownNames(value).some((name) => wanted.some((one) => fits(one, name)));
}

/** `orders*` does not reach from a bucket to what is in it; `orders/*` does. */
function fitsGlob(glob: string, name: string): boolean {
  const reaches = /[/:]\*$/.test(glob);
  const levels = (text: string) => text.split(/[/:]/).length;
  return (reaches || levels(glob) === levels(name)) && mentions({ text: glob, glob: true }, name);
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

/** What the bearer of an ARN is called in calls to its service, which need not tell service and kind. */
export function bareNames(arn: string, service: string): readonly string[] {
  return formsOf(arn).flatMap((form) => {
    const [, owner, resource = ""] = arnParts.exec(form) ?? [];
    if (owner === undefined || owner !== (arnServices[service] ?? service)) return [];
    const names = [resource, resource.replace(/^[^/:]*[/:]/, ""), lastSegment(resource)];
    // An object's ARN does not say that it is one, so no part of it is a name.
    return owner === "s3" ? [resource] : names;
  });
}

/** Whether what the pattern names lies under the prefix of an ARN: `orders/2026/*` under `orders/`. */
export function startsUnder({ text, glob }: ResourcePattern, arnPrefix: string): boolean {
  const [, service, prefix = ""] = arnParts.exec(foldCase(arnPrefix)) ?? [];
  const [, itsService = service, name = foldCase(text)] = arnParts.exec(foldCase(text)) ?? [];
  const begins = (glob ? /^[^*?\\]*/.exec(name)?.[0] : name) ?? "";
  return (
    prefix !== "" &&
    itsService === service &&
    begins.startsWith(prefix) &&
    (glob || begins !== prefix)
  );
}

/** The value, and without what AWS puts behind names in ARNs. */
function formsOf(value: string): readonly string[] {
  return [value, ...tailings.flatMap((tailing) => tailing.exec(value)?.slice(1) ?? [])];
}

const tailings: readonly RegExp[] = [
  /^(arn:[^:]*:secretsmanager:.*)-[A-Za-z0-9]{6}$/s,
  /^(arn:[^:]*:logs:.*?:log-group:[^:]*):(?:\*|log-stream:)$/s,
  /^(arn:[^:]*:cloudformation:.*?:stack\/[^/]*)\/[^/]*$/s,
  /^(arn:[^:]*:elasticloadbalancing:.*?:(?:loadbalancer|targetgroup)\/.+)\/[0-9a-f]+$/s,
  /^(arn:[^:]*:wafv2:.*)\/[^/]*$/s,
  /^(arn:[^:]*:(?:kafka:.*?:cluster|apprunner:.*?:service)\/[^/]*)\/[^/]*$/s,
  // DNS names may end in the dot of the root.
  /^([\w*-]+(?:\.[\w*-]+)+)\.$/,
];

function lastSegment(text: string): string {
  return text.split(/[/:]/).at(-1) ?? "";
}
