/**
 * In which role an event names a thing: as what it acts on, or as the whole of which it acts on a part.
 */

import type { ResourcePattern } from "./mention.ts";
import { arnParts, bareNames, naming } from "./resource-names.ts";
import type { Subject } from "./subject.ts";
import { kindOf, kindsInArn, stemOf } from "./thing-kinds.ts";

/** Whether the event acts on the thing itself or on a part of it. */
export type Role = "target" | "whole";

/** Whether a name in this event is that of what the pattern names. */
export function namedBy(
  { text, glob, ignoreCase }: ResourcePattern,
  subject: Subject,
): (name: string) => boolean {
  const names = bareNames(text, subject.service);
  // With its kind before it a name is unmistakable: `alias/orders` for a key.
  const typed = arnParts.exec(text)?.[2];
  const bare = isOfOtherKind(text, subject) ? names.filter((name) => name === typed) : names;
  return naming([text, ...bare], { service: subject.service, glob, ignoreCase });
}

/** The ARN of a role does not name the user of the same name. */
function isOfOtherKind(arn: string, subject: Subject): boolean {
  const kinds = kindsInArn(arn);
  if (kinds.length === 0 || roleOfKinds(kinds, subject) !== undefined) return false;
  const { target, whole } = subject.rowKinds;
  return ![...target, ...whole].some(
    (kind) => /^(?:resource)?$/.test(kind) || kinds.includes(kind),
  );
}

/** What the key names, as its words stand to those of the event. */
export function roleOfKey(key: string, subject: Subject): Role | "unnamed" | undefined {
  const stem = stemOf(key);
  // `domainName` of DeleteDomainName.
  if (subject.noun !== "" && kindOf(key) === subject.noun)
    return subject.attaches ? "whole" : "target";
  if (stem === "") return "unnamed";
  if (stem !== undefined) return roleOfKind(stem, subject);
  // `cluster` and `taskDefinition` without a suffix; anything else might be an option of the call.
  const kind = kindOf(key);
  return kind !== "" && subject.noun.startsWith(kind) ? roleOfKind(kind, subject) : undefined;
}

function roleOfKind(kind: string, { noun, other, attaches, rowKinds }: Subject): Role | undefined {
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
  subject: Subject,
): Role | undefined {
  // Below the first, a segment is as likely a name as a type.
  return roleOfKind(inner.includes(subject.noun) ? subject.noun : outermost, subject);
}
