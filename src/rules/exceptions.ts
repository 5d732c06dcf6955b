/**
 * Exceptions: what breaks a rule and is let pass for a time, with who answers for it. They stand beside
 * the rules, so that whoever accepts something need not change what is forbidden:
 *
 *     exceptions:
 *       - rule: buckets-stay
 *         match: { by: platform-team, resource: "tmp-*" }
 *         reason: the pipeline empties them every night
 *         owner: platform@example.com
 *         expires: 2026-12-31
 *
 * `match` is in the words of the short form, and means what `unless` means in a rule.
 */

import { readFile } from "node:fs/promises";
import { parseMoment } from "../event/time.ts";
import type { Filter } from "../query/filter.ts";
import { preparePatterns, regexReader } from "../query/pattern.ts";
import { UserError } from "../query/user-error.ts";
import type { Context } from "./context.ts";
import {
  complaintAt,
  fail,
  knowsOnly,
  type MapNode,
  Mistake,
  mapOf,
  type Node,
  suggestion,
  textOf,
  valueIn,
} from "./node.ts";
import type { Complaint, Place, Rule } from "./rule.ts";
import { conditionFilter } from "./short/conditions.ts";

/** Read if no file is named, from the working folder and no other, where it is there. */
export const usualExceptions = "trailhound.ignore.yaml";

export interface Exception {
  readonly place: Place;
  /** Id of a rule that is there. */
  readonly rule: string;
  readonly filter: Filter;
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** The last day on which it holds, as written: `2026-12-31`. */
  readonly expires: string;
  /** Epoch milliseconds from which on it holds no more. */
  readonly ends: number;
}

export interface ExceptionSet {
  readonly exceptions: readonly Exception[];
  readonly mistakes: readonly Complaint[];
  readonly warnings: readonly Complaint[];
}

/** `rules`: those that there are; an exception from another is a slip that lets nothing pass. */
export async function loadExceptions(
  paths: readonly string[],
  rules: readonly Rule[],
): Promise<ExceptionSet> {
  const files = await Promise.all(paths.map(fileAt));
  if (paths.length === 0) {
    const text = await readFile(usualExceptions, "utf8").catch(absent);
    if (text !== undefined) files.push({ file: usualExceptions, text });
  }
  return exceptionsIn(files, rules);
}

interface ExceptionFile {
  /** As the user would name it. */
  readonly file: string;
  readonly text: string;
}

async function fileAt(file: string): Promise<ExceptionFile> {
  try {
    return { file, text: await readFile(file, "utf8") };
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

function absent(cause: unknown): undefined {
  if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
  throw unreadable(usualExceptions, cause);
}

function unreadable(file: string, cause: unknown): unknown {
  if (!(cause instanceof Error && "code" in cause)) return cause;
  return new UserError(`--exceptions: cannot read ${file} (${String(cause.code)})`, { cause });
}

async function exceptionsIn(
  files: readonly ExceptionFile[],
  rules: readonly Rule[],
): Promise<ExceptionSet> {
  const exceptions: Exception[] = [];
  const mistakes: Complaint[] = [];
  const warnings: Complaint[] = [];
  if (files.length === 0) return { exceptions, mistakes, warnings };
  const [{ readYaml }, regexFault] = await Promise.all([import("./yaml.ts"), regexReader()]);
  const context: Context = {
    regexFault,
    warn: (node, problem) => warnings.push(complaintAt(node, problem)),
  };
  const take = (read: () => void) => {
    try {
      read();
    } catch (thrown) {
      if (!(thrown instanceof Mistake)) throw thrown;
      mistakes.push(thrown.complaint);
    }
  };
  for (const { file, text } of files) {
    const { documents, mistakes: unread } = readYaml(file, text);
    mistakes.push(...unread);
    for (const document of documents) {
      take(() => {
        for (const item of itemsIn(mapOf(document, "a file of exceptions"))) {
          take(() => exceptions.push(exceptionOf(mapOf(item, "an exception"), rules, context)));
        }
      });
    }
  }
  await Promise.all(exceptions.map(({ filter }) => preparePatterns(filter)));
  return { exceptions, mistakes, warnings };
}

function itemsIn(map: MapNode): readonly Node[] {
  knowsOnly(map, ["exceptions"], "the file");
  const list = valueIn(map, "exceptions");
  if (list?.kind === "list") return list.items;
  return fail(list ?? map, "exceptions: expected a list of exceptions");
}

const keys = ["rule", "match", "reason", "owner", "expires"] as const;

function exceptionOf(map: MapNode, rules: readonly Rule[], context: Context): Exception {
  knowsOnly(map, keys, "an exception");
  const [rule, match, reason, owner, expires] = keys.map((key) => {
    const node = valueIn(map, key);
    return node === undefined || node.kind === "null"
      ? fail(map, `an exception needs ${key}: it has to say ${needs[key]}`)
      : node;
  }) as [Node, Node, Node, Node, Node];
  return {
    place: map.at,
    rule: ruleNamed(rule, rules),
    filter: conditionFilter(match, "match", context),
    reason: saidIn(reason, "reason"),
    owner: saidIn(owner, "owner"),
    ...endOf(expires),
  };
}

const needs: Readonly<Record<(typeof keys)[number], string>> = {
  rule: "from which rule, by its id",
  match: "what it lets pass, in conditions as unless has them",
  reason: "why",
  owner: "who answers for it",
  expires: "the last day on which it holds",
};

function ruleNamed(node: Node, rules: readonly Rule[]): string {
  const text = textOf(node, "rule");
  const rule = rules.find(({ id, name }) => id === text || name === text);
  if (rule !== undefined) return rule.id;
  const ids = rules.map(({ id }) => id);
  const shown = ids.length > mostShown ? [...ids.slice(0, mostShown), "others"] : ids;
  const near = suggestion(text, ids);
  const advice = near.startsWith("did") ? near : `there is ${shown.join(", ")}`;
  return fail(node, `rule: there is no rule "${text}"; ${advice}`);
}

const mostShown = 5;

function saidIn(node: Node, key: string): string {
  const text = textOf(node, key).trim();
  return text === "" ? fail(node, `${key}: says nothing`) : text;
}

function endOf(node: Node): Pick<Exception, "expires" | "ends"> {
  const expires = textOf(node, "expires");
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(expires);
  const day = isDay ? parseMoment(expires, { now: 0 }) : undefined;
  return day === undefined
    ? fail(node, `expires: "${expires}" is no day; give the last on which it holds, as 2026-12-31`)
    : { expires, ends: day + dayMs };
}

const dayMs = 24 * 60 * 60 * 1000;
