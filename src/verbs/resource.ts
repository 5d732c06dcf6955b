/**
 * The resource a question is about, as the user wrote it.
 */

import type { ResourcePattern } from "../query/filter.ts";
import { parsePattern } from "../query/pattern.ts";
import type { Engine } from "../query/query.ts";
import { listed } from "./sentences.ts";

export function resourceNamed(text: string): ResourcePattern {
  const pattern = parsePattern(text);
  return pattern.kind === "glob" ? { text: pattern.glob, glob: true } : { text, glob: false };
}

/** For a resource that no event mentions: what may have been meant. */
export async function didYouMean(engine: Engine, text: string): Promise<readonly string[]> {
  const similar = await engine.similar(text);
  return similar.length === 0 ? [] : [`Did you mean ${listed(similar, 5, "or")}?`];
}
