/**
 * What a resource belongs to, so that it may go when that goes: the stack that made it, the instance that
 * it is attached to, what it is a part of.
 */

import { foldCase } from "../event/fold-case.ts";
import { stackNameIn } from "../event/names.ts";
import { type CloudTrailRecord, textsAt } from "../event/record.ts";
import { ownNames } from "../event/resource-names.ts";
import { bearing, wholesOf } from "../event/targets.ts";
import { classOf } from "../event/verb-classes.ts";
import { anyOf, every, some } from "../query/build.ts";
import type { Filter, ResourcePattern } from "../query/filter.ts";
import type { FoundEvent, Reading } from "../query/query.ts";
import { type Resource, resourceNamed } from "../query/resource.ts";
import { actingService } from "./acting-service.ts";
import {
  type Attachment,
  attachingEvents,
  attachmentsIn,
  holdersIn,
  stackInTags,
} from "./attachments.ts";
import { causesOf } from "./causes.ts";
import { isItem, isSuccess, mostTelling, readSuccesses, type Signs } from "./signs-of-life.ts";

/** What a resource may have gone with. */
export interface Parent {
  readonly name: string;
  readonly kind: "instance" | "image" | "stack" | "whole";
  /** Of the calls that delete it. */
  readonly eventSource: string;
  readonly certainty: "likely" | "possible";
}

/** The surer of two ways in which it belongs to one thing counts. */
export async function parentsOf(
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
    ...(await attachedTo(reading, about, signs)),
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
  if (attachingEvents.includes(eventName) || outlives.test(eventName)) return [];
  return wholesOf(record)
    .filter((name) => foldCase(name) !== foldCase(resource.text))
    .map((name) => ({ name, kind: "whole", eventSource, certainty: "possible" }));
}

/** What is only attached to something may outlive it. */
const outlives = /^(?:Attach|Detach|Associate|Disassociate|Add|Remove|Register|Deregister)[A-Z]/;

/** What it was attached to in the end, and set to go with. */
async function attachedTo(
  reading: Reading,
  { term }: Resource,
  { resource }: Signs,
): Promise<readonly Parent[]> {
  const attaching = anyOf("eventName", attachingEvents);
  const own = await readSuccesses(reading, { filter: every([term, attaching, isSuccess]) });
  const first = lastAttachment(own, new Set([foldCase(resource.text)]));
  const { parent, alias } = first ?? {};
  if (parent === undefined) return [];
  // The instance knows a volume by the device alone.
  const all = await readSuccesses(reading, {
    filter: every([some([term, termFor(parent)]), attaching, isSuccess]),
  });
  const names = new Set([resource.text, alias].flatMap((name) => (name ? [foldCase(name)] : [])));
  const last = lastAttachment(
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

/** The last attachment of all, in order of time. */
function lastAttachment(
  events: readonly FoundEvent[],
  names: ReadonlySet<string>,
): Attachment | undefined {
  let last: Attachment | undefined;
  for (const one of events.flatMap(({ record }) => attachmentsIn(record, names))) {
    last = { ...last, ...one, parent: one.parent ?? last?.parent };
  }
  return last;
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

/** Names in logs are no patterns. */
export function termFor(name: string): Filter {
  return resourceNamed(name.replace(/[\\*?]/g, "\\$&")).term;
}
