/**
 * What came of a call for one of the things it was about.
 *
 * A batch may succeed as a call and fail for some of what it was given; only its answer tells which. And
 * a call may succeed on what was so already.
 */

import { foldCase } from "./fold-case.ts";
import type { ResourcePattern } from "./mention.ts";
import { namesIn, unwrapped } from "./name-values.ts";
import { operationOf } from "./operation.ts";
import { type Outcome, outcomeOf, outcomeOfCall } from "./outcome.ts";
import {
  type CloudTrailRecord,
  isObject,
  type Json,
  type JsonObject,
  textsAt,
  valuesAt,
} from "./record.ts";
import { namedBy } from "./roles.ts";
import { bearing, primaryTargets } from "./targets.ts";

/** One of the things for which the call failed. */
interface ItemFailure {
  readonly names: readonly string[];
  readonly code?: string;
}

/** How the call ended for the resource. */
interface Ending {
  readonly outcome: Outcome;
  /** The error code, of the call or of the one item. */
  readonly code?: string;
}

/** The outcome of the call for the resource: that of the call, unless it tells another of this one. */
export function outcomeFor(record: CloudTrailRecord, pattern: ResourcePattern): Outcome {
  return endingFor(record, pattern).outcome;
}

export function endingFor(record: CloudTrailRecord, pattern: ResourcePattern): Ending {
  const outcome = outcomeOf(record);
  if (outcome !== "success") {
    const [code] = textsAt(record, "errorCode");
    return { outcome, ...(code === undefined ? {} : { code }) };
  }
  const failure = failureFor(record, pattern);
  if (failure === undefined) return { outcome };
  const { code } = failure;
  return {
    outcome: outcomeOfCall(code ?? "failed"),
    ...(code === undefined ? {} : { code }),
  };
}

function failureFor(record: CloudTrailRecord, pattern: ResourcePattern): ItemFailure | undefined {
  const failures = itemFailures(record);
  if (failures.length === 0) return undefined;
  const isNamed = namedBy(pattern, operationOf(record));
  const its = failures.filter(({ names }) => names.some(isNamed));
  if (its.length > 0) {
    const failed = new Set(its.flatMap(({ names }) => names).map(foldCase));
    const isDone = (name: string) => isNamed(name) && !failed.has(foldCase(name));
    return pattern.glob && primaryTargets(record).some(isDone) ? undefined : its[0];
  }
  // Of what a service did by itself no request tells how much it was to be.
  const isAsked = valuesAt(record, ["responseElements"]).length > 0;
  const isPart = isAsked && bearing(record, pattern) === "part";
  const isEmpty = isPart && failures.length >= itemCount(record);
  return isEmpty ? failures[0] : undefined;
}

/** Where services put what a batch could not do, in lower case. */
const failureKeys =
  /^(?:\w*failures|\w*failuredetails|failed\w*|\w*errors|error|errorentries|unsuccessful\w*|unprocessed\w*|invalidparameters)$/;

/** How deep in the answer such lists may stand: EC2 wraps them. */
const depth = 3;

function itemFailures(record: CloudTrailRecord): readonly ItemFailure[] {
  const failures: ItemFailure[] = [];
  let level: readonly JsonObject[] = [
    ...valuesAt(record, ["responseElements"]),
    ...valuesAt(record, ["serviceEventDetails"]),
  ].filter(isObject);
  for (let i = 0; i < depth && level.length > 0; i++) {
    const next: JsonObject[] = [];
    for (const [key, value = null] of level.flatMap((object) => Object.entries(object))) {
      if (typeof value !== "object" || value === null) continue;
      if (!failureKeys.test(foldCase(key))) next.push(...[value].filter(isObject));
      else for (const failure of failuresIn(record, value)) failures.push(failure);
    }
    level = next;
  }
  return failures;
}

function failuresIn(record: CloudTrailRecord, value: Json): readonly ItemFailure[] {
  return unwrapped(value).flatMap((item) => {
    if (!isObject(item)) return [{ names: namesIn(item) }];
    const isKeyed = Object.values(item).every((told) => typeof told === "object");
    if (!isKeyed || Array.isArray(value)) return [failureOf(record, item)];
    // By name: `{ orders: [...] }` of what is left of a table, `{ "arn:...": { errorCode } }`.
    return Object.entries(item).flatMap(([name, told = null]) =>
      isLeftWhole(record, name, told) ? [failureOf(record, isObject(told) ? told : {}, name)] : [],
    );
  });
}

