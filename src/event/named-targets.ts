/**
 * The names by which one event knows the things it acts on: asked for by name, answered with an id, an
 * ARN beside it; and names that a call gives: a KMS alias, a tag `Name`.
 *
 * Of one record, and of what the event says alone. That a name was taken from one thing and given to
 * another, as a rename does (both names are here) or a tag may, is for who puts events together.
 */

import { parseAddress } from "./address.ts";
import { evidenceIn, tagAskedFor } from "./evidence.ts";
import { foldCase } from "./fold-case.ts";
import { nameTagIn } from "./name-tags.ts";
import { type Operation, operationOf } from "./operation.ts";
import { type CloudTrailRecord, isObject, type Json, valuesAt } from "./record.ts";
import { ownNames } from "./resource-names.ts";
import type { Thing } from "./thing.ts";

/** One thing that an event acts on, by all names that the event itself knows it by. */
export interface NamedTarget {
  /** As it was asked for, then what the answer called it, then ARNs; its tag `Name` comes last. */
  readonly names: readonly string[];
  /** What it is, in words: `bucket`, `DB instance`. */
  readonly kind?: string;
}

/** Things that the event acts on, as far as it names them; whether it succeeded is not asked. */
export function namedTargets(record: CloudTrailRecord): readonly NamedTarget[] {
  const operation = operationOf(record);
  const given = namesGiven(record, operation);
  if (given !== undefined) return given;
  const asked = tagAskedFor(record, operation);
  const { kind } = operation;
  const places = Array.from(evidenceIn(record, operation), ({ targets, apart }) =>
    apart ? [] : targets,
  );
  return joined(places).map((things) => {
    const tags = things.flatMap((thing) => thing.tag ?? []);
    const reached = things.flatMap((thing) => thing.reached ?? []);
    const names = [...things.flatMap((thing) => thing.names), ...reached, ...tags, ...asked];
    return { names: [...new Set(names)], ...(kind === undefined ? {} : { kind }) };
  });
}

/**
 * Names that the service made for what the call created: they stand in its answer alone. Of a call that
 * creates nothing there are none.
 */
export function namesAnswered(record: CloudTrailRecord): ReadonlySet<string> {
  const operation = operationOf(record);
  if (!operation.creates) return new Set();
  const [asked, answered] = evidenceIn(record, operation);
  const told = [...(asked?.targets ?? []).flatMap(({ names }) => names), ...(asked?.wholes ?? [])];
  const isAsked = new Set([...told, ...tagAskedFor(record, operation)]);
  const things = answered?.targets ?? [];
  const names = things.flatMap(({ names, reached = [], tag }) =>
    [...names, ...reached].filter((name) => name !== tag),
  );
  return new Set(names.filter((name) => !isAsked.has(name) && tellsApart(name)));
}

/** So that no other thing is likely to be called so by chance: not `v2`, and no address, which is lent. */
function tellsApart(name: string): boolean {
  if (parseAddress(name) !== undefined) return false;
  return name.length >= 8 && /\d|[.:/]/.test(name);
}

/** What calls that do nothing but name something are about: what they name. */
function namesGiven(
  record: CloudTrailRecord,
  { service, event }: Operation,
): readonly NamedTarget[] | undefined {
  const parameter = (...path: readonly string[]) =>
    valuesAt(record, ["requestParameters", ...path]).filter(isText);
  switch (`${service}:${event}`) {
    case "kms:CreateAlias":
    case "kms:UpdateAlias": {
      const keys = valuesAt(record, ["resources", "ARN"]).filter(isText).filter(isKeyArn);
      const names = [...parameter("targetKeyId"), ...keys, ...parameter("aliasName")];
      return names.length === 0 ? [] : [{ names: [...new Set(names)], kind: "key" }];
    }
    case "ec2:CreateTags": {
      const parameters = record["requestParameters"];
      const tag = isObject(parameters) ? nameTagIn(parameters) : undefined;
      if (tag === undefined) return [];
      return parameter("resourcesSet", "items", "resourceId").map((id) => {
        const kind = kindOfId(id);
        return { names: [id, tag], ...(kind === undefined ? {} : { kind }) };
      });
    }
    default:
      return undefined;
  }
}

function isText(value: Json): value is string {
  return typeof value === "string" && value !== "";
}

function isKeyArn(arn: string): boolean {
  return /^arn:[^:]*:kms:[^:]*:[^:]*:key\//.test(arn);
}

function kindOfId(id: string): string | undefined {
  return idKinds.get(id.slice(0, id.indexOf("-")));
}

/** What EC2's ids begin with, and what events call such a thing. */
const idKinds: ReadonlyMap<string, string> = new Map([
  ["acl", "network acl"],
  ["ami", "image"],
  ["dopt", "dhcp option"],
  ["eipalloc", "address"],
  ["eni", "network interface"],
  ["fl", "flow log"],
  ["i", "instance"],
  ["igw", "internet gateway"],
  ["key", "key pair"],
  ["lt", "launch template"],
  ["nat", "nat gateway"],
  ["pcx", "vpc peering connection"],
  ["rtb", "route table"],
  ["sg", "security group"],
  ["snap", "snapshot"],
  ["subnet", "subnet"],
  ["tgw", "transit gateway"],
  ["vgw", "vpn gateway"],
  ["vol", "volume"],
  ["vpc", "vpc"],
  ["vpce", "vpc endpoint"],
]);

/**
 * What several places call the same thing. Each thing stands in the first place that names any; what a
 * later place says of it is known by a name they share, or by being the only one in both.
 */
function joined(places: readonly (readonly Thing[])[]): readonly (readonly Thing[])[] {
  const [first = [], ...later] = places.filter((things) => things.length > 0);
  const found = first.map((thing) => [thing]);
  for (const things of later) {
    const [only] = found;
    if (found.length === 1 && things.length === 1) only?.push(...things);
    else addByName(found, things);
  }
  return found;
}

/** A name that would fit several things is no proof of any. */
function addByName(found: readonly Thing[][], things: readonly Thing[]): void {
  const byName = indexed(found, (name) => [name]);
  const byOwnName = indexed(found, ownNames);
  for (const thing of things) {
    const fits = new Set<Thing[]>();
    for (const name of thing.names) {
      for (const entry of byOwnName.get(foldCase(name)) ?? []) fits.add(entry);
      for (const own of ownNames(name)) {
        for (const entry of byName.get(foldCase(own)) ?? []) fits.add(entry);
      }
    }
    const [entry, ...others] = fits;
    if (others.length === 0) entry?.push(thing);
  }
}

function indexed(
  found: readonly Thing[][],
  namesOf: (name: string) => readonly string[],
): ReadonlyMap<string, ReadonlySet<Thing[]>> {
  const index = new Map<string, Set<Thing[]>>();
  for (const entry of found) {
    for (const name of entry.flatMap(({ names }) => names).flatMap(namesOf)) {
      const known = index.get(foldCase(name)) ?? new Set();
      index.set(foldCase(name), known.add(entry));
    }
  }
  return index;
}
