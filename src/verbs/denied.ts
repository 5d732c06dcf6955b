/**
 * `trailhound denied`: what was denied, to whom, on what and by which kind of policy, in groups.
 */

import { every } from "../query/build.ts";
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
import type { Verb } from "./verb.ts";

export const denied: Verb = {
  name: "denied",
  summary: "tell what was denied, to whom, on what, and by which kind of policy",
  details:
    "Action, resource and policy are read out of the error message; where it does not tell, action " +
    "and resource are those of the event. The sessions of a role are one principal.",
  options: [
    { flags: "--by <part>", help: "one row for each of these, the rest as lists", choices: parts },
  ],
  takes: ["filter", "limit"],
  readsLogs: true,
  examples: [
    { command: "denied --last 7d", says: "all of it, the commonest first" },
    { command: "denied -u deploy --by action", says: "what one role lacks" },
    { command: "denied --by policy", says: "which kind of policy stands in the way" },
  ],
  async run(engine, { filter, limit, options, timeZone }) {
    const { events } = await engine.events({
      kind: "events",
      filter: every([filter, deniedOnly]),
    });
    const calls = await deniedCallsIn(events);
    const later = await successesAfter(engine, calls.groups);
    const by = parts.find((part) => part === options["by"]);
    const rows = deniedRows(calls.groups, later, by);
    return {
      verb: "denied",
      question: by === undefined ? "denied" : `denied by ${by}`,
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
          columns: deniedColumns(by),
          rows: rows.slice(0, limit).map((row) => deniedCells(row, by)),
        },
      ],
      hints: hintsFor(calls),
      coverage: () => engine.coverage(),
    };
  },
};
