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

/**
 * An ARN keeps what names its resource: `arn:…:role/OpsBreakGlass`. `share` of the room is for the beginning.
 */
function shortened(text: string, width: number, share: number): string {
  if (displayWidth(text) <= width) return text;
  const room = width - displayWidth(cut);
  if (room <= 0) return cut.slice(0, width);
  const arn = /^arn:/.exec(text)?.[0] ?? "";
  const resource = /:[^:]*$/.exec(text)?.[0] ?? "";
  if (arn !== "" && arn.length + displayWidth(resource) <= room) return `${arn}${cut}${resource}`;
  const characters = [...text];
  const head = taken(characters, Math.floor(room * share));
  const tail = taken(characters.toReversed(), room - displayWidth(head));
  return `${head}${cut}${[...tail].reverse().join("")}`;
}

function taken(characters: readonly string[], room: number): string {
  let width = 0;
  let count = 0;
  for (const character of characters) {
    width += characterWidth(character);
    if (width > room) break;
    count += 1;
  }
  return characters.slice(0, count).join("");
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
