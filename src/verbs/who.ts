/**
 * `trailhound who`: who deleted, created, changed, ... a resource.
 *
 * The newest call that succeeded on the resource itself, under whichever of its names, is the answer.
 * Calls that did not succeed, calls on a part of it and calls that merely mention it are told apart from
 * it, whenever they came; so is what came of the resource later, and who was really behind the call.
 */

import { valuesOf } from "../event/values.ts";
import { type Deed, deeds } from "../event/verb-classes.ts";
import type { Answer, Section } from "../query/answer.ts";
import { every, some } from "../query/build.ts";
import type { Filter } from "../query/filter.ts";
import { eventsOf } from "../query/found.ts";
import type { FoundEvent, Reading } from "../query/query.ts";
import type { Resource } from "../query/resource.ts";
import { underNames } from "../resolve/aliases.ts";
import { behindQuestions } from "../resolve/gather.ts";
import { judgementsOf, weakeningsOf } from "../resolve/judgement.ts";
import type { Story } from "../resolve/life.ts";
import { loggingFilter } from "../resolve/logging-stops.ts";
import { standingsOf } from "../resolve/standing.ts";
import { storyBehind, storyTerm } from "../resolve/story.ts";
import { isNarrowed } from "../words/absence.ts";
import { nameBehind } from "../words/caller-behind.ts";
import { rootHints } from "../words/chain-words.ts";
import { type EventTable, eventTable } from "../words/event-rows.ts";
import { humansOf } from "../words/humans.ts";
import { listing } from "../words/like-rows.ts";
import { grouped } from "../words/sentences.ts";
import { asLogged, readingSentences, readingsOf, resourceAsked } from "./asked-resource.ts";
import { type Scope, verb } from "./verb.ts";
import { blindSpots } from "./who/blind-spots.ts";
import { wayTo } from "./who/chain-and-cause.ts";
import { deedFilter, deedNamed } from "./who/deed-filter.ts";
import { doorsOf, worstFirst } from "./who/exposure.ts";
import { factsOf, howFar } from "./who/facts.ts";
import { fateOf } from "./who/fate.ts";
import { type Findings, findingsIn } from "./who/findings.ts";
import { doubtfulStops, loggingStopsIn, nothingInTheWay, whereaboutsOf } from "./who/in-the-way.ts";
import { kindsIn, otherKindFacts, otherKindSentences } from "./who/kinds.ts";
import type { Question, Seen } from "./who/question.ts";
import { sentencesFor } from "./who/sentences.ts";
import { weakeningsInForce, weakestFirst } from "./who/weakenings.ts";

