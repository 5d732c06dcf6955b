/**
 * Which names one resource goes by, as told by events that use two of them at once, and for how long.
 *
 * A name and what the service made of it, an id, an ARN, a host, are one thing by the call that created
 * it. What else is certain enough to follow is said in `settled`.
 */

import { parseAddress } from "../event/address.ts";
import { nameOf, newNameIn, serviceOf } from "../event/effect.ts";
import { mentions } from "../event/mention.ts";
import { namedTargets, namesAnswered } from "../event/named-targets.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { bareNames, naming } from "../event/resource-names.ts";
import { timeOf } from "../event/time.ts";
import { isIamArn, isIamId, isKmsAlias, isTaggedId, isUniqueId } from "../event/unique-ids.ts";
import type { ResourcePattern } from "../query/filter.ts";
import type { FoundEvent } from "../query/query.ts";
import { endOf } from "./alias-ends.ts";

/** How a name is linked to the one asked for. */
type AliasLink = "id" | "KMS alias" | "tag Name" | "new name" | "old name" | "name";

export interface Alias {
  readonly name: string;
  readonly link: AliasLink;
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

/** What bears an id had it before anybody named it; a new name may have been another's before. */
export function boundsOf({ name, link, since, until }: Alias): {
  readonly from?: number | undefined;
  readonly until?: number | undefined;
} {
  switch (link) {
    case "tag Name":
    case "name":
      return {};
    case "id":
      return isIamArn(name) ? { from: since, until } : { until };
    case "KMS alias":
    case "old name":
      return { until };
    case "new name":
      return { from: since, until };
  }
}

export function leadsOn({ link }: Alias): boolean {
  return link === "new name" || link === "old name";
}

/** Whether the name stands for the resource in an event of this time. */
export function holdsAt(alias: Alias, record: CloudTrailRecord): boolean {
  const time = timeOf(record);
  const { from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = boundsOf(alias);
  return time === undefined || (time >= from && time <= until);
}

/** `events` in the order of time, all successful. */
export function aliasesIn(
  resource: ResourcePattern,
  events: readonly FoundEvent[],
): readonly Alias[] {
  const found = new Map<string, Alias>();
  for (const event of events) {
    const { record } = event;
    const isKnown = isNamed(record, [resource.text, ...namesAt(found.values(), record)]);
    let answered: ReadonlySet<string> | undefined;
    for (const { names, kind } of namedTargets(record)) {
      if (!names.some(isKnown)) continue;
      answered ??= namesAnswered(record);
      for (const told of names) {
        if (isNamed(record, [resource.text])(told) || mentions(resource, told)) continue;
        const link = linkOf(record, { name: told, names, asked: resource.text, answered });
        // Route 53 answers `/hostedzone/Z0ABC`, and is asked for `Z0ABC`.
        const name = told.replace(/^\/[a-z]+\/(?=[A-Z\d]+$)/, "");
        const known = found.get(name);
        if (known !== undefined && !(known.since === undefined && gives(record))) continue;
        found.set(name, aliasOf({ name, kind, link, evidence: event }));
      }
    }
    for (const [name, alias] of found) {
      const until = endOf(alias, resource.text, record);
      if (until !== undefined) found.set(name, { ...alias, until });
    }
  }
  return settled(resource, [...found.values()], events);
}

function isNamed(record: CloudTrailRecord, names: readonly string[]): (name: string) => boolean {
  const service = serviceOf(record);
  return naming([...names, ...names.flatMap((name) => bareNames(name, service))], { service });
}

/** What leads on from an event: ids, and names while they hold. */
function namesAt(aliases: Iterable<Alias>, record: CloudTrailRecord): readonly string[] {
  return [...aliases]
    .filter((alias) => leadsOn(alias) && holdsAt(alias, record))
    .map(({ name }) => name);
}

interface Told {
  readonly name: string;
  /** All names of the thing. */
  readonly names: readonly string[];
  readonly asked: string;
  /** Those that the service made for it. */
  readonly answered: ReadonlySet<string>;
}

function linkOf(record: CloudTrailRecord, { name, names, asked, answered }: Told): AliasLink {
  if (isKmsAlias(asked) || isKmsAlias(name)) return "KMS alias";
  const renamed = newNameIn(record);
  if (renamed !== undefined && names.includes(renamed)) {
    return name === renamed ? "new name" : isUniqueId(name) ? "id" : "old name";
  }
  const mayBeTag = (one: string) =>
    !isTaggedId(one) && !answered.has(one) && parseAddress(one) === undefined;
  const isTag = isTaggedId(names[0] ?? "") && isTaggedId(name) !== isTaggedId(asked);
  if (isTag && (mayBeTag(name) || mayBeTag(asked))) return "tag Name";
  return isUniqueId(name) || answered.has(name) ? "id" : "name";
}

function aliasOf({
  kind,
  ...alias
}: Pick<Alias, "name" | "link" | "evidence"> & { readonly kind: string | undefined }): Alias {
  const { record } = alias.evidence;
  const time = timeOf(record);
  const given = time !== undefined && gives(record);
  return {
    ...alias,
    ...(kind !== undefined && { kind }),
    ...(given && alias.link !== "old name" && { since: time }),
    ...(given && alias.link === "old name" && { until: time }),
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

/** Decides what is followed, once all is known. */
function settled(
  { text }: ResourcePattern,
  aliases: readonly Alias[],
  events: readonly FoundEvent[],
): readonly Alias[] {
  // A thing that is called so in its own right needs no tag to be found by.
  const isCalledSo = events.some(({ record }) =>
    namedTargets(record).some(
      ({ names }) => names.some(isNamed(record, [text])) && !isOnlyTag(names, text),
    ),
  );
  const isFollowed = ({ name, link }: Alias) => {
    switch (link) {
      case "id":
        // IAM answers with ids and never asks for them.
        return !isIamId(name);
      case "new name":
      case "old name":
        return true;
      case "KMS alias":
        return isKmsAlias(text);
      case "tag Name":
        return isTaggedId(name) && !isCalledSo;
      case "name":
        return false;
    }
  };
  const told = aliases.map((alias) => ({ ...alias, isFollowed: isFollowed(alias) }));
  // An ARN says what the id in it says.
  const isSaid = (alias: Alias) =>
    told.some(
      (other) =>
        other.name !== alias.name &&
        (other.isFollowed || !alias.isFollowed) &&
        mentions({ text: other.name, glob: false }, alias.name),
    );
  return told.filter((alias) => !isSaid(alias));
}

function isOnlyTag([first = ""]: readonly string[], text: string): boolean {
  return isTaggedId(first) && !isTaggedId(text);
}
