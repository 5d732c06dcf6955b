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
    const table = eventTable(fields);
    const rows = all.slice(0, limit).map((event) => table.row(event));
    return {
      verb: "history",
      question: `history ${text}`,
      found: all.length > 0,
      sentences: sentencesFor(resourceNamed(text), all, timeZone),
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

function sentencesFor(
  resource: ResourcePattern,
  events: readonly FoundEvent[],
  timeZone: string,
): readonly string[] {
  if (events.length === 0) return [`Nothing happened to ${resource.text}, in these logs.`];
  const done = events.filter(
    ({ record }) =>
      outcomeOf(record) === "success" &&
      bearing(record, resource) !== "mention" &&
      !matches(onlyReads, record),
  );
  const itself = done.filter(({ record }) => bearing(record, resource) === "target");
  const created = itself.filter(({ record }) => matches(creation, record));
  const deleted = itself.filter(({ record }) => matches(deletion, record));
  const changes = done.length - created.length - deleted.length;
  const turns = [
    ...(created.length > 0 ? [turn("created", created, timeZone)] : []),
    ...(changes > 0 ? [`changed ${counted(changes, "time")}`] : []),
    ...(deleted.length > 0 ? [turn("deleted", deleted, timeZone)] : []),
  ];
  const others = events.length - done.length;
  return [
    turns.length === 0
      ? `${resource.text} was not changed, in these logs.`
      : `${resource.text} was ${listed(turns)}.`,
    ...(others > 0 ? [`${counted(others, "other call")} changed nothing of it.`] : []),
  ];
}

function turn(what: string, events: readonly FoundEvent[], timeZone: string): string {
  const newest = events.reduce((latest, event) =>
    (timeOf(event.record) ?? 0) > (timeOf(latest.record) ?? 0) ? event : latest,
  );
  const often = events.length === 1 ? "" : ` ${counted(events.length, "time")}, the last time`;
  return `${what}${often}${onDay(newest.record, timeZone)} by ${whoOf(newest.record)}`;
}
