/**
 * Fields of Sigma in CloudTrail's terms: paths into the record, spelled as it spells them.
 */

import { recordKeys } from "../../event/record-keys.ts";
import type { Subject } from "../../query/filter.ts";
import { fail, nearest, type TextNode } from "../node.ts";

/** The path that a name such as `userIdentity.sessionContext.sessionIssuer.userName` is. */
export function subjectOf(name: string, node: TextNode): Subject {
  const path = name.split(".");
  const [first = ""] = path;
  if (path.includes("")) return fail(node, `"${name}" is no path: a key in it is empty`);
  if (recordKeys.includes(first)) return { kind: "path", path };
  const near = nearest(first, recordKeys);
  const meant = near === undefined ? "" : `; did you mean "${[near, ...path.slice(1)].join(".")}"?`;
  return fail(node, `CloudTrail records have no field "${first}"${meant}`);
}
