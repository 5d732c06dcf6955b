/**
 * Things named at the places in a record that a row of the table of target paths gives.
 */

import { foldCase } from "./fold-case.ts";
import { namesUnder, unwrapped } from "./name-values.ts";
import type { Operation } from "./operation.ts";
import { type CloudTrailRecord, isObject, type Json, type JsonObject, valuesAt } from "./record.ts";
import { alone, type Thing } from "./thing.ts";

/** The parameters, and what newer EC2 calls wrap them in. */
export function rootsAt(
  record: CloudTrailRecord,
  place: string,
  { wrappers }: Operation,
): readonly JsonObject[] {
  const parameters = valuesAt(record, [place]).filter(isObject).flatMap(withPairs);
  const inside = wrappers.flatMap((key) => parameters.flatMap((outer) => valuesAt(outer, [key])));
  return [...parameters, ...inside.filter(isObject)];
}

/** Parameters that hold others as pairs: `targets: [{ key: "InstanceIds", values: [...] }]`. */
const pairKeys = /^(?:targets|filters?|filterset)$/;

/** The parameters, and those that stand among them as pairs of a key and values. */
export function withPairs(parameters: JsonObject): readonly JsonObject[] {
  const pairs: { [key: string]: Json[] } = Object.create(null);
  for (const [list, value = null] of Object.entries(parameters)) {
    if (!pairKeys.test(foldCase(list))) continue;
    for (const pair of unwrapped(value).filter(isObject)) {
      const [key] = [...valuesAt(pair, ["key"]), ...valuesAt(pair, ["name"])];
      const values = ["values", "value", "valueSet"].flatMap((one) => valuesAt(pair, [one]));
      if (typeof key !== "string" || values.length === 0) continue;
      const held = values
        .flatMap(unwrapped)
        .flatMap((one) => (isObject(one) ? valuesAt(one, ["value"]) : [one]));
      pairs[key] = [...(pairs[key] ?? []), ...held];
    }
  }
  return Object.keys(pairs).length === 0 ? [parameters] : [parameters, pairs];
}

/** What stands at one path, by whatever names. */
export function namesAt(roots: readonly JsonObject[], path: string): readonly string[] {
  return thingsAt(roots, [path]).flatMap(({ names }) => names);
}

/** Paths to names in one object are names of one thing: `imageIds.imageTag`, `imageIds.imageDigest`. */
export function thingsAt(roots: readonly JsonObject[], paths: readonly string[]): readonly Thing[] {
  const holderOf = (path: string) => path.slice(0, path.lastIndexOf(".") + 1);
  return [...new Set(paths.map(holderOf))].flatMap((holder) => {
    const keys = holder.split(".").slice(0, -1);
    const ends = paths.filter((path) => holderOf(path) === holder);
    const objects = roots.flatMap((root) => valuesAt(root, keys)).filter(isObject);
    return objects.flatMap((object) =>
      thingsIn(
        object,
        ends.map((end) => end.slice(holder.length)),
      ),
    );
  });
}

/** What stands under each key; of `a/b` and `a:b`, what stands under both, joined so. */
function thingsIn(object: JsonObject, ends: readonly string[]): readonly Thing[] {
  const found = ends.map((end) => {
    const [, first = end, join = "", second = ""] = /^(.*)([/:])(.*)$/.exec(end) ?? [];
    const names = namesUnder(object, first);
    if (join === "") return names;
    const held = namesUnder(object, second);
    return names.flatMap((holder) => held.map((name) => `${holder}${join}${name}`));
  });
  const names = found.flat();
  if (names.length === 0) return [];
  return found.every(({ length }) => length <= 1) ? [{ names }] : names.map(alone);
}
