/**
 * `trailhound history`: the life of a resource, event by event.
 */

import type { Filter } from "../query/filter.ts";
import type { FoundEvent } from "../query/query.ts";
import { resourceNamed, resourceTerm } from "../query/resource.ts";
import { didYouMean } from "./absence.ts";
import { eventTable } from "./event-rows.ts";
import { factsOf, lifeOf, onlyReads, sentencesFor } from "./history-sentences.ts";
import type { Verb } from "./verb.ts";

export const history: Verb = {
  name: "history",
  summary: "tell the life of a resource in order: created, changed, deleted",
  arguments: [{ name: "<resource>", help: "a name, id, ARN, path or URL; * and ? as globs" }],
  options: [{ flags: "--reads", help: "also the calls that only read" }],
  takes: ["filter", "fields", "sort", "limit"],
  givesEvents: true,
  readsLogs: true,
  examples: [
    { command: "history orders-archive-prod", says: "what happened to a bucket" },
    { command: "history i-0a1b2c3d4e5f60718 --reads", says: "who looked at it, too" },
  ],
  async run(engine, scope) {
    const { fields, limit, sort, descending, timeZone, filter } = scope;
    const [asked = ""] = scope.arguments;
    const { reads: alsoReads } = scope.options;
    const reads = alsoReads === true;
    const { events } = await engine.events({
      kind: "events",
      filter: {
        kind: "every",
        filters: [filter, resourceTerm(asked), ...(reads ? [] : [notOnlyReads])],
      },
      descending,
      ...(sort === undefined ? {} : { sort }),
    });
    const all: FoundEvent[] = [];
    for await (const event of events) all.push(event);
    const resource = resourceNamed(asked);
    const subject = { resource, asked, filter, reads };
    const life = lifeOf(subject, descending ? all.toReversed() : all);
    const table = eventTable({ fields, about: subject.resource });
    const rows = all.slice(0, limit).map((event) => table.row(event));
    return {
      verb: "history",
      question: `history ${asked}`,
      found: all.length > 0,
      sentences: sentencesFor(subject, life, timeZone),
      facts: factsOf(subject, life),
      sections: [{ name: "events", columns: table.columns, rows }],
      hints: all.length > 0 ? [] : await didYouMean(engine, resource.text),
      coverage: () => engine.coverage(),
    };
  },
};

const notOnlyReads: Filter = { kind: "not", filter: onlyReads };
