/**
 * What is kept of the events that break rules, or may: as much as findings are made of, for there may be
 * hundreds of thousands of them.
 */

import { describeIdentity } from "../../event/identity.ts";
import { type CloudTrailRecord, textOf } from "../../event/record.ts";
import { primaryTargets } from "../../event/targets.ts";
import { timeOf } from "../../event/time.ts";
import { valuesOf } from "../../event/values.ts";
import type { FoundEvent } from "../../query/query.ts";
import type { EventPlace } from "../../query/report.ts";
import { callOf } from "../../words/event-words.ts";
import { listed } from "../../words/sentences.ts";

/** Somebody's credentials, as the record has them. */
export interface Caller {
  /** One of the caller's events. */
  readonly event: FoundEvent;
  /** As logged. */
  readonly guise: string;
}

export interface Deed {
  readonly caller: Caller;
  readonly call: string;
  readonly target: string | undefined;
  readonly time: number | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly place: EventPlace;
}

/** Reads deeds of events; callers with the same credentials are one object. */
export class DeedReader {
  readonly #callers = new Map<string, Caller>();

  get callers(): readonly Caller[] {
    return [...this.#callers.values()];
  }

  deed(event: FoundEvent): Deed {
    const { record, source } = event;
    const targets = primaryTargets(record);
    const [eventID] = valuesOf("eventID", record);
    return {
      caller: this.caller(event),
      call: callOf(record),
      target: targets.length === 0 ? undefined : listed(targets),
      time: timeOf(record),
      account: valuesOf("recipientAccountId", record)[0],
      region: valuesOf("awsRegion", record)[0],
      place: { eventID, origin: source.origin, offset: source.offset },
    };
  }

  caller(event: FoundEvent): Caller {
    const key = callerKey(event.record);
    const known = this.#callers.get(key);
    if (known !== undefined) return known;
    const caller = { event, guise: describeIdentity(event.record).name };
    this.#callers.set(key, caller);
    return caller;
  }
}

/** A caller from another account is known by the copy that the call has there. */
function callerKey({ userIdentity = null, sharedEventID = null }: CloudTrailRecord): string {
  return textOf([userIdentity, sharedEventID]);
}
