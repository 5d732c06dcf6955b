/**
 * `trailhound denied`: what was denied, to whom, on what and by which kind of policy, in groups.
 */

import { every } from "../query/build.ts";
import type { Filter } from "../query/filter.ts";
import { humanQuestions, humansOf } from "../words/humans.ts";
import { deniedCallsIn, deniedOnly } from "./denied/groups.ts";
import { deniedCells, deniedColumns, deniedRows, parts } from "./denied/rows.ts";
import {
  deniedFacts,
  headline,
  hintsFor,
  laterWords,
  limitWords,
  noiseWords,
  nothingDenied,
} from "./denied/sentences.ts";
import { successesAfter } from "./denied/since.ts";
import { choice } from "./options.ts";
import { verb } from "./verb.ts";

export const denied = verb({
  name: "denied",
  summary: "tell what was denied, to whom, on what, and by which kind of policy",
  details:
    "Action, resource and policy are read out of the error message; where it does not tell, action " +
    "and resource are those of the event. The sessions of a role are one principal; with --by-human " +
    "whoever is behind them is.",
  options: { by: choice(parts, "--by <part>", "one row for each of these, the rest as lists") },
  takes: ["filter", "limit", "byHuman"],
  readsLogs: true,
  examples: [
    { command: "denied --last 7d", says: "all of it, the commonest first" },
    { command: "denied -u deploy --by action", says: "what one role lacks" },
    { command: "denied --by policy", says: "which kind of policy stands in the way" },
  ],
  // Of what went through later, only what was denied.
  questions: ({ filter, byHuman }) => [
    { kind: "events", filter: deniedIn(filter) },
    ...humanQuestions(byHuman),
    { kind: "more" },
  ],
  asked: ({ options: { by } }) => (by === undefined ? "denied" : `denied by ${by}`),
  async run(reading, { filter, limit, options: { by }, byHuman, timeZone }) {
    const humans = byHuman ? await humansOf(reading) : undefined;
    // What a VPC endpoint refuses never comes to the service, which then logs nothing.
    const { events } = await reading.events({
      ...{ kind: "events", filter: deniedIn(filter), anyLane: true },
    });
    const calls = await deniedCallsIn(events, humans);
    const later = await successesAfter(reading, calls.groups);
    const rows = deniedRows(calls.groups, later, by);
    return {
      found: calls.total > 0,
      sentences: [
        calls.total === 0 ? nothingDenied(filter) : headline(calls),
        ...laterWords(later, timeZone),
        ...noiseWords(calls),
        ...limitWords(rows.length, limit),
      ],
      facts: deniedFacts(calls, later),
      sections: [
        {
          name: "denied",
          columns: deniedColumns({ by, byHuman }),
          rows: rows.slice(0, limit).map((row) => deniedCells(row, { by, byHuman })),
        },
      ],
      hints: hintsFor(calls),
    };
  },
});

function deniedIn(filter: Filter): Filter {
  return every([filter, deniedOnly]);
}
