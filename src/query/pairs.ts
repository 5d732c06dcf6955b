/**
 * Pairs of texts in a filter, by the first of them: thousands of sessions are then one look-up.
 */

import { foldCase } from "../event/fold-case.ts";
import type { Filter } from "./filter.ts";

type PairsFilter = Extract<Filter, { kind: "pairs" }>;

const known = new WeakMap<PairsFilter, ReadonlyMap<string, ReadonlySet<string>>>();

/** Whether a text of each side make one of the pairs. */
export function fitsPair(filter: PairsFilter): PairTest {
  const byFirst = known.get(filter) ?? indexed(filter);
  known.set(filter, byFirst);
  return (firsts, seconds) =>
    firsts.some((first) => {
      const partners = byFirst.get(foldCase(first));
      return partners !== undefined && seconds.some((second) => partners.has(foldCase(second)));
    });
}

type PairTest = (firsts: readonly string[], seconds: readonly string[]) => boolean;

function indexed({ pairs }: PairsFilter): ReadonlyMap<string, ReadonlySet<string>> {
  const byFirst = new Map<string, Set<string>>();
  for (const pair of pairs) {
    const [first, second] = pair.map(foldCase) as [string, string];
    const partners = byFirst.get(first);
    if (partners === undefined) byFirst.set(first, new Set([second]));
    else partners.add(second);
  }
  return byFirst;
}
