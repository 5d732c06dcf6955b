/**
 * What to say when no event mentions a resource.
 */

import type { Filter } from "../query/filter.ts";
import type { Engine } from "../query/query.ts";
import { listed } from "./sentences.ts";

/** Whether flags leave anything out; `filter` is what the user asked for beside the resource. */
export function isNarrowed(filter: Filter): boolean {
  return filter.kind !== "every" || filter.filters.length > 0;
}

/** `no event mentions`. */
export function unmentioned(filter: Filter, events = "event"): string {
  return `no ${events}${isNarrowed(filter) ? " that the flags let through" : ""} mentions`;
}

export async function didYouMean(engine: Engine, text: string): Promise<readonly string[]> {
  const similar = await engine.similar(text);
  return similar.length === 0 ? [] : [`Did you mean ${listed(similar, 5, "or")}?`];
}
