/**
 * Splunk's exports: the event as it came is `_raw`, in a row or in the `result` of one.
 */

import type { Format } from "./format.ts";
import { documentsUnder, namesOf, wrappedAt } from "./wrapping.ts";

const what = "a Splunk export";

export const splunk: Format = {
  name: "Splunk",
  envelopes: ["results"],
  recognise: (opening) =>
    documentsUnder("results", what, opening, (first) => namesOf(first).has("_raw")) ??
    wrappedAt(["_raw"], what, opening) ??
    wrappedAt(["result", "_raw"], what, opening),
};
