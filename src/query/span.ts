/**
 * Stretches of time: from the first to the last of some events.
 */

import type { CloudTrailRecord } from "../event/record.ts";
import { timeOf } from "../event/time.ts";

export interface Span {
  /** Epoch milliseconds; absent when no readable time was seen. */
  readonly first?: number;
  readonly last?: number;
}

type Ends = { readonly [end in keyof Span]?: number | undefined };

export function spanOf(record: CloudTrailRecord): Span {
  const time = timeOf(record);
  return time === undefined ? {} : { first: time, last: time };
}

/** From the earlier beginning to the later end; one without a time adds nothing. */
export function joinedSpan(a: Ends, b: Ends): Span {
  const first = Math.min(a.first ?? Number.POSITIVE_INFINITY, b.first ?? Number.POSITIVE_INFINITY);
  const last = Math.max(a.last ?? Number.NEGATIVE_INFINITY, b.last ?? Number.NEGATIVE_INFINITY);
  return {
    ...(Number.isFinite(first) && { first }),
    ...(Number.isFinite(last) && { last }),
  };
}
