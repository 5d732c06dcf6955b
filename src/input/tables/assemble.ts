/**
 * Events put together, field by field, from what another program made of them.
 */

import type { Json } from "../../event/record.ts";

export interface Translated {
  /** As JSON; undefined: nothing of an event was there. */
  readonly text: string | undefined;
  /** What is wrong with it or missing in it. */
  readonly lacks: readonly string[];
}

export interface Assembled {
  [key: string]: Json;
}

/** Without a prototype, since its keys are whatever the logs have. */
export function nothing(): Assembled {
  return Object.create(null);
}

/** What was put first stays: it says all that a later part of it can. */
export function put(record: Assembled, path: readonly string[], value: Json): void {
  let at = record;
  for (const key of path.slice(0, -1)) {
    const next = Object.hasOwn(at, key) ? at[key] : undefined;
    if (next !== undefined && (next === null || typeof next !== "object")) return;
    if (next === undefined) at[key] = nothing();
    at = at[key] as Assembled;
  }
  const last = path.at(-1) ?? "";
  if (!Object.hasOwn(at, last)) at[last] = value;
}

/** A record begins as CloudTrail's do, so that it is told as quickly. */
export function textOf({ eventVersion, ...rest }: Assembled): string {
  return JSON.stringify(eventVersion === undefined ? rest : { eventVersion, ...rest });
}
