/**
 * What stands beside CloudTrail logs in real folders and is none: digests, AWS Config snapshots,
 * notifications, notes. Named so that the user can tell a stray file from a lost one.
 */

import { eventKeysAmong } from "./event-keys.ts";
import type { Format, NotLog } from "./format.ts";
import { type Opening, skipSpace } from "./opening.ts";

export const aDigest = "a CloudTrail digest";

const markers: readonly (readonly [key: string, what: string])[] = [
  ["digestS3Object", aDigest],
  ["digestEndTime", aDigest],
  ["configurationItems", "an AWS Config snapshot"],
  ["configSnapshotId", "an AWS Config snapshot"],
  ["resourceIdsPresentInSnapshot", "an AWS Config history"],
  ["CloudTrailEvent", "the output of lookup-events"],
  ["Events", "the output of lookup-events"],
  ["logEvents", "a CloudWatch Logs export"],
  ["detail-type", "an EventBridge event"],
  ["Type", "a notification, not the log itself"],
];

/** Things of AWS, known by a key. */
export const usualOthers: Format = {
  name: "usual others",
  recognise({ keys }) {
    const names = keys.map(({ name }) => name);
    const known = markers.find(([key]) => names.includes(key));
    if (known === undefined || eventKeysAmong(names) > 0) return undefined;
    return { kind: "not a log", what: known[1], isUsual: true };
  },
};

/** Whatever is left. */
export const others: Format = {
  name: "others",
  recognise({ bytes, at, kind }): NotLog {
    return { kind: "not a log", what: whatIs(kind, bytes.subarray(at)), isUsual: false };
  },
};

function whatIs(kind: Opening["kind"], bytes: Uint8Array): string {
  switch (kind) {
    case "object":
      return "JSON of another kind";
    case "array":
      return isEmptyArray(bytes) ? "an empty JSON array" : "a JSON array of something else";
    case "other":
      return bytes.includes(0) ? "a binary file" : "text that is no JSON log";
  }
}

function isEmptyArray(bytes: Uint8Array): boolean {
  return bytes[skipSpace(bytes, 1)] === 0x5d;
}
