/**
 * What the beginning of several events' ids is answered with: the events, to choose one of.
 */

import type { Answer } from "../../query/answer.ts";
import type { FoundEvent } from "../../query/query.ts";
import { eventTable } from "../../words/event-rows.ts";
import { counted } from "../../words/sentences.ts";

/** `command` is what takes more of the id, e.g. `trace`. */
export function eventChoice(
  text: string,
  events: readonly FoundEvent[],
  { limit, command }: { readonly limit: number | undefined; readonly command: string },
): Pick<Answer, "sentences" | "facts" | "sections"> {
  const { columns, row } = eventTable({});
  return {
    sentences: [
      `The ids of ${counted(events.length, "event")} begin with ${text}. Give more of the one you ` +
        `mean: \`trailhound ${command} <eventID>\`.`,
    ],
    facts: { events: events.length },
    sections: [
      { name: "events", columns, rows: events.slice(0, limit).map((event) => row(event)) },
    ],
  };
}

/** What to say where somebody is called so, and ids begin so as well. */
export function alikeHints(text: string, alike: readonly FoundEvent[] = []): readonly string[] {
  if (alike.length === 0) return [];
  const told =
    alike.length === 1
      ? "The id of an event begins"
      : `The ids of ${counted(alike.length, "event")} begin`;
  return [
    `${told} with ${text}, too: \`trailhound search --id ${text}\` shows ${alike.length === 1 ? "it" : "them"}.`,
  ];
}
