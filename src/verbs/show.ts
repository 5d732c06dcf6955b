/**
 * `trailhound show`: one event in full, each value of the record beside its path, or the record's
 * very bytes; of a session, its story.
 */

import { doubledKeys } from "../event/doubled-keys.ts";
import { isGuid, isGuidBeginning } from "../event/event-id.ts";
import { leaves } from "../event/leaves.ts";
import { type Json, textOf, textsAt } from "../event/record.ts";
import type { Answer, Column, Row, Section } from "../query/answer.ts";
import { equals, every } from "../query/build.ts";
import type { Filter } from "../query/filter.ts";
import { eventsOf } from "../query/found.ts";
import { matches } from "../query/matches.ts";
import type { FoundEvent, Reading } from "../query/query.ts";
import { eventIDTerm } from "../query/term.ts";
import { UserError } from "../query/user-error.ts";
import { chainOf } from "../resolve/chain.ts";
import type { Sessions } from "../resolve/sessions.ts";
import { whoWasMeant } from "../words/absence.ts";
import { chainFacts, gapWords, rootHints } from "../words/chain-words.ts";
import { whoOf } from "../words/event-words.ts";
import { often } from "../words/sentences.ts";
import { flag } from "./options.ts";
import { sessionStory } from "./show/session-story.ts";
import { storyFacts, storySection, storySpan, storyWords } from "./show/session-story-section.ts";
import { alikeHints, eventChoice } from "./trace/event-choice.ts";
import { headline } from "./trace/sentences.ts";
import { sessionChoice } from "./trace/session-choice.ts";
import { type Start, startsFrom } from "./trace/starts.ts";
import { type Scope, verb } from "./verb.ts";

const columns: readonly Column[] = [
  { name: "path", title: "Path" },
  { name: "value", title: "Value" },
];

const options = {
  raw: flag("--raw", "the record's bytes exactly as the file holds them"),
  story: flag("--story", "for an eventID: the session that the event began or is part of"),
  alone: flag("--alone", "without the sessions that the session went on as"),
};

export const show = verb({
  name: "show",
  summary: "show one event in full, or one session from its first call to its last",
  details:
    "An access key, a session's name or ARN, or an identity gives the story of its session, with those " +
    "that it went on as. Runs of reads that a page of the console makes, and of the same call, are one " +
    "row. Filters narrow which calls are told. --limit is how many rows.",
  arguments: [
    {
      name: "<what>",
      help: "an eventID or its beginning, as listings give it, or an access key, session or identity",
    },
  ],
  options,
  takes: ["filter", "limit"],
  givesEvents: true,
  reach: "everything",
  readsLogs: true,
  examples: [
    { command: "show 2b0f9a88-d7a9-4310-a1ee-e2016a5a0d76", says: "every value, by its path" },
    { command: "show ASIAEXAMPLE57FBA4C58", says: "what happened in the session with that key" },
    {
      command: "show --story 2b0f9a88-d7a9-4310-a1ee-e2016a5a0d76 --writes",
      says: "what the session of that event changed, in order",
    },
  ],
  questions: ({ arguments: [text = ""], options: { story }, filter }) =>
    isGuid(text) && !story
      ? [{ kind: "events", filter: eventCalled(text, filter) }]
      : [
          ...(isGuidBeginning(text)
            ? [{ kind: "events", filter: eventIDTerm(text) } as const]
            : []),
          { kind: "more" },
        ],
  async run(reading, scope) {
    const [text = ""] = scope.arguments;
    const { raw, story } = scope.options;
    const told =
      isGuid(text) && !story
        ? eventShown(await eventWithId(reading, text, scope.filter), text)
        : await shown(reading, text, scope);
    if (raw && told.found && told.event === undefined) {
      throw new UserError(`--raw: ${text} is no event; --format records gives a session's records`);
    }
    const { event, ...answer } = told;
    return {
      hints: [],
      ...answer,
      ...(raw ? { verbatim: event?.source.bytes ?? new Uint8Array() } : {}),
    };
  },
});

type Told = Pick<Answer, "found" | "sentences" | "sections"> &
  Partial<Pick<Answer, "facts" | "hints">> & { readonly event?: FoundEvent | undefined };

