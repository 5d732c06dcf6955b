/**
 * Whether a call did what it was to do, or found it done: one judgement for every verb, so that two of
 * them never name two people for one deed.
 */

import { effectOf } from "../event/effect.ts";
import type { FoundEvent } from "../query/query.ts";
import type { Story } from "./life.ts";

/** `did`: the thing was not so before. `found`: it was. Undefined where the story does not tell. */
export type Judgement = "did" | "found" | undefined;

export type Weakening = "weakened" | "strengthened" | "found";

export function judgementsOf({ lives, changes }: Story): (event: FoundEvent) => Judgement {
  const judged = new Map<string, Judgement>();
  // A creation that is no turn found the thing there, or wrote over it; and what was on was not started.
  for (const event of changes) {
    if (/^(?:created|shown)$/.test(effectOf(event.record).kind)) judged.set(event.id, "found");
  }
  // One call may end several things, some of them ended before.
  for (const { event, moved } of lives.flatMap(({ turns }) => turns)) {
    const key = event.id;
    if (judged.get(key) !== "did") judged.set(key, moved ? "did" : "found");
  }
  return (event) => judged.get(event.id);
}

/**
 * What a call did to what protects, records or keeps the thing, as the story has it: `found` if all was so
 * before. Undefined for calls that set nothing of the kind.
 */
export function weakeningsOf({ lives, set }: Story): (event: FoundEvent) => Weakening | undefined {
  const judged = new Map<string, Weakening>();
  for (const [id, changes] of set) {
    if (changes.every(({ is }) => is === "same")) judged.set(id, "found");
  }
  for (const { event, effect } of lives.flatMap(({ turns }) => turns)) {
    const is = /^(?:weakened|hidden)$/.test(effect.kind)
      ? "weakened"
      : /^(?:strengthened|shown)$/.test(effect.kind)
        ? "strengthened"
        : undefined;
    // One call may take and give.
    if (is !== undefined && judged.get(event.id) !== "weakened") judged.set(event.id, is);
  }
  return (event) => judged.get(event.id);
}
