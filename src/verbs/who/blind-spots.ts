/**
 * Why `trailhound who` may have found nobody although somebody did it: the resource is spelled
 * otherwise, the question leaves the place out, or such calls are not in these logs at all.
 */

import type { Reading } from "../../query/query.ts";
import { didYouMean } from "../../words/absence.ts";
import { looksAtRegion, noDataEvents, otherRegions } from "../../words/left-out.ts";
import type { Findings } from "./findings.ts";
import type { Question, Seen } from "./question.ts";

export async function blindSpots(
  reading: Reading,
  question: Pick<Question, "deed" | "resource" | "filter">,
  { possible }: Findings,
  { total }: Seen,
): Promise<readonly string[]> {
  const isStrange = total === 0 && possible.length === 0;
  const hints = isStrange ? [...(await didYouMean(reading, question.resource.text))] : [];
  if (looksAtRegion(question.filter)) hints.push(otherRegions);
  if (
    isDataEvent(question) &&
    !reading.coverage().categories.some(({ value }) => value === "Data")
  ) {
    hints.push(noDataEvents);
  }
  return hints;
}

const uniqueId = /^[a-z]+-[0-9a-f]{8,17}$/i;

/** Anything done to an object in a bucket; reading what may be a bucket or table. */
function isDataEvent({ deed, resource: { text } }: Pick<Question, "deed" | "resource">): boolean {
  const [, service, resource = ""] = /^arn:[^:]*:([^:]*):[^:]*:[^:]*:(.*)$/s.exec(text) ?? [];
  if (service === "s3" && resource.includes("/")) return true;
  if (deed.infinitive !== "access") return false;
  return service === undefined ? !uniqueId.test(text) : /^(?:s3|dynamodb)$/.test(service);
}
