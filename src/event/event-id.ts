/**
 * The ids of events: GUIDs, as CloudTrail gives them, and how such an id begins.
 */

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What completes the beginning of a GUID. */
const nil = "00000000-0000-0000-0000-000000000000";

/** Fewer characters are more likely a word or a number. */
export const shortestEventID = 8;

export function isGuid(text: string): boolean {
  return guid.test(text);
}

/** `0a1b2c3d`, `0a1b2c3d-0e`: as a terminal shows ids, as far as they tell events apart. */
export function isGuidBeginning(text: string): boolean {
  const isShort = text.length >= shortestEventID && text.length < nil.length;
  return isShort && isGuid(text + nil.slice(text.length));
}
