/**
 * What a name that fits several sessions is answered with: the sessions, to choose one of.
 */

import { describeIdentity } from "../../event/identity.ts";
import type { Answer, Column, Row } from "../../query/answer.ts";
import { chainOf } from "../../resolve/chain.ts";
import { countCell, timeCell } from "../../words/cells.ts";
import { originWords } from "../../words/chain-words.ts";
import { namesakes } from "../../words/namesakes.ts";
import { counted } from "../../words/sentences.ts";
import type { Starts } from "./starts.ts";

const columns: readonly Column[] = [
  { name: "first", title: "First" },
  { name: "last", title: "Last", rank: 3 },
  { name: "session", title: "Session", wrap: true },
  { name: "origin", title: "Behind it", rank: 1, wrap: true },
  { name: "events", title: "Events", rank: 2, align: "right" },
  { name: "eventID", title: "Event ID", id: true },
];

/** `how` tells to go on with one of them. */
export function sessionChoice(
  text: string,
  { starts, sessions }: Starts,
  { limit, how }: { readonly limit: number | undefined; readonly how: string },
): Pick<Answer, "sentences" | "facts" | "sections"> {
  const nameOf = namesakes(starts.map(({ record }) => describeIdentity(record)));
  const rows = starts.slice(0, limit).map(
    (start): Row => ({
      cells: [
        timeCell(start.span.first),
        timeCell(start.span.last),
        { text: nameOf(describeIdentity(start.record)) },
        { text: originWords(chainOf(start.record, sessions), start.record) },
        countCell(start.calls),
        { text: start.eventID },
      ],
    }),
  );
  return {
    sentences: [
      `${text} has ${counted(starts.length, "session")} in these logs, the latest first. ${how}`,
    ],
    facts: { sessions: starts.length },
    sections: [{ name: "sessions", columns, rows }],
  };
}
