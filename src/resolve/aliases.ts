/**
 * Other names of a resource, learned from the events that use two of its names at once: the id that a
 * creation answered, the key behind a KMS alias, the instance that bears a tag `Name`, the new name of
 * what was renamed.
 *
 * Only names that the user's own does not find anyway are told. What is followed, so that events under
 * that name are about the resource too, is no more than is certain: a unique id is one thing for ever, a
 * new name counts from the renaming on, an alias until it is given to another key; what a service made
 * of a name when it created the thing is that thing. A tag `Name` leads to what bears it, since that has
 * no other name, but not from a thing to its namesakes.
 */

import { outcomeOf } from "../event/outcome.ts";
import { timeOf } from "../event/time.ts";
import { isIamArn, isKmsAlias, isUniqueId } from "../event/unique-ids.ts";
import { during, every, fitting, mentioning, not, some } from "../query/build.ts";
import type { Filter, ResourcePattern } from "../query/filter.ts";
import { eventsOf } from "../query/found.ts";
import type { FoundEvent, Reading } from "../query/query.ts";
import { resourceTerm } from "../query/resource.ts";
import { type Alias, aliasesIn, boundsOf, leadsOn } from "./alias-evidence.ts";

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

/** Whether only events that name the alias alone tell that it has gone to another thing. */
function mayMove({ name, link }: Alias): boolean {
  return (link === "KMS alias" && isKmsAlias(name)) || (link === "id" && isIamArn(name));
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
    ...["ScheduleKeyDeletion", "PutImage"],
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
  // Calls to IAM give the name that an ARN ends in.
  const mention = isIamArn(alias.name) ? resourceTerm(alias.name) : mentioning(alias.name);
  const { from, until } = boundsOf(alias);
  if (from === undefined && until === undefined) return mention;
  return every([mention, during({ from, until: until === undefined ? undefined : until + 1 })]);
}
