/**
 * Which agent made a call for somebody, through the server that AWS runs for agents.
 *
 * The call itself has the person's identity and the server's name for everything else. The agent's own
 * name stands on its tool calls, and each of these lists the requests that it caused.
 */

import { describeClient } from "../event/client.ts";
import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { timeOf } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import { isMcp } from "../event/via.ts";
import { during, equals, every, some } from "../query/build.ts";
import { eventsOf } from "../query/found.ts";
import type { FoundEvent, Reading } from "../query/query.ts";

export interface Agent {
  /** What it calls itself: a hint, no proof; undefined where no tool call is in the logs. */
  readonly name?: string;
  /** The tool call that lists this very request. */
  readonly toolCall?: FoundEvent;
}

/** Between a tool call and the last request that it causes. */
const longestCallMs = 15 * 60_000;

/** Undefined for a call that no agent made. */
export async function agentOf(reading: Reading, event: FoundEvent): Promise<Agent | undefined> {
  const { record } = event;
  if (isToolCall(record)) return { ...named(record), toolCall: event };
  if (!textsAt(record, "userIdentity.invokedBy").some(isMcp)) return undefined;
  const [signIn] = valuesOf("signInSession", record);
  const time = timeOf(record);
  const filter = every([
    equals("eventType", "AwsMcpEvent"),
    some([
      ...(signIn === undefined ? [] : [equals("signInSession", signIn)]),
      ...(time === undefined
        ? []
        : [during({ from: time - longestCallMs, until: time + longestCallMs })]),
    ]),
  ]);
  const calls = await eventsOf(reading, { filter });
  const [requestID] = textsAt(record, "requestID");
  const toolCall = calls.find((call) => causedBy(call.record).includes(requestID ?? "?"));
  if (toolCall !== undefined) return { ...named(toolCall.record), toolCall };
  // Nobody else acts in that sign-in.
  const names = new Set(
    calls
      .filter(
        (call) => signIn !== undefined && valuesOf("signInSession", call.record)[0] === signIn,
      )
      .flatMap((call) => named(call.record).name ?? []),
  );
  const [name, ...others] = names;
  return name === undefined || others.length > 0 ? {} : { name };
}

/** `aws___call_aws`. */
export function toolOf(record: CloudTrailRecord): string | undefined {
  return textsAt(record, "requestParameters.params.name")[0];
}

function isToolCall(record: CloudTrailRecord): boolean {
  return textsAt(record, "eventType").includes("AwsMcpEvent");
}

function causedBy(toolCall: CloudTrailRecord): readonly string[] {
  return textsAt(toolCall, "additionalEventData.downstreamRequests.requestId");
}

function named(toolCall: CloudTrailRecord): Pick<Agent, "name"> {
  const name = describeClient(valuesOf("userAgent", toolCall)[0]);
  return name === undefined ? {} : { name };
}
