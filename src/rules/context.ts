/**
 * What whoever reads a rule needs beside the file: where doubts go, and what takes more than a look.
 */

import { classOf } from "../event/verb-classes.ts";
import { fail, type Placed, type TextNode } from "./node.ts";

export interface Context {
  /** Notes what is no mistake but hardly meant so. */
  warn(node: Placed, problem: string): void;
  /** What is wrong with a regular expression. */
  regexFault(source: string): string | undefined;
}

export function checkRegex({ regexFault }: Context, node: TextNode, source = node.text): string {
  const fault = regexFault(source);
  if (fault === undefined) return source;
  return fail(
    node,
    `the regular expression cannot be used: ${fault}. The syntax is RE2's, without look-around and ` +
      "back-references",
  );
}

/** Names with wildcards may be anything. */
export function checkEventName({ warn }: Context, node: TextNode, name = node.text): void {
  if (/[*?]/.test(name) || classOf(name) !== undefined) return;
  warn(node, `no event that is known here is called "${name}": is it an IAM action's name?`);
}
