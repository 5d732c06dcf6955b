/**
 * `trailhound new`: what an identity did after the baseline that it had not done before: other calls,
 * regions, addresses, clients and roles.
 *
 * A role's sessions count as the role, because their names change from one to the next; those of
 * Identity Center count as the person. Who has no baseline is new as a whole, and told in one row.
 */

import { addTo } from "../event/add-to.ts";
import { parseAddress } from "../event/address.ts";
import type { Column, Row } from "../query/answer.ts";
import { during, every } from "../query/build.ts";
import { byText } from "../query/compare.ts";
import type { Filter } from "../query/filter.ts";
import type { Span } from "../query/span.ts";
import { UserError } from "../query/user-error.ts";
import { allSessions, sessionsQuestion } from "../resolve/gather.ts";
import { countCell, timeCell } from "../words/cells.ts";
import { counted, grouped, lasting, listed, moment } from "../words/sentences.ts";
import {
  type Aspect,
  aspects,
  type Habit,
  habitSubjects,
  habitsOf,
  nameOf,
  type Support,
  supportOf,
} from "./new/habits.ts";
import { text, textOr } from "./options.ts";
import { type Scope, verb } from "./verb.ts";

/** Below this what is new may just be rare. */
const thin = { events: 100, lengthMs: 3 * 86_400_000 } as const;
/** Logs that begin later than this after the baseline lack a part of it. */
const dayMs = 86_400_000;
/** More new values of one sort than this are one row. */
const mostRows = 5;

const options = {
  baseline: text(
    "--baseline <time>",
    "up to when, or between when: 7d, 2026-11-01, 2026-10-01..2026-11-01 (the end not included)",
  ),
  by: textOr(aspects.join(","), "--by <what,...>", `of ${aspects.join(", ")}`),
};

export const whatIsNew = verb({
  name: "new",
  summary: "tell what each identity did that it had not done before: calls, places, clients, roles",
  details:
    "The baseline is all that came before a time, or between two. Sessions of a role count as the " +
    "role, those of Identity Center as the person; calls of AWS services are left out. Clients count " +
    `without their version. An address in a known block is one of a /24 (IPv6: /64) from which the ` +
    `identity called before. A baseline of fewer than ${thin.events} events or less than ` +
    `${lasting(thin.lengthMs)} is called thin.`,
  options,
  takes: ["filter", "limit"],
  reach: "everything",
  readsLogs: true,
  examples: [
    { command: "new --baseline 24h", says: "what nobody did until yesterday" },
    {
      command: "new --baseline 2026-10-01..2026-11-01 -u mallory.k",
      says: "how one user changed since October",
    },
    { command: "new --baseline 7d --by address,agent", says: "from where, with what" },
  ],
  questions: ({ filter }) => [
    sessionsQuestion,
    { kind: "groups", filter: withoutStart(filter), by: habitSubjects },
  ],
  async run(reading, scope) {
    const { filter, limit, timeZone } = scope;
    const window = windowFrom(scope);
    const wanted = aspectsFrom(scope.options["by"]);
    const anyTime = withoutStart(filter);
    const sessions = await allSessions(reading);
    const baseline = await supportOf(reading, every([anyTime, during(window)]));
    const since = Math.max(window.until, startIn(filter) ?? window.until);
    const after = await supportOf(reading, every([anyTime, during({ from: since })]));
    const all = await habitsOf(reading, {
      filter: every([anyTime, during({ from: window.from })]),
      wanted,
      sessions,
    });
    const fresh = all.filter(({ first, last }) => first >= window.until && last >= since);
    const told: News = {
      baseline,
      window,
      after,
      all,
      changes: fresh.filter(({ who }) => baseline.has(who)),
      strangers: [...after.keys()].filter((who) => !baseline.has(who)),
    };
    const isEmpty = baseline.size === 0;
    const rows = isEmpty ? [] : changeRows(told);
    return {
      found: rows.length > 0 || (!isEmpty && told.strangers.length > 0),
      sentences: sentences(told, reading.coverage().span, timeZone),
      facts: {
        baseline: { events: callsIn(baseline), identities: baseline.size },
        changes: told.changes.length,
        strangers: told.strangers.length,
      },
      sections: isEmpty
        ? []
        : [
            { name: "changes", columns, rows: rows.slice(0, limit) },
            strangerSection(told, limit),
          ].filter(({ rows: some }) => some.length > 0),
      hints: [],
    };
  },
});

