/**
 * What a record is a record of. Only the lane of calls tells what somebody did, once: what a VPC endpoint
 * saw is the call that its service logs, too, an insight or a sum speaks of many calls at once, and what
 * Lake took in from elsewhere is no call of AWS.
 *
 * Categories and types as in the CloudTrail user guide (record contents, insight details, aggregated
 * events, Lake integrations). An agent's `AwsMcpEvent` is a call: of a tool, beside those that it caused.
 */

import type { CloudTrailRecord } from "./record.ts";
import { valuesOf } from "./values.ts";

interface Lane {
  /** As `eventCategory` spells it. */
  readonly category: string;
  /** Records of before eventVersion 1.07, and of careless exports, tell it by `eventType` alone. */
  readonly types: readonly string[];
  /** Of the record, and of no call's. */
  readonly keys: readonly string[];
}

/** All but the lane of calls. */
export const otherLanes: readonly Lane[] = [
  { category: "NetworkActivity", types: ["AwsVpceEvent", "AwsVpceEvents"], keys: [] },
  { category: "Insight", types: ["AwsCloudTrailInsight"], keys: ["insightDetails"] },
  { category: "Aggregated", types: ["AwsAggregatedEvent"], keys: ["timeWindow", "summary"] },
  { category: "ActivityAuditLog", types: ["ActivityLog"], keys: ["eventData"] },
];

/** The fields that tell, the first with a value that decides. */
export const laneFields = ["eventCategory", "eventType"] as const;

/** The category of the lane; undefined: a call. */
export function laneOf(category: string | undefined, type: string | undefined): string | undefined {
  const lane =
    category === undefined
      ? otherLanes.find(({ types }) => type !== undefined && types.includes(type))
      : otherLanes.find((one) => one.category === category);
  return lane?.category;
}

/** Of a record. */
export function laneOfRecord(record: CloudTrailRecord): string | undefined {
  const [category, type] = laneFields.map((field) => valuesOf(field, record)[0]);
  return laneOf(category, type);
}
