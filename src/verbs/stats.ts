/**
 * `trailhound stats`: how many events there are for each value of one or more fields.
 */

import type { Column, Row } from "../query/answer.ts";
import type { Filter, Subject } from "../query/filter.ts";
import type { Engine, Group } from "../query/query.ts";
import { subjectName, subjectsNamed } from "../query/subject.ts";
import { countCell, timeCell } from "./cells.ts";
import { credentialSubjects, humansOf, recordOf } from "./humans.ts";
import { counted, grouped } from "./sentences.ts";
import type { Verb } from "./verb.ts";

export const stats: Verb = {
  name: "stats",
  summary: "count the matching events by field, with first and last seen",
  options: [
    {
      flags: "--by <field,...>",
      help: "fields or paths to count by; eventName, with --by-human nothing else, by default",
    },
  ],
  takes: ["filter", "limit", "byHuman"],
  readsLogs: true,
  examples: [
    { command: "stats --by identity --outcome denied", says: "who is denied most" },
    { command: "stats --by eventSource,awsRegion", says: "which services are used where" },
  ],
  async run(engine, { filter, options: { by: list }, limit, byHuman }) {
    const written = typeof list === "string" ? list : byHuman ? undefined : "eventName";
    const by = written === undefined ? [] : subjectsNamed(written, "--by");
    const groups = byHuman
      ? await groupsByHuman(engine, filter, by)
      : await engine.groups({ kind: "groups", filter, by });
    const names = [...(byHuman ? ["human"] : []), ...by.map(subjectName)];
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

/** Sessions are told apart first, and then put together by whoever is behind them. */
async function groupsByHuman(
  engine: Engine,
  filter: Filter,
  by: readonly Subject[],
): Promise<readonly Group[]> {
  const humans = await humansOf(engine);
  const groups = await engine.groups({
    kind: "groups",
    filter,
    by: [...credentialSubjects, ...by],
  });
  const merged = new Map<string, Group>();
  for (const { values, ...counts } of groups) {
    const own = [humans(recordOf(values)), ...values.slice(credentialSubjects.length)];
    const key = JSON.stringify(own.map((value) => value ?? null));
    merged.set(key, joined({ values: own, ...counts }, merged.get(key)));
  }
  return [...merged]
    .sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1))
    .map(([, group]) => group);
}

function joined(group: Group, before: Group | undefined): Group {
  if (before === undefined) return group;
  const times = [before.first, before.last, group.first, group.last].flatMap((time) => time ?? []);
  return {
    values: group.values,
    count: before.count + group.count,
    ...(times.length === 0 ? {} : { first: Math.min(...times), last: Math.max(...times) }),
  };
}

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
