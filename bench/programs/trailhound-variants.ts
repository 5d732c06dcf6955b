/**
 * trailhound asked otherwise: what a part of its work costs shows beside the whole.
 */

import { callLines, countLines, type Question } from "../questions.ts";
import { type Input, type Program, type Run, shell } from "./program.ts";
import {
  type Document,
  type EventRow,
  idOf,
  parsed,
  run,
  trailhound,
  trailhoundWith,
  version,
} from "./trailhound.ts";

export const trailhoundOneThread: Program = {
  name: "trailhound --threads 1",
  version,
  run: (question, input) =>
    question === "bucket" || question === "names"
      ? run(question, input, ["--threads", "1"])
      : undefined,
};

/** The same calls, and nothing of who is behind them: what telling that adds is what a chain costs. */
export const trailhoundNeedle: Program = {
  name: "trailhound, needle only",
  version,
  run: needleRun,
};

export const trailhoundPiped = piped("trailhound, piped", trailhound.run);
export const trailhoundNeedlePiped = piped("trailhound, needle only, piped", needleRun);

function needleRun(question: Question, { path, truth }: Input): Run | undefined {
  if (question !== "bucket" && question !== "behind") return undefined;
  const { bucket, behind } = truth;
  const [name, calls] = question === "bucket" ? [bucket.name, bucket] : [behind.table, behind];
  return {
    command: trailhoundWith(
      ...["search", "--resource", name, "--event", "Delete*", "--direct"],
      ...["--fields", "eventID,outcome", path, "--format", "json"],
    ),
    lines: (stdout) => (parsed(stdout).events ?? []).map(endedLine),
    expected: callLines(calls),
  };
}

function endedLine(row: EventRow): string {
  return `${row.outcome === "success" ? "deleted" : "tried"} ${idOf(row)}`;
}

/** The same question with the bytes of the same file in a pipe, as a script would ask it. */
function piped(name: string, asked: Program["run"]): Program {
  return {
    name,
    version,
    run(question, input) {
      if (question !== "bucket" || input.shape !== "ndjson") return undefined;
      const direct = asked(question, { ...input, path: "-" });
      if (direct === undefined) return undefined;
      const { file, arguments: words } = direct.command;
      const { lines, expected } = direct;
      return {
        command: shell('log="$1"; shift; cat "$log" | "$@"', input.path, file, ...words),
        lines,
        ...(expected === undefined ? {} : { expected }),
      };
    },
  };
}

/** Counts by whoever is behind; only those of IAM users are known beforehand under their names. */
export const trailhoundHumans = besideIdentity("stats --by-human", ["stats", "--by-human"], {
  lines({ groups = [] }, { counts }) {
    const totals = new Map<string, number>();
    for (const { human, events } of groups) {
      const name = String(human).replace(/ of account .*/, "");
      if (name in counts.user) totals.set(name, (totals.get(name) ?? 0) + events);
    }
    return countLines(Object.fromEntries(totals));
  },
  expected: ({ counts }) => countLines(counts.user),
});

/** Sessions by their access key; uses of long-term keys, and sign-ins, have none of these. */
const sessionLines = {
  lines: ({ sessions = [] }: Document) =>
    sessions.flatMap(({ session, events }) =>
      session?.startsWith("ASIA") ? [`${session} ${events}`] : [],
    ),
  expected: ({ counts }: Input["truth"]) => countLines(counts.session),
};

export const trailhoundSessions = besideIdentity("sessions", ["sessions"], sessionLines);

/** Without the time that tens of thousands of lines take to write. */
export const trailhoundFewSessions = besideIdentity(
  "sessions, 200 of them",
  ["sessions", "--limit", "200"],
  { ...sessionLines, part: true },
);

export const trailhoundUser = besideIdentity(
  "search --user",
  ({ throughRoles }) => ["search", "--user", throughRoles.name, "--fields", "eventID"],
  {
    lines: ({ events = [] }) => events.map(idOf),
    expected: ({ throughRoles }) => throughRoles.eventIDs,
  },
);

interface Reading {
  readonly lines: (document: Document, truth: Input["truth"]) => readonly string[];
  readonly expected: (truth: Input["truth"]) => readonly string[];
  readonly part?: boolean;
}

/** What needs the links of all sessions, next to the count by identity, which needs none. */
function besideIdentity(
  name: string,
  words: readonly string[] | ((truth: Input["truth"]) => readonly string[]),
  { lines, expected, part = false }: Reading,
): Program {
  return {
    name: `trailhound, ${name}`,
    version,
    run(question, { path, truth }) {
      if (question !== "identity") return undefined;
      const asked = typeof words === "function" ? words(truth) : words;
      return {
        command: trailhoundWith(...asked, path, "--format", "json"),
        lines: (stdout) => lines(parsed(stdout), truth),
        expected: expected(truth),
        part,
      };
    },
  };
}
