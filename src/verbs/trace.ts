/**
 * `trailhound trace`: who is behind an event or a session, by which calls they got there, and what came
 * of it.
 *
 * All of the logs are linked; a filter narrows only what is listed of the calls that followed.
 */

import type { Answer } from "../query/answer.ts";
import type { FoundEvent, Reading } from "../query/query.ts";
import { agentOf } from "../resolve/agents.ts";
import { callFromElsewhere, causeOf } from "../resolve/causes.ts";
import { chainOf } from "../resolve/chain.ts";
import { linkQuestions, sessionsBehind } from "../resolve/gather.ts";
import type { Sessions } from "../resolve/sessions.ts";
import { isNarrowed, whoWasMeant } from "../words/absence.ts";
import { agentFacts } from "../words/agent-words.ts";
import { causeFacts } from "../words/cause-words.ts";
import { chainSection, type Prompting } from "../words/chain-section.ts";
import { chainFacts, gapWords, rootHints } from "../words/chain-words.ts";
import { alikeHints, eventChoice } from "./trace/event-choice.ts";
import { doingsOf, elsewhereOf, forwardSection } from "./trace/forward.ts";
import {
  doingsFacts,
  doingsWords,
  hasCalls,
  headline,
  isAllOf,
  promptingWords,
} from "./trace/sentences.ts";
import { sessionChoice } from "./trace/session-choice.ts";
import { namedFilters, type Start, startsFrom } from "./trace/starts.ts";
import { type Scope, verb } from "./verb.ts";

/** How many calls and sessions are listed under a session unless `--limit` says otherwise. */
const usualLimit = 10;

const traceOne = "Trace one by its event ID.";

export const trace = verb({
  name: "trace",
  summary: "tell who is behind an event or a session, and what else came of it",
  details:
    "Sessions are linked to the calls that issued their credentials in all of the logs; filters " +
    "narrow only what is listed of the calls that followed. --limit is how many calls and sessions " +
    `are listed under each session: ${usualLimit} otherwise.`,
  arguments: [
    {
      name: "<what>",
      help: "an eventID or its beginning, an access key, session or identity: a name, ARN or id",
    },
  ],
  takes: ["filter", "limit"],
  reach: "everything",
  readsLogs: true,
  examples: [
    { command: "trace 2b0f9a88-d7a9-4310-a1ee-e2016a5a0d76", says: "who is behind one event" },
    { command: "trace ASIAEXAMPLE57FBA4C58 --writes", says: "a key: whose, and what it changed" },
    { command: "trace maria", says: "an identity: its sessions, or the only one" },
  ],
  questions: ({ arguments: [text = ""] }) => [
    ...namedFilters(text).map((filter) => ({ kind: "events", filter }) as const),
    ...linkQuestions,
    { kind: "more" },
  ],
  async run(reading, scope) {
    const [text = ""] = scope.arguments;
    const { sessions, starts, alike = [] } = await startsFrom(reading, text);
    const [start, ...others] = starts;
    const answer: Told =
      start === undefined
        ? alike.length > 0
          ? eventChoice(text, alike, { limit: scope.limit, command: "trace" })
          : await nothingFound(reading, text)
        : others.length > 0
          ? sessionChoice(text, { starts, sessions }, { limit: scope.limit, how: traceOne })
          : await traced(reading, start, sessions, scope);
    return {
      found: start !== undefined || alike.length > 0,
      ...answer,
      hints: [...(answer.hints ?? []), ...(start === undefined ? [] : alikeHints(text, alike))],
    };
  },
});

type Told = Pick<Answer, "sentences" | "sections"> & Partial<Pick<Answer, "facts" | "hints">>;

async function nothingFound(reading: Reading, text: string): Promise<Told> {
  return {
    sentences: [`No event, key, session or identity is called ${text}, in these logs.`],
    sections: [],
    hints: [
      ...(await whoWasMeant(reading, text)),
      "`trailhound stats --by identity` lists who there is.",
    ],
  };
}

async function traced(
  reading: Reading,
  start: Start,
  sessions: Sessions,
  { filter, limit = usualLimit, timeZone }: Scope,
): Promise<Told> {
  const { session, event, record } = start;
  const chain = chainOf(record, sessions);
  const prompting = event && (await promptingOf(reading, event, sessions));
  const agent = event && (await agentOf(reading, event));
  const doings = session && (await doingsOf(reading, session, sessions, filter));
  const { span, exact, accounts } = reading.coverage();
  const isTold = doings !== undefined && event === undefined && isAllOf(doings, start.calls);
  return {
    sentences: [
      headline(chain, start, {
        ...{ timeZone, agent, isKeyOnly: doings !== undefined && hasCalls(doings) },
        ...(isTold && { facts: doingsFacts(doings) }),
      }),
      ...gapWords(chain, { span: exact ? span : {}, timeZone }),
      ...(event && prompting ? promptingWords(event, prompting, timeZone) : []),
      ...(doings === undefined || isTold
        ? []
        : [
            doingsWords(doings, {
              narrowed: isNarrowed(filter),
              issued: start.issued === true,
              elsewhere: start.issued && elsewhereOf(doings, start),
            }),
          ]),
    ],
    hints: rootHints(chain),
    facts: {
      ...chainFacts(chain),
      ...(prompting && { cause: causeFacts(prompting.cause) }),
      ...(agent && { agent: agentFacts(agent) }),
    },
    sections: [
      chainSection(chain, event, prompting),
      ...(doings === undefined
        ? []
        : [
            forwardSection(doings, {
              limit,
              accounts: exact ? new Set(accounts.map(({ value }) => value)) : undefined,
            }),
          ]),
    ],
  };
}

/** What made a service make the call, and who is behind that. */
async function promptingOf(
  reading: Reading,
  event: FoundEvent,
  sessions: Sessions,
): Promise<Prompting | undefined> {
  const cause = await causeOf(reading, event);
  if (cause === undefined) return undefined;
  const first = callFromElsewhere(cause, event, sessions);
  if (first === undefined) return { cause };
  return { cause, chain: chainOf(first.record, await sessionsBehind(reading, [first])) };
}
