/**
 * What is read of an event to link sessions, once for all that links them.
 */

import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { timeOf } from "../event/time.ts";
import { type FoundEvent, sketchOf } from "../query/query.ts";
import { type Credentials, credentialsUsedBy, issuedBy } from "./issuers.ts";

/** What is read of an event to link it, so that its record need not stay at hand. */
export interface ReadCall {
  readonly event: FoundEvent;
  readonly id: string;
  readonly issued: ReturnType<typeof issuedBy>;
  readonly used: Credentials;
  readonly time: number | undefined;
  /** Of a call that another account may have logged, too. */
  readonly shared: Shared | undefined;
  /** See `outsider`. */
  readonly outsider: string | undefined;
}

interface Shared {
  /** `sharedEventID`. */
  readonly id: string;
  readonly account: string | undefined;
  /** At `sharedPaths`. */
  readonly values: readonly (string | undefined)[];
}

export function readCall(event: FoundEvent): ReadCall {
  const record = sketchOf(event);
  const first = (path: string) => textsAt(record, path)[0];
  const id = first("sharedEventID");
  return {
    event,
    id: idOf(event, record),
    issued: issuedBy(record),
    used: credentialsUsedBy(record),
    time: timeOf(record),
    shared:
      id === undefined
        ? undefined
        : { id, account: first("recipientAccountId"), values: sharedPaths.map(first) },
    outsider: outsider(record),
  };
}

/** The id that is all that an account knows of a caller from another one. */
export function outsider(record: CloudTrailRecord): string | undefined {
  const isOutside = textsAt(record, "userIdentity.type").includes("AWSAccount");
  return isOutside ? textsAt(record, "userIdentity.principalId")[0] : undefined;
}

/** What copies of a call have in common. */
export const sharedPaths = [
  "eventName",
  "eventSource",
  "responseElements.credentials.accessKeyId",
  "responseElements.assumedRoleUser.arn",
] as const;

/** The eventID, or the place of a record without one. */
export function idOf(event: FoundEvent, record = sketchOf(event)): string {
  return textsAt(record, "eventID")[0] ?? event.id;
}