export const who = verb({
  name: "who",
  summary: "tell who did something to a resource",
  details:
    "Found (exit status 0) is a call that did it or tried to, on the resource or a part of it. " +
    "Denied, failed and dry-run calls are attempts. Whoever is behind a role's session or a service " +
    "is looked for in all of the logs; filters narrow which calls are the answer.",
  arguments: [
    { name: "<deed>", help: deeds.map(({ words: [usual] }) => usual).join(", ") },
    { name: "<resource>", help: "a name, id, ARN, path or URL; * and ? for any characters" },
  ],
  glossary: {
    title: "Deeds",
    terms: deeds.map(({ words, help }) => ({ words: words.join(", "), help })),
  },
  takes: ["filter", "fields", "limit", "byHuman"],
  givesEvents: true,
  reach: "sessions",
  readsLogs: true,
  examples: [
    { command: "who deleted orders-archive-prod", says: "the last who did, and all who tried" },
    { command: "who stopped i-0a1b2c3d4e5f60718 --last 7d", says: "an instance, this week" },
    { command: "who changed 'orders-*' --region eu-west-1", says: "any of several resources" },
  ],
  questions: (scope) => {
    const deed = deedNamed(scope.arguments[0] ?? "");
    const asked = resourceAsked(scope, 1);
    const filters = readingsOf(asked).flatMap((one) => [
      deedOn(deed, one),
      storyTerm(one),
      ...(asked.others.length === 0 ? [] : [one.term]),
    ]);
    return [
      ...filters.map((filter) => ({ kind: "events", filter }) as const),
      ...behindQuestions,
      // Another name may lead to more, and if no call of the deed tells how it went, others may.
      { kind: "more" },
    ];
  },
  async run(reading, scope) {
    const [word = "", asked = ""] = scope.arguments;
    const deed = deedNamed(word);
    const written = resourceAsked(scope, 1);
    const about = await asLogged(reading, written);
    const resource = about.pattern;
    const gathered = await storyBehind(reading, about);
    const { aliases } = gathered;
    const standings = standingsOf(resource, aliases);
    const stands = (record: FoundEvent["record"]) => nearest(standings(record));
    const mentioned = underNames(about.term, aliases);
    const sorting = {
      ...{ deed, stands, mentioned, judge: judgementsOf(gathered.story) },
      weakening: weakeningsOf(gathered.story),
      services: new Set(gathered.story.lives.map(({ thing }) => thing.service)),
    };
    const found = findingsIn(
      await eventsOf(reading, {
        filter: every([deedOn(deed, about, mentioned), scope.filter]),
        descending: true,
      }),
      sorting,
    );
    const doors = deed.infinitive === "share" ? await doorsOf(reading, mentioned) : [];
    const standing = deed.infinitive === "weaken" ? weakeningsInForce(gathered.story) : [];
    const all = { ...found, successes: worstOf(found.successes, { doors, standing }) };
    // Several things at once share no story, and a tag's are told one by one.
    const [{ words: kind, findings }, ...otherKinds] = resource.glob
      ? [{ words: "", findings: all }]
      : kindsIn(all, { deed, stands });
    const [decisive] = findings.successes;
    // Whatever mentions it may tell how it went, if no call of the deed does.
    const wide =
      decisive === undefined
        ? reading.further([
            ...[about.term, loggingFilter].map((filter) => ({ kind: "events", filter }) as const),
            ...behindQuestions,
          ])
        : reading;
    const seen =
      decisive === undefined
        ? await lastSeen(wide, every([scope.filter, mentioned]), all)
        : nothingSeen;
    const isOver = deed.infinitive === "delete";
    const inTheWay =
      decisive === undefined
        ? {
            hidden: isNarrowed(scope.filter)
              ? findingsIn(
                  await eventsOf(wide, {
                    filter: deedOn(deed, about, mentioned),
                    descending: true,
                  }),
                  sorting,
                ).successes
              : [],
            ...(await loggingStopsIn(
              wide,
              whereaboutsOf(resource.glob ? noStory : gathered.story, {
                newest: seen.newest,
                stands,
                isOver,
              }),
            )),
          }
        : nothingInTheWay;
    // Several things have no fate in common.
    const story = resource.glob ? undefined : gathered.story;
    const fate = await fateOf(wide, { deed, about }, { story, findings, seen });
    const apart = otherKinds.flatMap((one) => one.findings.successes);
    const way = await wayTo(wide, { ...all, successes: [...findings.successes, ...apart] }, fate);
    const { span, exact } = reading.coverage();
    const question: Question = {
      ...{ deed, resource, asked, kind, aliases, stands, way, doors, inTheWay },
      ...{ set: gathered.story.set, standing },
      filter: scope.filter,
      timeZone: scope.timeZone,
      span: exact ? span : {},
    };
    const told = {
      story,
      horizon: span.last === undefined ? {} : { newest: span.last },
      nameOf: (event: FoundEvent) => nameBehind(way.people(event)),
    };
    const table = eventTable({
      fields: scope.fields,
      humans: scope.byHuman ? await humansOf(reading) : undefined,
      about: resource,
    });
    return {
      found: isFound(all),
      sentences: [
        ...sentencesFor(question, findings, { seen, fate }),
        ...otherKindSentences(otherKinds, question, told),
        ...readingSentences(written, about),
      ],
      facts: { ...factsOf(question, findings, fate), ...otherKindFacts(otherKinds, told) },
      sections: [...sections(all, seen, table, { ...scope, decisive }), ...way.sections],
      hints:
        decisive === undefined
          ? [
              ...doubtfulStops(inTheWay, scope.timeZone),
              ...(await blindSpots(reading, question, all, seen)),
            ]
          : [...elsewhere(decisive), ...rootHints(way.people(decisive).chain)],
    };
  },
});

