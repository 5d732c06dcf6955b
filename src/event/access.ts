/**
 * Whether a call only reads. The record says so itself since CloudTrail has `readOnly`; on older
 * ones the operation's verb does, and a verb not known to read is taken for a write.
 *
 * CloudTrail calls an AssumeRole read-only: that nothing was written does not mean that nothing
 * was gained.
 */

import type { Json } from "./record.ts";

/** Undefined when the record has neither `readOnly` nor an operation. */
export function isReadOnly(
  readOnly: Json | undefined,
  eventName: string | undefined,
): boolean | undefined {
  if (typeof readOnly === "boolean") return readOnly;
  const said = typeof readOnly === "string" ? readOnly.toLowerCase() : "";
  if (said === "true" || said === "false") return said === "true";
  return eventName ? readingVerbs.has(verbOf(eventName)) : undefined;
}

const readingVerbs: ReadonlySet<string> = new Set([
  "check",
  "describe",
  "estimate",
  "filter",
  "get",
  "head",
  "list",
  "lookup",
  "preview",
  "query",
  "scan",
  "search",
  "select",
  "simulate",
  "test",
  "validate",
]);

/** The first word: `describe` of `DescribeInstances`, `get` of `BatchGetItem`. */
function verbOf(eventName: string): string {
  return /^(?:Batch|Admin)?([A-Za-z][a-z]*)/.exec(eventName)?.[1]?.toLowerCase() ?? "";
}
