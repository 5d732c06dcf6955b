/**
 * What `aws cloudtrail lookup-events` gives: rows around the event as a text, in the array of a page or
 * one a line, as Python clients write them. The event in the text is the truth: the row's time has the
 * offset of whoever asked.
 */

import type { Format } from "./format.ts";
import { documentsUnder, namesOf, wrappedAt } from "./wrapping.ts";

const what = "the output of lookup-events";
const envelope = "Events";

export const lookupEvents: Format = {
  name: "lookup-events",
  envelopes: [envelope],
  recognise(opening) {
    return (
      documentsUnder(envelope, what, opening, (first) => {
        const names = namesOf(first);
        return names.has("CloudTrailEvent") || (names.has("EventId") && names.has("EventName"));
      }) ?? wrappedAt(["CloudTrailEvent"], what, opening)
    );
  },
};
