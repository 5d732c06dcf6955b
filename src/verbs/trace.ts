/**
 * `trailhound trace`: who is behind an event or a session, by which calls they got there, and what came
 * of it.
 *
 * All of the logs are linked; a filter narrows only what is listed of the calls that followed.
 */

import { describeIdentity } from "../event/identity.ts";
import { outcomeOf } from "../event/outcome.ts";
import { primaryTargets } from "../event/targets.ts";
import type { Answer, Column, Row } from "../query/answer.ts";
import type { Engine } from "../query/query.ts";
import { type Chain, chainOf } from "../resolve/chain.ts";
import type { Sessions } from "../resolve/sessions.ts";
import { countCell, timeCell } from "./cells.ts";
import { chainSection } from "./chain-section.ts";
import { chainFacts, gapWords, originWords, routeWords } from "./chain-words.ts";
import { callOf, circumstances, onDay } from "./event-words.ts";
import { counted, grouped, listed, period } from "./sentences.ts";
import { columns, type Doings, doingsOf, forwardRows } from "./trace-forward.ts";
import { type Start, startsFrom } from "./trace-starts.ts";
import type { Scope, Verb } from "./verb.ts";

/** How many calls and sessions are listed under a session unless `--limit` says otherwise. */
const usualLimit = 10;

export const trace: Verb = {
  name: "trace",
  summary: "tell who is behind an event or a session, and what else came of it",
  details:
    "Sessions are linked to the calls that issued their credentials in all of the logs; filters " +
    "narrow only what is listed of the calls that followed. --limit is how many calls and sessions " +
    `are listed under each session: ${usualLimit} otherwise.`,
  arguments: [
    { name: "<what>", help: "an eventID, access key, session or identity: a name, ARN or id" },
  ],
  takes: ["filter", "limit"],
  readsLogs: true,
  examples: [
    { command: "trace 2b0f9a88-d7a9-4310-a1ee-e2016a5a0d76", says: "who is behind one event" },
    { command: "trace ASIAEXAMPLE57FBA4C58 --writes", says: "a key: whose, and what it changed" },
    { command: "trace maria", says: "an identity: its sessions, or the only one" },
  ],
  async run(engine, scope) {
    const [text = ""] = scope.arguments;
    const { sessions, starts } = await startsFrom(engine, text);
    const [start, ...others] = starts;
    const answer =
      start === undefined
        ? nothingFound(text)
        : others.length > 0
          ? severalFound(text, starts, sessions, scope)
          : await traced(engine, start, sessions, scope);
    return {
      verb: "trace",
      question: `trace ${text}`,
      found: start !== undefined,
      hints: [],
      coverage: () => engine.coverage(),
      ...answer,
    };
  },
};

type Told = Pick<Answer, "sentences" | "sections"> & Partial<Pick<Answer, "facts" | "hints">>;

function nothingFound(text: string): Told {
  return {
    sentences: [`No event, key, session or identity is called ${text}, in these logs.`],
    sections: [],
    hints: ["`trailhound stats --by identity` lists who there is."],
  };
}

const sessionColumns: readonly Column[] = [
  { name: "first", title: "First" },
  { name: "last", title: "Last" },
  { name: "session", title: "Session", wrap: true },
  { name: "origin", title: "Behind it", wrap: true },
  { name: "events", title: "Events", align: "right" },
  { name: "eventID", title: "Event ID" },
];

function severalFound(
  text: string,
  starts: readonly Start[],
  sessions: Sessions,
  { limit }: Scope,
): Told {
  const rows = starts.slice(0, limit).map(
    (start): Row => ({
      cells: [
        timeCell(start.span.first),
        timeCell(start.span.last),
        { text: describeIdentity(start.record).name },
        { text: originWords(chainOf(start.record, sessions), start.record) },
        countCell(start.calls),
        { text: start.eventID },
      ],
    }),
  );
  return {
    sentences: [
      `${text} has ${counted(starts.length, "session")} in these logs, the latest first. ` +
        "Trace one by its event ID.",
    ],
    facts: { sessions: starts.length },
    sections: [{ name: "sessions", columns: sessionColumns, rows }],
  };
}

async function traced(
  engine: Engine,
  start: Start,
  sessions: Sessions,
  { filter, limit = usualLimit, timeZone }: Scope,
): Promise<Told> {
  const { session, event, record } = start;
  const chain = chainOf(record, sessions);
  const doings = session && (await doingsOf(engine, session, sessions, filter));
  const { span } = engine.coverage();
  return {
    sentences: [
      headline(chain, start, timeZone),
      ...gapWords(chain, { span, timeZone }),
      ...(doings === undefined ? [] : [doingsWords(doings)]),
    ],
    facts: chainFacts(chain),
    sections: [
      chainSection(chain, event),
      ...(doings === undefined
        ? []
        : [
            {
              name: "forward",
              title: "What came of it",
              columns,
              rows: forwardRows(doings, limit),
            },
          ]),
    ],
  };
}

/** `maria (IAM user, MFA) assumed Deploy ..., and then called DeleteStack on orders on ...`. */
function headline(chain: Chain, start: Start, timeZone: string): string {
  const who = originWords(chain, start.record).replace(/^(?:somebody|account) /, capitalised);
  const route = routeWords(chain, timeZone);
  return route === undefined
    ? `${who} ${deedWords(start, timeZone, true)}.`
    : `${who} ${route}, and then ${deedWords(start, timeZone, false)}.`;
}

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `called DeleteStack on orders on 2026-11-05 at 09:14:03 UTC`, and from where and how, if asked for. */
function deedWords(
  { event, record, calls, span }: Start,
  timeZone: string,
  atLength: boolean,
): string {
  if (event === undefined) return `made ${counted(calls, "call")}${period(span, timeZone)}`;
  const { via } = describeIdentity(record);
  const targets = listed(primaryTargets(record));
  const outcome = outcomeOf(record);
  return (
    `${outcome === "success" ? "called" : "tried"}${via === undefined ? "" : `, through ${via},`} ` +
    `${callOf(record)}${targets === "" ? "" : ` on ${targets}`}` +
    (atLength
      ? circumstances(record, timeZone, { call: outcome })
      : `${onDay(record, timeZone)}${outcome === "success" ? "" : ` (${outcome})`}`)
  );
}

function doingsWords({ branches, tallies }: Doings): string {
  const calls = [...tallies.values()].flatMap(({ byCall }) => [...byCall.values()]);
  const sum = (some: typeof calls) => some.reduce((total, call) => total + call.calls, 0);
  const all = sum(calls);
  const writes = sum(calls.filter(({ isRead }) => !isRead));
  const failures = sum(calls.filter(({ outcome }) => outcome !== "success"));
  const led = branches.length - 1;
  const whose = led === 0 ? "" : ` and the ${grouped(led)} that it led to`;
  if (all === 0) return `The session${whose} made no matching call, in these logs.`;
  return (
    `The session${whose} made ${counted(all, "call")}, ` +
    `${writes === 0 ? "all of which only read" : `${grouped(writes)} of which did more than read`}` +
    `${failures === 0 ? "" : `; ${grouped(failures)} did not succeed`}.`
  );
}
