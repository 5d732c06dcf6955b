/**
 * What a trail delivers: one object with the records in an array, `{"Records":[…]}`.
 *
 * S3 and SNS notifications have the same shape; what their first record holds tells them apart.
 */

import type { Format } from "./format.ts";
import { looksLikeEvent, type Opening, readOpening } from "./opening.ts";

export const records: Format = {
  name: "records",
  recognise(opening) {
    const { bytes, keys } = opening;
    const key = keys.find(({ name, valueAt }) => name === "Records" && bytes[valueAt] === 0x5b);
    if (key === undefined) return undefined;
    const at = key.valueAt + 1;
    const first = readOpening(bytes, at);
    if (isForeign(first)) return { kind: "not a log", what: "a notification, not the log itself" };
    return { kind: "records", layout: "elements", at };
  },
};

/** A whole first record without the keys of an event. A damaged or cut one may still be an event. */
function isForeign(first: Opening | undefined): boolean {
  return first?.kind === "object" && first.end !== undefined && !looksLikeEvent(first.keys);
}
