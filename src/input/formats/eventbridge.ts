/**
 * EventBridge events (`"detail-type": "AWS API Call via CloudTrail"`): the CloudTrail event is their
 * `detail`.
 */

import type { Format } from "./format.ts";
import { namesOf, wrappedAt } from "./wrapping.ts";

export const eventbridge: Format = {
  name: "EventBridge",
  recognise(opening) {
    if (!namesOf(opening).has("detail-type")) return undefined;
    return wrappedAt(["detail"], "an EventBridge event", opening);
  },
};
