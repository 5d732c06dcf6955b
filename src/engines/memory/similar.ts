/**
 * What the logs name that resembles a resource nobody found.
 */

import { foldCase } from "../../event/fold-case.ts";
import { distanceTo, ending } from "../../event/likeness.ts";
import { mentionables } from "../../event/mention.ts";
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

/** Names in the events of the store, best first. */
export async function similarNames(
  store: EventStore,
  resource: string,
): Promise<readonly string[]> {
  const asked = foldCase(resource.replace(/[*?]/g, ""));
  const wanted = namesIn(asked).at(-1) ?? "";
  if (wanted.length < shortestName) return [];
  const nearest = new Map<string, Candidate>();
  for await (const candidate of candidates(store)) {
    for (const name of namesIn(candidate.text)) {
      const folded = foldCase(name);
      const distance = folded === asked ? undefined : distanceTo(wanted, folded);
      if (distance !== undefined) nearest.set(name, { ...candidate, distance });
    }
  }
  const best = [...nearest]
    .sort(([a, near], [b, far]) => near.distance - far.distance || byText(a, b))
    .slice(0, suggestions);
  const names: string[] = [];
  for (const [name, { token }] of best) {
    names.push(token === undefined ? name : await asWritten(store, name, token));
  }
  return [...new Set(names)];
}

interface TokenRef {
  readonly segment: number;
  readonly code: number;
}

interface Candidate {
  readonly text: string;
  readonly distance: number;
  /** Where the text comes from, if it is a token and so in lower case. */
  readonly token?: TokenRef;
}

async function* candidates(store: EventStore): AsyncGenerator<Candidate> {
  for (const [index, { tokens }] of store.views.entries()) {
    if (tokens === undefined) {
      const count = Math.min(store.segments[index]?.count ?? 0, eventsTried);
      for (let row = 0; row < count; row += 1) {
        const event = await store.event({ segment: index, row });
        if (event === undefined) continue;
        for (const text of mentionables(event.record)) yield { text, distance: 0 };
      }
      continue;
    }
    const { offsets } = tokens.tokens;
    for (let code = 1; code < offsets.length; code += 1) {
      if ((offsets[code] ?? 0) - (offsets[code - 1] ?? 0) > longestText) continue;
      yield { text: tokenText(tokens.tokens, code), distance: 0, token: { segment: index, code } };
    }
  }
}

/** The name as the log spells it: tokens are kept in lower case. */
async function asWritten(store: EventStore, name: string, { segment, code }: TokenRef) {
  const tokens = store.segments[segment]?.tokens;
  const at = tokens?.codes.indexOf(code) ?? -1;
  const row = tokens?.starts.findLastIndex((start) => start <= at) ?? -1;
  const event = at < 0 ? undefined : await store.event({ segment, row });
  if (event === undefined) return name;
  for (const text of mentionables(event.record)) {
    const written = namesIn(text).find((part) => foldCase(part) === name);
    if (written !== undefined) return written;
  }
  return name;
}

/** What the words of a text may name: themselves, or what an ARN, a path or a URL ends in. No hosts. */
function namesIn(text: string): readonly string[] {
  if (text.length > longestText) return [];
  return text.split(/[\s"'`,;()[\]{}<>]+/).flatMap((word) => {
    if (word.length > longestName || /\.amazonaws\.com(?:\.cn)?$/i.test(word)) return [];
    return ending(word);
  });
}
