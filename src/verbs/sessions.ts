/**
 * `trailhound sessions`: a line for each session: who, when, from where, with what, and what was done.
 */

import { addTo } from "../event/add-to.ts";
import { parseAddress } from "../event/address.ts";
import { describeIdentity } from "../event/identity.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { timeOf } from "../event/time.ts";
import { valuesOf } from "../event/values.ts";
import type { Cell, Column, Row } from "../query/answer.ts";
import { type Filter, isEverything } from "../query/filter.ts";
import { matches } from "../query/matches.ts";
import { sketchOf } from "../query/query.ts";
import { chainOf } from "../resolve/chain.ts";
import { credentialsUsedBy, recordSignedWith } from "../resolve/issuers.ts";
import { isProven } from "../resolve/origin.ts";
import type { Sessions } from "../resolve/sessions.ts";
import { countCell, timeCell } from "../words/cells.ts";
import { originWords } from "../words/chain-words.ts";
import { callOf } from "../words/event-words.ts";
import { namesakes } from "../words/namesakes.ts";
import { counted, grouped, lasting, listed } from "../words/sentences.ts";
import { choiceOr, flag } from "./options.ts";
import { placesWords } from "./sessions/instance-places.ts";
import {
  type Counts,
  hasLongTermKey,
  type SessionLine,
  type SessionList,
  sessionList,
  sessionListQuestions,
} from "./sessions/list.ts";
import { pauseMs } from "./sessions/pieces.ts";
import { verb } from "./verb.ts";

const orders = ["start", "events", "failures", "length"] as const;
type Order = (typeof orders)[number];

export const sessions = verb({
  name: "sessions",
  summary: "list the sessions: who, when, from where, with what, and what was done",
  details:
    "Filters say which events count, and sessions without any are left out; who is behind a session " +
    "is told from all of the logs. Long-term access keys have no sessions: what one signed is cut " +
    `where nothing happened for more than ${lasting(pauseMs)}. The last column is what \`show\` and ` +
    "`trace` take to tell more of the session.",
  options: {
    services: flag("--services", "list sessions of AWS services' own roles, too"),
    order: choiceOr(
      "start",
      orders,
      "--order <by>",
      "which come first: the earliest, or those with most of it",
    ),
  },
  takes: ["filter", "limit"],
  reach: "everything",
  readsLogs: true,
  examples: [
    { command: "sessions -u maria --last 7d", says: "when maria worked, from where, on what" },
    { command: "sessions --writes --order events -n 20", says: "the sessions that changed most" },
    { command: "sessions --ip 198.51.100.0/24", says: "sessions used from those addresses" },
  ],
  questions: ({ filter }) => sessionListQuestions(filter),
  async run(reading, { filter, limit, options: { services, order } }) {
    const list = await sessionList(reading, filter);
    const own = list.lines.filter(({ record }) => !isOfService(record, list.sessions));
    // Whoever asks for a service by name wants to see it.
    const shown = services || own.length === 0 ? list.lines : own;
    const sorted = inOrder(shown, order);
    const roles = rolesAssumed(list.sessions, filter);
    const nameOf = namesakes(shown.map(({ record }) => describeIdentity(record)));
    return {
      found: list.lines.length > 0,
      sentences: sentences(list, shown, limit),
      facts: {
        sessions: shown.length,
        ofServices: list.lines.length - shown.length,
        callsOfServices: list.ofServices,
        unsignedCalls: list.unsigned,
        failedSignIns: list.failedSignIns,
      },
      sections: [
        {
          name: "sessions",
          columns,
          rows: sorted.slice(0, limit).map((line) =>
            row(line, list.sessions, {
              name: nameOf(describeIdentity(line.record)),
              roles: roles(line),
            }),
          ),
        },
      ],
      hints:
        shown.length === 0
          ? []
          : [
              "In order, what happened in one: trailhound show <session>; who is behind it: trailhound trace <session>",
            ],
    };
  },
});

function isOfService(record: CloudTrailRecord, sessions: Sessions): boolean {
  return chainOf(record, sessions).origins.every(({ kind }) => kind === "service");
}

