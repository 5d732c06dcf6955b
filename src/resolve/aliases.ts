/**
 * Other names of a resource, learned from the events that use two of its names at once: the id that a
 * creation answered, the key behind a KMS alias, the instance that bears a tag `Name`, the new name of
 * what was renamed.
 *
 * Only names that the user's own does not find anyway are told. What is followed, so that events under
 * that name are about the resource too, is no more than is certain: a unique id is one thing for ever, a
 * new name counts from the renaming on, an alias until it is given to another key. A tag `Name` leads
 * to what bears it, since that has no other name, but not from a thing to its namesakes.
 */

import { nameOf, newNameIn, serviceOf } from "../event/effect.ts";
import { mentions } from "../event/mention.ts";
import { type NamedTarget, namedTargets } from "../event/named-targets.ts";
import { outcomeOf } from "../event/outcome.ts";
import { type CloudTrailRecord, isObject, valuesAt } from "../event/record.ts";
import { bareNames, naming } from "../event/resource-names.ts";
import { timeOf } from "../event/time.ts";
import { during, every, fitting, mentioning, not, some } from "../query/build.ts";
import type { Filter, ResourcePattern } from "../query/filter.ts";
import { eventsOf } from "../query/found.ts";
import type { FoundEvent, Reading } from "../query/query.ts";

/** How a name is tied to the one asked for. */
type Tie = "id" | "KMS alias" | "tag Name" | "new name" | "old name" | "name";

export interface Alias {
  readonly name: string;
  readonly tie: Tie;
  /** What bears the name, in words: `instance`, `DB instance`. */
  readonly kind?: string;
  /** The first event that uses both names. */
  readonly evidence: FoundEvent;
  /** When a call gave the name; absent where it was only used. Epoch milliseconds. */
  readonly since?: number;
  /** When it was given to another thing, or taken off. */
  readonly until?: number;
  /** Events under this name are about the resource, within the times that `holdsAt` tells. */
  readonly isFollowed: boolean;
}

export interface Naming {
  readonly aliases: readonly Alias[];
  /** Events that mention the resource under one of its names. */
  readonly term: Filter;
}

/** `term` is that of the resource alone. */
export async function namingOf(
  reading: Reading,
  resource: ResourcePattern,
  term: Filter,
): Promise<Naming> {
  if (resource.glob) return { aliases: [], term };
  let aliases: readonly Alias[] = [];
  let leading: readonly Alias[] = [];
  // A name that a name led to may lead on, as when something is renamed twice.
  for (let round = 0; round < mostRounds; round++) {
    aliases = aliasesIn(
      resource,
      await namingEvents(reading, either(term, leading.map(mentioned))),
    );
    const known = leading.length;
    leading = aliases.filter((alias) => leadsOn(alias) || mayMove(alias));
    if (leading.length === known) break;
  }
  return { aliases, term: underNames(term, aliases) };
}

/** Events that mention the resource as the user calls it, or under a name that is followed. */
export function underNames(mention: Filter, aliases: readonly Alias[]): Filter {
  return either(mention, aliases.filter(({ isFollowed }) => isFollowed).map(mentioned));
}

const mostRounds = 4;

/** The term itself where there is no other, which may have been said before. */
function either(term: Filter, others: readonly Filter[]): Filter {
  return others.length === 0 ? term : some([term, ...others]);
}

/** Whether only events that name the alias alone tell that it has gone to another key. */
function mayMove({ name, tie }: Alias): boolean {
  return tie === "KMS alias" && isKmsAlias(name);
}

/** More events of a kind than this say nothing that the others do not. */
const mostEvents = 2000;
const mostKeyUses = 100;

/** Those that succeeded, the oldest first. */
async function namingEvents(reading: Reading, term: Filter): Promise<readonly FoundEvent[]> {
  const newest = (filter: Filter, limit: number) =>
    eventsOf(reading, { filter: every([term, filter]), descending: true, limit });
  const events = [
    ...(await newest(namesThemselves, mostEvents)),
    ...(await newest(usesKeys, mostKeyUses)),
  ];
  return events
    .filter(({ record }) => outcomeOf(record) === "success")
    .reverse()
    .sort((a, b) => (timeOf(a.record) ?? 0) - (timeOf(b.record) ?? 0));
}

function called(globs: readonly string[]): Filter {
  return some(globs.map((glob) => fitting("eventName", glob)));
}

