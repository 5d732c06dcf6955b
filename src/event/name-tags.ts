/**
 * The names that EC2's resources bear in a tag called `Name`, where a record tells them.
 *
 * Such a name is nobody's own: several resources may have it at once, also of different kinds, and
 * anybody may move it on.
 */

import { foldCase } from "./fold-case.ts";
import { isObject, type Json, type JsonObject, valuesAt } from "./record.ts";

/** The `Name` among the tags beside an id: `{ instanceId, tagSet: { items: [{ key, value }] } }`. */
export function nameTagIn(object: JsonObject): string | undefined {
  const pairs = tagKeys.flatMap((path) => valuesAt(object, path)).filter(isObject);
  return pairs.flatMap((pair) => {
    const isName = valuesAt(pair, ["key"])[0] === "Name";
    return isName ? valuesAt(pair, ["value"]).filter(isText) : [];
  })[0];
}

const tagKeys = [["tagSet", "items"], ["tagSet", "item"], ["tags"], ["Tag"]] as const;

/** The `Name` that a call asks for what it creates of this kind: `instance`, `natgateway`. */
export function nameTagAskedFor(parameters: JsonObject, kind: string): string | undefined {
  const specifications = specificationKeys.flatMap((path) => valuesAt(parameters, path));
  return specifications.filter(isObject).flatMap((specification) => {
    const [type] = valuesAt(specification, ["resourceType"]);
    const isOfKind = isText(type) && isKind(foldCase(type), kind);
    return isOfKind ? (nameTagIn(specification) ?? []) : [];
  })[0];
}

const specificationKeys = [
  ["tagSpecificationSet", "items"],
  ["TagSpecification"],
  ["tagSpecifications"],
] as const;

/** `vpc-flow-log` is what CreateFlowLogs makes, `prefix-list` what CreateManagedPrefixList does. */
function isKind(type: string, kind: string): boolean {
  if (kind === "" || type === "") return false;
  const known = typeKinds.get(type);
  const word = type.replaceAll("-", "");
  return known === undefined ? word.endsWith(kind) || kind.endsWith(word) : known === kind;
}

/** Types of resources in tags whose names share no end with those of the calls that make them. */
const typeKinds: ReadonlyMap<string, string> = new Map([
  ["elastic-ip", "address"],
  ["spot-instances-request", "spotinstance"],
  ["spot-fleet-request", "spotfleet"],
  ["transit-gateway-attachment", "transitgatewayvpcattachment"],
]);

function isText(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "";
}
