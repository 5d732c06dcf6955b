/**
 * Calls that bear somebody's name and are not proven to be theirs, in words.
 */

import type { Section } from "../query/answer.ts";
import type { Claimant } from "../resolve/claims.ts";
import { countCell, timeCell } from "./cells.ts";
import { humanName } from "./humans.ts";
import { counted, listed } from "./sentences.ts";

/** Of calls that an answer does not count. */
export function leftOutWords(calls: number, claimants: readonly Claimant[]): string {
  return (
    `${counted(calls, "more call is", "more calls are")} in sessions that only bear the name, ` +
    `${claimantWords(claimants)}: a session is called as whoever begins it likes; --claimed adds ` +
    `${calls === 1 ? "it" : "them"}.`
  );
}

/** Of calls that stand apart in an answer. */
export function apartWords(claimants: readonly Claimant[]): string {
  return (
    `Not counted: ${counted(callsIn(claimants), "call")} in sessions that only bear the name, ` +
    `${claimantWords(claimants)}.`
  );
}

export function callsIn(claimants: readonly Claimant[]): number {
  return claimants.reduce((sum, { calls }) => sum + calls, 0);
}

export function claimsSection(claimants: readonly Claimant[]): Section {
  return {
    name: "claimed",
    title: "Sessions that only bear the name",
    columns: [
      { name: "by", title: "Begun by", wrap: true },
      { name: "events", title: "Events", align: "right" },
      { name: "first", title: "First" },
      { name: "last", title: "Last" },
    ],
    rows: claimants.map((one) => ({
      cells: [
        { text: namesOf(one) },
        countCell(one.calls),
        timeCell(one.span.first),
        timeCell(one.span.last),
      ],
    })),
  };
}

/** `begun by omar`, `begun by the logs do not tell whom`. */
function claimantWords(claimants: readonly Claimant[]): string {
  const names = claimants.map(namesOf);
  return `begun by ${listed([...new Set(names)], 5)}`;
}

function namesOf({ origins }: Claimant): string {
  return origins === undefined
    ? "somebody the logs do not tell"
    : listed(origins.map(humanName), 3, "or");
}
