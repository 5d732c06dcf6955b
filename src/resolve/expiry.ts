/**
 * Rules that delete without leaving an event: lifecycles of buckets, times to live of items, retention
 * of log groups.
 */

import {
  type CloudTrailRecord,
  isObject,
  type JsonObject,
  textsAt,
  valuesAt,
} from "../event/record.ts";

/** What a rule deletes, and after how long. */
export interface Expiry {
  readonly kind: "lifecycle" | "time to live" | "retention";
  /** The name of the rule, or of the attribute that holds the time. */
  readonly name?: string;
  /** Of the keys it is for. */
  readonly prefix?: string;
  /** It is for certain tags or sizes only, which no event about an object tells. */
  readonly hasConditions?: true;
  readonly days?: number;
  /** A day on which it deletes, as the log has it. */
  readonly date?: string;
}

/** Calls that set such rules or take them away. */
export const expiryEvents: readonly string[] = [
  ...["PutBucketLifecycle", "PutBucketLifecycleConfiguration", "DeleteBucketLifecycle"],
  ...["UpdateTimeToLive", "PutRetentionPolicy", "DeleteRetentionPolicy"],
];

/**
 * The rules that stand after the call, in place of all before: none after one that takes them away.
 * `key` is that of the object, if it is about one.
 */
export function expiriesIn(record: CloudTrailRecord, key: string | undefined): readonly Expiry[] {
  switch (textsAt(record, "eventName")[0]) {
    case "PutBucketLifecycle":
    case "PutBucketLifecycleConfiguration":
      return lifecycleRules(record).filter(({ prefix = "" }) => key?.startsWith(prefix) ?? true);
    case "UpdateTimeToLive": {
      const at = "requestParameters.timeToLiveSpecification";
      if (!textsAt(record, `${at}.enabled`).includes("true")) return [];
      const [name] = textsAt(record, `${at}.attributeName`);
      return [{ kind: "time to live", ...(name === undefined ? {} : { name }) }];
    }
    case "PutRetentionPolicy": {
      const days = numberIn(textsAt(record, "requestParameters.retentionInDays")[0]);
      return days === undefined ? [] : [{ kind: "retention", days }];
    }
    default:
      return [];
  }
}

function lifecycleRules(record: CloudTrailRecord): readonly Expiry[] {
  return valuesAt(record, ["requestParameters", "LifecycleConfiguration", "Rule"])
    .filter(isObject)
    .flatMap((rule): readonly Expiry[] => {
      const [status = ""] = textsAt(rule, "Status");
      const days = numberIn(textsAt(rule, "Expiration.Days")[0]);
      const [date] = textsAt(rule, "Expiration.Date");
      if (status.toLowerCase() !== "enabled" || (days === undefined && date === undefined))
        return [];
      const [name] = textsAt(rule, "ID");
      const [prefix] = ["Filter.Prefix", "Filter.And.Prefix", "Prefix"].flatMap((path) =>
        textsAt(rule, path),
      );
      return [
        {
          kind: "lifecycle",
          ...(name === undefined ? {} : { name }),
          ...(prefix === undefined ? {} : { prefix }),
          ...(hasConditions(rule) && { hasConditions: true }),
          ...(days === undefined ? {} : { days }),
          ...(date === undefined ? {} : { date }),
        },
      ];
    });
}

function hasConditions(rule: JsonObject): boolean {
  return [
    ...["Filter.Tag", "Filter.And.Tag", "Filter.ObjectSizeGreaterThan"],
    ...["Filter.ObjectSizeLessThan", "Filter.And.ObjectSizeGreaterThan"],
    "Filter.And.ObjectSizeLessThan",
  ].some((path) => textsAt(rule, path).length > 0);
}

function numberIn(text: string | undefined): number | undefined {
  const number = Number(text ?? Number.NaN);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}
