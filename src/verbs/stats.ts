/**
 * `trailhound stats`: how many events there are for each value of one or more fields.
 */

import type { Column, Row } from "../query/answer.ts";
import type { Group } from "../query/query.ts";
import { subjectName, subjectsNamed } from "../query/subject.ts";
import { countCell, timeCell } from "./cells.ts";
import { counted, grouped } from "./sentences.ts";
import type { Verb } from "./verb.ts";

export const stats: Verb = {
  name: "stats",
  summary: "count the matching events by field, with first and last seen",
  options: [
    {
      flags: "--by <field,...>",
      help: "fields or paths to count by",
      byDefault: "eventName",
    },
  ],
  takes: ["filter", "limit"],
  readsLogs: true,
  examples: [
    { command: "stats --by identity --outcome denied", says: "who is denied most" },
    { command: "stats --by eventSource,awsRegion", says: "which services are used where" },
  ],
  async run(engine, { filter, options: { by: list }, limit }) {
    const by = subjectsNamed(String(list), "--by");
    const groups = await engine.groups({ kind: "groups", filter, by });
    const names = by.map(subjectName);
    const columns: readonly Column[] = [
      ...names.map((name) => ({ name, title: name })),
      { name: "events", title: "Events", align: "right" },
      { name: "first", title: "First" },
      { name: "last", title: "Last" },
    ];
    const shown = limit === undefined ? groups : groups.slice(0, limit);
    return {
      verb: "stats",
      question: `stats by ${names.join(", ")}`,
      found: groups.length > 0,
      sentences: [headline(groups, shown.length, names)],
      facts: { groups: groups.length },
      sections: [{ name: "groups", columns, rows: shown.map(groupRow) }],
      hints: names
        .filter(
          (_, i) => groups.length > 0 && groups.every(({ values }) => values[i] === undefined),
        )
        .map((name) => `No event has "${name}"; \`trailhound fields\` lists the fields.`),
      coverage: () => engine.coverage(),
    };
  },
};

function headline(groups: readonly Group[], shown: number, names: readonly string[]): string {
  if (groups.length === 0) return "No events match.";
  const [name] = names;
  const none = groups.find(({ values: [value] }) => value === undefined)?.count ?? 0;
  const what =
    names.length > 1
      ? counted(groups.length, "combination")
      : counted(groups.length - (none > 0 ? 1 : 0), `value of ${name}`, `values of ${name}`) +
        (none > 0 ? `; ${counted(none, "event has", "events have")} none` : "");
  if (shown === groups.length) return `${what}.`;
  if (shown === 0) return `${what}. None is listed.`;
  return `${what}. The ${shown === 1 ? "one" : grouped(shown)} with most events:`;
}

function groupRow({ values, count, first, last }: Group): Row {
  return {
    cells: [...values.map((text) => ({ text })), countCell(count), timeCell(first), timeCell(last)],
  };
}
