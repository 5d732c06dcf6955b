/**
 * How a resource stands in an event, under its own name or another that it goes by at that time.
 */

import { foldCase } from "../event/fold-case.ts";
import { mentionables } from "../event/mention.ts";
import { namedTargets } from "../event/named-targets.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { naming } from "../event/resource-names.ts";
import { type Bearing, bearing } from "../event/targets.ts";
import type { ResourcePattern } from "../query/filter.ts";
import { type Alias, holdsAt } from "./alias-evidence.ts";
import type { Standing } from "./life.ts";

const closest: readonly Bearing[] = ["target", "part", "possible", "mention"];

/** One standing for each thing that the event acts on, all equally close; at least one. */
export function standingsOf(
  resource: ResourcePattern,
  known: readonly Alias[],
): (record: CloudTrailRecord) => readonly Standing[] {
  const followed = known.filter(({ isFollowed }) => isFollowed);
  const { text, ...comparing } = resource;
  const isNamed = naming([text], comparing);
  const told = new WeakMap<CloudTrailRecord, readonly Standing[]>();
  const standings = (record: CloudTrailRecord): readonly Standing[] => {
    const own = bearing(record, resource);
    const owns = (resource.glob ? namesIn(record, isNamed) : [""]).map(
      (name): Standing => ({ bearing: own, name, pattern: resource }),
    );
    const others = namedIn(record, followed)
      .filter((alias) => holdsAt(alias, record))
      .map(
        ({ name, link }): Standing => ({
          bearing: bearing(record, { text: name, glob: false }),
          pattern: { text: name, glob: false },
          // What shares a tag, or an alias in turn, is several things.
          name: link === "tag Name" || link === "KMS alias" ? name : "",
          ...(own === "mention" && { aliases: [name] }),
        }),
      );
    const best = closest.find((one) => [...owns, ...others].some((all) => all.bearing === one));
    const near = others.filter((standing) => standing.bearing === best);
    const tagged = near.filter(({ name }) => name !== "");
    if (tagged.length > 0) return tagged;
    if (own === best) return owns;
    const [first] = near;
    const aliases = near.flatMap(({ aliases: led = [] }) => led);
    return first === undefined ? owns : [{ ...first, aliases }];
  };
  return (record) => {
    const all = told.get(record) ?? standings(record);
    told.set(record, all);
    return all;
  };
}

/** A tag may lead to thousands of things, and an event acts on a few of them. */
function namedIn(record: CloudTrailRecord, aliases: readonly Alias[]): readonly Alias[] {
  if (aliases.length < 2) return aliases;
  const text = foldCase([...mentionables(record)].join("\n"));
  // Whatever else is in a name may be spelled in another way.
  const isPlain = (name: string) => /^[\w-]+$/.test(name);
  return aliases.filter(({ name }) => !isPlain(name) || text.includes(foldCase(name)));
}

/** Which of the things that a glob takes in; "" where the event does not tell. */
function namesIn(record: CloudTrailRecord, isNamed: (name: string) => boolean): readonly string[] {
  const names = namedTargets(record).flatMap((target) => target.names.filter(isNamed).slice(0, 1));
  return names.length === 0 ? [""] : names;
}
