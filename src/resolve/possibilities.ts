/**
 * How a resource may have gone without an event of its own: with what it was a part of, or by a rule
 * that deletes silently.
 *
 * Only what came after its last sign of life counts, and only while it was tied to what went. A
 * possibility is never said to have happened.
 */

import { foldCase } from "../event/fold-case.ts";
import { stackNameIn } from "../event/names.ts";
import { outcomeOf } from "../event/outcome.ts";
import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { ownNames } from "../event/resource-names.ts";
import { bearing, wholesOf } from "../event/targets.ts";
import { timeOf } from "../event/time.ts";
import { classOf, deedOf } from "../event/verb-classes.ts";
import { anyOf, equals, every, fitting, some } from "../query/build.ts";
import type { Filter, ResourcePattern } from "../query/filter.ts";
import { eventsOf } from "../query/found.ts";
import type { EventsQuery, FoundEvent, Reading } from "../query/query.ts";
import { type Resource, resourceNamed } from "../query/resource.ts";
import { type Bond, bondingEvents, bondsIn, holdersIn, stackInTags } from "./bonds.ts";
import { actingService } from "./cascades.ts";
import { causesOf } from "./causes.ts";
import { type Expiry, expiriesIn, expiryEvents } from "./expiry.ts";

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
  readonly certainty: "likely" | "possible";
} & (
  | { readonly kind: Parent["kind"] | "emptied" }
  | { readonly kind: "expiry"; readonly expiry: Expiry }
);