/** Of what was asked for a table a part may have been done. */
function isLeftWhole(record: CloudTrailRecord, name: string, left: Json): boolean {
  const asked = valuesAt(record, ["requestParameters", "requestItems"])
    .filter(isObject)
    .flatMap((tables) => (Object.hasOwn(tables, name) ? unwrapped(tables[name] ?? null) : []));
  return asked.length === 0 || unwrapped(left).length >= asked.length;
}

function failureOf(record: CloudTrailRecord, item: JsonObject, name?: string): ItemFailure {
  const names = [...(name === undefined ? [] : [name]), ...leavesOf(item)];
  // Of an object only the key is told.
  const buckets = valuesAt(record, ["requestParameters", "bucketName"]).flatMap(namesIn);
  const paths = buckets.flatMap((bucket) => names.map((key) => `${bucket}/${key}`));
  const code = codeIn(item);
  return { names: [...names, ...paths], ...(code === undefined ? {} : { code }) };
}

/** `code`, `errorCode`, `failureCode`; also one level down: `error: { code, message }`. */
function codeIn(item: JsonObject): string | undefined {
  const inner = Object.values(item).filter(isObject);
  const entries = [item, ...inner].flatMap((object) => Object.entries(object));
  const code = entries.find(([key, value]) => /code$/i.test(key) && typeof value === "string")?.[1];
  return typeof code === "string" ? code : undefined;
}

/** What in a failure is no name. */
const describingKeys = /(?:code|message|reason|status|type|fault)$/i;

function leavesOf(item: JsonObject): readonly string[] {
  const names: string[] = [];
  let level: readonly JsonObject[] = [item];
  for (let i = 0; i < depth && level.length > 0; i++) {
    const next: JsonObject[] = [];
    for (const [key, value = null] of level.flatMap((object) => Object.entries(object))) {
      if (describingKeys.test(key)) continue;
      for (const inner of unwrapped(value)) {
        if (isObject(inner)) next.push(inner);
        else for (const name of namesIn(inner)) names.push(name);
      }
    }
    level = next;
  }
  return names;
}

/** How many things the call was given: the length of its longest list. */
function itemCount(record: CloudTrailRecord): number {
  let count = 1;
  let level: readonly JsonObject[] = valuesAt(record, ["requestParameters"]).filter(isObject);
  for (let i = 0; i < depth && level.length > 0; i++) {
    const next: JsonObject[] = [];
    for (const value of level.flatMap((object) => Object.values(object))) {
      if (typeof value !== "object" || value === null) continue;
      const items = unwrapped(value);
      count = Math.max(count, items.length);
      for (const item of items) if (isObject(item)) next.push(item);
    }
    level = next;
  }
  return count;
}

/** Whether the call succeeded and found the resource as it was to be: nothing was left for it to do. */
export function alreadyGone(record: CloudTrailRecord, pattern: ResourcePattern): boolean {
  if (outcomeOf(record) !== "success") return false;
  const isNamed = namedBy(pattern, operationOf(record));
  const { eventName } = record;
  if (typeof eventName === "string" && /^RevokeSecurityGroup/.test(eventName)) {
    return revokedNothing(record);
  }
  const changes = valuesAt(record, ["responseElements", "instancesSet", "items"]).filter(isObject);
  const its = changes.filter((change) => valuesAt(change, ["instanceId"]).some(isNameOf(isNamed)));
  return its.length > 0 && its.every(isNoChange);
}

function isNameOf(isNamed: (name: string) => boolean): (value: Json) => boolean {
  return (value) => typeof value === "string" && isNamed(value);
}

/** States in which an instance is on its way to where the call would bring it. */
const underWay: ReadonlyMap<Json, Json> = new Map([
  ["shutting-down", "terminated"],
  ["stopping", "stopped"],
  ["pending", "running"],
]);

function isNoChange(change: JsonObject): boolean {
  const [before] = valuesAt(change, ["previousState", "name"]);
  const [after] = valuesAt(change, ["currentState", "name"]);
  return before !== undefined && (before === after || underWay.get(before) === after);
}

/** EC2 takes a rule that is not there for revoked, and tells it. */
function revokedNothing(record: CloudTrailRecord): boolean {
  const count = (...path: readonly string[]) => valuesAt(record, path).length;
  const unknown = count("responseElements", "unknownIpPermissionSet", "items");
  const revoked = count("responseElements", "revokedSecurityGroupRuleSet", "items");
  return (
    unknown > 0 && revoked === 0 && unknown >= count("requestParameters", "ipPermissions", "items")
  );
}
