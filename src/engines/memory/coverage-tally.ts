/**
 * Counts what the records span while they pass: accounts, regions, categories, minutes.
 */

// Indexes stay within the view; the casts only drop the `undefined` of the checked index access.

import { type FieldName, fields } from "../../event/fields.ts";
import type { CloudTrailRecord } from "../../event/record.ts";
import { parseEventTime } from "../../event/time.ts";
import { valuesOf } from "../../event/values.ts";
import { IRREGULAR } from "../../kernel/kernel.ts";
import { type Entries, values } from "../../store/entries.ts";
import type { Codes } from "../../store/segment.ts";
import type { ColumnOf, View } from "./view.ts";

export const coverageFacets = [
  "recipientAccountId",
  "awsRegion",
  "eventCategory",
] as const satisfies FieldName[];
export type Facet = (typeof coverageFacets)[number];

export interface Stretch {
  count: number;
  first: number;
  last: number;
}

export interface TallyReport {
  /** For each facet, its values with their count and span. */
  readonly facets: Readonly<Record<Facet, ReadonlyMap<string, Stretch>>>;
  readonly all: Stretch;
  /** Minutes since the epoch in which something happened. */
  readonly minutes: ReadonlySet<number>;
}

const minuteMs = 60_000;

export function emptyStretch(): Stretch {
  return { count: 0, first: Infinity, last: -Infinity };
}

export function extend(stretch: Stretch, other: Stretch): void {
  stretch.count += other.count;
  stretch.first = Math.min(stretch.first, other.first);
  stretch.last = Math.max(stretch.last, other.last);
}

export class CoverageTally {
  private readonly all = emptyStretch();
  private readonly minutes = new Set<number>();
  private readonly counters: readonly FacetCounter[];
  private readonly records = new Map<Facet, Map<string, Stretch>>();

  constructor(columnOf: ColumnOf) {
    this.counters = coverageFacets.map((facet) => new FacetCounter(facet, columnOf));
  }

  addRows(view: View, flags: Uint8Array): void {
    let minute = Number.NaN;
    for (let row = 0; row < view.count; row += 1) {
      if (((flags[row] as number) & IRREGULAR) !== 0) continue;
      const time = view.times[row] as number;
      add(this.all, time);
      const itsMinute = Math.floor(time / minuteMs);
      if (itsMinute !== minute && !Number.isNaN(itsMinute)) {
        minute = itsMinute;
        this.minutes.add(minute);
      }
    }
    for (const counter of this.counters) counter.addRows(view, flags);
  }

  addRecord(record: CloudTrailRecord): void {
    const time = parseEventTime(record["eventTime"]) ?? Number.NaN;
    add(this.all, time);
    for (const facet of coverageFacets) {
      const [value] = valuesOf(facet, record);
      if (value === undefined) continue;
      const ofFacet = this.records.get(facet) ?? new Map<string, Stretch>();
      this.records.set(facet, ofFacet);
      addTo(ofFacet, value, time);
    }
  }

  report(): TallyReport {
    const tallies = Object.fromEntries(
      this.counters.map((counter) => {
        const all = counter.report();
        for (const [value, stretch] of this.records.get(counter.facet) ?? []) {
          merge(all, value, stretch);
        }
        return [counter.facet, all];
      }),
    );
    return {
      facets: tallies as Record<Facet, Map<string, Stretch>>,
      all: this.all,
      minutes: this.minutes,
    };
  }
}

/** Adds up what several threads counted. */
export function mergeTallies(reports: readonly TallyReport[]): TallyReport {
  const all = emptyStretch();
  const minutes = new Set<number>();
  const merged: Record<Facet, Map<string, Stretch>> = {
    recipientAccountId: new Map(),
    awsRegion: new Map(),
    eventCategory: new Map(),
  };
  for (const report of reports) {
    extend(all, report.all);
    for (const minute of report.minutes) minutes.add(minute);
    for (const facet of coverageFacets) {
      for (const [value, stretch] of report.facets[facet]) merge(merged[facet], value, stretch);
    }
  }
  return { facets: merged, all, minutes };
}

function merge(into: Map<string, Stretch>, value: string, stretch: Stretch): void {
  const present = into.get(value);
  if (present === undefined) into.set(value, { ...stretch });
  else extend(present, stretch);
}

function add(stretch: Stretch, time: number): void {
  stretch.count += 1;
  if (time < stretch.first) stretch.first = time;
  if (time > stretch.last) stretch.last = time;
}

function addTo(stretches: Map<string, Stretch>, value: string, time: number): void {
  const stretch = stretches.get(value) ?? emptyStretch();
  stretches.set(value, stretch);
  add(stretch, time);
}

/** Counts one facet by code; the value of a code is looked at once, at the end. */
class FacetCounter {
  readonly facet: Facet;
  private readonly columns: readonly number[];
  private readonly byCode: { stretches: Stretch[]; entries: Entries | undefined }[];

  constructor(facet: Facet, columnOf: ColumnOf) {
    this.facet = facet;
    this.columns = fields[facet].sources.flatMap(({ path }) => columnOf(path.split(".")) ?? []);
    this.byCode = this.columns.map(() => ({ stretches: [], entries: undefined }));
  }

  addRows({ count, times, codes, entries }: View, flags: Uint8Array): void {
    for (let row = 0; row < count; row += 1) {
      if (((flags[row] as number) & IRREGULAR) !== 0) continue;
      for (let source = 0; source < this.columns.length; source += 1) {
        const column = this.columns[source] as number;
        const code = (codes[column] as Codes)[row] as number;
        if (code === 0) continue;
        const { stretches } = this.byCode[source] as (typeof this.byCode)[number];
        stretches[code] ??= emptyStretch();
        add(stretches[code], times[row] as number);
        break;
      }
    }
    for (const [source, state] of this.byCode.entries()) {
      state.entries = entries[this.columns[source] as number];
    }
  }

  report(): Map<string, Stretch> {
    const tally = new Map<string, Stretch>();
    for (const { stretches, entries } of this.byCode) {
      if (entries === undefined) continue;
      for (const [code, stretch] of stretches.entries()) {
        const value = stretch && values(entries, code)[0];
        if (value !== undefined) merge(tally, value, stretch);
      }
    }
    return tally;
  }
}
