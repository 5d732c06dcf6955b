/**
 * What `trailhound new` found, and when a baseline is too thin to judge by.
 */

import type { Callers } from "./callers.ts";
import type { Aspect, Habit, Support } from "./habits.ts";

/** Below this what is new may just be rare. */
export const thin = { events: 100, lengthMs: 3 * 86_400_000 } as const;

export interface Baseline {
  readonly from?: number;
  readonly until: number;
}

/** All that is told of. */
export interface News {
  readonly callers: Callers;
  readonly window: Baseline;
  /** By identity; of the baseline, and of what came after it. */
  readonly baseline: ReadonlyMap<string, Support>;
  readonly after: ReadonlyMap<string, Support>;
  readonly all: readonly Habit[];
  readonly changes: readonly Habit[];
  /** Identities without a baseline. */
  readonly strangers: readonly string[];
}

export function callsIn(support: News["baseline"]): number {
  return [...support.values()].reduce((sum, { events }) => sum + events, 0);
}

export function isThin(support: Support | undefined): boolean {
  if (support === undefined) return true;
  const { events, first, last } = support;
  return events < thin.events || last - first < thin.lengthMs;
}

export const nouns: { readonly [aspect in Aspect]: readonly [one: string, many: string] } = {
  event: ["call", "calls"],
  region: ["region", "regions"],
  address: ["address", "addresses"],
  agent: ["client", "clients"],
  role: ["role", "roles"],
};
