/** A reading of an array of records, as if they stood in one file. */

import { eventsAt, plainEngine } from "../../src/engines/plain/index.ts";
import type { CloudTrailRecord } from "../../src/event/record.ts";
import type { Reading } from "../../src/query/query.ts";

export function readingOf(records: readonly CloudTrailRecord[], origin = "events.json"): Reading {
  return plainEngine(eventsAt(origin, records)).reading([]);
}
