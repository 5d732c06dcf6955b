/**
 * What a question may have left out without the user knowing, for when nothing was found: regions in
 * which global services do not log, and calls that trails do not record unless told to.
 */

import type { Coverage } from "../query/coverage.ts";
import { type Filter, textTests } from "../query/filter.ts";
import { fits } from "../query/pattern.ts";

export function leftOut(filter: Filter, { records, categories }: Coverage): readonly string[] {
  const hints: string[] = [];
  if (records === 0) return hints;
  if (looksAtRegion(filter)) hints.push(otherRegions);
  const lacksData = !categories.some(({ value }) => value === "Data");
  if (lacksData && asksForData(filter)) hints.push(noDataEvents);
  return hints;
}

export const otherRegions =
  "Other regions were left out; IAM, CloudFront and other global services log to us-east-1.";

export const noDataEvents =
  "Calls on objects and items are data events, which trails leave out unless told otherwise; " +
  "these logs show none.";

export function looksAtRegion(filter: Filter): boolean {
  return textTests(filter).some(
    ({ subject }) => subject.kind === "field" && subject.field === "awsRegion",
  );
}

/** The operations of data events that are asked for most. */
const dataEvents: readonly string[] = [
  ...["GetObject", "HeadObject", "PutObject", "CopyObject", "DeleteObject", "DeleteObjects"],
  ...["ListObjects", "ListObjectVersions", "RestoreObject", "UploadPart", "GetObjectAcl"],
  ...["GetItem", "PutItem", "UpdateItem", "DeleteItem", "BatchGetItem", "BatchWriteItem"],
  ...["Query", "Scan", "Invoke", "Publish", "SendMessage", "ReceiveMessage", "DeleteMessage"],
];

function asksForData(filter: Filter): boolean {
  switch (filter.kind) {
    case "every":
    case "some":
      return filter.filters.some(asksForData);
    case "text": {
      const { subject, pattern } = filter;
      const isName = subject.kind === "field" && subject.field === "eventName";
      return isName && dataEvents.some(fits(pattern));
    }
    case "not":
    case "pairs":
    case "address":
    case "time":
    case "compare":
    case "exists":
    case "mentions":
    case "same":
    case "anywhere":
    case "items":
      return false;
  }
}
