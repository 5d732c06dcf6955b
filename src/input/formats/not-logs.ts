/**
 * What stands beside CloudTrail logs in real folders and is none: digests, AWS Config snapshots,
 * notifications, notes. Named so that the user can tell a stray file from a lost one.
 */

import type { Format, NotLog } from "./format.ts";

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
  recognise({ kind, keys }): NotLog {
    if (kind === "other") return { kind: "not a log", what: "text that is no JSON log" };
    if (kind === "array") return { kind: "not a log", what: "a JSON array of something else" };
    const names = new Set(keys.map(({ name }) => name));
    const known = markers.find(([key]) => names.has(key));
    return { kind: "not a log", what: known?.[1] ?? "JSON of another kind" };
  },
};