/** All that is told of. */
interface News {
  readonly window: Baseline;
  /** By identity; of the baseline, and of what came after it. */
  readonly baseline: ReadonlyMap<string, Support>;
  readonly after: ReadonlyMap<string, Support>;
  readonly all: readonly Habit[];
  readonly changes: readonly Habit[];
  /** Identities without a baseline. */
  readonly strangers: readonly string[];
}

function callsIn(support: News["baseline"]): number {
  return [...support.values()].reduce((sum, { events }) => sum + events, 0);
}

function aspectsFrom(by: string): readonly Aspect[] {
  return by.split(",").map((written) => {
    const name = written.trim();
    const aspect = aspects.find((one) => one === name);
    if (aspect !== undefined) return aspect;
    throw new UserError(`--by: "${name}" is none of ${aspects.join(", ")}`);
  });
}

interface Baseline {
  readonly from?: number;
  readonly until: number;
}

function windowFrom({ options: { baseline }, moment: momentOf }: Scope<typeof options>): Baseline {
  if (baseline === undefined) {
    throw new UserError("--baseline: say up to when all is known: 7d, 2026-11-01, or A..B");
  }
  const [first = "", second, ...more] = baseline.split("..");
  const from = second === undefined ? undefined : momentOf(first);
  const end = momentOf(second ?? first);
  // Events know no parts of a second.
  const until = end === undefined ? undefined : Math.floor(end / 1000) * 1000;
  const isRange = second === undefined || from !== undefined;
  if (until === undefined || !isRange || more.length > 0) {
    throw new UserError(
      `--baseline: "${baseline}" is no time and no two; give 2026-11-01, 7d or 2026-10-01..2026-11-01`,
    );
  }
  if (from === undefined) return { until };
  if (from >= until) throw new UserError("--baseline: ends before it begins");
  return { from, until };
}

/** `--since` says of what came after the baseline which is told. */
function withoutStart(filter: Filter): Filter {
  if (filter.kind === "every") return every(filter.filters.map(openAtStart));
  return openAtStart(filter);
}

function openAtStart(filter: Filter): Filter {
  return filter.kind === "time" ? during({ until: filter.until }) : filter;
}

function startIn(filter: Filter): number | undefined {
  if (filter.kind === "time") return filter.from;
  const parts = filter.kind === "every" ? filter.filters : [];
  return parts.find((part) => part.kind === "time")?.from;
}

const nouns: { readonly [aspect in Aspect]: readonly [one: string, many: string] } = {
  event: ["call", "calls"],
  region: ["region", "regions"],
  address: ["address", "addresses"],
  agent: ["client", "clients"],
  role: ["role", "roles"],
};