/** Calls that use several names of one thing. Those on objects and items do not, and are many. */
const namesThemselves = every([
  called([
    ...["Create*", "Run*", "Restore*", "Register*", "Allocate*", "Import*", "Launch*", "Copy*"],
    ...["Update*", "Modify*", "Rename*", "Delete*", "Terminate*", "DescribeKey"],
    "ScheduleKeyDeletion",
  ]),
  not(
    called([
      ...["*Object", "*Objects", "*Item", "*MultipartUpload", "*Message*", "*LogStream"],
      ...["*Tagging", "CreateGrant", "*Grant", "CreateNetworkInterface*"],
    ]),
  ),
]);

/** Name a key by its alias and by its id, over and over, and name what they are made for, too. */
const usesKeys = called(["Encrypt", "GenerateDataKey*"]);

/**
 * Calls that may tell other names of what somebody asks for as `text`. Those that use keys are many, and
 * only looked at where the text may name a key.
 */
export function namingCalls(text: string): Filter {
  const mayBeKey = isKmsAlias(text) || isUniqueId(text) || /key|kms|cmk/i.test(text);
  return mayBeKey ? some([namesThemselves, usesKeys]) : namesThemselves;
}

/** While the name holds: before and after, it may be another's. */
function mentioned(alias: Alias): Filter {
  const mention = mentioning(alias.name);
  const { from, until } = boundsOf(alias);
  if (from === undefined && until === undefined) return mention;
  return every([mention, during({ from, until: until === undefined ? undefined : until + 1 })]);
}

/** What bears an id had it before anybody named it; a new name may have been another's before. */
function boundsOf({ tie, since, until }: Alias): {
  readonly from?: number | undefined;
  readonly until?: number | undefined;
} {
  switch (tie) {
    case "id":
    case "tag Name":
    case "name":
      return {};
    case "KMS alias":
    case "old name":
      return { until };
    case "new name":
      return { from: since, until };
  }
}

/** `events` in the order of time, all successful. */
function aliasesIn(resource: ResourcePattern, events: readonly FoundEvent[]): readonly Alias[] {
  const found = new Map<string, Alias>();
  for (const event of events) {
    const { record } = event;
    const isKnown = isNamed(record, [resource.text, ...namesAt(found.values(), record)]);
    for (const { names, kind } of namedTargets(record)) {
      if (!names.some(isKnown)) continue;
      for (const name of names) {
        if (isNamed(record, [resource.text])(name) || mentions(resource, name)) continue;
        const tie = tieOf(record, { name, names, asked: resource.text });
        const known = found.get(name);
        if (known !== undefined && !(known.since === undefined && gives(record))) continue;
        found.set(name, aliasOf({ name, kind, tie, evidence: event }));
      }
    }
    closeSpans(found, resource, record);
  }
  return settled(resource, [...found.values()], events);
}

function isNamed(record: CloudTrailRecord, names: readonly string[]): (name: string) => boolean {
  const service = serviceOf(record);
  return naming([...names, ...names.flatMap((name) => bareNames(name, service))], false);
}

/** What leads on from an event: ids, and names while they hold. */
function namesAt(aliases: Iterable<Alias>, record: CloudTrailRecord): readonly string[] {
  return [...aliases]
    .filter((alias) => leadsOn(alias) && holdsAt(alias, record))
    .map(({ name }) => name);
}

function leadsOn({ tie }: Alias): boolean {
  return tie === "new name" || tie === "old name";
}

