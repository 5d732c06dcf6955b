/**
 * Whether the samples of a rule are judged as they say. Each is a small log of its own: who is behind an
 * event is looked for among the events of the same sample.
 */

import { type CloudTrailRecord, textOf } from "../../event/record.ts";
import type { Filter } from "../../query/filter.ts";
import { preparePatterns } from "../../query/pattern.ts";
import type { FoundEvent } from "../../query/query.ts";
import { linkSessions } from "../../resolve/sessions.ts";
import type { Rule, Sample } from "../../rules/rule.ts";
import { humanBehind } from "../../words/humans.ts";
import { matchesBehind } from "../check/behind.ts";
import { leavesOf, type Occurred, together, toldOf } from "../check/correlations.ts";
import { type Deed, DeedReader } from "../check/deeds.ts";

export interface Tried {
  readonly rule: Rule;
  readonly sample: Sample;
  /** What the rule says of it. */
  readonly broke: boolean;
}

export async function tried(rules: readonly Rule[]): Promise<readonly Tried[]> {
  for (const filter of rules.flatMap(filtersOf)) await preparePatterns(filter);
  return rules.flatMap((rule) =>
    rule.samples.map((sample) => ({ rule, sample, broke: breaks(rule, sample.events) })),
  );
}

/** What the rule asks of single events. */
export function filtersOf({ test }: Rule): readonly Filter[] {
  return test.kind === "events" ? [test.filter] : leavesOf(test).map(({ filter }) => filter);
}

function breaks(rule: Rule, records: readonly CloudTrailRecord[]): boolean {
  const { test } = rule;
  const events = records.map(eventOf);
  const sessions = linkSessions(events);
  if (test.kind === "events") {
    return records.some((record) => matchesBehind(test.filter, record, sessions));
  }
  const deeds = new DeedReader();
  const occurred = events.flatMap((event): readonly Occurred<FoundEvent>[] => {
    const deed = deeds.deed(event);
    const { time } = deed;
    if (time === undefined) return [];
    return leavesOf(test)
      .filter(({ filter }) => matchesBehind(filter, event.record, sessions))
      .flatMap((leaf) => {
        const told = toldOf(leaf, event.record);
        return told === undefined ? [] : [{ event, deed, time, leaf, told }];
      });
  });
  const whoOf = ({ caller }: Deed) => humanBehind(caller.event.record, sessions).key;
  return together(rule, occurred, whoOf).length > 0;
}

function eventOf(record: CloudTrailRecord, offset: number): FoundEvent {
  const origin = "(sample)";
  return {
    id: `${offset} ${origin}`,
    record,
    source: { origin, offset, bytes: Buffer.from(textOf(record)) },
  };
}
