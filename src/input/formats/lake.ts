/**
 * Results of CloudTrail Lake queries: rows whose column `eventJson` is the event, or whose columns make
 * one up (`tables.ts`).
 */

import type { Format } from "./format.ts";
import { type Opening, readOpening } from "./opening.ts";
import { documentsUnder, wrappedAt } from "./wrapping.ts";

const what = "the result of a CloudTrail Lake query";

export const lake: Format = {
  name: "CloudTrail Lake",
  envelopes: ["QueryResultRows"],
  recognise(opening) {
    const { kind, bytes, at } = opening;
    if (kind === "array") {
      const isRow = readOpening(bytes, at + 1)?.keys.length === 1 && namesEvents(opening);
      return isRow ? { kind: "documents", what, at: at + 1 } : undefined;
    }
    return (
      documentsUnder("QueryResultRows", what, opening, (first) => first.kind === "array") ??
      wrappedAt(["eventJson"], what, opening) ??
      wrappedAt(["eventjson"], what, opening)
    );
  },
};

/** Some column among the first rows is the event. */
function namesEvents({ bytes, at }: Opening): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf('"eventJson"', at) >= 0;
}
