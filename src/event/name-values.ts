/**
 * Values in records as names, without the lists that services wrap around them.
 */

import { isObject, type Json, type JsonObject, valuesAt } from "./record.ts";

/** What stands under the key; the keys themselves under `*`. */
export function namesUnder(object: JsonObject, key: string): readonly string[] {
  if (key === "*") return Object.keys(object);
  return valuesAt(object, [key]).flatMap(unwrapped).flatMap(namesIn);
}

const listKeys = ["items", "item", "member", "content"] as const;

/** The value without lists around it, in any of the forms that services write lists in. */
export function unwrapped(value: Json): readonly Json[] {
  const found: Json[] = [];
  const pending: Json[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (Array.isArray(next)) for (const item of next.toReversed()) pending.push(item);
    else if (isObject(next)) {
      const object = next;
      const key = listKeys.find((name) => Object.hasOwn(object, name));
      if (key === undefined) found.push(object);
      else pending.push(object[key] ?? null);
    } else found.push(next);
  }
  return found;
}

/** Longer than any ARN or key of an object may be. */
const longestName = 2048;

/** A value as a name, if it can be one: documents and AWS's masks stand under such keys too. */
export function namesIn(value: Json): readonly string[] {
  if (typeof value === "number") return [String(value)];
  if (typeof value !== "string" || value.length > longestName) return [];
  if (/^(?:\s*[{[<].*|HIDDEN_DUE_TO_SECURITY_REASONS|)$/s.test(value)) return [];
  // EKS and Connect log ARNs as they stood in the URL.
  return [/^arn%3a/i.test(value) ? value.replace(/%3a/gi, ":").replace(/%2f/gi, "/") : value];
}
