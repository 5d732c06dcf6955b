/**
 * Why `trailhound who` may have found nobody although somebody did it: the resource is spelled
 * otherwise, the question leaves the place out, or such calls are not in these logs at all.
 */

import type { Deed } from "../event/verb-classes.ts";
import type { Filter, ResourcePattern } from "../query/filter.ts";
import type { Engine } from "../query/query.ts";
import { didYouMean } from "./resource.ts";

export interface Absence {
  readonly deed: Deed;
  readonly resource: ResourcePattern;
  /** What else the user asked for. */
  readonly filter: Filter;
  /** How many events mention the resource. */
  readonly seen: number;
}

export async function blindSpots(engine: Engine, absence: Absence): Promise<readonly string[]> {
  const { resource, filter, seen } = absence;
  const hints = seen === 0 ? [...(await didYouMean(engine, resource.text))] : [];
  if (looksAt(filter, "awsRegion")) {
    hints.push(
      "Other regions were left out; IAM, CloudFront and other global services log to us-east-1.",
    );
  }
  if (isDataEvent(absence) && !engine.coverage().categories.some(({ value }) => value === "Data")) {
    hints.push(
      "Calls on objects and items are data events, which trails leave out unless told otherwise; " +
        "these logs show none.",
    );
  }
  return hints;
}

function looksAt(filter: Filter, field: "awsRegion"): boolean {
  switch (filter.kind) {
    case "every":
    case "some":
      return filter.filters.some((part) => looksAt(part, field));
    case "not":
      return looksAt(filter.filter, field);
    case "text":
      return filter.subject.kind === "field" && filter.subject.field === field;
    case "address":
    case "time":
    case "compare":
    case "exists":
    case "mentions":
      return false;
  }
}

/** An object in a bucket, or reading what a bucket or table holds. */
function isDataEvent({ deed, resource: { text } }: Absence): boolean {
  return /^(?:s3:\/\/|arn:[^:]*:s3:::)[^/]+\/./.test(text) || deed.infinitive === "access";
}
