/**
 * What `trailhound new` says above its tables.
 */

import type { Span } from "../../query/span.ts";
import { counted, grouped, lasting, listed, moment } from "../../words/sentences.ts";
import { aspects } from "./habits.ts";
import { callsIn, isThin, type News, nouns, thin } from "./news.ts";

/** Logs that begin later than this after the baseline lack a part of it. */
const dayMs = 86_400_000;

export function sentences(
  { baseline, window, changes, strangers }: News,
  { first: begin, last: end }: Span,
  timeZone: string,
): readonly string[] {
  const until = moment(window.until, timeZone);
  if (baseline.size === 0) {
    return [
      `The logs hold no matching call of the baseline, which ends on ${until}: everything would be new.`,
    ];
  }
  const who = new Set(changes.map((change) => change.who));
  const parts = aspects.flatMap((aspect) => {
    const count = changes.filter((change) => change.aspect === aspect).length;
    return count === 0 ? [] : [counted(count, ...nouns[aspect])];
  });
  const starts = [...baseline.values()].map(({ first }) => first);
  const first = starts.reduce((a, b) => Math.min(a, b));
  const isCut = window.from !== undefined && begin !== undefined && begin > window.from + dayMs;
  const isOver = end !== undefined && end < window.until;
  const thinOnes = [...who].filter((one) => isThin(baseline.get(one)));
  return [
    parts.length === 0
      ? isOver
        ? `These logs end before the baseline does, on ${until}: nothing in them can be new.`
        : `Nobody of the baseline did anything new from ${until} on.`
      : `${counted(who.size, "identity", "identities")} did something new from ${until} on: ` +
        `${listed(parts, parts.length)}.`,
    ...(strangers.length === 0
      ? []
      : [
          `${counted(strangers.length, "identity has", "identities have")} no call in the baseline and ` +
            `${strangers.length === 1 ? "is" : "are"} new as a whole.`,
        ]),
    `The baseline holds ${counted(callsIn(baseline), "call")} of ` +
      `${counted(baseline.size, "identity", "identities")} from ${moment(first, timeZone)} on` +
      `${isCut ? `; the logs begin on ${moment(begin, timeZone)}, later than it` : ""}.`,
    ...(thinOnes.length === 0
      ? []
      : [
          `It is thin for ${grouped(thinOnes.length)} of those with something new (fewer than ` +
            `${thin.events} calls, or within less than ${lasting(thin.lengthMs)}): what is new may ` +
            "just be rare.",
        ]),
  ];
}
