/**
 * Why `trailhound who` may have found nobody although somebody did it: the resource is spelled
 * otherwise, the question leaves the place out, or such calls are not in these logs at all.
 */

import type { Filter } from "../query/filter.ts";
import type { Engine } from "../query/query.ts";
import { didYouMean } from "./absence.ts";
import type { Findings } from "./who-findings.ts";
import type { Question, Seen } from "./who-sentences.ts";

export async function blindSpots(
  engine: Engine,
  question: Pick<Question, "deed" | "resource" | "filter">,
  { possible }: Findings,
  { total }: Seen,
): Promise<readonly string[]> {
  const isStrange = total === 0 && possible.length === 0;
  const hints = isStrange ? [...(await didYouMean(engine, question.resource.text))] : [];
  if (looksAt(question.filter, "awsRegion")) {
    hints.push(
      "Other regions were left out; IAM, CloudFront and other global services log to us-east-1.",
    );
  }
  if (
    isDataEvent(question) &&
    !engine.coverage().categories.some(({ value }) => value === "Data")
  ) {
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

const uniqueId = /^[a-z]+-[0-9a-f]{8,17}$/i;

/** Anything done to an object in a bucket; reading what may be a bucket or table. */
function isDataEvent({ deed, resource: { text } }: Pick<Question, "deed" | "resource">): boolean {
  const [, service, resource = ""] = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(.*)$/s.exec(text) ?? [];
  if (service === "s3" && resource.includes("/")) return true;
  if (deed.infinitive !== "access") return false;
  return service === undefined ? !uniqueId.test(text) : /^(?:s3|dynamodb)$/.test(service);
}
