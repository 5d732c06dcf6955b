/**
 * In which role an event names a thing: as what it acts on, or as the whole of which it acts on a part.
 */

import type { ResourcePattern } from "./mention.ts";
import type { Operation } from "./operation.ts";
import { arnParts, bareNames, naming } from "./resource-names.ts";
import { kindOf, kindsInArn, stemOf } from "./thing-kinds.ts";

/** Whether the event acts on the thing itself or on a part of it. */
export type Role = "target" | "whole";

/** Whether a name in this event is that of what the pattern names. */
export function namedBy(
  { text, glob, ignoreCase }: ResourcePattern,
  operation: Operation,
): (name: string) => boolean {
  const names = bareNames(text, operation.service);
  // With its kind before it a name is unmistakable: `alias/orders` for a key.
  const typed = arnParts.exec(text)?.[2];
  const bare = isOfOtherKind(text, operation) ? names.filter((name) => name === typed) : names;
  return naming([text, ...bare], { service: operation.service, glob, ignoreCase });
}

/** The ARN of a role does not name the user of the same name. */
function isOfOtherKind(arn: string, operation: Operation): boolean {
  const kinds = kindsInArn(arn);
  if (kinds.length === 0 || roleOfKinds(kinds, operation) !== undefined) return false;
  const { target, whole } = operation.rowKinds;
  return ![...target, ...whole].some(
    (kind) => /^(?:resource)?$/.test(kind) || kinds.includes(kind),
  );
}

/** What the key names, as its words stand to those of the event. */
export function roleOfKey(key: string, operation: Operation): Role | "unnamed" | undefined {
  const stem = stemOf(key);
  // `domainName` of DeleteDomainName.
  if (operation.noun !== "" && kindOf(key) === operation.noun)
    return operation.attaches ? "whole" : "target";
  if (stem === "") return "unnamed";
  if (stem !== undefined) return roleOfKind(stem, operation);
  // `cluster` and `taskDefinition` without a suffix; anything else might be an option of the call.
  const kind = kindOf(key);
  return kind !== "" && operation.noun.startsWith(kind) ? roleOfKind(kind, operation) : undefined;
}

function roleOfKind(
  kind: string,
  { noun, other, attaches, rowKinds }: Operation,
): Role | undefined {
  if (kind === "") return undefined;
  if (other !== "" && other.endsWith(kind)) return "whole";
  // A copy's `targetDBSnapshotIdentifier`, a renamed instance's `newDBInstanceIdentifier`.
  const isNamed = noun.endsWith(kind.replace(/^new(?=.)/, "")) || `target${noun}` === kind;
  if (noun !== "" && isNamed) return attaches ? "whole" : "target";
  return noun.includes(kind) || rowKinds.whole.includes(kind) ? "whole" : undefined;
}

/** The same of an ARN that goes through several kinds. */
export function roleOfKinds(
  [outermost = "", ...inner]: readonly string[],
  operation: Operation,
): Role | undefined {
  // Below the first, a segment is as likely a name as a type.
  return roleOfKind(inner.includes(operation.noun) ? operation.noun : outermost, operation);
}
