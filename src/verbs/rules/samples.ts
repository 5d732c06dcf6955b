/**
 * Whether the samples of a rule are judged as they say. Each is a small log of its own: who is behind an
 * event is looked for among the events of the same sample.
 */

import { type CloudTrailRecord, textOf } from "../../event/record.ts";
import type { FoundEvent } from "../../query/query.ts";
import { linkSessions } from "../../resolve/sessions.ts";
import type { Rule, Sample } from "../../rules/rule.ts";
import { matchesBehind } from "../check/behind.ts";

export interface Tried {
  readonly rule: Rule;
  readonly sample: Sample;
  /** Undefined where a rule is about several events together. */
  readonly broke: boolean | undefined;
}

export function tried(rules: readonly Rule[]): readonly Tried[] {
  return rules.flatMap((rule) =>
    rule.samples.map((sample) => ({ rule, sample, broke: breaks(rule, sample.events) })),
  );
}

function breaks({ test }: Rule, records: readonly CloudTrailRecord[]): boolean | undefined {
  if (test.kind !== "events") return undefined;
  const { filter } = test;
  const sessions = linkSessions(records.map(eventOf));
  return records.some((record) => matchesBehind(filter, record, sessions));
}

function eventOf(record: CloudTrailRecord, offset: number): FoundEvent {
  const origin = "(sample)";
  return {
    id: `${offset} ${origin}`,
    record,
    source: { origin, offset, bytes: Buffer.from(textOf(record)) },
  };
}
