/**
 * Deletions that take effect only after a waiting time, and the calls that take them back.
 *
 * From one record: whether the time ran out is for other events to say.
 */

import { type CloudTrailRecord, valuesAt } from "./record.ts";
import { withoutVersion } from "./verb-classes.ts";

export interface ScheduledDeletion {
  /** How long it can be undone, where the call says so. */
  readonly days?: number;
}

/** Undefined for all that is gone at once, or is no deletion. */
export function scheduledDeletion(record: CloudTrailRecord): ScheduledDeletion | undefined {
  const parameter = (name: string) => valuesAt(record, ["requestParameters", name])[0];
  switch (nameOf(record)) {
    case "ScheduleKeyDeletion":
      return waiting(parameter("pendingWindowInDays"));
    case "DeleteSecret":
      return parameter("forceDeleteWithoutRecovery") === true
        ? undefined
        : waiting(parameter("recoveryWindowInDays"));
    case "DeleteEventDataStore":
      return {};
    default:
      return undefined;
  }
}

export function cancelsDeletion(record: CloudTrailRecord): boolean {
  return ["CancelKeyDeletion", "RestoreSecret", "RestoreEventDataStore"].includes(nameOf(record));
}

function nameOf({ eventName }: CloudTrailRecord): string {
  return typeof eventName === "string" ? withoutVersion(eventName) : "";
}

function waiting(days: unknown): ScheduledDeletion {
  return typeof days === "number" ? { days } : {};
}
