/**
 * Which weakenings of the resource still stand: the worst of them is the answer, whatever came after it.
 */

import type { FoundEvent } from "../../query/query.ts";
import type { Story } from "../../resolve/life.ts";
import { orderOf, type Turn } from "../../resolve/turn.ts";
import { inForce, type Verdict } from "../../resolve/verdict.ts";
import { callOf, onDay } from "../../words/event-words.ts";
import { wasOf } from "../../words/verdict-words.ts";
import { namer } from "./namer.ts";
import type { Question } from "./question.ts";

/** What nobody has taken back. */
export function weakeningsInForce({ lives }: Story): readonly Turn[] {
  return lives.flatMap(({ turns }) => inForce(turns));
}

/** What leaves no record comes before what lets others in, and that before what keeps and brings back. */
const worst: readonly string[] = [
  ...["logging", "recording", "ingestion", "event selectors", "coverage of regions"],
  ...["coverage of the organization", "global service events", "monitoring of members"],
  ...["audit logging", "access logging", "log file validation", "public access block"],
  ...["public access", "public access to the endpoint", "MFA device", "MFA", "metadata tokens"],
  ...["permissions boundary", "web ACL", "deletion protection", "termination protection"],
  ...["delete protection", "vault lock", "legal hold", "object lock retention", "versioning"],
  ...["point-in-time recovery", "automated backups", "automatic backups", "replication"],
  ...["lifecycle", "lifecycle policy", "retention", "snapshot retention", "time to live"],
];

function rankOf({ effect }: Turn): number {
  // It is there, and of no use.
  if (!("part" in effect)) return -1;
  const rank = worst.indexOf(effect.part);
  return rank < 0 ? worst.length : rank;
}

/** What is left of it: the less, the worse. */
function levelOf({ changes }: Turn): number {
  return Math.min(...changes.flatMap(({ after: { level } }) => level ?? []));
}

/** The worst that stands first, the newest of what weighs the same; then the others, newest first. */
export function weakestFirst(
  events: readonly FoundEvent[],
  standing: readonly Turn[],
): readonly FoundEvent[] {
  const weigh = (event: FoundEvent) => {
    const own = standing.filter((turn) => turn.event.id === event.id);
    return {
      event,
      rank: Math.min(worst.length + 1, ...own.map(rankOf)),
      level: Math.min(...own.map(levelOf)),
    };
  };
  return events
    .map(weigh)
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        // What sets no amount is Infinity.
        (a.level === b.level ? 0 : a.level - b.level) ||
        orderOf(b.event) - orderOf(a.event),
    )
    .map(({ event }) => event);
}

/** What the verdict on the decisive call does not tell: `Beside that, its event selectors are still narrowed since dana on ... (PutEventSelectors).` */
export function besideSentences(
  question: Question,
  decisive: FoundEvent,
  verdict: Verdict | undefined,
): readonly string[] {
  const nameOf = namer(question);
  const part = verdict?.kind === "weakened" ? verdict.part : undefined;
  const others = question.standing.filter(
    ({ event, effect }) =>
      event.id !== decisive.id || ("part" in effect && part !== undefined && effect.part !== part),
  );
  const told = others.map(({ effect, event }) => {
    const part = "part" in effect ? effect.part : undefined;
    const is = part !== undefined && wasOf(part) === "were" ? "are" : "is";
    const how = "how" in effect ? effect.how : effect.kind;
    return (
      `${part === undefined ? "it" : `its ${part}`} ${is} still ${how} since ${nameOf(event)}` +
      `${onDay(event.record, question.timeZone)} (${callOf(event.record)})`
    );
  });
  const [first, ...more] = told.slice(0, mostTold);
  return first === undefined ? [] : [`Beside that, ${[first, ...more].join("; ")}.`];
}

/** The table has all. */
const mostTold = 4;
