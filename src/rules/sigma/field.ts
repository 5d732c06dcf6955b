/**
 * Fields of Sigma in CloudTrail's terms: paths into the record, spelled as it spells them. From
 * `sigma-version: 3` on, `[any]`, `[all]`, `[all_or_empty]`, `[none]` and `[N]` behind a key look at the
 * items of a list one by one.
 */

import { recordKeys } from "../../event/record-keys.ts";
import type { Filter, ItemsTaken, Subject } from "../../query/filter.ts";
import type { Context } from "../context.ts";
import { fail, nearest, type TextNode } from "../node.ts";
import type { Placeholders } from "./placeholders.ts";

/** Where in a rule a field is named. */
export interface Scope extends Context {
  readonly placeholders: Placeholders;
  /** Whether the rule declares the version of Sigma that looks at items. */
  readonly hasItems: boolean;
  /** Whether fields are those of an item of a list, and not of the record. */
  readonly isInItem: boolean;
}

export type PathSubject = Extract<Subject, { kind: "path" }>;

export interface FieldIn {
  /** What its values are: the record's, or those of the items of a list. */
  readonly kind: "record" | "items";
  /** The filter that asks of the record what `test` asks of the subject. */
  within(test: (subject: PathSubject) => Filter): Filter;
}

/** `.` is the item itself. */
export function fieldIn(name: string, node: TextNode, scope: Scope): FieldIn {
  if (name === "." && scope.isInItem) {
    return { kind: "record", within: (test) => test({ kind: "path", path: ["item"] }) };
  }
  const written = name.split(".");
  if (written.includes("")) return fail(node, `"${name}" is no path: a key in it is empty`);
  const steps = written.map((step) => stepOf(step, node, scope));
  if (!scope.isInItem) checkKnown(name, node, steps[0]?.key ?? "");
  return {
    kind: steps.some(({ take }) => take !== undefined) ? "items" : "record",
    within: (test) => nested(steps, scope.isInItem ? ["item"] : [], test),
  };
}

/** The path that a name such as `userIdentity.sessionContext.sessionIssuer.userName` is, without items. */
export function subjectOf(name: string, node: TextNode): PathSubject {
  const path = name.split(".");
  if (path.includes("")) return fail(node, `"${name}" is no path: a key in it is empty`);
  checkKnown(name, node, path[0] ?? "");
  return { kind: "path", path };
}

function checkKnown(name: string, node: TextNode, first: string): void {
  if (recordKeys.includes(first)) return;
  const near = nearest(first, recordKeys);
  const meant = near === undefined ? "" : `; did you mean "${near}${name.slice(first.length)}"?`;
  fail(node, `CloudTrail records have no field "${first}"${meant}`);
}

interface Step {
  readonly key: string;
  readonly take: ItemsTaken | undefined;
}

const takes = ["any", "all", "all_or_empty", "none"] as const;

function stepOf(written: string, node: TextNode, { hasItems }: Scope): Step {
  const [, key = "", chosen] = /^([^[]*)\[([^\]]*)\]$/.exec(written) ?? [];
  if (chosen === undefined) return { key: written, take: undefined };
  if (!hasItems) fail(node, `[${chosen}] looks at items of a list only with "sigma-version: 3"`);
  if (key === "") fail(node, `[${chosen}] stands behind no key`);
  const take = /^-?\d{1,9}$/.test(chosen) ? Number(chosen) : takes.find((one) => one === chosen);
  return take === undefined
    ? fail(node, `there is no [${chosen}]; there is [${takes.join("], [")}] and [0], [1], [-1]`)
    : { key, take };
}

function nested(
  steps: readonly Step[],
  before: readonly string[],
  test: (subject: PathSubject) => Filter,
): Filter {
  const at = steps.findIndex(({ take }) => take !== undefined);
  const own = at < 0 ? steps : steps.slice(0, at + 1);
  const path = [...before, ...own.map(({ key }) => key)];
  const take = steps[at]?.take;
  if (take === undefined) return test({ kind: "path", path });
  return { kind: "items", path, take, filter: nested(steps.slice(at + 1), ["item"], test) };
}
