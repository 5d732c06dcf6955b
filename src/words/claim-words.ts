/**
 * Calls that bear somebody's name and are not proven to be theirs, in words.
 */

import type { Claimant } from "../resolve/claims.ts";
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

/** `begun by omar`, `begun by the logs do not tell whom`. */
export function claimantWords(claimants: readonly Claimant[]): string {
  const names = claimants.map(({ origins }) =>
    origins === undefined
      ? "somebody the logs do not tell"
      : listed(origins.map(humanName), 3, "or"),
  );
  return `begun by ${listed([...new Set(names)], 5)}`;
}
