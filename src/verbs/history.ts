/**
 * `trailhound history`: the life of a resource, event by event.
 */

import { outcomeOf } from "../event/outcome.ts";
import { bearing } from "../event/targets.ts";
import type { Filter, ResourcePattern } from "../query/filter.ts";
import { matches } from "../query/matches.ts";
import type { FoundEvent } from "../query/query.ts";
import { resourceTerm } from "../query/term.ts";
import { deedFilter, deedNamed } from "./deed-filter.ts";
import { eventTable } from "./event-rows.ts";
import { onDay, timeOf, whoOf } from "./event-words.ts";
import { didYouMean, resourceNamed } from "./resource.ts";
import { counted, listed } from "./sentences.ts";
import type { Scope, Verb } from "./verb.ts";

export const history: Verb = {
  name: "history",
  summary: "tell the life of a resource in order: created, changed, deleted",
  arguments: [{ name: "<resource>", help: "a name, id, ARN, path or URL; * and ? as globs" }],
  options: [{ flags: "--reads", help: "also the calls that only read" }],
  takes: ["filter", "fields", "sort", "limit"],
  readsLogs: true,
  examples: [
    { command: "history orders-archive-prod", says: "what happened to a bucket" },
    { command: "history i-0a1b2c3d4e5f60718 --reads", says: "who looked at it, too" },
  ],
  async run(engine, scope) {
    const { fields, limit, sort, descending, timeZone } = scope;
    const [text = ""] = scope.arguments;
    const { events } = await engine.events({
      kind: "events",
      filter: filterFor(text, scope),
      descending,
      ...(sort === undefined ? {} : { sort }),
    });
    const all: FoundEvent[] = [];
    for await (const event of events) all.push(event);
    const life = lifeOf(resourceNamed(text), all);
    const table = eventTable(fields);
    const rows = all.slice(0, limit).map((event) => table.row(event));
    return {
      verb: "history",
      question: `history ${text}`,
      found: all.length > 0,
      sentences: sentencesFor(text, life, timeZone),
      facts: {
        resource: text,
        created: life.created.length,
        changed: life.changed,
        deleted: life.deleted.length,
        others: life.others,
      },
      sections: [{ name: "events", columns: table.columns, rows }],
      hints: all.length > 0 ? [] : await didYouMean(engine, text),
      coverage: () => engine.coverage(),
    };
  },
};

function filterFor(text: string, { filter, options: { reads } }: Scope): Filter {
  const filters = [filter, resourceTerm(text)];
  if (reads !== true) filters.push({ kind: "not", filter: onlyReads });
  return { kind: "every", filters };
}

const onlyReads: Filter = {
  kind: "text",
  subject: { kind: "field", field: "readOnly" },
  pattern: { kind: "equals", text: "true" },
};

const creation = deedFilter(deedNamed("created"));
const deletion = deedFilter(deedNamed("deleted"));

/** What the calls did to the resource; calls on a part of it change it. */
interface Life {
  readonly created: readonly FoundEvent[];
  readonly deleted: readonly FoundEvent[];
  readonly changed: number;
  /** Calls that failed, only read or were about something else. */
  readonly others: number;
}

function lifeOf(resource: ResourcePattern, events: readonly FoundEvent[]): Life {
  const done = events.filter(
    ({ record }) =>
      outcomeOf(record) === "success" &&
      bearing(record, resource) !== "mention" &&
      !matches(onlyReads, record),
  );
  const itself = done.filter(({ record }) => bearing(record, resource) === "target");
  const created = itself.filter(({ record }) => matches(creation, record));
  const deleted = itself.filter(({ record }) => matches(deletion, record));
  return {
    created,
    deleted,
    changed: done.length - created.length - deleted.length,
    others: events.length - done.length,
  };
}

function sentencesFor(
  resource: string,
  { created, deleted, changed, others }: Life,
  timeZone: string,
): readonly string[] {
  const turns = [
    ...(created.length > 0 ? [turn("created", created, timeZone)] : []),
    ...(changed > 0 ? [`changed ${counted(changed, "time")}`] : []),
    ...(deleted.length > 0 ? [turn("deleted", deleted, timeZone)] : []),
  ];
  const verdict =
    turns.length === 0
      ? `Nothing happened to ${resource}, in these logs.`
      : `${resource} was ${listed(turns)}.`;
  if (others === 0) return [verdict];
  const calls = counted(others, turns.length === 0 ? "call" : "other call");
  return [verdict, `${calls} changed nothing of it.`];
}

function turn(what: string, events: readonly FoundEvent[], timeZone: string): string {
  const newest = events.reduce((latest, event) =>
    (timeOf(event.record) ?? 0) > (timeOf(latest.record) ?? 0) ? event : latest,
  );
  const often = events.length === 1 ? "" : ` ${counted(events.length, "time")}, the last time`;
  return `${what}${often}${onDay(newest.record, timeZone)} by ${whoOf(newest.record)}`;
}
