/**
 * `trailhound who`: who deleted, created, changed, ... a resource.
 *
 * The newest call that succeeded on the resource itself is the answer. Calls that did not succeed,
 * calls on a part of it and calls that merely mention it are told apart from it, whenever they came.
 */

import { amountsTo } from "../event/amounts-to.ts";
import { doesTo } from "../event/item-deeds.ts";
import { alreadyGone, outcomeFor } from "../event/item-outcome.ts";
import { bearing } from "../event/targets.ts";
import { valuesOf } from "../event/values.ts";
import { type Deed, deeds } from "../event/verb-classes.ts";
import type { Answer, Section } from "../query/answer.ts";
import type { Filter } from "../query/filter.ts";
import { matches } from "../query/matches.ts";
import type { Engine, FoundEvent } from "../query/query.ts";
import { possibleTerm, resourceNamed, resourceTerm } from "../query/resource.ts";
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
    const mention = resourceTerm(text);
    const mentioned = every([scope.filter, mention]);
    const question: Question = {
      deed,
      resource,
      asked: text,
      filter: scope.filter,
      timeZone: scope.timeZone,
    };
    const findings = await findingsOf(engine, question, mention);
    const nothingDone = findings.successes.length === 0;
    const seen = nothingDone ? await lastSeen(engine, mentioned, findings) : nothingSeen;
    return {
      verb: "who",
      question: `who ${word} ${text}`,
      found: isFound(findings),
      sentences: sentencesFor(question, findings, seen),
      facts: factsOf(question, findings),
      sections: sections(findings, seen, { ...scope, resource }),
      hints: nothingDone
        ? await blindSpots(engine, question, seen)
        : behindTheSession(findings.successes[0]),
      coverage: () => engine.coverage(),
    };
  },
};

function isFound(findings: Findings): boolean {
  const { idle, parts, possible } = findings;
  return (
    verdictOf(findings) !== "none" || [idle, parts, possible].some((events) => events.length > 0)
  );
}

const nothingSeen: Seen = { total: 0 };

function every(filters: readonly Filter[]): Filter {
  return { kind: "every", filters };
}

async function findingsOf(engine: Engine, question: Question, mention: Filter): Promise<Findings> {
  const { deed, resource, asked, filter } = question;
  const possibly = possibleTerm(asked);
  const about: Filter =
    possibly === undefined ? mention : { kind: "some", filters: [mention, possibly] };
  const found: Record<Standing, FoundEvent[]> = { it: [], part: [], possible: [], mention: [] };
  const { events } = await engine.events({
    kind: "events",
    filter: every([deedFilter(deed), filter, about]),
    descending: true,
  });
  for await (const event of events) {
    if (!amountsTo(deed, event.record)) continue;
    const standing = standingOf(event, question);
    if (standing !== "mention" || matches(mention, event.record)) found[standing].push(event);
  }
  const isDone = ({ record }: FoundEvent) => outcomeFor(record, resource) === "success";
  const isIdle = ({ record }: FoundEvent) => leaves(deed) && alreadyGone(record, resource);
  return {
    successes: found.it.filter((event) => isDone(event) && !isIdle(event)),
    attempts: found.it.filter((event) => !isDone(event)),
    idle: found.it.filter((event) => isDone(event) && isIdle(event)),
    parts: found.part,
    possible: found.possible,
    mentions: found.mention,
  };
}

/** Whether the deed leaves nothing to do for whoever does it again. */
function leaves({ infinitive }: Deed): boolean {
  return infinitive === "delete" || infinitive === "stop" || infinitive === "start";
}

type Standing = "it" | "part" | "possible" | "mention";

/** Where the event belongs in the answer. */
function standingOf({ record }: FoundEvent, { deed, resource }: Question): Standing {
  if (!doesTo(record, resource, deed.infinitive)) return "mention";
  const stands = bearing(record, resource);
  switch (stands) {
    case "target":
      return "it";
    case "part":
      return deed.partsCount ? "it" : "part";
    case "possible":
    case "mention":
      return stands;
  }
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
  { successes, attempts, idle, parts, possible, mentions }: Findings,
  { newest }: Seen,
  { fields, limit, resource }: Scope & Pick<Question, "resource">,
): Answer["sections"] {
  const table = eventTable(fields, resource);
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
    section("idle", "Calls that found it so already", idle),
    section("parts", "On parts of it", parts),
    section("possible", "It may have been among these", possible),
    section("mentions", "On something else, mentioning it", mentions),
    {
      ...section("seen", "", newest === undefined ? [] : [newest]),
      title: "Last mentioned",
    },
  ];
}
