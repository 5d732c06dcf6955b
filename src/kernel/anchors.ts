/**
 * Which two bytes of a needle to look for: the two that CloudTrail's JSON has least of.
 */

/** From the most frequent down, letters of both cases together; what is not listed is rarer still. */
const frequent = 'e"tasnoirc:,dumpl-1v/.2340{}gyb5687f9wkhx_zjq';

/** Anchors are read this far ahead, so that far is the input padded. */
const reach = 64;

export interface Anchors {
  readonly first: number;
  readonly second: number;
}

/** The needle is in lower case and not empty. */
export function chooseAnchors(needle: Uint8Array): Anchors {
  const offsets = Array.from(needle.subarray(0, reach).keys());
  const byRarity = offsets.sort((a, b) => rarity(needle[b]) - rarity(needle[a]));
  const [first = 0, second = first] = byRarity;
  return { first, second };
}

function rarity(byte = 0): number {
  const place = frequent.indexOf(String.fromCharCode(byte));
  return place < 0 ? frequent.length : place;
}
