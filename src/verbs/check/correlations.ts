/**
 * Correlations over the events that their rules select: which of them, together, break the rule.
 *
 * Of an event only its groups and the values that are counted are kept, and only if some part selects it.
 */

import type { CloudTrailRecord } from "../../event/record.ts";
import type { Filter, Subject } from "../../query/filter.ts";
import { subjectName, textsOf } from "../../query/subject.ts";
import type { Correlation, Rule } from "../../rules/rule.ts";
import { combinations, type Occurrence } from "../../rules/tally.ts";
import { byTime, type Window, windowsIn } from "../../rules/windows.ts";
import type { Deed } from "./deeds.ts";

/** A rule within correlations: its events count for the innermost, whose windows count for the next. */
export interface Leaf {
  readonly filter: Filter;
  /** The same for the same place in the same correlation. */
  readonly place: string;
  /** From the outermost on. */
  readonly levels: readonly Level[];
}

interface Level {
  readonly correlation: Correlation;
  readonly part: number;
}

/** What a correlation asks of one event. */
interface Asked {
  /** Undefined: whoever is behind it. */
  readonly groups: readonly (readonly string[] | undefined)[];
  readonly values: readonly (readonly string[])[];
}

/** For each of the leaf's levels. */
export type Told = readonly Asked[];

export interface Occurred<Event> {
  readonly event: Event;
  readonly deed: Deed;
  readonly time: number;
  readonly leaf: Leaf;
  readonly told: Told;
}

/** The events of one group that break a correlation. */
export interface Together<Event> {
  /** What they have in common, as far as it is no identity: `sourceIPAddress 203.0.113.7`. */
  readonly label: string | undefined;
  /** Each once, in the order of time. */
  readonly events: readonly Event[];
  /** Whether it is certain that they were in the order that breaks the rule. */
  readonly isOrderKnown: boolean;
}

export function leavesOf(correlation: Correlation, above: readonly Level[] = []): readonly Leaf[] {
  return correlation.parts.flatMap(({ test }, part) => {
    const levels = [...above, { correlation, part }];
    if (test.kind === "correlation") return leavesOf(test, levels);
    const place = levels.map((level) => level.part).join(".");
    return test.kind === "events" ? [{ filter: test.filter, place, levels }] : [];
  });
}

/** Undefined for an event that is in none of the groups which it might count for. */
export function toldOf({ levels }: Leaf, record: CloudTrailRecord): Told | undefined {
  const told = levels.map(({ correlation, part }): Asked => {
    const aliases = correlation.parts[part]?.aliases;
    return {
      groups: correlation.groupBy.map((subject, at) =>
        subject === "who" ? undefined : textsOf(aliases?.get(at) ?? subject, record),
      ),
      values: fieldsOf(correlation).map((subject) => textsOf(subject, record)),
    };
  });
  return told.at(-1)?.groups.some((texts) => texts?.length === 0) ? undefined : told;
}

function fieldsOf({ condition }: Correlation): readonly Subject[] {
  return condition.kind === "temporal" ? [] : condition.fields;
}

/** `whoOf`: the key of whoever is behind an event. */
export function together<Event>(
  { test }: Rule,
  occurred: readonly Occurred<Event>[],
  whoOf: (deed: Deed) => string,
): readonly Together<Event>[] {
  if (test.kind !== "correlation") return [];
  const byPlace = new Map<string, Occurred<Event>[]>();
  for (const one of occurred) {
    const same = byPlace.get(one.leaf.place);
    if (same === undefined) byPlace.set(one.leaf.place, [one]);
    else same.push(one);
  }
  const groups = new Correlating(byPlace, whoOf).groupsOf(test, []);
  return groups.flatMap((group) => {
    if (group.windows.length === 0) return [];
    const events = [...eventsIn(group.windows.map((window) => ({ group, ...window })))];
    return [
      {
        label: labelOf(test, group.key),
        events: [...new Set(events.toSorted((a, b) => a.time - b.time).map(({ event }) => event))],
        isOrderKnown: group.windows.some(({ isOrderKnown }) => isOrderKnown),
      },
    ];
  });
}

