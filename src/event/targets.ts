/**
 * What an event acts on, as against what it belongs to or merely mentions.
 *
 * Of one record: which names a thing had in other events is not known here. Where they stand in the
 * record is read in `evidence.ts`.
 */

import { evidenceIn, isOfOtherKind, subjectOf, tagAskedFor } from "./evidence.ts";
import { mentions } from "./mention.ts";
import type { CloudTrailRecord } from "./record.ts";
import { bareNames, naming, ownNames, type ResourcePattern } from "./resource-names.ts";

export { partNoun } from "./evidence.ts";
export { type NamedTarget, namedTargets } from "./named-targets.ts";

/**
 * `target`: the event acts on the resource itself. `part`: on something that belongs to it or lies
 * in it, or on its tie to something else. `mention`: it is only named.
 */
export type Bearing = "target" | "part" | "mention";

/** How the resource that the pattern names stands in the event. */
export function bearing(record: CloudTrailRecord, pattern: ResourcePattern): Bearing {
  const subject = subjectOf(record);
  const evidence = [...evidenceIn(record, subject)].map(({ targets, wholes }) => {
    return {
      targets: targets.flatMap(({ names, tag }) => (tag === undefined ? names : [...names, tag])),
      wholes,
    };
  });
  const names = isOfOtherKind(pattern.text, subject)
    ? []
    : bareNames(pattern.text, subject.service);
  const isNamed = naming([pattern.text, ...names], pattern.glob);
  if (evidence.some(({ targets }) => targets.some(isNamed))) return "target";
  if (tagAskedFor(record, subject).some(isNamed)) return "target";
  const isNear = (value: string) => isNamed(value) || mentions(pattern, value);
  return evidence.some(({ targets, wholes }) => targets.some(isNear) || wholes.some(isNear))
    ? "part"
    : "mention";
}

/** What to show as the object of the event: `orders`, `i-0abc`, `orders/2026/05.csv`. */
export function primaryTargets(record: CloudTrailRecord): readonly string[] {
  for (const { targets: things, wholes } of evidenceIn(record, subjectOf(record))) {
    const targets = things.flatMap(({ names }) => names);
    // `orders/k` says what `orders` says, and an id says what its ARN says.
    const holders = new Set([...wholes, ...targets].flatMap(holdersOf));
    const names = new Set([...wholes.filter((name) => !holders.has(name)), ...targets]);
    const isSaid = (name: string) =>
      name.startsWith("arn:") && ownNames(name).some((own) => own !== name && names.has(own));
    if (names.size > 0) return [...names].filter((name) => !isSaid(name));
  }
  return [];
}

/** What a name lies in: `orders` and `orders/2026` for `orders/2026/05.csv`. */
function holdersOf(name: string): readonly string[] {
  return Array.from(name.matchAll(/\//g), ({ index }) => name.slice(0, index));
}