function inOrder(lines: readonly SessionLine[], order: Order): readonly SessionLine[] {
  const size: Record<Order, (line: SessionLine) => number> = {
    start: () => 0,
    events: ({ events }) => events,
    failures: ({ failures }) => failures,
    length: ({ span }) => lengthOf(span) ?? 0,
  };
  return lines.toSorted((a, b) => size[order](b) - size[order](a));
}

function lengthOf({ first, last }: SessionLine["span"]): number | undefined {
  return first === undefined || last === undefined ? undefined : last - first;
}

/** Which roles were assumed in a session or stretch. */
function rolesAssumed(
  { issues, madeIn }: Sessions,
  filter: Filter,
): (line: SessionLine) => readonly string[] {
  const assumed = new Map<string, { readonly role: string; readonly time: number | undefined }[]>();
  for (const issue of issues) {
    const { event, issued } = issue;
    const call = sketchOf(event);
    const { role } = describeIdentity(recordSignedWith(issued));
    const [id, ...others] = madeIn(issue);
    const isAlone = id !== undefined && others.length === 0;
    if (!isAlone || role === undefined || callOf(call) !== "AssumeRole") continue;
    if (!isEverything(filter) && !matches(filter, event.record)) continue;
    addTo(assumed, id, { role, time: timeOf(call) });
  }
  return ({ id, span: { first, last } }) =>
    (assumed.get(id) ?? [])
      .filter(({ time = first }) => time === first || within(time, first, last))
      .map(({ role }) => role);
}

function within(time = Number.NaN, first = Number.NaN, last = Number.NaN): boolean {
  return time >= first && time <= last;
}

const columns: readonly Column[] = [
  { name: "first", title: "First" },
  { name: "last", title: "Last", rank: 6 },
  { name: "lasted", title: "Lasted", rank: 3, align: "right" },
  { name: "who", title: "Who", wrap: true },
  { name: "origin", title: "Behind it", rank: 1, wrap: true },
  { name: "began", title: "Began", rank: 8 },
  { name: "by", title: "With", rank: 7, wrap: true },
  { name: "from", title: "From", rank: 4, wrap: true },
  { name: "client", title: "Client", rank: 5, wrap: true },
  { name: "mfa", title: "MFA", rank: 9 },
  { name: "events", title: "Events", align: "right" },
  { name: "failures", title: "Failed", rank: 2, align: "right" },
  { name: "did", title: "What", rank: 1, wrap: true },
  { name: "session", title: "Session", rank: 2 },
];

function row(
  line: SessionLine,
  sessions: Sessions,
  { name, roles }: { readonly name: string; readonly roles: readonly string[] },
): Row {
  const { record, began, span, events, failures, addresses, clients } = line;
  const length = lengthOf(span);
  return {
    cells: [
      timeCell(span.first),
      timeCell(span.last),
      length === undefined
        ? { text: undefined }
        : { text: lasting(length), value: Math.round(length / 1000) },
      { text: name },
      { text: behindWords(record, sessions) },
      timeCell(began),
      { text: beginningWords(line, sessions) },
      namesCell(byAddress(addresses)),
      namesCell([...clients.keys()]),
      { text: mfaWord(line) },
      countCell(events),
      countCell(failures),
      didCell(line, roles),
      { text: handleOf(line) },
    ],
  };
}

/** AWS says no of every session of a role that a provider of identities or a service began. */
function mfaWord({ record, issue }: SessionLine): string | undefined {
  const told = [record, ...(issue === undefined ? [] : [issue.event.record])].flatMap((one) =>
    valuesOf("mfa", one),
  );
  if (told.includes("yes")) return "yes";
  const { role } = describeIdentity(record);
  return role === undefined ? told[0] : undefined;
}

/** Undefined where the session's own name says it. */
function behindWords(record: CloudTrailRecord, sessions: Sessions): string | undefined {
  const chain = chainOf(record, sessions);
  const [origin, ...others] = chain.origins;
  if (origin === undefined || others.length > 0) return originWords(chain, record);
  const isItself = origin.identity.name === describeIdentity(record).name;
  if (isItself && origin.evidence === undefined) return "unknown";
  return isItself && isProven(origin) && origin.kind !== "workload"
    ? undefined
    : originWords(chain, record);
}