/** An event, or a window of events for the correlation that theirs is a part of. */
type Source<Event> = Occurred<Event> | Fired<Event>;

/** The events of the group from one to before another. */
interface Fired<Event> extends Pick<Window, "from" | "until"> {
  readonly group: Group<Event>;
}

interface Group<Event> {
  readonly key: readonly string[];
  readonly inOrder: readonly Grouped<Event>[];
  readonly windows: readonly Window[];
}

interface Grouped<Event> extends Occurrence {
  readonly source: Source<Event>;
  /** The event itself; of a window the last. */
  readonly last: Occurred<Event>;
}

class Correlating<Event> {
  readonly #byPlace: ReadonlyMap<string, readonly Occurred<Event>[]>;
  readonly #whoOf: (deed: Deed) => string;

  constructor(
    byPlace: ReadonlyMap<string, readonly Occurred<Event>[]>,
    whoOf: (deed: Deed) => string,
  ) {
    this.#byPlace = byPlace;
    this.#whoOf = whoOf;
  }

  /** `place`: where the correlation stands in those that it is a part of. */
  groupsOf(correlation: Correlation, place: readonly number[]): readonly Group<Event>[] {
    const found = new Map<string, { key: readonly string[]; members: Grouped<Event>[] }>();
    for (const [part, { test }] of correlation.parts.entries()) {
      const at = [...place, part];
      const sources =
        test.kind === "correlation"
          ? this.#fired(test, at, correlation)
          : (this.#byPlace.get(at.join(".")) ?? []);
      for (const source of sources) {
        const last = lastOf(source);
        const asked = last.told[place.length];
        if (asked === undefined) continue;
        const lists = asked.groups.map((texts) => texts ?? [this.#whoOf(last.deed)]);
        for (const key of combinations(lists)) {
          const text = JSON.stringify(key);
          const group = found.get(text) ?? { key, members: [] };
          found.set(text, group);
          group.members.push({ time: last.time, part, values: asked.values, source, last });
        }
      }
    }
    return Array.from(found.values(), ({ key, members }) => {
      const sorted = members.sort(byTime);
      const inOrder = correlation.condition.kind === "temporal" ? sorted : eachOnce(sorted);
      return { key, inOrder, windows: windowsIn(inOrder, correlation) };
    });
  }

  /** What comes after others is held against each moment at which these held; what is counted counts once. */
  #fired(
    correlation: Correlation,
    place: readonly number[],
    { condition }: Correlation,
  ): readonly Fired<Event>[] {
    return this.groupsOf(correlation, place).flatMap((group) =>
      group.windows.flatMap(({ from, until, moments }) =>
        condition.kind === "temporal"
          ? moments.map((at) => ({ group, from, until: at + 1 }))
          : [{ group, from, until }],
      ),
    );
  }
}

/** An event that several parts select counts once. */
function eachOnce<Event>(members: readonly Grouped<Event>[]): readonly Grouped<Event>[] {
  const seen = new Set<unknown>();
  return members.filter(({ source }) => {
    const key = "group" in source ? source : source.deed;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function lastOf<Event>(source: Source<Event>): Occurred<Event> {
  if (!("group" in source)) return source;
  const { group, until } = source;
  return lastOf((group.inOrder[until - 1] as Grouped<Event>).source);
}

/** Windows overlap; of each group they are looked at in order, so that no event is taken twice. */
function* eventsIn<Event>(fired: readonly Fired<Event>[]): Generator<Occurred<Event>> {
  const taken = new Map<Group<Event>, number>();
  for (const { group, from: first, until } of fired) {
    const from = Math.max(first, taken.get(group) ?? 0);
    taken.set(group, Math.max(until, from));
    const inner: Fired<Event>[] = [];
    for (const { source } of group.inOrder.slice(from, until)) {
      if ("group" in source) inner.push(source);
      else yield source;
    }
    yield* eventsIn(inner);
  }
}

function labelOf({ groupBy }: Correlation, key: readonly string[]): string | undefined {
  const parts = groupBy.flatMap((subject, at) =>
    subject === "who" ? [] : [`${subjectName(subject)} ${key[at] ?? ""}`],
  );
  return parts.length === 0 ? undefined : parts.join(", ");
}
