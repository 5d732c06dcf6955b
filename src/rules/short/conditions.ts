/**
 * Conditions of the short form: keys are the flags of the command line without their hyphens, values what
 * these take. A list means any of its values, different keys all of them.
 */

import { type Field, type FieldName, fieldNames, fields } from "../../event/fields.ts";
import { equals } from "../../query/build.ts";
import type { Filter } from "../../query/filter.ts";
import { parsePattern } from "../../query/pattern.ts";
import { resourceTerm } from "../../query/resource.ts";
import { fieldTerm, joined } from "../../query/term.ts";
import { UserError } from "../../query/user-error.ts";
import { parseWhere } from "../../query/where.ts";
import { type Context, checkEventName } from "../context.ts";
import {
  fail,
  itemsOf,
  knowsOnly,
  mapOf,
  type Node,
  type TextNode,
  textsOf,
  truthOf,
} from "../node.ts";

type Reader = (node: Node, key: string, context: Context) => Filter;

/** `user` is `by` here: it always means whoever is behind the call. */
const named: ReadonlyMap<string, FieldName> = new Map(
  fieldNames.flatMap((field) => {
    const { flag }: Field = fields[field];
    if (flag === undefined || field === "eventID") return [];
    return [[field === "user" ? "by" : flag.long.slice(2), field] as const];
  }),
);

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ...Array.from(named, ([key, field]): [string, Reader] => [key, ofField(field)]),
  ["event", anyText((text, context) => eventFilter(text, context))],
  ["resource", anyText(({ text }) => resourceTerm(text))],
  ["where", anyText((node) => orMistake(node, () => parseWhere(node.text)))],
  ["writes", (node, key) => equals("readOnly", String(!truthOf(node, key)))],
]);

export const conditionKeys: readonly string[] = [...readers.keys()];

/** Keys and values, which hold together, or a list of such, of which any does. */
export function conditionFilter(node: Node, what: string, context: Context): Filter {
  const maps = itemsOf(node).map((item) => mapOf(item, what));
  const filters = maps.map((map) => {
    if (map.entries.length === 0) fail(map, `${what}: says nothing`);
    knowsOnly(map, conditionKeys, what);
    return joined(
      "every",
      map.entries.flatMap(
        ({ key, value }) => readers.get(key.text)?.(value, key.text, context) ?? [],
      ),
    );
  });
  return filters.length === 0 ? fail(node, `${what}: the list is empty`) : joined("some", filters);
}

/** `StopLogging`, `s3:Delete*`: the service may stand before the event. */
export function eventFilter(node: TextNode, context: Context): Filter {
  const [, service, name = node.text] = /^([^:]+):(.+)$/s.exec(node.text) ?? [];
  checkEventName(context, node, name);
  const event = term("eventName", name, node);
  return service === undefined
    ? event
    : joined("every", [term("eventSource", service, node), event]);
}

function ofField(field: FieldName): Reader {
  return anyText((node) => term(field, node.text, node));
}

function anyText(filterOf: (node: TextNode, context: Context) => Filter): Reader {
  return (node, key, context) =>
    joined(
      "some",
      textsOf(node, key).map((text) => filterOf(text, context)),
    );
}

function term(field: FieldName, text: string, node: TextNode): Filter {
  if (text === "") fail(node, "an empty text names nothing");
  return fieldTerm(field, text, {
    toPattern: parsePattern,
    reject: (problem) => fail(node, problem),
  });
}

/** What the language of questions says of a text, at the place of the text. */
function orMistake<T>(node: TextNode, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [problem = ""] = error.message.split("\n");
    return fail(node, problem.replace(/^--where: /, "where: "));
  }
}
