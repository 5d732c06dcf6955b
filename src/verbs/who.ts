/**
 * `trailhound who`: who deleted, created, changed, ... a resource.
 *
 * The newest call that succeeded on the resource itself is the answer. Calls that did not succeed,
 * calls on a part of it and calls that merely mention it are told apart from it, whenever they came.
 */

import { outcomeOf } from "../event/outcome.ts";
import { bearing } from "../event/targets.ts";
import { valuesOf } from "../event/values.ts";
import { type Deed, deeds } from "../event/verb-classes.ts";
import type { Answer, Section } from "../query/answer.ts";
import type { Filter } from "../query/filter.ts";
import type { Engine, FoundEvent } from "../query/query.ts";
import { resourceNamed, resourceTerm } from "../query/resource.ts";
import { sessionsBehind } from "../resolve/gather.ts";
import { withoutCopies } from "../resolve/sessions.ts";
import { type Behind, behind } from "./behind.ts";
import { chainSection } from "./chain-section.ts";
import { deedFilter, deedNamed } from "./deed-filter.ts";
import { type EventTable, eventTable } from "./event-rows.ts";
import { humansOf } from "./humans.ts";
import { grouped } from "./sentences.ts";
import type { Scope, Verb } from "./verb.ts";
import { blindSpots } from "./who-blind-spots.ts";
import {
  type Findings,
  factsOf,
  type People,
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
  takes: ["filter", "fields", "limit", "byHuman"],
  givesEvents: true,
  links: true,
  readsLogs: true,
  examples: [
    { command: "who deleted orders-archive-prod", says: "the last who did, and all who tried" },
    { command: "who stopped i-0a1b2c3d4e5f60718 --last 7d", says: "an instance, this week" },
    { command: "who changed 'orders-*' --region eu-west-1", says: "any of several resources" },
  ],
  expects: ({ arguments: [word = "", text = ""] }) => [relevant(deedNamed(word), text)],
  async run(engine, scope) {
    const [word = "", text = ""] = scope.arguments;
    const deed = deedNamed(word);
    const resource = resourceNamed(text);
    const { filter, timeZone, byHuman } = scope;
    const mentioned = every([filter, resourceTerm(text)]);
    const findings = await findingsOf(
      engine,
      { deed, resource },
      every([relevant(deed, text), deedFilter(deed), filter]),
    );
    const people = await peopleBehind(engine, findings);
    const { span, exact } = engine.coverage();
    const question: Question = {
      ...{ deed, resource, filter, timeZone, people },
      asked: text,
      span: exact ? span : {},
    };
    const nothingDone = findings.successes.length === 0;
    const seen = nothingDone ? await lastSeen(engine, mentioned, findings) : nothingSeen;
    const table = eventTable(scope.fields, byHuman ? await humansOf(engine) : undefined);
    return {
      verb: "who",
      question: `who ${word} ${text}`,
      found: verdictOf(findings) !== "none" || findings.parts.length > 0,
      sentences: sentencesFor(question, findings, seen),
      facts: factsOf(question, findings),
      sections: [
        ...sections(findings, seen, table, scope),
        ...chainOfDecisive(findings.successes[0], people),
      ],
      hints: nothingDone
        ? await blindSpots(engine, question, seen)
        : behindTheSession(findings.successes[0]),
      coverage: () => engine.coverage(),
    };
  },
};

/** Calls of the deed on the resource, and whatever else may have changed it. */
function relevant(deed: Deed, text: string): Filter {
  const calls: Filter = { kind: "some", filters: [deedFilter(deed), writes] };
  return every([calls, resourceTerm(text)]);
}

const writes: Filter = {
  kind: "text",
  subject: { kind: "field", field: "readOnly" },
  pattern: { kind: "equals", text: "false" },
};

/** Enough for every name in the sentences; who is behind a thousand others, `--by-human` tells. */
const mostTraced = 200;

async function peopleBehind(
  engine: Engine,
  { successes, attempts, parts }: Findings,
): Promise<People> {
  const traced = [successes, attempts, parts].flatMap((events) => events.slice(0, mostTraced));
  const sessions = await sessionsBehind(engine, traced);
  const known = new Map<FoundEvent, Behind>();
  return (event) => {
    const told = known.get(event) ?? behind(event.record, sessions);
    known.set(event, told);
    return told;
  };
}

function chainOfDecisive(event: FoundEvent | undefined, people: People): readonly Section[] {
  const chain = event && people(event).chain;
  return chain === undefined || chain.hops.length === 0 ? [] : [chainSection(chain, undefined)];
}

const nothingSeen: Seen = { total: 0 };

function every(filters: readonly Filter[]): Filter {
  return { kind: "every", filters };
}

async function findingsOf(
  engine: Engine,
  { deed, resource }: Pick<Question, "deed" | "resource">,
  filter: Filter,
): Promise<Findings> {
  const onIt: FoundEvent[] = [];
  const parts: FoundEvent[] = [];
  const mentions: FoundEvent[] = [];
  const { events } = await engine.events({ kind: "events", filter, descending: true });
  const all: FoundEvent[] = [];
  for await (const event of events) all.push(event);
  for (const event of withoutCopies(all)) {
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

/** What else the session did. */
function behindTheSession(decisive: FoundEvent | undefined): readonly string[] {
  if (decisive === undefined) return [];
  const [type] = valuesOf("identityType", decisive.record);
  const [eventID] = valuesOf("eventID", decisive.record);
  const isSession = type === "AssumedRole" || type === "FederatedUser";
  return isSession && eventID !== undefined
    ? [`What else that session did: trailhound trace ${eventID}`]
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
  table: EventTable,
  { limit }: Scope,
): Answer["sections"] {
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
