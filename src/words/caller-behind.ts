/**
 * Who is behind a call, in the words of a sentence about that call.
 */

import { describeIdentity } from "../event/identity.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import type { Span } from "../query/span.ts";
import type { Agent } from "../resolve/agents.ts";
import { type Chain, chainOf } from "../resolve/chain.ts";
import { isProven, type Origin } from "../resolve/origin.ts";
import type { Sessions } from "../resolve/sessions.ts";
import { agentWords } from "./agent-words.ts";
import { gapWords, originWords, routeWords } from "./chain-words.ts";
import { whoOf } from "./event-words.ts";
import { humanName } from "./humans.ts";
import { listed } from "./sentences.ts";

export interface Behind {
  readonly record: CloudTrailRecord;
  readonly chain: Chain;
  /** Somebody else than the record names, and the logs know who. */
  readonly isResolved: boolean;
  /** The agent that made the call for them. */
  readonly agent?: Agent | undefined;
}

export function behind(record: CloudTrailRecord, sessions: Sessions, agent?: Agent): Behind {
  const chain = chainOf(record, sessions);
  const { name } = describeIdentity(record);
  // That a service took the role that it was to act in tells nothing of who had it do so.
  const isKnown = (origin: Origin) => isProven(origin) && origin.kind !== "service";
  const isResolved =
    chain.origins.every(isKnown) &&
    chain.origins.some(({ identity, maker }) => identity.name !== name || maker !== undefined);
  return { record, chain, isResolved, agent };
}

/** Who it was, for counting attempts and the like; the caller as logged, where nobody knows more. */
export function nameBehind({ record, chain, isResolved }: Behind): string {
  return isResolved ? listed(chain.origins.map(humanName), 3, "or") : whoOf(record);
}

/** Begins a sentence: `maria (IAM user, MFA)`; the caller as logged, where nobody knows more. */
export function subjectWords({ record, chain, isResolved }: Behind): string {
  return isResolved ? originWords(chain, record) : whoOf(record, "Somebody");
}

/** `, as Deploy / ci and through cloudformation.amazonaws.com,`: in what guise; "" if in none. */
export function guiseWords({ record, chain, isResolved, agent }: Behind, timeZone: string): string {
  const { via } = agent ? { via: agentWords(agent, timeZone) } : describeIdentity(record);
  const { name } = describeIdentity(record);
  const isItself = chain.origins.every(({ identity }) => identity.name === name);
  const guises = [
    ...(isResolved && !isItself ? [`as ${whoOf(record)}`] : []),
    ...(via === undefined ? [] : [`through ${via}`]),
  ];
  return guises.length === 0 ? "" : `, ${guises.join(" and ")},`;
}

/** How they came by the credentials, and what the logs do not tell of it. */
export function behindSentences(
  { record, chain, isResolved }: Behind,
  { span, timeZone }: { readonly span: Span; readonly timeZone: string },
): readonly string[] {
  const isService = chain.origins.some(({ kind }) => kind === "service");
  const route = isService ? undefined : routeWords(chain, timeZone);
  // A session cannot have assumed its own role: somebody of another account did.
  const isOutside = chain.origins.every(({ kind }) => kind === "outside");
  const who = isResolved
    ? listed(chain.origins.map(humanName), 3, "or")
    : isOutside
      ? originWords(chain, record).replace(/^s/, "S")
      : whoOf(record);
  return [
    ...(route === undefined ? [] : [`${who} ${route}.`]),
    ...gapWords(withoutIdleGaps(chain), { span, timeZone }),
  ];
}

/** A call that is missing would tell nothing more of somebody who is known beyond doubt. */
function withoutIdleGaps({ hops, origins }: Chain): Chain {
  return {
    hops,
    origins: origins.map(({ missing, ...origin }) =>
      missing === undefined || isProven(origin) ? origin : { ...origin, missing },
    ),
  };
}
