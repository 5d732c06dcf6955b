/**
 * What one event tells of a resource's attachments to things that it would go with: the instance that a
 * volume is attached to, the stack that made a queue, the table that an item is in.
 */

import { foldCase } from "../event/fold-case.ts";
import { type CloudTrailRecord, isObject, type Json, textsAt, valuesAt } from "../event/record.ts";
import { withoutVersion } from "../event/verb-classes.ts";

/** An attachment as an event made, changed or cut it. */
export interface Attachment {
  readonly kind: "instance" | "image";
  /** Undefined: whatever it is attached to now. */
  readonly parent: string | undefined;
  /** Whether it goes with the parent. */
  readonly goes: boolean;
  /** What the parent knows it by, where that is not its name: `/dev/sdf`. */
  readonly alias?: string;
}

interface Row {
  readonly eventNames: readonly string[];
  readonly kind: Attachment["kind"];
  /** Where the objects stand that name the parent, and below these the ones that name the part. */
  readonly outer?: string;
  readonly parent?: string;
  readonly inner?: string;
  readonly part: string;
  readonly alias?: string;
  /** Where it says whether the part goes; unless it does, what is so. */
  readonly goes?: string;
  readonly otherwise: boolean;
}

const rows: readonly Row[] = [
  {
    eventNames: ["RunInstances"],
    kind: "instance",
    outer: "responseElements.instancesSet.items",
    parent: "instanceId",
    inner: "networkInterfaceSet.items",
    part: "networkInterfaceId",
    goes: "attachment.deleteOnTermination",
    otherwise: false,
  },
  {
    eventNames: ["RunInstances"],
    kind: "instance",
    outer: "responseElements.instancesSet.items",
    parent: "instanceId",
    inner: "blockDeviceMapping.items",
    part: "ebs.volumeId",
    alias: "deviceName",
    goes: "ebs.deleteOnTermination",
    otherwise: false,
  },
  {
    eventNames: ["AttachVolume", "AttachNetworkInterface"],
    kind: "instance",
    outer: "requestParameters",
    parent: "instanceId",
    part: "volumeId",
    alias: "device",
    goes: "deleteOnTermination",
    otherwise: false,
  },
  {
    eventNames: ["AttachNetworkInterface"],
    kind: "instance",
    outer: "requestParameters",
    parent: "instanceId",
    part: "networkInterfaceId",
    otherwise: false,
  },
  {
    eventNames: ["DetachVolume"],
    kind: "instance",
    outer: "requestParameters",
    part: "volumeId",
    otherwise: false,
  },
  {
    eventNames: ["ModifyInstanceAttribute"],
    kind: "instance",
    outer: "requestParameters",
    parent: "instanceId",
    inner: "blockDeviceMapping.items",
    part: "ebs.volumeId",
    goes: "ebs.deleteOnTermination",
    otherwise: false,
  },
  {
    eventNames: ["ModifyInstanceAttribute"],
    kind: "instance",
    outer: "requestParameters",
    parent: "instanceId",
    inner: "blockDeviceMapping.items",
    part: "deviceName",
    goes: "ebs.deleteOnTermination",
    otherwise: false,
  },
  {
    eventNames: ["ModifyNetworkInterfaceAttribute"],
    kind: "instance",
    outer: "requestParameters",
    part: "networkInterfaceId",
    goes: "attachment.deleteOnTermination",
    otherwise: false,
  },
  {
    eventNames: ["RegisterImage"],
    kind: "image",
    parent: "responseElements.imageId",
    inner: "requestParameters.blockDeviceMapping.items",
    part: "ebs.snapshotId",
    otherwise: true,
  },
];

export const attachingEvents: readonly string[] = rows.flatMap(({ eventNames }) => eventNames);

