/**
 * YAML to nodes with their places, within limits: a file of rules may come from anywhere.
 *
 * YAML 1.2 as the package `yaml` reads it, with doubled keys refused. Aliases and merged keys (`<<`) are
 * followed here, so that they count towards the size of a file; tags are refused.
 */

import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Node as YamlNode,
} from "yaml";
import { type Entry, fail, itemsOf, Mistake, type Node, type Placed } from "./node.ts";
import type { Complaint, Place } from "./rule.ts";

/** Of one file. */
const limits = { bytes: 1024 * 1024, nodes: 10_000, depth: 64 } as const;

export interface Documents {
  readonly documents: readonly Node[];
  readonly mistakes: readonly Complaint[];
}

/** The documents of a file that are read without a mistake. `file` is as the user would name it. */
export function readYaml(file: string, text: string): Documents {
  if (Buffer.byteLength(text) > limits.bytes) {
    const place: Place = { file, line: 1, column: 1 };
    const problem = `larger than the ${limits.bytes / 1024 / 1024} MB that a file of rules may have`;
    return { documents: [], mistakes: [{ place, problem, excerpt: "" }] };
  }
  const lines = new LineCounter();
  const reader = new Reader(file, text, lines);
  const documents: Node[] = [];
  const mistakes: Complaint[] = [];
  for (const document of parsed(text, lines)) {
    try {
      const root = reader.document(document);
      if (root !== undefined) documents.push(root);
    } catch (thrown) {
      if (!(thrown instanceof Mistake)) throw thrown;
      mistakes.push(thrown.complaint);
    }
  }
  return { documents, mistakes };
}

function parsed(text: string, lineCounter: LineCounter): readonly Document[] {
  return parseAllDocuments(text, {
    lineCounter,
    prettyErrors: false,
    // All scalars are texts.
    schema: "failsafe",
    // The package compares each key with each other; a map of a file's size would take minutes.
    uniqueKeys: false,
    logLevel: "silent",
  }) as readonly Document[];
}

/** Where in the document a node stands. */
interface Inside {
  readonly document: Document;
  readonly depth: number;
  /** Anchors of what it is part of. */
  readonly anchors: readonly string[];
  /** Where it is to be looked for if it is nothing. */
  readonly offset: number;
}

class Reader {
  readonly #file: string;
  readonly #excerpts: readonly string[];
  readonly #lines: LineCounter;
  #nodes = 0;

  constructor(file: string, text: string, lines: LineCounter) {
    this.#file = file;
    this.#excerpts = text.split(/\r\n|\r|\n/);
    this.#lines = lines;
  }

  /** Undefined for an empty document. */
  document(document: Document): Node | undefined {
    const [error] = document.errors;
    if (error !== undefined)
      fail(this.#placed(error.pos[0]), `not YAML: ${inWords(error.message)}`);
    const { contents } = document;
    if (contents === null || (isScalar(contents) && contents.source === "")) {
      return undefined;
    }
    return this.#read(contents, { document, depth: 0, anchors: [], offset: 0 });
  }

  #read(node: YamlNode | null, inside: Inside): Node {
    const placed = this.#placed(node?.range?.[0] ?? inside.offset);
    this.#nodes += 1;
    if (this.#nodes > limits.nodes) {
      fail(placed, `more than the ${limits.nodes} values that a file may have with its aliases`);
    }
    if (inside.depth > limits.depth) fail(placed, `nested more than ${limits.depth} deep`);
    if (node === null) return { kind: "null", ...placed };
    const deeper = { ...inside, depth: inside.depth + 1 };
    if (isAlias(node))
      return this.#read(this.#anchored(node, inside, placed), {
        ...deeper,
        anchors: [...inside.anchors, node.source],
      });
    if (node.tag !== undefined) fail(placed, `a tag (${node.tag}) means nothing in a rule`);
    if (isSeq<YamlNode | null>(node)) {
      return { kind: "list", ...placed, items: node.items.map((item) => this.#read(item, deeper)) };
    }
    if (isMap<YamlNode, YamlNode | null>(node)) {
      const entries = node.items.map(({ key, value }): Entry => {
        const name = this.#read(key, deeper);
        if (name.kind !== "text") return fail(name, "a key has to be a text");
        const offset = key.range?.[1] ?? inside.offset;
        return { key: name, value: this.#read(value, { ...deeper, offset }) };
      });
      return { kind: "map", ...placed, entries: merged(entries) };
    }
    if (!isScalar(node)) return fail(placed, "expected a text, a list or keys and values");
    const isPlain = node.type === "PLAIN";
    const text = String(node.value);
    return isPlain && nothing.test(text)
      ? { kind: "null", ...placed }
      : { kind: "text", ...placed, text, isPlain };
  }

  #anchored(
    alias: { readonly source: string; resolve(document: Document): YamlNode | undefined },
    { document, anchors }: Inside,
    placed: Placed,
  ): YamlNode {
    const target = anchors.includes(alias.source) ? undefined : alias.resolve(document);
    return target ?? fail(placed, `the alias *${alias.source} stands for nothing known here`);
  }

  #placed(offset: number): Placed {
    const { line, col } = this.#lines.linePos(offset);
    const at = { file: this.#file, line: Math.max(line, 1), column: Math.max(col, 1) };
    return { at, excerpt: this.#excerpts[at.line - 1] ?? "" };
  }
}

/** What YAML 1.2 reads as nothing. */
const nothing = /^(?:|~|null|Null|NULL)$/;

/** With what `<<` brings in: what stands there itself goes before it, the first of several before others. */
function merged(entries: readonly Entry[]): readonly Entry[] {
  const own = new Map<string, Entry>();
  for (const entry of entries) {
    const { text } = entry.key;
    if (own.has(text)) fail(entry.key, `the key "${text}" stands twice`);
    own.set(text, entry);
  }
  const brought = own.get("<<");
  if (brought === undefined) return entries;
  own.delete("<<");
  for (const map of itemsOf(brought.value)) {
    if (map.kind !== "map") fail(brought.key, "<< brings in keys and values, or a list of such");
    for (const entry of map.entries) {
      if (!own.has(entry.key.text)) own.set(entry.key.text, entry);
    }
  }
  return [...own.values()];
}

/** The first sentence of what the package says. */
function inWords(message: string): string {
  if (message.includes("call stack")) return "it is nested too deep";
  const [first = ""] = message.split("\n");
  return first.charAt(0).toLowerCase() + first.slice(1);
}
