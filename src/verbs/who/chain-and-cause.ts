/**
 * The way to an answer: who is behind its calls, and which call made a service act.
 */

import type { Section } from "../../query/answer.ts";
import type { FoundEvent, Reading } from "../../query/query.ts";
import { type Cause, callFromElsewhere, causeOf, firstCalls } from "../../resolve/causes.ts";
import { sessionsBehind } from "../../resolve/gather.ts";
import type { Sessions } from "../../resolve/sessions.ts";
import { type Behind, behind } from "../../words/caller-behind.ts";
import { chainSection, type Prompting } from "../../words/chain-section.ts";
import type { Fate } from "./fate.ts";
import type { Findings } from "./findings.ts";

export interface Way {
  /** Who is behind an event of the answer. */
  readonly people: (event: FoundEvent) => Behind;
  /** Why a service made the decisive call. */
  readonly cause?: Cause;
  /** The calls that prove it, as a table; none if the decisive call stands for itself. */
  readonly sections: readonly Section[];
}

/** Enough for every name in the sentences; who is behind a thousand others, `--by-human` tells. */
const mostTraced = 200;

export async function wayTo(
  reading: Reading,
  { successes, attempts, idle, ends, parts, possible }: Findings,
  fate: Fate | undefined,
): Promise<Way> {
  const [decisive] = successes;
  const cause = decisive && (await causeOf(reading, decisive));
  const starters = cause === undefined ? [] : firstCalls(cause);
  const told = [successes, attempts, idle, ends, parts, possible, starters, eventsIn(fate)];
  const sessions = await sessionsBehind(
    reading,
    told.flatMap((events) => events.slice(0, mostTraced)),
  );
  const known = new Map<FoundEvent, Behind>();
  const people = (event: FoundEvent) => {
    const one = known.get(event) ?? behind(event.record, sessions);
    known.set(event, one);
    return one;
  };
  if (decisive === undefined) return { people, sections: [] };
  const prompting = cause && promptingOf(cause, decisive, { people, sessions });
  const { chain } = people(decisive);
  const hasWay = chain.hops.length > 0 || starters.length > 0;
  return {
    people,
    ...(cause && { cause }),
    sections: hasWay ? [chainSection(chain, undefined, prompting)] : [],
  };
}

function eventsIn(fate: Fate | undefined): readonly FoundEvent[] {
  if (fate === undefined) return [];
  const { verdict, possibilities } = fate;
  return [
    ...(verdict.kind === "none" ? [] : [verdict.decisive]),
    ...(verdict.kind === "undone" ? [verdict.undoneBy] : []),
    ...possibilities.map(({ event }) => event),
  ];
}

/** The chain behind whoever started it, if that was in another session. */
function promptingOf(
  cause: Cause,
  decisive: FoundEvent,
  { people, sessions }: Pick<Way, "people"> & { readonly sessions: Sessions },
): Prompting {
  const first = callFromElsewhere(cause, decisive, sessions);
  return first === undefined ? { cause } : { cause, chain: people(first).chain };
}