function sentences(
  { baseline, window, changes, strangers }: News,
  { first: begin, last: end }: Span,
  timeZone: string,
): readonly string[] {
  const until = moment(window.until, timeZone);
  if (baseline.size === 0) {
    return [
      `The logs hold no matching call of the baseline, which ends on ${until}: everything would be new.`,
    ];
  }
  const who = new Set(changes.map((change) => change.who));
  const parts = aspects.flatMap((aspect) => {
    const count = changes.filter((change) => change.aspect === aspect).length;
    return count === 0 ? [] : [counted(count, ...nouns[aspect])];
  });
  const starts = [...baseline.values()].map(({ first }) => first);
  const first = starts.reduce((a, b) => Math.min(a, b));
  const isCut = window.from !== undefined && begin !== undefined && begin > window.from + dayMs;
  const isOver = end !== undefined && end < window.until;
  const thinOnes = [...who].filter((one) => isThin(baseline.get(one)));
  return [
    parts.length === 0
      ? isOver
        ? `These logs end before the baseline does, on ${until}: nothing in them can be new.`
        : `Nobody of the baseline did anything new from ${until} on.`
      : `${counted(who.size, "identity", "identities")} did something new from ${until} on: ` +
        `${listed(parts, parts.length)}.`,
    ...(strangers.length === 0
      ? []
      : [
          `${counted(strangers.length, "identity has", "identities have")} no call in the baseline and ` +
            `${strangers.length === 1 ? "is" : "are"} new as a whole.`,
        ]),
    `The baseline holds ${counted(callsIn(baseline), "call")} of ` +
      `${counted(baseline.size, "identity", "identities")} from ${moment(first, timeZone)} on` +
      `${isCut ? `; the logs begin on ${moment(begin, timeZone)}, later than it` : ""}.`,
    ...(thinOnes.length === 0
      ? []
      : [
          `It is thin for ${grouped(thinOnes.length)} of those with something new (fewer than ` +
            `${thin.events} calls, or within less than ${lasting(thin.lengthMs)}): what is new may ` +
            "just be rare.",
        ]),
  ];
}

function isThin(support: Support | undefined): boolean {
  if (support === undefined) return true;
  const { events, first, last } = support;
  return events < thin.events || last - first < thin.lengthMs;
}

const columns: readonly Column[] = [
  { name: "first", title: "First" },
  { name: "last", title: "Last", rank: 4 },
  { name: "who", title: "Who", wrap: true },
  { name: "aspect", title: "New" },
  { name: "value", title: "What", wrap: true },
  { name: "events", title: "Events", rank: 1, align: "right" },
  { name: "denied", title: "Denied", rank: 2, align: "right" },
  { name: "note", title: "Note", rank: 3, wrap: true },
  { name: "baseline", title: "Baseline", rank: 5 },
];

/** In order of time; many of one sort in one row. */
function changeRows(news: News): readonly Row[] {
  const bySort = new Map<string, Habit[]>();
  for (const change of news.changes) {
    addTo(bySort, JSON.stringify([change.who, change.aspect]), change);
  }
  const nameFor = names(news);
  const note = noter(news);
  return [...bySort.values()]
    .flatMap((same) => (same.length > mostRows ? [same] : same.map((one) => [one])))
    .map((same) => same.toSorted((a, b) => a.first - b.first || byText(a.value, b.value)))
    .sort(([a], [b]) => (a?.first ?? 0) - (b?.first ?? 0) || byText(a?.who ?? "", b?.who ?? ""))
    .flatMap((same) => {
      const [one] = same;
      return one === undefined ? [] : [changeRow(same, one, { news, nameFor, note })];
    });
}

function changeRow(
  same: readonly Habit[],
  { who, aspect, first }: Habit,
  {
    news,
    nameFor,
    note,
  }: {
    readonly news: News;
    readonly nameFor: (who: string) => string;
    readonly note: (habits: readonly Habit[]) => string | undefined;
  },
): Row {
  const sum = (count: (habit: Habit) => number) =>
    same.reduce((all, habit) => all + count(habit), 0);
  const values = same.map(({ value }) => value);
  const [one, many] = nouns[aspect];
  return {
    cells: [
      timeCell(first),
      timeCell(same.reduce((last, habit) => Math.max(last, habit.last), first)),
      { text: nameFor(who) },
      { text: same.length === 1 ? one : `${grouped(same.length)} ${many}` },
      same.length === 1 ? { text: values[0] } : { text: listed(values), value: values },
      countCell(sum(({ events }) => events)),
      countCell(sum(({ denied }) => denied)),
      { text: note(same) },
      { text: supportWords(news.baseline.get(who)) },
    ],
  };
}

