/**
 * Placeholders: `%administrators%` in a value with the modifier `expand` stands for each text of a list. A
 * document of a file of rules gives the lists:
 *
 *     placeholders:
 *       administrators: [maria, joe]
 */

import {
  fail,
  knowsOnly,
  type MapNode,
  mapOf,
  suggestion,
  type TextNode,
  textsOf,
  valueIn,
} from "../node.ts";

/** What `%name%` stands for, by the name. */
export type Placeholders = ReadonlyMap<string, readonly string[]>;

/** Adds what a document with the key `placeholders` gives. */
export function addPlaceholders(known: Map<string, readonly string[]>, map: MapNode): void {
  knowsOnly(map, ["placeholders"], "a document of placeholders");
  for (const { key, value } of mapOf(valueIn(map, "placeholders") ?? map, "placeholders").entries) {
    if (known.has(key.text)) fail(key, `what %${key.text}% stands for is said twice`);
    known.set(
      key.text,
      textsOf(value, key.text).map(({ text }) => text),
    );
  }
}

/** As many as a value is ever meant to stand for. */
const most = 10_000;

/** The value with each placeholder filled in every way; `\%` is a percent sign. */
export function expanded(node: TextNode, known: Placeholders): readonly string[] {
  let texts: readonly string[] = [""];
  for (const [part, name] of node.text.matchAll(/\\%|%([^%\\]+)%|[^%\\]+|./gs)) {
    const values = name === undefined ? [part === "\\%" ? "%" : part] : filled(name, node, known);
    if (texts.length * values.length > most) {
      fail(node, `its placeholders stand for more than ${most} values`);
    }
    texts = texts.flatMap((text) => values.map((value) => text + value));
  }
  return texts;
}

function filled(name: string, node: TextNode, known: Placeholders): readonly string[] {
  const values = known.get(name);
  if (values !== undefined) return values;
  const names = [...known.keys()];
  const hint =
    names.length === 0
      ? "a document with the key placeholders gives them"
      : suggestion(name, names);
  return fail(node, `nothing says what %${name}% stands for; ${hint}`);
}
