/**
 * Files of rules to rules: Sigma's documents and the short form, whichever a document is.
 *
 * Nothing is passed over in silence: a rule with a mistake is told with its place, and the others are
 * read nevertheless.
 */

import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { regexReader } from "../query/pattern.ts";
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
  valueIn,
} from "./node.ts";
import type { Complaint, ForeignRule, Rule, RuleSet } from "./rule.ts";
import { shortRules } from "./short/form.ts";
import { type CorrelationDocument, correlated } from "./sigma/correlations.ts";
import { isSigma, sigmaDocument } from "./sigma/document.ts";
import { addPlaceholders } from "./sigma/placeholders.ts";
import { filtered, type RuleFilter } from "./sigma/rule-filter.ts";

/** Read if no rules are named, from the working folder and no other. */
export const usualFile = "trailhound.yaml";

/** In place of a file: the rules that come with the program. */
export const builtin = "builtin";

/** Beside the sources as beside the bundle, which the build sees to. */
const packFolder = fileURLToPath(new URL("./pack/", import.meta.url));

/** Files, and folders with all files in them that end in .yml or .yaml. */
export async function loadRules(paths: readonly string[]): Promise<RuleSet> {
  const files = paths.length > 0 ? (await Promise.all(paths.map(filesAt))).flat() : [usualFile];
  if (paths.length === 0 && (await stat(usualFile).catch(() => undefined)) === undefined) {
    throw new UserError(
      `--rules: name files or folders of rules; there is no ${usualFile} in the working folder`,
    );
  }
  const texts = files.map(async (file) => ({ file: nameOf(file), text: await textIn(file) }));
  return rulesIn(await Promise.all(texts));
}

export interface RuleFile {
  /** As the user would name it. */
  readonly file: string;
  readonly text: string;
}

export async function rulesIn(files: readonly RuleFile[]): Promise<RuleSet> {
  // Two large packages, of no use for other questions.
  const [{ readYaml }, regexFault] = await Promise.all([import("./yaml.ts"), regexReader()]);
  const rules: Rule[] = [];
  const mistakes: Complaint[] = [];
  const warnings: Complaint[] = [];
  const foreign: ForeignRule[] = [];
  const placeholders = new Map<string, readonly string[]>();
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
  const maps: MapNode[] = [];
  for (const { file, text } of files) {
    const { documents, mistakes: unread } = readYaml(file, text);
    mistakes.push(...unread);
    for (const document of documents) take(() => maps.push(mapOf(document, "a file of rules")));
  }
  // What rules say may rest on other files.
  const ruleMaps = maps.filter((map) => {
    const own = valueIn(map, "placeholders");
    if (own !== undefined) take(() => addPlaceholders(placeholders, map));
    return own === undefined;
  });
  const filters: RuleFilter[] = [];
  const correlations: CorrelationDocument[] = [];
  const foreignNames = new Set<string>();
  for (const map of ruleMaps) {
    take(() => {
      if (!isSigma(map)) {
        for (const item of shortItems(map)) {
          take(() => rules.push(...shortRules(mapOf(item, "a rule"), context)));
        }
        return;
      }
      const read = sigmaDocument(map, context, placeholders);
      switch (read.kind) {
        case "rule":
          rules.push(read.rule);
          break;
        case "filter":
          filters.push(read.filter);
          break;
        case "correlation":
          correlations.push(read.correlation);
          break;
        case "foreign":
          foreign.push(read.foreign);
          for (const name of read.names) foreignNames.add(name);
      }
    });
  }
  const { rules: single, doubled } = withoutDoubles(rules);
  let whole = single;
  const others = {
    foreign: foreignNames,
    correlations: correlations.map(({ described }) => described),
  };
  for (const filter of filters) {
    take(() => {
      whole = filtered(whole, filter, others);
    });
  }
  const joined = correlated(correlations, { rules: whole, foreign: foreignNames, take });
  const all = withoutDoubles(joined.rules);
  return {
    rules: all.rules,
    mistakes: [...mistakes, ...doubled, ...all.doubled],
    warnings,
    foreign: [...foreign, ...joined.foreign],
  };
}

function shortItems(map: MapNode): readonly Node[] {
  knowsOnly(map, ["rules"], "the file");
  const list = valueIn(map, "rules");
  if (list?.kind === "list") return list.items;
  return fail(list ?? map, "rules: expected a list of rules");
}

/** A finding knows its rule by the id. */
function withoutDoubles(rules: readonly Rule[]): {
  readonly rules: readonly Rule[];
  readonly doubled: readonly Complaint[];
} {
  const known = new Map<string, Rule>();
  const doubled: Complaint[] = [];
  for (const rule of rules) {
    const before = known.get(rule.id);
    if (before === undefined) known.set(rule.id, rule);
    else {
      const { file, line } = before.place;
      const problem = `the id "${rule.id}" is that of the rule in ${file}, line ${line}`;
      doubled.push({ place: rule.place, problem, excerpt: "" });
    }
  }
  return { rules: [...known.values()], doubled };
}

/** More files than anybody writes: a folder of something else was named. */
const mostFiles = 20_000;

/** Whoever reads of a rule need not know where the program lies. */
function nameOf(file: string): string {
  return file.startsWith(packFolder) ? `${builtin}/${basename(file)}` : file;
}

async function filesAt(named: string): Promise<readonly string[]> {
  const path = named === builtin ? packFolder : named;
  const isFolder = (await orUserError(path, () => stat(path))).isDirectory();
  if (!isFolder) return [path];
  const found: string[] = [];
  const folders = [path];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const here = folder;
    const entries = await orUserError(here, () => readdir(here, { withFileTypes: true }));
    for (const entry of entries) {
      if (entry.isDirectory()) folders.push(join(here, entry.name));
      else if (entry.isFile() && /\.ya?ml$/i.test(entry.name)) found.push(join(here, entry.name));
    }
    if (found.length > mostFiles) {
      throw new UserError(`--rules: ${path} holds more than ${mostFiles} files of rules`);
    }
  }
  if (found.length === 0) throw new UserError(`--rules: ${path} holds no .yml or .yaml files`);
  return found.sort();
}

function textIn(file: string): Promise<string> {
  return orUserError(file, () => readFile(file, "utf8"));
}

async function orUserError<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    throw new UserError(`--rules: cannot read ${path} (${String(cause.code)})`, { cause });
  }
}
