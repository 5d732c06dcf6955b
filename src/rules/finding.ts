/**
 * A finding: one rule, broken by one identity on one target, however often. It is the same finding
 * tomorrow: what tells it apart holds no time and no event id.
 */

import { createHash } from "node:crypto";
import type { EventPlace } from "../query/report.ts";
import type { Rule } from "./rule.ts";

export interface Finding {
  readonly rule: Rule;
  readonly who: Actor;
  /** What was acted on, as answers print it; undefined where the events name nothing. */
  readonly target: string | undefined;
  /** How many events. */
  readonly count: number;
  /** Epoch milliseconds; undefined where no event had a readable time. */
  readonly first?: number;
  readonly last?: number;
  /** The finding in words. */
  readonly sentence: string;
  /** One for each event, in the order of time. */
  readonly events: readonly EventPlace[];
  /** The accounts and regions in which it was done, sorted. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/** Whoever is behind the events. */
export interface Actor {
  /** The same for the same identity, in whatever role or session. */
  readonly key: string;
  /** `maria@example.com`, `maria or joe`. */
  readonly name: string;
}

/** Told apart by rule, actor and target alone; 32 hexadecimal digits. */
export function fingerprintOf({ rule, who, target }: Finding): string {
  const told = JSON.stringify([rule.id, who.key, target ?? null]);
  return createHash("sha256").update(told).digest("hex").slice(0, 32);
}
