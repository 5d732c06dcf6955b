/**
 * What the logs name that resembles a resource nobody found.
 */

import { foldCase } from "../../event/fold-case.ts";
import { distanceTo, ending } from "../../event/likeness.ts";
import { mentionables, mentions } from "../../event/mention.ts";
import { byText } from "../../query/compare.ts";
import type { Filter } from "../../query/filter.ts";
import type { EventStore } from "./event-store.ts";
import { tokenText } from "./mentions.ts";

const suggestions = 5;
/** Anything resembles a text of two letters. */
const shortestName = 3;
/** Longer texts are documents, not names or messages with names in them. */
const longestText = 1024;
const longestName = 256;

/** Events looked at where no tokens were kept. */
const eventsTried = 1000;

/** Selects events that may name something like it. */
export function similarTo(resource: string): Filter {
  const text = `*${resource.replace(/[*?]/g, "")}*`;
  return { kind: "mentions", resource: { text, glob: true } };
}

/** Names in the events of the store, best first: whole ones that differ by case alone, then like endings. */
export async function similarNames(
  store: EventStore,
  resource: string,
): Promise<readonly string[]> {
  const asked = resource.replace(/[*?]/g, "");
  const wanted = namesIn(foldCase(asked)).at(-1) ?? "";
  if (wanted.length < shortestName) return [];
  const inAnyCase = { text: asked, glob: false, ignoreCase: true } as const;
  const spelled = new Set<string>();
  const nearest = new Map<string, number>();
  for await (const text of texts(store)) {
    if (text.length > longestText) continue;
    if (isLike(text, asked) && mentions(inAnyCase, text)) spelled.add(text);
    for (const name of namesIn(text)) {
      const distance = name === asked ? undefined : distanceTo(wanted, foldCase(name));
      if (distance !== undefined) nearest.set(name, distance);
    }
  }
  if (spelled.size > 0) return [...spelled].sort(byText).slice(0, suggestions);
  return [...nearest]
    .sort(([a, near], [b, far]) => near - far || byText(a, b))
    .slice(0, suggestions)
    .map(([name]) => name);
}

/** Whether the text ends in the name, but for the case of its letters: what holds more is something else. */
function isLike(text: string, asked: string): boolean {
  return text.length >= asked.length && foldCase(text.slice(-asked.length)) === foldCase(asked);
}

/** Texts of the records that may name something. */
async function* texts(store: EventStore): AsyncGenerator<string> {
  for (const [index, { tokens }] of store.views.entries()) {
    if (tokens === undefined) {
      const count = Math.min(store.segments[index]?.count ?? 0, eventsTried);
      for (let row = 0; row < count; row += 1) {
        const event = await store.event({ segment: index, row });
        if (event !== undefined) yield* mentionables(event.record);
      }
      continue;
    }
    const { offsets } = tokens.tokens;
    for (let code = 1; code < offsets.length; code += 1) {
      if ((offsets[code] ?? 0) - (offsets[code - 1] ?? 0) > longestText) continue;
      yield tokenText(tokens.tokens, code);
    }
  }
}

/** What the words of a text may name: themselves, or what an ARN, a path or a URL ends in. No hosts. */
function namesIn(text: string): readonly string[] {
  if (text.length > longestText) return [];
  return text.split(/[\s"'`,;()[\]{}<>]+/).flatMap((word) => {
    if (word.length > longestName || /\.amazonaws\.com(?:\.cn)?$/i.test(word)) return [];
    return ending(word);
  });
}