function beginningWords(
  { kind, issue, record }: SessionLine,
  sessions: Sessions,
): string | undefined {
  if (kind === "stretch") return hasLongTermKey(record) ? "long-term key" : undefined;
  if (issue !== undefined) return callOf(sketchOf(issue.event));
  const [possible, ...others] = sessions.issuersOf(record)?.issues ?? [];
  return possible === undefined
    ? "not in these logs"
    : `${callOf(sketchOf(possible.event))} (one of ${others.length + 1})`;
}

/** What `trace` and `show` find the session by. */
function handleOf({ record }: Pick<SessionLine, "record">): string | undefined {
  const { key, arn, principalId } = credentialsUsedBy(record);
  return key ?? arn ?? principalId;
}

/** Services' names last: they called for whoever called from the others. */
function byAddress(addresses: Counts): readonly string[] {
  const all = [...addresses.keys()];
  const isAddress = (text: string) => parseAddress(text) !== undefined;
  return [...all.filter(isAddress), ...all.filter((text) => !isAddress(text))];
}

function namesCell(names: readonly string[]): Cell {
  return names.length > 1 ? { text: listed(names), value: names } : { text: names[0] };
}

/** `DeleteBucket x2, PutObject x14 and 3 more kinds of write; assumed Deploy; 120 reads`. */
function didCell({ writes, reads: all }: SessionLine, roles: readonly string[]): Cell {
  // CloudTrail calls it a read to assume a role.
  const reads = Math.max(0, all - roles.length);
  const names = Array.from(writes, ([name, count]) =>
    count === 1 ? name : `${name} x${grouped(count)}`,
  );
  const read = reads === 0 ? [] : [counted(reads, "read")];
  const parts = [
    ...(names.length === 0 ? [] : [listed(names)]),
    ...(roles.length === 0 ? [] : [`assumed ${listed(roles)}`]),
    ...read,
  ];
  const assumed = [...new Set(roles)].map((role) => `assumed ${role}`);
  return { text: parts.join("; "), items: [...names, ...assumed, ...read] };
}

function sentences(
  { lines, ofServices, unsigned, failedSignIns }: SessionList,
  shown: readonly SessionLine[],
  limit = shown.length,
): readonly string[] {
  if (lines.length === 0) return ["No session made a matching call, in these logs."];
  const stretches = shown.filter(({ kind }) => kind === "stretch").length;
  const kinds = [
    ...(stretches < shown.length ? [counted(shown.length - stretches, "session")] : []),
    ...(stretches > 0
      ? [`${counted(stretches, "stretch", "stretches")} of long-term keys in use`]
      : []),
  ];
  const who = new Set(shown.map(({ record }) => valuesOf("identity", record)[0])).size;
  const cut =
    limit >= shown.length
      ? "."
      : limit === 0
        ? ". None is listed."
        : `. The first ${limit === 1 ? "is" : `${grouped(limit)} are`} listed.`;
  const hidden = lines.length - shown.length;
  const apart = [
    ...(hidden > 0
      ? [`${counted(hidden, "session")} of AWS services (--services lists them)`]
      : []),
    ...(ofServices > 0
      ? [`${counted(ofServices, "call")} that services made without credentials`]
      : []),
    ...(unsigned > 0 ? [`${counted(unsigned, "call")} that nobody signed`] : []),
    ...(failedSignIns > 0 ? [`${counted(failedSignIns, "sign-in")} that failed`] : []),
  ];
  return [
    `${listed(kinds)}${stretches > 0 ? "," : ""} of ${counted(who, "identity", "identities")}${cut}`,
    ...(stretches > 0 ? [`A pause of more than ${lasting(pauseMs)} begins a new stretch.`] : []),
    ...(apart.length > 0 ? [`Not listed: ${listed(apart, 4)}.`] : []),
    ...placesWords(shown),
  ];
}