/** Whether the name stands for the resource in an event of this time. */
export function holdsAt(alias: Alias, record: CloudTrailRecord): boolean {
  const time = timeOf(record);
  const { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = boundsOf(alias);
  return time === undefined || (time >= from && time <= until);
}

function tieOf(
  record: CloudTrailRecord,
  { name, names, asked }: { name: string; names: readonly string[]; asked: string },
): Tie {
  if (isKmsAlias(asked) || isKmsAlias(name)) return "KMS alias";
  const renamed = newNameIn(record);
  if (renamed !== undefined && names.includes(renamed)) {
    return name === renamed ? "new name" : isUniqueId(name) ? "id" : "old name";
  }
  const isTag = serviceOf(record) === "ec2" && isEc2Id(names[0] ?? "");
  if (isTag && isEc2Id(name) !== isEc2Id(asked)) return "tag Name";
  return isUniqueId(name) ? "id" : "name";
}

function aliasOf({
  kind,
  ...alias
}: Pick<Alias, "name" | "tie" | "evidence"> & { readonly kind: string | undefined }): Alias {
  const { record } = alias.evidence;
  const time = timeOf(record);
  const given = time !== undefined && gives(record);
  return {
    ...alias,
    ...(kind !== undefined && { kind }),
    ...(given && alias.tie !== "old name" && { since: time }),
    ...(given && alias.tie === "old name" && { until: time }),
    isFollowed: false,
  };
}

/** Whether the call itself gave the name, rather than used it. */
function gives(record: CloudTrailRecord): boolean {
  const name = nameOf(record);
  return (
    newNameIn(record) !== undefined ||
    /^(?:Create|Run|Restore|Copy|Allocate|Import)/.test(name) ||
    name === "UpdateAlias"
  );
}

/** Ends what an event takes from one thing and gives to another. */
function closeSpans(
  found: Map<string, Alias>,
  { text }: ResourcePattern,
  record: CloudTrailRecord,
): void {
  const until = timeOf(record);
  if (until === undefined) return;
  const targets = namedTargets(record);
  const isMoved = (alias: Alias) => {
    if (alias.until !== undefined || alias.evidence.record === record) return false;
    switch (alias.tie) {
      case "KMS alias":
        return nameOf(record) === "UpdateAlias" && parts(targets, alias.name, text);
      case "tag Name":
        return retags(record, alias.name, text);
      case "id":
      case "new name":
      case "old name":
      case "name":
        return false;
    }
  };
  for (const [name, alias] of found) if (isMoved(alias)) found.set(name, { ...alias, until });
}

/** Whether one of the names is used without the other. */
function parts(targets: readonly NamedTarget[], one: string, other: string): boolean {
  const [alias, key] = isKmsAlias(one) ? [one, other] : [other, one];
  const isAlias = naming([alias], false);
  const isKey = naming([key], false);
  const own = targets.filter(({ names }) => names.some(isAlias));
  return own.length > 0 && !own.some(({ names }) => names.some(isKey));
}

/** Whether the call gives another tag `Name` to the thing with this id, or takes it off. */
function retags(record: CloudTrailRecord, one: string, other: string): boolean {
  const [id, tag] = isEc2Id(one) ? [one, other] : [other, one];
  const called = nameOf(record);
  if (called !== "CreateTags" && called !== "DeleteTags") return false;
  const ids = valuesAt(record, ["requestParameters", "resourcesSet", "items", "resourceId"]);
  const tags = valuesAt(record, ["requestParameters", "tagSet", "items"]).filter(
    (item) => isObject(item) && valuesAt(item, ["key"]).includes("Name"),
  );
  const isSame = tags.some((item) => isObject(item) && valuesAt(item, ["value"]).includes(tag));
  return ids.includes(id) && tags.length > 0 && (called === "DeleteTags" || !isSame);
}

/** Decides what is followed, once all is known. */
function settled(
  { text }: ResourcePattern,
  aliases: readonly Alias[],
  events: readonly FoundEvent[],
): readonly Alias[] {
  // A thing that is called so in its own right needs no tag to be found by.
  const isCalledSo = events.some(({ record }) =>
    namedTargets(record).some(
      ({ names }) => names.some(isNamed(record, [text])) && !isOnlyTag(record, names, text),
    ),
  );
  const isFollowed = ({ name, tie }: Alias) => {
    switch (tie) {
      case "id":
        // IAM answers with ids and never asks for them.
        return !iamId.test(name);
      case "new name":
      case "old name":
        return true;
      case "KMS alias":
        return isKmsAlias(text);
      case "tag Name":
        return isEc2Id(name) && !isCalledSo;
      case "name":
        return false;
    }
  };
  // An ARN says what the id in it says.
  const isSaid = ({ name }: Alias) =>
    aliases.some(
      (other) => other.name !== name && mentions({ text: other.name, glob: false }, name),
    );
  return aliases
    .filter((alias) => !isSaid(alias))
    .map((alias) => ({ ...alias, isFollowed: isFollowed(alias) }));
}

function isOnlyTag(
  record: CloudTrailRecord,
  [first = ""]: readonly string[],
  text: string,
): boolean {
  return serviceOf(record) === "ec2" && isEc2Id(first) && !isEc2Id(text);
}

/** Only calls that use the key tell what an alias stands for, where it is older than the logs. */
export function isKmsAlias(name: string): boolean {
  return /^(?:arn:[^:]*:kms:[^:]*:[^:]*:)?alias\//.test(name);
}

function isEc2Id(name: string): boolean {
  return /^[a-z]+(?:-[a-z]+)*-[0-9a-f]{8,17}$/.test(name);
}

/** Ids that AWS gives once and never again. */
export function isUniqueId(name: string): boolean {
  return isEc2Id(name) || uniqueIds.some((form) => form.test(name));
}

const iamId = /^A(?:RO|ID|GP|NP|IP|SC)A[A-Z0-9]{4,}$/;

const uniqueIds: readonly RegExp[] = [
  /^(?:mrk-)?[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/,
  iamId,
  /^(?:db|cluster)-[A-Z0-9]{20,}$/,
  /^arn:[^:]*:secretsmanager:.*-[A-Za-z0-9]{6}$/,
];