/** Of what can be taken back, the worst that stands first. */
function worstOf(
  events: readonly FoundEvent[],
  { doors, standing }: Pick<Question, "doors" | "standing">,
): readonly FoundEvent[] {
  if (standing.length > 0) return weakestFirst(events, standing);
  return doors.length > 0 ? worstFirst(events, doors) : events;
}

function isFound(findings: Findings): boolean {
  const { idle, parts, possible } = findings;
  return howFar(findings) !== "none" || [idle, parts, possible].some((events) => events.length > 0);
}

const nothingSeen: Seen = { total: 0 };

/** Of several things at once. */
const noStory: Story = {
  ...{ lives: [], changes: [], unsuccessful: [], others: [] },
  set: new Map(),
};

/** Calls of the deed that name the resource, or may have acted on it unnamed. */
function deedOn(deed: Deed, { term, possible }: Resource, mentioned = term): Filter {
  return every([
    deedFilter(deed),
    possible === undefined ? mentioned : some([mentioned, possible]),
  ]);
}

/** Things that share a name are asked about as one. */
function nearest<T>(standings: readonly T[]): T {
  const [first] = standings;
  if (first === undefined) throw new Error("a resource stands nowhere in an event");
  return first;
}

/** Where to read on about the session that made the call. */
function elsewhere(decisive: FoundEvent): readonly string[] {
  const [type] = valuesOf("identityType", decisive.record);
  const [eventID] = valuesOf("eventID", decisive.record);
  const isSession = type === "AssumedRole" || type === "FederatedUser";
  return isSession && eventID !== undefined
    ? [`What else that session did: trailhound trace ${eventID}`]
    : [];
}

/** How many events mention the resource, and the newest, unless it is among the findings already. */
async function lastSeen(reading: Reading, filter: Filter, findings: Findings): Promise<Seen> {
  const query = { kind: "events", filter, descending: true, limit: 1 } as const;
  const { total, events } = await reading.events(query);
  let newest: FoundEvent | undefined;
  for await (const event of events) newest ??= event;
  const listed: readonly FoundEvent[] = Object.values(findings).flat();
  const isListed = (event: FoundEvent) => listed.some((one) => one.id === event.id);
  return { total, ...(newest === undefined || isListed(newest) ? {} : { newest }) };
}

function sections(
  { successes, attempts, idle, ends, parts, possible, mentions }: Findings,
  { newest }: Seen,
  table: EventTable,
  { limit, decisive }: Scope & { readonly decisive: FoundEvent | undefined },
): Answer["sections"] {
  const section = (name: string, title: string, events: readonly FoundEvent[]): Section => ({
    name,
    title: `${title} (${grouped(events.length)})`,
    ...listing(
      table.columns,
      events
        .slice(0, limit)
        .map((event) => table.row(event, event === decisive ? "decisive" : undefined)),
    ),
  });
  return [
    section("events", "What was done", successes),
    section("attempts", "Attempts without success", attempts),
    section("idle", "Calls that found it so already", idle),
    section("ends", "Calls that deleted it", ends),
    section("parts", "On parts of it", parts),
    section("possible", "It may have been among these", possible),
    section("mentions", "On something else, mentioning it", mentions),
    {
      ...section("seen", "", newest === undefined ? [] : [newest]),
      title: "Last mentioned",
    },
  ];
}
