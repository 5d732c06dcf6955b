/**
 * Credentials of an instance that were used from more than one place: said as it is. Some instances
 * have several ways out; credentials that somebody took along look the same.
 */

import { parseAddress } from "../../event/address.ts";
import { isUnrouted } from "../../event/address-class.ts";
import { describeIdentity } from "../../event/identity.ts";
import { grouped, listed } from "../../words/sentences.ts";
import type { Counts, SessionLine } from "./list.ts";

const isInstance = /^i-[0-9a-f]{8,17}$/i;

/** How many instances are told of. */
const most = 3;

export function placesWords(
  lines: readonly Pick<SessionLine, "record" | "addresses">[],
): readonly string[] {
  const byInstance = new Map<string, Map<string, number>>();
  for (const { record, addresses } of lines) {
    const { session = "", account = "" } = describeIdentity(record);
    if (!isInstance.test(session)) continue;
    const key = `${session} ${account}`;
    const counts = byInstance.get(key) ?? new Map<string, number>();
    byInstance.set(key, counts);
    for (const [address, count] of addresses) {
      counts.set(address, (counts.get(address) ?? 0) + count);
    }
  }
  const moved = [...byInstance].flatMap(([key, counts]) => {
    const places = severalPlaces(counts);
    return places.length === 0 ? [] : [{ instance: key.split(" ")[0] ?? "", places }];
  });
  const told = moved.slice(0, most).map(
    ({ instance, places }) =>
      `Credentials of ${instance} were used from ${listed(
        places.map(([address, count]) => `${address} (${grouped(count)})`),
        5,
      )}.`,
  );
  return moved.length > most
    ? [...told, `So were those of ${grouped(moved.length - most)} more instances.`]
    : told;
}

/**
 * The addresses, most calls first, if two are of the same sort: an instance may well have one for the
 * internet and one towards an endpoint in its network.
 */
function severalPlaces(counts: Counts): readonly (readonly [string, number])[] {
  const sorts = { inside: 0, outside: 0 };
  const places = [...counts].filter(([text]) => {
    const address = parseAddress(text);
    if (address === undefined) return false;
    sorts[isUnrouted(address) ? "inside" : "outside"] += 1;
    return true;
  });
  return Math.max(sorts.inside, sorts.outside) < 2 ? [] : places.sort(([, n], [, m]) => m - n);
}
