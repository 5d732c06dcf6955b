/**
 * Documents of Elasticsearch and OpenSearch: the event as it came is `event.original`. Without it, what
 * is left are fields of Elastic's own.
 */

import type { Format } from "./format.ts";
import { type Opening, readKeys, readOpening, recordsAt } from "./opening.ts";
import { keyAt, wrappedAt } from "./wrapping.ts";

const what = "an export of Elasticsearch";
const withoutOriginal =
  "a CloudTrail event in Elastic's fields, which are not read; export the field event.original, too";

/** Where the event as it came may stand, from a search's hit and from the document itself. */
const originals: readonly (readonly string[])[] = [
  ["event", "original"],
  ["event.original"],
  ["_source", "event", "original"],
  ["_source", "event.original"],
];
const mapped: readonly (readonly string[])[] = [
  ["aws", "cloudtrail"],
  ["_source", "aws", "cloudtrail"],
];

export const elastic: Format = {
  name: "Elastic",
  recognise(opening) {
    const hits = hitsAt(opening);
    if (hits !== undefined) return { kind: "documents", what, at: hits, envelope: "hits" };
    for (const path of originals) {
      const wrapped = wrappedAt(path, what, opening);
      if (wrapped !== undefined) return wrapped;
    }
    if (!mapped.some((path) => keyAt(path, opening) !== undefined)) return undefined;
    return { kind: "unread", reason: withoutOriginal, isAll: false };
  },
};

/** `{"hits":{"hits":[…]}}` */
function hitsAt({ bytes, keys }: Opening): number | undefined {
  const outer = keys.find(({ name }) => name === "hits");
  if (outer === undefined || bytes[outer.valueAt] !== 0x7b) return undefined;
  const inner = readKeys(bytes, outer.valueAt + 1, new Set(["hits"]));
  const at = recordsAt(bytes, inner.keys, "hits");
  return at !== undefined && readOpening(bytes, at)?.kind === "object" ? at : undefined;
}
