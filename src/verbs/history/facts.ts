/**
 * The lives of a resource for machines.
 */

import type { Answer } from "../../query/answer.ts";
import type { Story } from "../../resolve/life.ts";
import type { Turn } from "../../resolve/turn.ts";
import { verdictOf } from "../../resolve/verdict.ts";
import { aliasFacts } from "../../words/alias-words.ts";
import { verdictFacts } from "../../words/verdict-words.ts";
import type { Inquiry } from "./inquiry.ts";
import { isTold, turnWords } from "./turns.ts";

/** The same for machines. */
export function factsOf(inquiry: Inquiry, story: Story): NonNullable<Answer["facts"]> {
  const { lives, changes, unsuccessful, others } = story;
  const turns = lives.flatMap((life) => life.turns).filter(isTold);
  const count = (kind: Turn["effect"]["kind"]) =>
    turns.filter(({ effect }) => effect.kind === kind).length;
  return {
    resource: inquiry.asked,
    created: count("created"),
    deleted: count("deleted"),
    markedForDeletion: count("scheduled"),
    savedFromDeletion: count("saved"),
    hidden: count("hidden"),
    weakened: count("weakened"),
    changed: changes.length,
    unsuccessful: unsuccessful.length,
    others: others.length,
    last: turns.map(turnWords).at(-1) ?? null,
    lives: lives.filter((life) => life.turns.length > 0).length,
    verdict: verdictFacts(verdictOf(inquiry.whole, inquiry)),
    aliases: inquiry.aliases.map(aliasFacts),
  };
}
