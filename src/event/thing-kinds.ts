/**
 * Words for kinds of thing, comparable: in event names, in keys of parameters, in ARNs.
 */

import { foldCase } from "./fold-case.ts";
import { arnParts } from "./resource-names.ts";
import { arnTypes } from "./target-paths.ts";

/** A word for a kind of thing, comparable: `DBInstances`, `db-instance` and `dBInstance` are one. */
export function kindOf(word: string): string {
  return singular(foldCase(word.replace(/[-_ ]/g, "")));
}

/** Of English words, as far as their ends tell. */
export function singular(word: string): string {
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return word.replace(/(?<=ss|ias|x|ch|sh)es$|(?<=[^aisu])s$/, "");
}

const idSuffix = /^(.*?)(?:names?|ids?|arns?|identifiers?|urls?|uuids?)(?:list|set)?$/;

/** The kind of thing that a key gives the name or id of; "" for keys like `name` and `arn`. */
export function stemOf(key: string): string | undefined {
  const stem = idSuffix.exec(foldCase(key))?.[1];
  return stem === undefined ? undefined : kindOf(stem);
}

/** The kinds of thing that paths of the table name. */
export function kindsIn(paths: readonly string[] = []): readonly string[] {
  return paths.flatMap((path) => path.split(/[/.]/)).flatMap((key) => stemOf(key) ?? kindOf(key));
}

/** The kinds of thing that the ARN goes through, outermost first; none for ARNs that do not say. */
export function kindsInArn(arn: string): readonly string[] {
  const [, service = "", resource = ""] = arnParts.exec(arn) ?? [];
  if (service === "s3") return [resource.includes("/") ? "object" : "bucket"];
  const segments = resource.replace(/^\//, "").split(/[/:]/).slice(0, -1);
  const types = Object.hasOwn(arnTypes, service) ? (arnTypes[service] ?? {}) : {};
  return segments.map((type) => kindOf((Object.hasOwn(types, type) && types[type]) || type));
}
