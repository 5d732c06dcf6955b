/**
 * What was asked of a record a moment ago: on the way from a call to whoever is behind it the same is asked
 * of one record several times in a row.
 */

import type { CloudTrailRecord } from "./record.ts";

/** The same function, with its last result at hand. */
export function rememberingLast<T>(
  of: (record: CloudTrailRecord) => T,
): (record: CloudTrailRecord) => T {
  let last: { readonly record: CloudTrailRecord; readonly result: T } | undefined;
  return (record) => {
    if (last?.record !== record) last = { record, result: of(record) };
    return last.result;
  };
}