/** So many of the oldest and of the newest events about a resource tell what it belongs to. */
const mostTelling = 40;

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
  const aboutParents = await read(reading, {
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

interface Signs {
  readonly resource: ResourcePattern;
  /** Successful calls that act on it or a part of it, in order of time: not all, if they are many. */
  readonly events: readonly FoundEvent[];
  /** The last that shows that it was there. Undefined: nothing does. */
  readonly last: number | undefined;
}

/** Undefined for what was deleted by an event of its own. */
async function signsOf(
  reading: Reading,
  { pattern: resource, term }: Resource,
): Promise<Signs | undefined> {
  const filter = every([term, isSuccess]);
  const ends = await read(reading, { filter, descending: true, limit: mostTelling });
  const oldest =
    ends.length < mostTelling ? [] : await read(reading, { filter, limit: mostTelling });
  const places = new Set<string>();
  const events = [...oldest, ...ends.reverse()].filter((event) => {
    const place = event.id;
    const isNew = !places.has(place);
    places.add(place);
    return isNew && (isItem(event.record) || bearing(event.record, resource) !== "mention");
  });
  let last: number | undefined;
  let isGone = false;
  for (const event of events) {
    const { record } = event;
    const time = timeOf(record);
    const isOnIt = isItem(record) || bearing(record, resource) === "target";
    const does = classOf(textsAt(record, "eventName")[0] ?? "");
    if (isOnIt && does === "destroy") isGone = true;
    else {
      if (isOnIt && does === "create") isGone = false;
      last = time ?? last;
    }
  }
  return isGone ? undefined : { resource, events, last };
}

interface Parent {
  readonly name: string;
  readonly kind: "instance" | "image" | "stack" | "whole";
  /** Of the calls that delete it. */
  readonly eventSource: string;
  readonly certainty: Possibility["certainty"];
}

async function parentsOf(
  reading: Reading,
  about: Resource,
  signs: Signs,
): Promise<readonly Parent[]> {
  const wholes = signs.events.flatMap(({ record }) => wholesAsParents(record, signs.resource));
  const holders = holdersIn(signs.resource.text).map(
    (holder): Parent => ({ ...holder, kind: "whole", certainty: "possible" }),
  );
  const parents = new Map<string, Parent>();
  for (const parent of withoutRepeats([...holders, ...wholes])) {
    parents.set(foldCase(parent.name), parent);
  }
  for (const parent of [
    ...(await boundParents(reading, about, signs)),
    ...(await stacksOf(reading, signs)),
  ]) {
    parents.set(foldCase(parent.name), parent);
  }
  return [...parents.values()].slice(0, mostTelling);
}

/** One that is named says what its ARN says. */
function withoutRepeats(parents: readonly Parent[]): readonly Parent[] {
  const names = new Set(parents.map(({ name }) => name));
  return parents.filter(
    ({ name }) =>
      !name.startsWith("arn:") || !ownNames(name).some((own) => own !== name && names.has(own)),
  );
}

function wholesAsParents(record: CloudTrailRecord, resource: ResourcePattern): readonly Parent[] {
  if (bearing(record, resource) !== "target" && !isItem(record)) return [];
  const [eventSource = ""] = textsAt(record, "eventSource");
  const [eventName = ""] = textsAt(record, "eventName");
  if (bondingEvents.includes(eventName) || ties.test(eventName)) return [];
  return wholesOf(record)
    .filter((name) => foldCase(name) !== foldCase(resource.text))
    .map((name) => ({ name, kind: "whole", eventSource, certainty: "possible" }));
}

/** What is only tied to something may outlive it. */
const ties = /^(?:Attach|Detach|Associate|Disassociate|Add|Remove|Register|Deregister)[A-Z]/;

/** An item is named by its key alone, which is not taken for the target. */
function isItem(record: CloudTrailRecord): boolean {
  const [eventSource] = textsAt(record, "eventSource");
  const [eventName = ""] = textsAt(record, "eventName");
  return eventSource === "dynamodb.amazonaws.com" && eventName.endsWith("Item");
}

/** What it was attached to in the end, and set to go with. */
async function boundParents(
  reading: Reading,
  { term }: Resource,
  { resource }: Signs,
): Promise<readonly Parent[]> {
  const bonding = anyOf("eventName", bondingEvents);
  const own = await read(reading, { filter: every([term, bonding, isSuccess]) });
  const first = boundTo(own, new Set([foldCase(resource.text)]));
  const { parent, alias } = first ?? {};
  if (parent === undefined) return [];
  // The instance knows a volume by the device alone.
  const all = await read(reading, {
    filter: every([some([term, termFor(parent)]), bonding, isSuccess]),
  });
  const names = new Set([resource.text, alias].flatMap((name) => (name ? [foldCase(name)] : [])));
  const last = boundTo(
    all.filter(({ record }) => isAbout(record, parent, resource)),
    names,
  );
  return last?.goes === true && last.parent !== undefined
    ? [
        {
          name: last.parent,
          kind: last.kind,
          eventSource: "ec2.amazonaws.com",
          certainty: "likely",
        },
      ]
    : [];
}

/** Another instance has a device of the same name. */
function isAbout(record: CloudTrailRecord, parent: string, resource: ResourcePattern): boolean {
  return [{ text: parent, glob: false }, resource].some(
    (one) => bearing(record, one) !== "mention",
  );
}

/** The last tie of all, in order of time. */
function boundTo(events: readonly FoundEvent[], names: ReadonlySet<string>): Bond | undefined {
  let bound: Bond | undefined;
  for (const bond of events.flatMap(({ record }) => bondsIn(record, names))) {
    bound = { ...bound, ...bond, parent: bond.parent ?? bound?.parent };
  }
  return bound;
}

/** Those that made it, as its tags say or the call that CloudFormation made for them. */
async function stacksOf(reading: Reading, { resource, events }: Signs): Promise<readonly Parent[]> {
  const making = events.filter(
    ({ record }) =>
      classOf(textsAt(record, "eventName")[0] ?? "") === "create" &&
      bearing(record, resource) === "target",
  );
  const tagged = making.flatMap(({ record }) => stackInTags(record) ?? []);
  const untold = making.filter(
    ({ record }) =>
      stackInTags(record) === undefined &&
      actingService(record)?.host === "cloudformation.amazonaws.com",
  );
  const causes = await causesOf(reading, untold);
  const caused = [...causes.values()].flatMap((cause) =>
    cause.kind === "started" ? cause.starters.flatMap(({ record }) => stackNamed(record)) : [],
  );
  const isSure = tagged.length + caused.length === 1;
  return [...new Set([...tagged, ...caused])].map((name) => ({
    name,
    kind: "stack",
    eventSource: "cloudformation.amazonaws.com",
    certainty: isSure ? "likely" : "possible",
  }));
}

function stackNamed(record: CloudTrailRecord): readonly string[] {
  return textsAt(record, "requestParameters.stackName").map((name) => stackNameIn(name) ?? name);
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

async function read(
  reading: Reading,
  query: Pick<EventsQuery, "filter" | "descending" | "limit">,
): Promise<FoundEvent[]> {
  const found = await eventsOf(reading, query);
  return found.filter(({ record }) => outcomeOf(record) === "success");
}

const isSuccess = equals("outcome", "success");

const isDeletion = some(
  [...(deedOf("deleted")?.eventNames ?? []), "DeleteStack"].map((glob) =>
    fitting("eventName", glob),
  ),
);

/** Names in logs are no patterns. */
function termFor(name: string): Filter {
  return resourceNamed(name.replace(/[\\*?]/g, "\\$&")).term;
}
