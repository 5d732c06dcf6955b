/**
 * What a trail delivers: one object with the records in an array, `{"Records":[…]}`.
 *
 * S3 and SNS notifications have the same shape; what their first record holds tells them apart.
 */

import { eventKeysAmong } from "./event-keys.ts";
import type { Format } from "./format.ts";
import { type Opening, readOpening, recordsAt } from "./opening.ts";

const envelope = "Records";

export const records: Format = {
  name: "records",
  envelopes: [envelope],
  recognise({ bytes, keys }) {
    const at = recordsAt(bytes, keys, envelope);
    if (at === undefined) return undefined;
    if (isForeign(readOpening(bytes, at))) {
      return { kind: "not a log", what: "a notification, not the log itself", isUsual: true };
    }
    return { kind: "records", layout: "elements", at, envelope };
  },
};

/** A whole first record without a key of an event. A damaged or cut one may still be an event. */
function isForeign(first: Opening | undefined): boolean {
  if (first?.end === undefined || first.keys.length === 0) return false;
  return eventKeysAmong(first.keys.map(({ name }) => name)) === 0;
}
