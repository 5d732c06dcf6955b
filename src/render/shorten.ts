/**
 * Texts made to fit a column: cut in the middle, where their two ends still tell one from another.
 */

import { shortestEventID } from "../event/event-id.ts";
import { characterWidth, displayWidth } from "./width.ts";

const cut = "…";

/** Shares of the room that may go to the beginning, the first that tells the texts apart is taken. */
const shares = [0.5, 0.25, 0.75, 0];

/** How to cut texts like these to the width: one way for the whole column. */
export function shortening(texts: readonly string[], width: number): (text: string) => string {
  const distinct = [...new Set(texts)];
  let best = { told: -1, way: (text: string) => text };
  for (const share of shares) {
    const way = (text: string) => shortened(text, width, share);
    const told = new Set(distinct.map(way)).size;
    if (told > best.told) best = { told, way };
    if (told === distinct.length) break;
  }
  return best.way;
}

/** As many of the items as there is room for, and how many more there are: half a list reads like one false name. */
export function shortenedList(items: readonly string[], width: number): string {
  for (let shown = items.length - 1; shown > 0; shown -= 1) {
    const text = `${items.slice(0, shown).join(", ")} and ${items.length - shown} more`;
    if (displayWidth(text) <= width) return text;
  }
  const [first = "", ...others] = items;
  const more = others.length === 0 ? "" : ` +${others.length}`;
  return `${shortened(first, width - more.length, 0.5)}${more}`;
}

/** What names a thing by itself, and is another's when cut: an account, an address. */
const whole = new RegExp(
  [
    /(?<![\w.-])\d{12}(?![\w.-])/,
    /(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w.-])/,
    /(?<![\w:.-])[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:.-])/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gi",
);

/**
 * An ARN keeps what names its resource, and an event its operation: `arn:…:role/OpsBreakGlass`,
 * `secre…:GetSecretValue`. `share` of the room is for the beginning.
 */
function shortened(text: string, width: number, share: number): string {
  if (displayWidth(text) <= width) return text;
  const room = width - displayWidth(cut);
  if (room <= 0) return cut.slice(0, Math.max(0, width));
  const scheme = /^arn:|^[a-z][a-z\d-]*(?=:[A-Z]\w*(?: ×[\d,]+)?$)/.exec(text)?.[0] ?? "";
  const last = /:[^:]*$/.exec(text)?.[0] ?? "";
  const before = Math.min(scheme.length, room - displayWidth(last));
  if (scheme !== "" && before >= (scheme === "arn:" ? 4 : 0)) {
    return `${before > 1 ? scheme.slice(0, before) : ""}${cut}${last}`;
  }
  const characters = [...text];
  const units = Array.from(text.matchAll(whole), ({ 0: unit, index }) => {
    const begin = [...text.slice(0, index)].length;
    return { begin, end: begin + unit.length };
  });
  const inside = (at: number) => units.find(({ begin, end }) => begin < at && at < end);
  const headTo = (most: number) => {
    const end = countWithin(characters, most);
    return inside(end)?.begin ?? end;
  };
  const widthOf = (some: readonly string[]) => displayWidth(some.join(""));
  let head = headTo(Math.floor(room * share));
  const reversed = characters.toReversed();
  let tail = characters.length - countWithin(reversed, room - widthOf(characters.slice(0, head)));
  const unit = inside(tail);
  if (unit !== undefined) {
    const left = room - widthOf(characters.slice(unit.begin));
    tail = left >= 0 ? unit.begin : unit.end;
    head = headTo(left >= 0 ? left : room - widthOf(characters.slice(tail)));
  }
  return characters.slice(0, head).join("") + cut + characters.slice(tail).join("");
}

/** How many characters there is room for. */
function countWithin(characters: readonly string[], room: number): number {
  let width = 0;
  let count = 0;
  for (const character of characters) {
    width += characterWidth(character);
    if (width > room) break;
    count += 1;
  }
  return count;
}

/** Enough of the beginning to tell all the ids apart, and to be taken for that of an id. */
export function idLength(ids: readonly string[]): number {
  const distinct = new Set(ids);
  const longest = Math.max(0, ...ids.map((id) => id.length));
  for (let length = shortestEventID; length < longest; length++) {
    if (new Set([...distinct].map((id) => id.slice(0, length))).size === distinct.size) {
      return length;
    }
  }
  return longest;
}
