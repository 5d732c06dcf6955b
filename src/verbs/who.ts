/**
 * `trailhound who`: who deleted, created, changed, ... a resource.
 *
 * The newest call that succeeded on the resource itself is the answer. Calls that did not succeed,
 * calls on a part of it and calls that merely mention it are told apart from it, whenever they came.
 */

import { outcomeOf } from "../event/outcome.ts";
import { bearing } from "../event/targets.ts";
import { valuesOf } from "../event/values.ts";
import { deeds } from "../event/verb-classes.ts";
import type { Answer, Section } from "../query/answer.ts";
import type { Filter } from "../query/filter.ts";
import type { Engine, FoundEvent } from "../query/query.ts";
import { resourceNamed, resourceTerm } from "../query/resource.ts";
import { deedFilter, deedNamed } from "./deed-filter.ts";
import { eventTable } from "./event-rows.ts";
import { grouped } from "./sentences.ts";
import type { Scope, Verb } from "./verb.ts";
import { blindSpots } from "./who-blind-spots.ts";
import {
  type Findings,
  factsOf,
  type Question,
  type Seen,
  sentencesFor,
  verdictOf,
} from "./who-sentences.ts";

export const who: Verb = {
  name: "who",
  summary: "tell who did something to a resource",
  details:
    "Found (exit status 0) is a call that did it or tried to, on the resource or a part of it. " +
    "Denied, failed and dry-run calls are attempts.",
  arguments: [
    { name: "<deed>", help: deeds.map(({ words: [usual] }) => usual).join(", ") },
    { name: "<resource>", help: "a name, id, ARN, path or URL; * and ? for any characters" },
  ],
  takes: ["filter", "fields", "limit"],
  givesEvents: true,
  readsLogs: true,
  examples: [
    { command: "who deleted orders-archive-prod", says: "the last who did, and all who tried" },
    { command: "who stopped i-0a1b2c3d4e5f60718 --last 7d", says: "an instance, this week" },
    { command: "who changed 'orders-*' --region eu-west-1", says: "any of several resources" },
  ],
  async run(engine, scope) {
    const [word = "", text = ""] = scope.arguments;
    const deed = deedNamed(word);
    const resource = resourceNamed(text);
    const mentioned = every([scope.filter, resourceTerm(text)]);
    const question: Question = {
      deed,
      resource,
      asked: text,
      filter: scope.filter,
      timeZone: scope.timeZone,
    };
    const findings = await findingsOf(engine, question, every([deedFilter(deed), mentioned]));
    const nothingDone = findings.successes.length === 0;
    const seen = nothingDone ? await lastSeen(engine, mentioned, findings) : nothingSeen;
    return {
      verb: "who",
      question: `who ${word} ${text}`,
      found: verdictOf(findings) !== "none" || findings.parts.length > 0,
      sentences: sentencesFor(question, findings, seen),
      facts: factsOf(question, findings),
      sections: sections(findings, seen, scope),
      hints: nothingDone
        ? await blindSpots(engine, question, seen)
        : behindTheSession(findings.successes[0]),
      coverage: () => engine.coverage(),
    };
  },
};

const nothingSeen: Seen = { total: 0 };

function every(filters: readonly Filter[]): Filter {
  return { kind: "every", filters };
}

async function findingsOf(
  engine: Engine,
  { deed, resource }: Question,
  filter: Filter,
): Promise<Findings> {
  const onIt: FoundEvent[] = [];
  const parts: FoundEvent[] = [];
  const mentions: FoundEvent[] = [];
  const { events } = await engine.events({ kind: "events", filter, descending: true });
  for await (const event of events) {
    switch (bearing(event.record, resource)) {
      case "target":
        onIt.push(event);
        break;
      case "part":
        (deed.partsCount ? onIt : parts).push(event);
        break;
      case "mention":
        mentions.push(event);
        break;
    }
  }
  const isDone = ({ record }: FoundEvent) => outcomeOf(record) === "success";
  return {
    successes: onIt.filter(isDone),
    attempts: onIt.filter((event) => !isDone(event)),
    parts,
    mentions,
  };
}

/** A session's name was chosen by whoever assumed the role: the logs may know who that was. */
function behindTheSession(decisive: FoundEvent | undefined): readonly string[] {
  if (decisive === undefined) return [];
  const [type] = valuesOf("identityType", decisive.record);
  const [eventID] = valuesOf("eventID", decisive.record);
  const isSession = type === "AssumedRole" || type === "FederatedUser";
  return isSession && eventID !== undefined
    ? [`Who is behind that session: trailhound trace ${eventID}`]
    : [];
}

/** How many events mention the resource, and the newest, unless it is among the findings already. */
async function lastSeen(engine: Engine, filter: Filter, findings: Findings): Promise<Seen> {
  const query = { kind: "events", filter, descending: true, limit: 1 } as const;
  const { total, events } = await engine.events(query);
  let newest: FoundEvent | undefined;
  for await (const event of events) newest ??= event;
  const listed: readonly FoundEvent[] = Object.values(findings).flat();
  const isListed = listed.some(
    ({ origin, offset }) => origin === newest?.origin && offset === newest.offset,
  );
  return { total, ...(newest === undefined || isListed ? {} : { newest }) };
}

function sections(
  { successes, attempts, parts, mentions }: Findings,
  { newest }: Seen,
  { fields, limit }: Scope,
): Answer["sections"] {
  const table = eventTable(fields);
  const section = (name: string, title: string, events: readonly FoundEvent[]): Section => ({
    name,
    title: `${title} (${grouped(events.length)})`,
    columns: table.columns,
    rows: events.slice(0, limit).map((event) => table.row(event)),
  });
  const [decisive] = successes;
  return [
    {
      ...section("events", "What was done", successes),
      rows: successes
        .slice(0, limit)
        .map((event) => table.row(event, event === decisive ? "decisive" : undefined)),
    },
    section("attempts", "Attempts without success", attempts),
    section("parts", "On parts of it", parts),
    section("mentions", "On something else, mentioning it", mentions),
    {
      ...section("seen", "", newest === undefined ? [] : [newest]),
      title: "Last mentioned",
    },
  ];
}
