/**
 * How a resource may have gone without an event of its own: with what it was a part of, or by a rule
 * that deletes silently.
 *
 * Only what came after its last sign of life counts, and only while it was attached to what went. A
 * possibility is never said to have happened.
 */

import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { bearing } from "../event/targets.ts";
import { timeOf } from "../event/time.ts";
import { deedOf } from "../event/verb-classes.ts";
import { anyOf, every, fitting, some } from "../query/build.ts";
import type { FoundEvent, Reading } from "../query/query.ts";
import type { Resource } from "../query/resource.ts";
import { type Expiry, expiriesIn, expiryEvents } from "./expiry.ts";
import { type Parent, parentsOf, termFor } from "./parents.ts";
import { isSuccess, readSuccesses, type Signs, signsOf } from "./signs-of-life.ts";

/**
 * `instance`: attached to it, to go with it. `image`: the image was made of it. `stack`: made by it.
 * `whole`: it was a part of it or lay in it. `emptied`: deleted beside others by a call that does not
 * log which. `expiry`: by a rule.
 */
export type Possibility = {
  /** What it went with; of a rule, what the rule is for. */
  readonly parent: string;
  /** The deletion of the parent, or the call that set the rule. */
  readonly event: FoundEvent;
  readonly certainty: Parent["certainty"];
} & (
  | { readonly kind: Parent["kind"] | "emptied" }
  | { readonly kind: "expiry"; readonly expiry: Expiry }
);

/** A pattern of several has none. In order of time. */
export async function possibilitiesFor(
  reading: Reading,
  about: Resource,
): Promise<readonly Possibility[]> {
  if (about.pattern.glob) return [];
  const signs = await signsOf(reading, about);
  if (signs === undefined) return [];
  const parents = await parentsOf(reading, about, signs);
  if (parents.length === 0) return [];
  const aboutParents = await readSuccesses(reading, {
    filter: every([
      some(parents.map(({ name }) => termFor(name))),
      some([isDeletion, anyOf("eventName", [...expiryEvents, "DeleteObjects"])]),
      isSuccess,
    ]),
  });
  const found = [
    ...endsAmong(aboutParents, parents, signs),
    ...silentDeletions(aboutParents, parents, signs),
  ];
  return found.sort((a, b) => (timeOf(a.event.record) ?? 0) - (timeOf(b.event.record) ?? 0));
}

/** Deletions of what it belonged to, after its last sign of life. */
function endsAmong(
  events: readonly FoundEvent[],
  parents: readonly Parent[],
  { last }: Signs,
): readonly Possibility[] {
  const ended = new Set<Parent>();
  return events.flatMap((event): readonly Possibility[] => {
    const time = timeOf(event.record);
    const gone = parents.find((parent) => ends(event.record, parent));
    if (gone === undefined || ended.has(gone) || isSpared(event.record)) return [];
    if (last !== undefined && (time === undefined || time < last)) return [];
    // What deletes a stack may fail later and be repeated; anything else happens once.
    if (gone.kind !== "stack") ended.add(gone);
    const { kind, name, certainty } = gone;
    return [{ kind, parent: name, event, certainty }];
  });
}

function ends(record: CloudTrailRecord, { name, kind, eventSource }: Parent): boolean {
  if (!textsAt(record, "eventSource").includes(eventSource)) return false;
  if (bearing(record, { text: name, glob: false }) === "target") return true;
  // EC2 took a spot instance back.
  return kind === "instance" && textsAt(record, "serviceEventDetails.instanceIdSet").includes(name);
}

/** Whether the call says that what belongs to the deleted thing stays. */
function isSpared(record: CloudTrailRecord): boolean {
  const said = (parameter: string) => textsAt(record, `requestParameters.${parameter}`)[0];
  switch (textsAt(record, "eventName")[0]) {
    case "DeregisterImage":
      return said("deleteAssociatedSnapshots") !== "true";
    case "DeleteDBInstance":
      return said("deleteAutomatedBackups") === "false";
    default:
      return false;
  }
}

/** Rules for what it lies in, and calls that deleted there without saying what. */
function silentDeletions(
  events: readonly FoundEvent[],
  parents: readonly Parent[],
  { resource, last }: Signs,
): readonly Possibility[] {
  return parents
    .filter(({ kind, eventSource }) => kind === "whole" && expires.has(eventSource))
    .flatMap(({ name: parent, eventSource }) => {
      const key = eventSource === "s3.amazonaws.com" ? keyIn(resource.text, parent) : undefined;
      const onIt = events.filter(
        ({ record }) =>
          textsAt(record, "eventSource").includes(eventSource) &&
          bearing(record, { text: parent, glob: false }) !== "mention",
      );
      return [...expiriesAmong(onIt, { parent, key, last }), ...emptyings(onIt, parent, last)];
    });
}

const expires: ReadonlySet<string> = new Set([
  "s3.amazonaws.com",
  "dynamodb.amazonaws.com",
  "logs.amazonaws.com",
]);

function keyIn(text: string, bucket: string): string | undefined {
  const path = text.replace(/^arn:[^:]*:s3:::/, "");
  return path.startsWith(`${bucket}/`) ? path.slice(bucket.length + 1) : undefined;
}

interface Inside {
  readonly parent: string;
  readonly key: string | undefined;
  readonly last: number | undefined;
}

const dayMs = 86_400_000;

/** A rule stands until the next call about it, and deletes what is old enough by then. */
function expiriesAmong(
  events: readonly FoundEvent[],
  { parent, key, last = Number.NEGATIVE_INFINITY }: Inside,
): readonly Possibility[] {
  const rules = events.filter(({ record }) =>
    expiryEvents.includes(textsAt(record, "eventName")[0] ?? ""),
  );
  return rules.flatMap((event, at) => {
    const next = rules[at + 1];
    const until = (next && timeOf(next.record)) ?? Number.POSITIVE_INFINITY;
    return expiriesIn(event.record, key)
      .filter(({ days = 0 }) => last + days * dayMs < until)
      .map(
        (expiry): Possibility => ({ kind: "expiry", parent, event, certainty: "possible", expiry }),
      );
  });
}

function emptyings(
  events: readonly FoundEvent[],
  parent: string,
  last = Number.NEGATIVE_INFINITY,
): readonly Possibility[] {
  return events
    .filter(
      (event) =>
        textsAt(event.record, "eventName").includes("DeleteObjects") &&
        (timeOf(event.record) ?? Number.NEGATIVE_INFINITY) >= last,
    )
    .map((event) => ({ kind: "emptied", parent, event, certainty: "possible" }));
}

const isDeletion = some(
  [...(deedOf("deleted")?.eventNames ?? []), "DeleteStack"].map((glob) =>
    fitting("eventName", glob),
  ),
);
