/**
 * What `trailhound who` was asked, with what is known of the resource before anybody is named.
 */

import { outcomeFor } from "../../event/item-outcome.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import type { Deed } from "../../event/verb-classes.ts";
import type { Filter, ResourcePattern } from "../../query/filter.ts";
import type { FoundEvent } from "../../query/query.ts";
import type { Span } from "../../query/span.ts";
import type { Alias } from "../../resolve/alias-evidence.ts";
import type { Door } from "../../resolve/doors.ts";
import type { Standing, Story } from "../../resolve/life.ts";
import type { Turn } from "../../resolve/turn.ts";
import type { Way } from "./chain-and-cause.ts";
import type { InTheWay } from "./in-the-way.ts";

export interface Question {
  readonly deed: Deed;
  readonly resource: ResourcePattern;
  /** The resource in the words of the user. */
  readonly asked: string;
  /** What it is, in words, where things of other kinds have its name, too; else "". */
  readonly kind: string;
  /** Its other names. */
  readonly aliases: readonly Alias[];
  /** How it stands in an event, under whichever of its names. */
  readonly stands: (record: CloudTrailRecord) => Standing;
  /** What else the user asked for. */
  readonly filter: Filter;
  readonly timeZone: string;
  /** Of the logs, where it is known in full. */
  readonly span: Span;
  readonly way: Way;
  /** Why nobody may be found although somebody did it. */
  readonly inTheWay: InTheWay;
  /** What was opened of it, where the deed is to open. */
  readonly doors: readonly Door[];
  /** What calls set on it, and what that was before; by the ids of the events. */
  readonly set: Story["set"];
  /** What weakened it and still does, where the deed is to weaken. */
  readonly standing: readonly Turn[];
}

/** All events that mention the resource, whatever they did. */
export interface Seen {
  readonly total: number;
  /** Unless it is among the findings. */
  readonly newest?: FoundEvent;
}

/** For the resource: one of those that fit a pattern, or the one thing. */
export function pronoun({ glob }: ResourcePattern): string {
  return glob ? "one" : "it";
}

/** How the call ended for the resource, where it may have ended otherwise for other things. */
export function outcomeOn(record: CloudTrailRecord, { stands }: Question) {
  return outcomeFor(record, stands(record).pattern);
}
