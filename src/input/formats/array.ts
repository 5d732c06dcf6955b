/**
 * A bare array of records, as `jq '.Records'` and many exports give, or of anything that holds records.
 */

import type { Format } from "./format.ts";
import { looksLikeEvent, readOpening } from "./opening.ts";

export const array: Format = {
  name: "array",
  recognise({ bytes, at, kind }, within) {
    if (kind !== "array") return undefined;
    const first = readOpening(bytes, at + 1);
    if (first?.kind !== "object") return undefined;
    const isEvents = looksLikeEvent(first);
    const inside = within(first);
    if (isEvents && inside.kind !== "translated") {
      return { kind: "records", layout: "elements", at: at + 1 };
    }
    switch (inside.kind) {
      case "documents":
      case "wrapped":
      case "translated":
        return { kind: "documents", what: inside.what, at: at + 1 };
      case "unread":
        return { ...inside, isAll: true };
      case "records":
        if (inside.layout !== "elements") return undefined;
        return { kind: "documents", what: "an array of logs", at: at + 1 };
      case "table":
      case "unreadable":
      case "not a log":
        return undefined;
    }
  },
};
