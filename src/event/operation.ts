/**
 * What an event is about, as its name tells, and what the table of target paths has on it.
 */

import { addTo } from "./add-to.ts";
import { foldCase } from "./fold-case.ts";
import type { CloudTrailRecord } from "./record.ts";
import { type TargetPaths, targetPaths } from "./target-paths.ts";
import { kindOf, kindsIn, singular } from "./thing-kinds.ts";
import { classOf, withoutVersion, wordsOf } from "./verb-classes.ts";

/** What an event is about, as its name tells, and its row in the table if it has one. */
export interface Operation {
  readonly service: string;
  /** Event name without API version. */
  readonly event: string;
  /** `securitygroup` of CreateSecurityGroup; "" when the event name is its verb alone. */
  readonly noun: string;
  /** The same in words: `security group`. */
  readonly kind: string | undefined;
  /** `group` of AddUserToGroup. */
  readonly other: string;
  /** The event attaches or detaches: neither end of it is the target. */
  readonly attaches: boolean;
  /** The event brings something into being, so what exists already is not its target. */
  readonly creates: boolean;
  /** The event is called Delete. */
  readonly deletes: boolean;
  /** Keys that hold nothing but the parameters or the result. */
  readonly wrappers: readonly string[];
  /** At most one for each place. */
  readonly rows: ReadonlyMap<string, TargetPaths>;
  /** Kinds of thing that the row's paths name; "" where a key is `name` or the like. */
  readonly rowKinds: { readonly target: readonly string[]; readonly whole: readonly string[] };
}

function eventNameOf(record: CloudTrailRecord): string {
  const name = record["eventName"];
  return typeof name === "string" ? withoutVersion(name) : "";
}

const attachingVerbs = /^(?:Add|Remove|Attach|Detach|Associate|Disassociate|Register|Deregister)$/;

const preposition = /^(?:(.+?)(?:From|To|With|In|On|For|By)|From|To)([A-Z].*)$/;

/** From the names of the event and its service alone. */
export function operationOf(record: CloudTrailRecord): Operation {
  const eventName = eventNameOf(record);
  const eventSource = record["eventSource"];
  const [service = ""] = typeof eventSource === "string" ? eventSource.split(".", 1) : [];
  const { verb, noun } = wordsOf(eventName);
  const [found, one = found === undefined ? noun : "", other = ""] = preposition.exec(noun) ?? [];
  // ScheduleKeyDeletion is about a key.
  const thing = one.replace(/(?<=.)Deletion$/, "");
  const creates = classOf(eventName) === "create";
  const attaches = other !== "" && attachingVerbs.test(verb);
  const rows = rowsOf(service, eventName);
  return {
    service,
    event: eventName,
    noun: kindOf(thing),
    kind: [...rows.values()].find(({ kind }) => kind !== undefined)?.kind ?? inWords(thing),
    // What something is restored or copied from is not changed by it.
    other: creates && !attaches ? "" : kindOf(other),
    attaches,
    creates,
    deletes: verb === "Delete",
    wrappers: [`${eventName}Request`, `${eventName}Response`].map(foldCase),
    rows,
    rowKinds: {
      target: [...rows.values()].flatMap(({ target }) => kindsIn(target)),
      whole: [...rows.values()].flatMap(({ whole }) => kindsIn(whole)),
    },
  };
}

/** What kind of thing the event acts on, in words: `bucket policy`, `DB instance`. */
export function partNoun(record: CloudTrailRecord): string | undefined {
  return inWords(wordsOf(eventNameOf(record)).noun.replace(/(?<=.)Delet(?:e|ion)$/, ""));
}

function inWords(noun: string): string | undefined {
  return singular(noun)
    .match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g)
    ?.map((word) => (/^[A-Z]+$/.test(word) ? word : foldCase(word)))
    .join(" ");
}

/** The first in the table of each place; those of a service are few. */
function rowsOf(service: string, eventName: string): ReadonlyMap<string, TargetPaths> {
  const rows = new Map<string, TargetPaths>();
  for (const row of rowsOfService.get(service) ?? []) {
    const place = row.under ?? "requestParameters";
    if (!rows.has(place) && row.events.some((glob) => fitsEnds(glob, eventName))) {
      rows.set(place, row);
    }
  }
  return rows;
}

const rowsOfService = new Map<string, TargetPaths[]>();
for (const row of targetPaths) addTo(rowsOfService, row.service, row);

function fitsEnds(glob: string, name: string): boolean {
  if (glob.startsWith("*")) return name.endsWith(glob.slice(1));
  return glob.endsWith("*") ? name.startsWith(glob.slice(0, -1)) : name === glob;
}
