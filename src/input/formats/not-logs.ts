/**
 * What stands beside CloudTrail logs in real folders and is none: digests, AWS Config snapshots,
 * notifications, notes. Named so that the user can tell a stray file from a lost one.
 */

import type { Format, NotLog } from "./format.ts";
import { type Opening, skipSpace } from "./opening.ts";

const markers: readonly (readonly [key: string, what: string])[] = [
  ["digestS3Object", "a CloudTrail digest"],
  ["digestEndTime", "a CloudTrail digest"],
  ["configurationItems", "an AWS Config snapshot"],
  ["configSnapshotId", "an AWS Config snapshot"],
  ["resourceIdsPresentInSnapshot", "an AWS Config history"],
  ["CloudTrailEvent", "the output of lookup-events"],
  ["Events", "the output of lookup-events"],
  ["logEvents", "a CloudWatch Logs export"],
  ["detail-type", "an EventBridge event"],
  ["class_uid", "an OCSF event"],
  ["Type", "a notification, not the log itself"],
];

export const notLogs: Format = {
  name: "not logs",
  recognise({ bytes, at, kind, keys }): NotLog {
    const names = new Set(keys.map(({ name }) => name));
    const known = markers.find(([key]) => names.has(key));
    if (known !== undefined) return { kind: "not a log", what: known[1], isUsual: true };
    return { kind: "not a log", what: ordinary(kind, bytes.subarray(at)), isUsual: false };
  },
};

function ordinary(kind: Opening["kind"], bytes: Uint8Array): string {
  if (kind === "object") return "JSON of another kind";
  if (kind === "other") return bytes.includes(0) ? "a binary file" : "text that is no JSON log";
  return bytes[skipSpace(bytes, 1)] === 0x5d
    ? "an empty JSON array"
    : "a JSON array of something else";
}
