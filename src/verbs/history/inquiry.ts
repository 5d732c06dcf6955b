/**
 * What `trailhound history` was asked about, with what is known of it beside its story.
 */

import type { Filter, ResourcePattern } from "../../query/filter.ts";
import type { Alias } from "../../resolve/alias-evidence.ts";
import type { Story } from "../../resolve/life.ts";
import type { NameOf } from "../../words/event-words.ts";

/** How the sentences are told. */
export interface Telling {
  readonly timeZone: string;
  /** Whoever is behind the call, where the logs tell. */
  readonly nameOf: NameOf;
}

export interface Inquiry {
  readonly resource: ResourcePattern;
  /** The resource in the words of the user. */
  readonly asked: string;
  /** What else the user asked for. */
  readonly filter: Filter;
  readonly reads: boolean;
  readonly aliases: readonly Alias[];
  /** Those that led to events, or are names that people know it by. */
  readonly toldAliases: readonly Alias[];
  /** Up to when the logs reach. */
  readonly newest?: number;
  /** With what the flags leave out. */
  readonly whole: Story;
}