function eventCalled(eventID: string, filter: Filter): Filter {
  return every([equals("eventID", eventID), filter]);
}

async function eventWithId(
  reading: Reading,
  eventID: string,
  filter: Filter,
): Promise<FoundEvent | undefined> {
  const [event] = await eventsOf(reading, { filter: eventCalled(eventID, filter), anyLane: true });
  return event;
}

function eventShown(event: FoundEvent | undefined, eventID: string): Told {
  return {
    event,
    found: event !== undefined,
    sentences: [
      event === undefined
        ? `No event has the id ${eventID}, in these logs.`
        : `${eventID}, in ${event.source.origin} at byte ${event.source.offset}:`,
      ...(event === undefined ? [] : doubledWords(event)),
    ],
    sections: event === undefined ? [] : [details(event)],
  };
}

function doubledWords({ source }: FoundEvent): readonly string[] {
  return Array.from(
    doubledKeys(Buffer.from(source.bytes).toString()),
    ([path, times]) =>
      `${path} stands ${often(times)} in this record: a sign of tampering. The last one is shown.`,
  );
}

async function shown(reading: Reading, text: string, scope: Scope<typeof options>): Promise<Told> {
  const { options, filter, limit } = scope;
  const found = await startsFrom(reading, text);
  const [start, ...others] = found.starts;
  const { alike = [] } = found;
  if (start === undefined && alike.length > 0) {
    if (options.raw)
      throw new UserError(`--raw: the ids of ${alike.length} events begin with ${text}`);
    return { found: true, ...eventChoice(text, alike, { limit, command: "show" }) };
  }
  if (start === undefined) {
    return {
      found: false,
      sentences: [`No event, key, session or identity is called ${text}, in these logs.`],
      sections: [],
      hints: [...(await whoWasMeant(reading, text)), "`trailhound sessions` lists who was there."],
    };
  }
  if (start.event !== undefined && !options.story) {
    const isMeant = matches(filter, start.event.record);
    const [eventID = text] = textsAt(start.event.record, "eventID");
    return eventShown(isMeant ? start.event : undefined, eventID);
  }
  if (others.length > 0) {
    const how = "Tell one by its event ID: `trailhound show --story <eventID>`.";
    return {
      found: true,
      ...sessionChoice(text, found, { limit, how }),
      hints: alikeHints(text, alike),
    };
  }
  const told = await storyTold(reading, start, found.sessions, scope);
  return { ...told, hints: [...(told.hints ?? []), ...alikeHints(text, alike)] };
}

async function storyTold(
  reading: Reading,
  start: Start,
  sessions: Sessions,
  { options: { alone }, filter, limit, timeZone }: Scope<typeof options>,
): Promise<Told> {
  const { session, record } = start;
  if (session === undefined) {
    return {
      found: false,
      sentences: [
        textsAt(record, "userIdentity.accessKeyId").length === 0
          ? `${whoOf(record)} called without credentials, so the event is part of no session.`
          : `The ids of ${whoOf(record)} are masked in these logs, so no session can be told by them.`,
      ],
      sections: [],
    };
  }
  const story = await sessionStory(reading, session, sessions, { filter, alone });
  const chain = chainOf(record, sessions);
  const { span, exact } = reading.coverage();
  return {
    found: story.events.length > 0,
    sentences: [
      headline(
        chain,
        { record, calls: story.events.length, span: storySpan(story) },
        { timeZone, facts: story.events.length === 0 ? "" : storyFacts(story) },
      ),
      ...gapWords(chain, { span: exact ? span : {}, timeZone }),
      ...storyWords(story),
    ],
    hints: rootHints(chain),
    facts: { ...chainFacts(chain), events: story.events.length, steps: story.steps.length },
    sections: story.events.length === 0 ? [] : [storySection(story, limit)],
  };
}

function details(event: FoundEvent): Section {
  const rows = Array.from(leaves(event.record), ([path, value]) => leafRow(path, value));
  return { name: "events", layout: "details", columns, rows, event };
}

function leafRow(path: string, value: Json): Row {
  const text = textOf(value);
  return {
    cells: [
      { text: path },
      typeof value === "number" || typeof value === "boolean" ? { text, value } : { text },
    ],
  };
}
