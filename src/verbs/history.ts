/**
 * `trailhound history`: the lives of a resource, event by event.
 */

import { isKmsAlias } from "../event/unique-ids.ts";
import type { Column, Row } from "../query/answer.ts";
import { equals, every, not, some } from "../query/build.ts";
import type { Filter } from "../query/filter.ts";
import { eventsOf } from "../query/found.ts";
import { matches } from "../query/matches.ts";
import type { Reading } from "../query/query.ts";
import type { Resource } from "../query/resource.ts";
import type { Alias } from "../resolve/alias-evidence.ts";
import { namingOf } from "../resolve/aliases.ts";
import { issuingQuestion, sessionsBehind } from "../resolve/gather.ts";
import { type Story, storyOf, toldBy } from "../resolve/life.ts";
import { standingsOf } from "../resolve/standing.ts";
import { didYouMean, isNarrowed } from "../words/absence.ts";
import { behind, nameBehind } from "../words/caller-behind.ts";
import { doerOf } from "../words/cause-words.ts";
import { type EventTable, eventTable } from "../words/event-rows.ts";
import type { NameOf } from "../words/event-words.ts";
import { humansOf } from "../words/humans.ts";
import { listing } from "../words/like-rows.ts";
import { asLogged, readingSentences, readingsOf, resourceAsked } from "./asked-resource.ts";
import { factsOf } from "./history/facts.ts";
import { sentencesFor } from "./history/sentences.ts";
import { didText } from "./history/turns.ts";
import { flag } from "./options.ts";
import { verb } from "./verb.ts";

export const history = verb({
  name: "history",
  summary: "tell the life of a resource in order: created, changed, deleted",
  details:
    "Events under other names that the logs link to it are told, too: its id, the key behind an " +
    "alias, what bears it as its tag Name, the name it was renamed to. A creation after its end " +
    "begins another life.",
  arguments: [{ name: "<resource>", help: "a name, id, ARN, path or URL; * and ? as globs" }],
  options: { reads: flag("--reads", "also the calls that only read") },
  takes: ["filter", "fields", "sort", "limit", "byHuman"],
  givesEvents: true,
  reach: "everything",
  readsLogs: true,
  examples: [
    { command: "history orders-archive-prod", says: "what happened to a bucket" },
    { command: "history i-0a1b2c3d4e5f60718 --reads", says: "who looked at it, too" },
  ],
  questions: (scope) => {
    const asked = resourceAsked(scope, 0);
    const { reads } = scope.options;
    const filters = readingsOf(asked).flatMap((one) => [
      termFor(one, reads),
      ...(asked.others.length === 0 ? [] : [one.term]),
    ]);
    return [
      ...filters.map((filter) => ({ kind: "events", filter }) as const),
      issuingQuestion,
      // Another name may lead to more.
      { kind: "more" },
    ];
  },
  async run(reading, scope) {
    const { fields, limit, sort, descending, timeZone, filter } = scope;
    const [asked = ""] = scope.arguments;
    const { reads } = scope.options;
    const written = resourceAsked(scope, 0);
    const about = await asLogged(reading, written);
    const resource = about.pattern;
    const own = termFor(about, reads);
    const { aliases, term } = await namingOf(reading, resource, own);
    // What the flags leave out tells what the rest of it did.
    const whole = await eventsOf(reading, {
      filter: every([term, ...(reads ? [] : [notOnlyReads])]),
      descending,
      ...(sort === undefined ? {} : { sort }),
    });
    const all = isNarrowed(filter) ? whole.filter(({ record }) => matches(filter, record)) : whole;
    const stands = standingsOf(resource, aliases);
    const story = storyOf(descending ? whole.toReversed() : whole, stands);
    const isTold = ({ name, isFollowed, link }: Alias) =>
      isFollowed
        ? all.some(({ record }) =>
            stands(record).some(({ aliases: led = [] }) => led.includes(name)),
          )
        : link === "tag Name" || link === "KMS alias";
    const { last: newest } = reading.coverage().span;
    const subject = {
      resource,
      asked,
      filter,
      reads,
      aliases,
      toldAliases: aliases.filter(isTold),
      ...(newest !== undefined && { newest }),
      whole: story,
    };
    const told = all === whole ? story : toldBy(all, story);
    const nameOf = await namesBehind(reading, story);
    const table = lifeTable(
      eventTable({
        fields,
        about: resource,
        humans: scope.byHuman ? await humansOf(reading) : undefined,
      }),
      story,
      fields === undefined,
    );
    return {
      found: all.length > 0,
      sentences: [
        ...sentencesFor(subject, told, { timeZone, nameOf }),
        ...readingSentences(written, about),
      ],
      facts: factsOf(subject, told),
      sections: [
        {
          name: "events",
          ...listing(
            table.columns,
            all.slice(0, limit).map((event) => table.row(event)),
          ),
        },
      ],
      hints: all.length > 0 ? [] : await didYouMean(reading, resource.text),
    };
  },
});

/** What is read of the logs: a bucket is read a million times for each time that it is changed. */
function termFor({ pattern: { text }, term }: Resource, reads: boolean): Filter {
  if (reads || isKmsAlias(text)) return term;
  return every([term, notOnlyReads]);
}

/** Enough for every name in the sentences; who is behind a thousand others, `--by-human` tells. */
const mostTraced = 200;

/** Names whoever is behind a call, as `who` does: a session is called whatever its maker likes. */
async function namesBehind(reading: Reading, { lives, changes, others }: Story): Promise<NameOf> {
  const turns = lives.flatMap((life) => life.turns.map(({ event }) => event));
  const told = [turns, changes, others].flatMap((events) => events.slice(-mostTraced));
  const sessions = await sessionsBehind(reading, told);
  return ({ record }) => doerOf(record) ?? nameBehind(behind(record, sessions));
}

/** ECR calls its own deletions reads. */
const notOnlyReads = some([
  not(equals("readOnly", "true")),
  equals("eventName", "PolicyExecutionEvent"),
]);

const did: Column = { name: "did", title: "Did", wrap: true };

/** The usual columns, and behind the event what it did to the resource. */
function lifeTable(table: EventTable, story: Story, isUsual: boolean): EventTable {
  if (!isUsual) return table;
  const at = table.columns.findIndex(({ name }) => name === "event") + 1;
  return {
    columns: table.columns.toSpliced(at, 0, did),
    row(found, mark): Row {
      const row = table.row(found, mark);
      return { ...row, cells: row.cells.toSpliced(at, 0, { text: didText(found, story) }) };
    },
  };
}
