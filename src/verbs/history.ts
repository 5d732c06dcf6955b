/**
 * `trailhound history`: the lives of a resource, event by event.
 */

import type { Column, Row } from "../query/answer.ts";
import { equals, every, not, some } from "../query/build.ts";
import type { Filter, ResourcePattern } from "../query/filter.ts";
import { eventsOf } from "../query/found.ts";
import { matches } from "../query/matches.ts";
import { resourceNamed, resourceTerm } from "../query/resource.ts";
import { type Alias, isKmsAlias, namingOf } from "../resolve/aliases.ts";
import { type Story, storyOf, toldBy } from "../resolve/life.ts";
import { standingsOf } from "../resolve/standing.ts";
import { didYouMean, isNarrowed } from "../words/absence.ts";
import { type EventTable, eventTable } from "../words/event-rows.ts";
import { humansOf } from "../words/humans.ts";
import { didText, factsOf, sentencesFor } from "./history/sentences.ts";
import type { Verb } from "./verb.ts";

export const history: Verb = {
  name: "history",
  summary: "tell the life of a resource in order: created, changed, deleted",
  details:
    "Events under other names that the logs tie to it are told, too: its id, the key behind an " +
    "alias, what bears it as its tag Name, the name it was renamed to. A creation after its end " +
    "begins another life.",
  arguments: [{ name: "<resource>", help: "a name, id, ARN, path or URL; * and ? as globs" }],
  options: [{ flags: "--reads", help: "also the calls that only read" }],
  takes: ["filter", "fields", "sort", "limit", "byHuman"],
  givesEvents: true,
  looksBeyondWindow: true,
  readsLogs: true,
  examples: [
    { command: "history orders-archive-prod", says: "what happened to a bucket" },
    { command: "history i-0a1b2c3d4e5f60718 --reads", says: "who looked at it, too" },
  ],
  expects: ({ arguments: [asked = ""], options: { reads } }) => [
    termFor(resourceNamed(asked), resourceTerm(asked), reads === true),
  ],
  async run(engine, scope) {
    const { fields, limit, sort, descending, timeZone, filter } = scope;
    const [asked = ""] = scope.arguments;
    const { reads: alsoReads } = scope.options;
    const reads = alsoReads === true;
    const resource = resourceNamed(asked);
    const own = termFor(resource, resourceTerm(asked), reads);
    const { aliases, term } = await namingOf(engine, resource, own);
    // What the flags leave out tells what the rest of it did.
    const whole = await eventsOf(engine, {
      filter: every([term, ...(reads ? [] : [notOnlyReads])]),
      descending,
      ...(sort === undefined ? {} : { sort }),
    });
    const all = isNarrowed(filter) ? whole.filter(({ record }) => matches(filter, record)) : whole;
    const stands = standingsOf(resource, aliases);
    const story = storyOf(descending ? whole.toReversed() : whole, stands);
    const isTold = ({ name, isFollowed, tie }: Alias) =>
      isFollowed
        ? all.some(({ record }) =>
            stands(record).some(({ aliases: led = [] }) => led.includes(name)),
          )
        : tie === "tag Name" || tie === "KMS alias";
    const { last: newest } = engine.coverage().span;
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
    const table = lifeTable(
      eventTable({
        fields,
        about: resource,
        humans: scope.byHuman ? await humansOf(engine) : undefined,
      }),
      story,
      fields === undefined,
    );
    return {
      verb: "history",
      question: `history ${asked}`,
      found: all.length > 0,
      sentences: sentencesFor(subject, told, timeZone),
      facts: factsOf(subject, told),
      sections: [
        {
          name: "events",
          columns: table.columns,
          rows: all.slice(0, limit).map((event) => table.row(event)),
        },
      ],
      hints: all.length > 0 ? [] : await didYouMean(engine, resource.text),
      coverage: () => engine.coverage(),
    };
  },
};

/** What is read of the logs: a bucket is read a million times for each time that it is changed. */
function termFor({ text }: ResourcePattern, mention: Filter, reads: boolean): Filter {
  if (reads || isKmsAlias(text)) return mention;
  return every([mention, notOnlyReads]);
}

/** What a service tells of its own deeds, it may call read-only. */
const notOnlyReads = some([
  not(equals("readOnly", "true")),
  every([equals("eventName", "PolicyExecutionEvent"), equals("eventSource", "ecr")]),
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
