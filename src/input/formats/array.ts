/**
 * A bare array of records, as `jq '.Records'` and many exports give.
 */

import type { Format } from "./format.ts";
import { looksLikeEvent, readOpening } from "./opening.ts";

export const array: Format = {
  name: "array",
  recognise({ bytes, at, kind }) {
    if (kind !== "array") return undefined;
    const first = readOpening(bytes, at + 1);
    if (first?.kind !== "object" || !looksLikeEvent(first)) return undefined;
    return { kind: "records", layout: "elements", at: at + 1 };
  },
};
