/**
 * The top-level keys by which a CloudTrail record is known from other JSON.
 */

const eventKeys: ReadonlySet<string> = new Set([
  "eventVersion",
  "eventTime",
  "eventSource",
  "eventName",
  "eventID",
  "userIdentity",
  "eventType",
  "sourceIPAddress",
]);

/** Records of other services that share some of those keys have one of these. */
const foreignKeys: ReadonlySet<string> = new Set([
  "s3",
  "Sns",
  "dynamodb",
  "kinesis",
  "ses",
  "messageId",
]);

/** How many keys speak for a CloudTrail record; none once one speaks against it. */
export function eventKeysAmong(keys: readonly string[]): number {
  if (keys.some((key) => foreignKeys.has(key))) return 0;
  return keys.filter((key) => eventKeys.has(key)).length;
}
