/**
 * `trailhound search`: the events that match, one row each.
 */

import { eventRows, eventTable } from "./event-rows.ts";
import { counted } from "./sentences.ts";
import type { Verb } from "./verb.ts";

export const search: Verb = {
  name: "search",
  summary: "list the events that match",
  takes: ["filter", "fields", "sort", "limit"],
  givesEvents: true,
  readsLogs: true,
  examples: [
    { command: "search -e 'Delete*' --outcome denied", says: "every denied deletion" },
    { command: "search -u maria --last 24h --format ndjson", says: "whole records, to pipe on" },
    {
      command: "search --where 'requestParameters.maxKeys > 9' --fields eventTime,user",
      says: "any field of the record, only these columns",
    },
  ],
  async run(engine, { filter, sort, descending, limit, fields }) {
    const { total, events } = await engine.events({
      kind: "events",
      filter,
      descending,
      ...(sort === undefined ? {} : { sort }),
      ...(limit === undefined ? {} : { limit }),
    });
    const table = eventTable(fields);
    const shown = limit !== undefined && limit < total ? ` The first ${limit}:` : "";
    return {
      verb: "search",
      question: "search",
      found: total > 0,
      sentences: [total === 0 ? "No events match." : `${counted(total, "event")}.${shown}`],
      facts: { total },
      sections: [{ name: "events", columns: table.columns, rows: eventRows(table, events) }],
      hints: [],
      coverage: () => engine.coverage(),
    };
  },
};
