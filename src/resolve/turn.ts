/**
 * What the story of a resource is made of: turns, the things that they happen to, and their lives.
 */

import type { Effect } from "../event/effect.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { timeOf } from "../event/time.ts";
import type { FoundEvent } from "../query/query.ts";
import type { Change } from "./changes.ts";

/** A successful call that touched the existence or the protection of the thing itself. */
export interface Turn {
  readonly event: FoundEvent;
  readonly effect: Exclude<Effect, { readonly kind: "changed" | "entered" | "none" }>;
  /** False if it was so already: a second deletion that succeeds, stopping what is stopped. */
  readonly moved: boolean;
  /** The settings that it moved, where the call says what to. */
  readonly changes: readonly Change[];
}

/** What tells things of one name apart. */
export interface Thing {
  readonly service: string;
  /** `bucket`, `dbinstance`; "" if no event tells. */
  readonly kind: string;
  readonly account: string;
  readonly region: string;
  /** The name or id, where the question takes in things of several. */
  readonly name: string;
}

export interface Life {
  readonly thing: Thing;
  /** In the order of time; those of one second in an order that can have been. */
  readonly turns: readonly Turn[];
  /** Deletions and the like that were denied or failed while this life lasted. */
  readonly attempts: readonly FoundEvent[];
}

/** Before it is known what the thing had come to. */
export interface Move extends Omit<Turn, "moved"> {
  /** The event itself tells that it found things so already. */
  readonly isIdle: boolean;
}

/** Events without a time come first: nothing tells that they came after anything. */
export function orderOf({ record }: FoundEvent): number {
  return timeOf(record) ?? Number.NEGATIVE_INFINITY;
}

/** A service's own event, which tells that what was asked for earlier has come about. */
export function isByService({ eventType }: CloudTrailRecord): boolean {
  return eventType === "AwsServiceEvent";
}
