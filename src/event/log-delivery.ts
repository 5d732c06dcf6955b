/**
 * Files of logs that a service puts into a bucket, all day long: CloudTrail's own and its digests, those of Config,
 * load balancers and networks.
 */

import { type CloudTrailRecord, textsAt } from "./record.ts";
import { valuesOf } from "./values.ts";

/** All of them write below this folder: AWSLogs/<account>/... */
const logFile = /(?:^|\/)AWSLogs\//;

export function isLogDelivery(record: CloudTrailRecord): boolean {
  return (
    valuesOf("eventName", record)[0] === "PutObject" &&
    valuesOf("identityType", record)[0] === "AWSService" &&
    textsAt(record, "requestParameters.key").some((key) => logFile.test(key))
  );
}
