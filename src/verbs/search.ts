/**
 * `trailhound search`: the events that match, one row each.
 */

import { eventRows, eventTable } from "../words/event-rows.ts";
import { humanQuestions, humansOf } from "../words/humans.ts";
import {
  type Lanes,
  laneNames,
  lanesOf,
  lanesQuestion,
  otherRecords,
} from "../words/lane-words.ts";
import { leftOut } from "../words/left-out.ts";
import { listing } from "../words/like-rows.ts";
import { counted, grouped } from "../words/sentences.ts";
import { verb } from "./verb.ts";

export const search = verb({
  name: "search",
  summary: "list the events that match",
  takes: ["filter", "fields", "sort", "limit", "byHuman"],
  givesEvents: true,
  readsLogs: true,
  examples: [
    { command: "search -e 'Delete*' --outcome denied", says: "every denied deletion" },
    { command: "search -u maria --last 24h --format ndjson", says: "whole records, to pipe on" },
    {
      command: "search --where 'requestParameters.maxKeys > 9' --fields user",
      says: "any field of the record, this column only",
    },
  ],
  questions: ({ filter, sort, byHuman }) => [
    { kind: "events", filter, ...(sort && { sort }) },
    lanesQuestion(filter),
    ...humanQuestions(byHuman),
  ],
  async run(reading, { filter, sort, descending, limit, fields, byHuman }) {
    const { total, events, coverage } = await reading.events({
      kind: "events",
      ...{ filter, descending, anyLane: true },
      ...(sort === undefined ? {} : { sort }),
      ...(limit === undefined ? {} : { limit }),
    });
    const table = eventTable({ fields, humans: byHuman ? await humansOf(reading) : undefined });
    return {
      found: total > 0,
      sentences: [headline(total, await lanesOf(reading, filter), limit)],
      facts: { total },
      sections: [{ name: "events", ...listing(table.columns, eventRows(table, events)) }],
      hints: total === 0 ? leftOut(filter, coverage()) : [],
    };
  },
});

function headline(total: number, lanes: Lanes, limit = total): string {
  if (total === 0) return "No events match.";
  const others = otherRecords(lanes);
  const be = others === 1 ? "is no call" : "are no calls";
  const told = others === 0 ? "" : `, of which ${grouped(others)} ${be} (${laneNames(lanes)})`;
  const events = `${counted(total, "event")}${told}.`;
  if (limit >= total) return events;
  if (limit === 0) return `${events} None is listed.`;
  return `${events} The first${limit === 1 ? "" : ` ${grouped(limit)}`}:`;
}
