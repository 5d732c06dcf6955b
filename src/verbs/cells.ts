/**
 * Cells that hold a number or a time.
 */

import type { Cell } from "../query/answer.ts";
import { grouped } from "./sentences.ts";

export function countCell(count: number | undefined): Cell {
  return count === undefined ? { text: undefined } : { text: grouped(count), value: count };
}

export function timeCell(time: number | undefined): Cell {
  return time === undefined ? { text: undefined } : { text: undefined, time };
}
