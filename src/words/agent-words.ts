/**
 * An agent that acted for somebody, in words.
 */

import { textsAt } from "../event/record.ts";
import { valuesOf } from "../event/values.ts";
import { type Agent, toolOf } from "../resolve/agents.ts";
import { onDay } from "./event-words.ts";

/** `Claude Code 2.1 (tool call aws___call_aws on 2026-11-05 at 09:15:00 UTC from 203.0.113.50)`. */
export function agentWords({ name, toolCall }: Agent, timeZone: string): string {
  const who = name ?? "an agent whose name is not in these logs";
  if (toolCall === undefined) return who;
  const { record } = toolCall;
  const tool = toolOf(record);
  const [from] = valuesOf("sourceIPAddress", record);
  return (
    `${who} (tool call${tool === undefined ? "" : ` ${tool}`}${onDay(record, timeZone)}` +
    `${from === undefined ? "" : ` from ${from}`})`
  );
}

/** The same for machines. */
export function agentFacts({ name, toolCall }: Agent) {
  const record = toolCall?.record ?? {};
  return {
    name: name ?? null,
    tool: toolOf(record) ?? null,
    toolCall: textsAt(record, "eventID")[0] ?? null,
    from: valuesOf("sourceIPAddress", record)[0] ?? null,
  };
}
