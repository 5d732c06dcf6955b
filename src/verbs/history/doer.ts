/**
 * Who made a call, as the sentences of `trailhound history` say it.
 */

import type { CloudTrailRecord } from "../../event/record.ts";
import { doerOf } from "../../words/cause-words.ts";
import { type NameOf, whoOf } from "../../words/event-words.ts";

/** The service's own doing before the caller. */
export function nameOf(record: CloudTrailRecord): string {
  return doerOf(record) ?? whoOf(record);
}

/** The same of an event. */
export const whoDid: NameOf = ({ record }) => nameOf(record);