/** `1,204 calls in 13 d`. */
function supportWords(support: Support | undefined): string | undefined {
  if (support === undefined) return undefined;
  const { events, first, last } = support;
  const length = last === first ? "" : ` in ${lasting(last - first)}`;
  return `${counted(events, "call")}${length}${isThin(support) ? " (thin)" : ""}`;
}

/** Whether it is new for everybody, or near to what was known. */
function noter({ all, window }: News): (habits: readonly Habit[]) => string | undefined {
  const known = new Set<string>();
  for (const { who, aspect, value, first } of all) {
    if (first >= window.until) continue;
    known.add(`${aspect} ${value}`);
    if (aspect === "address") known.add(`${who} ${blockOf(value)}`);
  }
  return (habits) => {
    const isNear = ({ who, aspect, value }: Habit) =>
      aspect === "address" && known.has(`${who} ${blockOf(value)}`);
    if (habits.every(isNear)) return "in a known block";
    const unheard = habits.filter(({ aspect, value }) => !known.has(`${aspect} ${value}`)).length;
    if (unheard === 0) return undefined;
    return unheard === habits.length
      ? "nobody's before"
      : `${grouped(unheard)} of them nobody's before`;
  };
}

/** Addresses next to each other: the /24 of IPv4, the /64 that one network has of IPv6. */
function blockOf(address: string): string {
  const bytes = parseAddress(address);
  return bytes === undefined
    ? address
    : Buffer.from(bytes.slice(0, bytes.length === 4 ? 3 : 8)).toString("hex");
}

/** Two identities of one name are told apart by their account, or else by their ARN. */
function names({ after, baseline }: News): (who: string) => string {
  const all = [...new Set([...after.keys(), ...baseline.keys()])];
  const short = new Set(onceOnly(all.map(nameOf)));
  const long = new Set(onceOnly(all.map(nameAndAccount)));
  return (who) => {
    if (short.has(nameOf(who))) return nameOf(who);
    return long.has(nameAndAccount(who)) ? nameAndAccount(who) : who;
  };
}

function onceOnly(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return texts.filter((text) => counts.get(text) === 1);
}

function nameAndAccount(who: string): string {
  return `${nameOf(who)} of account ${who.split(":")[4] ?? "unknown"}`;
}

const strangerColumns: readonly Column[] = [
  { name: "first", title: "First" },
  { name: "last", title: "Last", rank: 3 },
  { name: "who", title: "Who", wrap: true },
  { name: "events", title: "Events", align: "right" },
  { name: "did", title: "Calls", rank: 1, wrap: true },
  { name: "from", title: "From", rank: 2, wrap: true },
];

function strangerSection(news: News, limit: number | undefined) {
  const nameFor = names(news);
  const habits = new Map(news.strangers.map((who) => [who, [] as Habit[]]));
  for (const habit of news.all) habits.get(habit.who)?.push(habit);
  const ofStranger = (who: string, wanted: Aspect) =>
    (habits.get(who) ?? [])
      .filter(({ aspect }) => aspect === wanted)
      .sort((a, b) => b.events - a.events || byText(a.value, b.value))
      .map(({ value }) => value);
  const rows = news.strangers
    .map((who) => ({ who, ...news.after.get(who) }))
    .sort((a, b) => (a.first ?? 0) - (b.first ?? 0) || byText(a.who, b.who))
    .slice(0, limit)
    .map(({ who, events, first, last }): Row => {
      const [did, from] = [ofStranger(who, "event"), ofStranger(who, "address")];
      return {
        cells: [
          timeCell(first),
          timeCell(last),
          { text: nameFor(who) },
          countCell(events),
          { text: listed(did), value: did },
          { text: listed(from), value: from },
        ],
      };
    });
  return {
    name: "strangers",
    title: `Without a baseline (${grouped(news.strangers.length)})`,
    columns: strangerColumns,
    rows,
  };
}
