/**
 * A file of rules as it is written: texts, lists and maps, each with its place. Scalars stay as they
 * are written, so that an account keeps its zeros and `no` is a word.
 */

import { distanceTo } from "../event/likeness.ts";
import type { Complaint, Place } from "./rule.ts";

export type Node = TextNode | NullNode | ListNode | MapNode;

export interface Placed {
  readonly at: Place;
  /** The line that it begins in. */
  readonly excerpt: string;
}

export interface TextNode extends Placed {
  readonly kind: "text";
  readonly text: string;
  /** Without quotes and on one line: `true` may be meant as a truth, `5` as a number. */
  readonly isPlain: boolean;
}

interface NullNode extends Placed {
  readonly kind: "null";
}

interface ListNode extends Placed {
  readonly kind: "list";
  readonly items: readonly Node[];
}

export interface MapNode extends Placed {
  readonly kind: "map";
  /** In the order of the file; no key stands twice. */
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: TextNode;
  readonly value: Node;
}

/** What is wrong with a rule, thrown by whoever reads it and caught once for each rule. */
export class Mistake extends Error {
  override readonly name = "Mistake";
  readonly complaint: Complaint;

  constructor(complaint: Complaint) {
    super(complaint.problem);
    this.complaint = complaint;
  }
}

export function complaintAt({ at, excerpt }: Placed, problem: string): Complaint {
  return { place: at, problem, excerpt };
}

/**
 * The place of a part of a text, which begins `from` characters into it; where quotes or line breaks may
 * shift it, the place of the whole.
 */
export function partOf({ at, excerpt, isPlain }: TextNode, from: number): Placed {
  return isPlain ? { at: { ...at, column: at.column + from }, excerpt } : { at, excerpt };
}

export function fail(node: Placed, problem: string): never {
  throw new Mistake(complaintAt(node, problem));
}

const kinds: Readonly<Record<Node["kind"], string>> = {
  text: "a text",
  null: "nothing",
  list: "a list",
  map: "keys and values",
};

export function textOf(node: Node, what: string): string {
  if (node.kind === "text") return node.text;
  return fail(node, `${what}: expected a text, not ${kinds[node.kind]}`);
}

export function mapOf(node: Node, what: string): MapNode {
  if (node.kind === "map") return node;
  return fail(node, `${what}: expected keys and values, not ${kinds[node.kind]}`);
}

/** The items of a list, or what stands in place of one. */
export function itemsOf(node: Node): readonly Node[] {
  return node.kind === "list" ? node.items : [node];
}

/** Texts, or a single one; at least one of them. */
export function textsOf(node: Node, what: string): readonly TextNode[] {
  const items = itemsOf(node);
  if (items.length === 0) return fail(node, `${what}: the list is empty`);
  return items.map((item) =>
    item.kind === "text" ? item : fail(item, `${what}: expected a text, not ${kinds[item.kind]}`),
  );
}

export function valueIn({ entries }: MapNode, key: string): Node | undefined {
  return entries.find((entry) => entry.key.text === key)?.value;
}

/** `true` and `false`, as YAML 1.2 writes them. */
export function truthOf(node: Node, what: string): boolean {
  const text = node.kind === "text" && node.isPlain ? node.text.toLowerCase() : "";
  if (text === "true" || text === "false") return text === "true";
  return fail(node, `${what}: expected true or false`);
}

/** Refuses keys that nobody reads. */
export function knowsOnly(map: MapNode, known: readonly string[], what: string): void {
  for (const { key } of map.entries) {
    if (!known.includes(key.text)) {
      fail(key, `${what} has no key "${key.text}"; ${suggestion(key.text, known)}`);
    }
  }
}

/** `did you mean "forbid"?`, or what there is. */
export function suggestion(written: string, known: readonly string[]): string {
  const near = nearest(written, known);
  return near === undefined ? `there is ${known.join(", ")}` : `did you mean "${near}"?`;
}

export function nearest(written: string, known: readonly string[]): string | undefined {
  const wanted = written.toLowerCase();
  return known
    .flatMap((name) => {
      const distance = distanceTo(wanted, name.toLowerCase());
      return distance === undefined ? [] : [{ name, distance }];
    })
    .sort((a, b) => a.distance - b.distance)[0]?.name;
}

/** One of a few words. */
export function wordOf<W extends string>(node: Node, words: readonly W[], what: string): W {
  const text = textOf(node, what);
  const word = words.find((one) => one === text);
  return word ?? fail(node, `${what}: there is no "${text}"; ${suggestion(text, words)}`);
}
