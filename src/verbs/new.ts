/**
 * `trailhound new`: what an identity did after the baseline that it had not done before: other calls,
 * regions, addresses, clients and roles.
 *
 * A role's sessions count as the role, because their names change from one to the next; those of
 * Identity Center count as the person. Who has no baseline is new as a whole, and told in one row.
 */

import type { Row } from "../query/answer.ts";
import { during, every } from "../query/build.ts";
import type { Filter } from "../query/filter.ts";
import { UserError } from "../query/user-error.ts";
import { allSessions, sessionsQuestion } from "../resolve/gather.ts";
import { humanQuestions, humansOf } from "../words/humans.ts";
import { lasting } from "../words/sentences.ts";
import { callerSubjectsOf, identities, peopleOf } from "./new/callers.ts";
import { type Aspect, aspects, habitSubjects, habitsOf, supportOf } from "./new/habits.ts";
import { type Baseline, callsIn, type News, thin } from "./new/news.ts";
import { changeRows, columns, strangerSection } from "./new/rows.ts";
import { sentences } from "./new/sentences.ts";
import { text, textOr } from "./options.ts";
import { type Scope, verb } from "./verb.ts";

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
    "role, those of Identity Center as the person, and with --by-human all as whoever is behind them; " +
    "calls of AWS services are left out. Clients count " +
    `without their version. An address in a known block is one of a /24 (IPv6: /64) from which the ` +
    `identity called before. A baseline of fewer than ${thin.events} events or less than ` +
    `${lasting(thin.lengthMs)} is called thin.`,
  options,
  takes: ["filter", "limit", "byHuman"],
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
  questions: ({ filter, byHuman }) => [
    sessionsQuestion,
    ...humanQuestions(byHuman),
    {
      kind: "groups",
      filter: withoutStart(filter),
      by: habitSubjects(callerSubjectsOf(byHuman)),
    },
  ],
  async run(reading, scope) {
    const { filter, limit, byHuman, timeZone } = scope;
    const window = windowFrom(scope);
    const wanted = aspectsFrom(scope.options["by"]);
    const anyTime = withoutStart(filter);
    const sessions = await allSessions(reading);
    const callers = byHuman ? peopleOf(await humansOf(reading)) : identities;
    const baseline = await supportOf(reading, every([anyTime, during(window)]), callers);
    const since = Math.max(window.until, startIn(filter) ?? window.until);
    const after = await supportOf(reading, every([anyTime, during({ from: since })]), callers);
    const all = await habitsOf(reading, {
      filter: every([anyTime, during({ from: window.from })]),
      wanted,
      sessions,
      callers,
    });
    const fresh = all.filter(({ first, last }) => first >= window.until && last >= since);
    const told: News = {
      callers,
      baseline,
      window,
      after,
      all,
      changes: fresh.filter(({ who }) => baseline.has(who)),
      strangers: [...after.keys()].filter((who) => !baseline.has(who)),
    };
    const isEmpty = baseline.size === 0;
    const rows = isEmpty ? [] : changeRows(told);
    const sections = isEmpty
      ? []
      : [
          { name: "changes", columns, rows: rows.slice(0, limit) },
          strangerSection(told, limit),
        ].filter(({ rows: some }) => some.length > 0);
    return {
      found: rows.length > 0 || (!isEmpty && told.strangers.length > 0),
      sentences: sentences(told, reading.coverage().span, timeZone),
      facts: {
        baseline: { events: callsIn(baseline), identities: baseline.size },
        changes: told.changes.length,
        strangers: told.strangers.length,
      },
      sections,
      hints: namesFew(sections)
        ? ["Where a row says how many more there are, --format json names them all."]
        : [],
    };
  },
});

/** Whether a row stands for more values than it names. */
function namesFew(sections: readonly { readonly rows: readonly Row[] }[]): boolean {
  return sections.some(({ rows }) =>
    rows.some(({ cells }) =>
      cells.some(({ value, text: shown }) => Array.isArray(value) && / more$/.test(shown ?? "")),
    ),
  );
}

function aspectsFrom(by: string): readonly Aspect[] {
  return by.split(",").map((written) => {
    const name = written.trim();
    const aspect = aspects.find((one) => one === name);
    if (aspect !== undefined) return aspect;
    throw new UserError(`--by: "${name}" is none of ${aspects.join(", ")}`);
  });
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