/** The attachments of what goes by one of the names. */
export function attachmentsIn(
  record: CloudTrailRecord,
  names: ReadonlySet<string>,
): readonly Attachment[] {
  const [eventName = ""] = textsAt(record, "eventName");
  return rows
    .filter((row) => row.eventNames.includes(withoutVersion(eventName)))
    .flatMap((row) =>
      objectsAt(record, row.outer).flatMap((outer) =>
        objectsAt(outer, row.inner).flatMap((inner): readonly Attachment[] => {
          if (!textsIn(inner, row.part).some((name) => names.has(foldCase(name)))) return [];
          const [parent] = textsIn(outer, row.parent);
          const [alias] = textsIn(inner, row.alias);
          const [flag] = row.goes === undefined ? [] : valuesAt(inner, row.goes.split("."));
          // An attribute of something else of it was changed.
          if (row.goes !== undefined && flag === undefined && row.alias === undefined) return [];
          const goes = flag === undefined ? row.otherwise : String(flag) === "true";
          return [{ kind: row.kind, parent, goes, ...(alias === undefined ? {} : { alias }) }];
        }),
      ),
    );
}

function objectsAt(value: CloudTrailRecord, path: string | undefined): readonly CloudTrailRecord[] {
  return path === undefined ? [value] : valuesAt(value, path.split(".")).filter(isObject);
}

function textsIn(value: CloudTrailRecord, path: string | undefined): readonly string[] {
  if (path === undefined) return [];
  return valuesAt(value, path.split(".")).flatMap((text) =>
    typeof text === "string" && text !== "" ? [text] : [],
  );
}

const stackTag = "aws:cloudformation:stack-name";

/** The stack that the tags of what the call makes name. */
export function stackInTags(record: CloudTrailRecord): string | undefined {
  const pending: Json[] = [record["requestParameters"] ?? null];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (Array.isArray(value)) for (const item of value) pending.push(item);
    if (!isObject(value)) continue;
    const own = Object.hasOwn(value, stackTag) ? value[stackTag] : undefined;
    const entries = Object.entries(value);
    const isTag = entries.some(([, text]) => text === stackTag);
    const [, tagged] = (isTag && entries.find(([key]) => /^(?:tag)?value$/i.test(key))) || [];
    const stack = own ?? tagged;
    if (typeof stack === "string" && stack !== "") return stack;
    for (const [, inner = null] of entries) pending.push(inner);
  }
  return undefined;
}

/** What the ARN of a resource, or the name that a service gave it, says that it is in. */
export function holdersIn(name: string): readonly Holder[] {
  return holders.flatMap(({ form, eventSource }) => {
    const holder = form.exec(name)?.[1];
    return holder === undefined
      ? []
      : [{ name: holder, eventSource: `${eventSource}.amazonaws.com` }];
  });
}

export interface Holder {
  readonly name: string;
  /** Of the calls that delete it. */
  readonly eventSource: string;
}

const holders: readonly { readonly form: RegExp; readonly eventSource: string }[] = [
  { form: /^arn:[^:]*:s3:::([^/]+)\/./s, eventSource: "s3" },
  { form: /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]+):log-stream:./, eventSource: "logs" },
  {
    form: /^arn:[^:]*:eks:[^:]*:[^:]*:(?:nodegroup|addon|fargateprofile)\/([^/]+)\/./,
    eventSource: "eks",
  },
  {
    form: /^arn:[^:]*:ecs:[^:]*:[^:]*:(?:service|task|container-instance)\/([^/]+)\/./,
    eventSource: "ecs",
  },
  { form: /^arn:[^:]*:sns:[^:]*:[^:]*:([^:]+):./, eventSource: "sns" },
  {
    form: /^arn:[^:]*:dynamodb:[^:]*:[^:]*:table\/([^/]+)\/(?:index|stream|backup)\/./,
    eventSource: "dynamodb",
  },
  {
    form: /^arn:[^:]*:lambda:[^:]*:[^:]*:function:([^:]+):./,
    eventSource: "lambda",
  },
  // An automated backup.
  { form: /^(?:arn:[^:]*:rds:.*:snapshot:)?rds:(.+)-\d{4}(?:-\d\d){4}$/, eventSource: "rds" },
];
