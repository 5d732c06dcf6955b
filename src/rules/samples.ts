/**
 * Samples of a rule: events, as far as they matter, that break it, and others that do not.
 *
 *     samples:
 *       breaks:
 *         - { eventSource: cloudtrail.amazonaws.com, eventName: StopLogging }
 *       passes:
 *         - { eventName: StopLogging, errorCode: AccessDenied }
 *
 * An item that is a list is one sample of several events.
 */

import type { CloudTrailRecord, Json } from "../event/record.ts";
import { fail, itemsOf, knowsOnly, type MapNode, mapOf, type Node } from "./node.ts";
import type { Sample } from "./rule.ts";

export function samplesIn(node: Node): readonly Sample[] {
  const map = mapOf(node, "samples");
  knowsOnly(map, ["breaks", "passes"], "samples");
  return map.entries.flatMap(({ key, value }) => {
    if (value.kind !== "list") return fail(value, `${key.text}: expected a list of events`);
    return value.items.map((item): Sample => {
      const events = itemsOf(item).map((one) => recordOf(mapOf(one, "an event")));
      return { place: item.at, breaks: key.text === "breaks", events };
    });
  });
}

function recordOf({ entries }: MapNode): CloudTrailRecord {
  return Object.fromEntries(entries.map(({ key, value }) => [key.text, jsonOf(value)]));
}

/** Numbers stay texts, which compare alike. */
function jsonOf(node: Node): Json {
  switch (node.kind) {
    case "null":
      return null;
    case "list":
      return node.items.map(jsonOf);
    case "map":
      return recordOf(node);
    case "text":
      return node.isPlain && /^(?:true|false)$/.test(node.text) ? node.text === "true" : node.text;
  }
}
