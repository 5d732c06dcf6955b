/**
 * What came of a call: success, denied, failed, or a dry run that was never meant to do anything.
 *
 * CloudTrail says so in three places that services use as they like: an error code, a message
 * without a code, and for sign-ins only a word under the name of the event. A code decides
 * alone: "Access denied" in the message of a configuration error tells of the configuration.
 */

import { fields } from "./fields.ts";
import { type CloudTrailRecord, textsAt } from "./record.ts";

export const outcomes = ["success", "denied", "failed", "dry-run"] as const;
export type Outcome = (typeof outcomes)[number];

export function outcomeOf(record: CloudTrailRecord): Outcome {
  const texts = fields.outcome.sources.map(({ path }) => textsAt(record, path)[0]);
  return outcomeOfCall(...texts);
}

/** From the values of the sources of the field `outcome`, in their order. */
export function outcomeOfCall(
  errorCode?: string,
  errorMessage?: string,
  ...signIns: readonly (string | undefined)[]
): Outcome {
  if (errorCode) {
    const code = errorCode.replace(errorDressing, "").toLowerCase();
    if (code === "dryrunoperation") return "dry-run";
    return denials.test(code) ? "denied" : "failed";
  }
  if (errorMessage) return denialMessage.test(errorMessage) ? "denied" : "failed";
  return signIns.some((word) => word?.toLowerCase() === "failure") ? "failed" : "success";
}

/** What the same code wears in one service and not in the next. */
const errorDressing = /^(?:Client|Server)\.|(?:Exception|Fault)$/gi;

const denials = new RegExp(
  [
    "accessdenied$",
    "unauthorizedoperation$",
    "forbidden",
    "^notauthorized",
    "^unauthorized(?:access)?$",
    "^authorizationerror$",
    "^authfailure$",
    "^invalidaccess$",
  ].join("|"),
);

/** Only how it begins: the rest of a message can quote whatever the caller sent. */
const denialMessage =
  /^(?:access denied|you are not authorized to perform|user: \S+ is not authorized to perform)/i;
