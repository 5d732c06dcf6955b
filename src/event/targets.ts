/**
 * What an event acts on, as against what it belongs to or merely mentions.
 *
 * Of one record: which names a thing had in other events is not known here. Where they stand in the
 * record is read in `evidence.ts`.
 */

import { evidenceIn, tagAskedFor } from "./evidence.ts";
import { mentions, type ResourcePattern } from "./mention.ts";
import { type Operation, operationOf } from "./operation.ts";
import { type CloudTrailRecord, type Json, valuesAt } from "./record.ts";
import { ownNames, startsUnder } from "./resource-names.ts";
import { namedBy } from "./roles.ts";

export { type NamedTarget, namedTargets } from "./named-targets.ts";
export { partNoun } from "./operation.ts";

/**
 * `target`: the event acts on the resource itself. `part`: on something that belongs to it or lies
 * in it, or on its attachment to something else. `possible`: on things of which it may be one, for they are
 * not logged one by one. `mention`: it is only named.
 */
export type Bearing = "target" | "part" | "possible" | "mention";

/** How the resource that the pattern names stands in the event. */
export function bearing(record: CloudTrailRecord, pattern: ResourcePattern): Bearing {
  const operation = operationOf(record);
  const evidence = [...evidenceIn(record, operation)].map(({ targets, wholes }) => {
    return {
      targets: targets.flatMap(({ names, tag }) => (tag === undefined ? names : [...names, tag])),
      wholes,
    };
  });
  const isNamed = namedBy(pattern, operation);
  if (evidence.some(({ targets }) => targets.some(isNamed))) return "target";
  if (tagAskedFor(record, operation).some(isNamed)) return "target";
  const isNear = (value: string) => isNamed(value) || mentions(pattern, value);
  if (evidence.some(({ targets, wholes }) => targets.some(isNear) || wholes.some(isNear))) {
    return "part";
  }
  return prefixesIn(record, operation).some((prefix) => startsUnder(pattern, prefix))
    ? "possible"
    : "mention";
}

/** DeleteObjects tells only in which bucket the objects were. */
function prefixesIn(record: CloudTrailRecord, { service, event }: Operation): readonly string[] {
  const isBatch = service === "s3" && event === "DeleteObjects";
  const buckets = isBatch ? valuesAt(record, ["requestParameters", "bucketName"]) : [];
  return [
    ...valuesAt(record, ["resources", "ARNPrefix"]).filter(isText),
    ...buckets.filter(isText).map((bucket) => `arn:aws:s3:::${bucket}/`),
  ];
}

function isText(value: Json): value is string {
  return typeof value === "string";
}

/** What to show as the object of the event: `orders`, `i-0abc`, `orders/2026/05.csv`. */
export function primaryTargets(record: CloudTrailRecord): readonly string[] {
  for (const { targets: things, wholes } of evidenceIn(record, operationOf(record))) {
    const targets = things.flatMap(({ names }) => names);
    // `orders/k` says what `orders` says, and an id says what its ARN says.
    const holders = new Set([...wholes, ...targets].flatMap(holdersOf));
    const names = new Set([...wholes.filter((name) => !holders.has(name)), ...targets]);
    const isSaid = (name: string) =>
      name.startsWith("arn:") && ownNames(name).some((own) => own !== name && names.has(own));
    if (names.size > 0) return [...names].filter((name) => !isSaid(name));
  }
  return [];
}

/** What a name lies in: `orders` and `orders/2026` for `orders/2026/05.csv`. */
function holdersOf(name: string): readonly string[] {
  return Array.from(name.matchAll(/\//g), ({ index }) => name.slice(0, index));
}

/** What the things that the event acts on belong to or lie in, as far as it tells. */
export function wholesOf(record: CloudTrailRecord): readonly string[] {
  const evidence = [...evidenceIn(record, operationOf(record))];
  return [...new Set(evidence.flatMap(({ wholes }) => wholes))];
}
