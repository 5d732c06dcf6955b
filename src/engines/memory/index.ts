/**
 * The engine that answers from logs on this machine.
 *
 * Little input, or input that passes only once, is loaded whole and indexed; so is any input when many
 * questions are to come. For one question over much input only what matches it is kept, and records
 * that cannot match are not even looked into.
 */

import type { GeoDatabase } from "../../event/geo.ts";
import type { Discovery } from "../../input/discover.ts";
import type { Coverage } from "../../query/coverage.ts";
import { everything, type Filter, type Subject } from "../../query/filter.ts";
import type { Engine, Expected, GroupsQuery, SketchesQuery } from "../../query/query.ts";
import { coverageOf, gapsBetween } from "./coverage.ts";
import { EventStore } from "./event-store.ts";
import { events } from "./events.ts";
import { groups } from "./groups.ts";
import { histogram, histogramSubjects } from "./histogram.ts";
import { findSources, load, type Progress } from "./load.ts";
import {
  filterOf,
  type LoadPlan,
  planFor,
  planForAll,
  planForExpected,
  subjectsOf,
} from "./plan.ts";
import { similarNames } from "./similar.ts";
import { sketches } from "./sketches.ts";

export interface MemoryEngineOptions {
  /** Files and directories; "-" or none is standard input. */
  readonly paths: readonly string[];
  /** Files whose name puts them outside are not opened. Epoch milliseconds, [from, until). */
  readonly window?: { readonly from?: number | undefined; readonly until?: number | undefined };
  /** How long after an event its file may have been delivered. */
  readonly lateDeliveryMs: number;
  readonly threads?: number | undefined;
  /** True when many questions will be asked: everything is loaded once. */
  readonly index: boolean;
  /** Input up to this many bytes on disk is indexed whole even for one question. */
  readonly smallInputBytes?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Fill the fields `country` and `network`. */
  readonly geo?: readonly GeoDatabase[];
}

/** What can be indexed whole in a fraction of a second, packed or not. */
const usualSmallInputBytes = 8 * 1024 * 1024;

export function memoryEngine(options: MemoryEngineOptions): Engine {
  return new MemoryEngine(options);
}

class MemoryEngine implements Engine {
  private readonly options: MemoryEngineOptions;
  private readonly discovery: Discovery;
  private readonly indexes: boolean;
  private readonly onePass: boolean;
  private index: Promise<EventStore> | undefined;
  private expected: readonly Expected[] = [];
  private counted: Pick<GroupsQuery, "filter" | "by"> | undefined;
  /** What one pass kept of all that is expected. */
  private gathered: Promise<EventStore> | undefined;
  /** What the last answer was found in. */
  private latest: EventStore | undefined;

  constructor(options: MemoryEngineOptions) {
    this.options = options;
    this.discovery = findSources(options.paths, {
      ...options.window,
      lateDeliveryMs: options.lateDeliveryMs,
    });
    const { sources } = this.discovery;
    this.onePass = sources.some(({ kind }) => kind === "stream");
    const bytes = sources.reduce((sum, s) => sum + (s.kind === "file" ? s.bytes : 0), 0);
    this.indexes =
      options.index || this.onePass || bytes <= (options.smallInputBytes ?? usualSmallInputBytes);
  }

  expect(expected: readonly Expected[], counted?: Pick<GroupsQuery, "filter" | "by">): void {
    this.expected = expected;
    this.counted = counted;
    this.gathered = undefined;
  }

  async events(query: Parameters<Engine["events"]>[0]) {
    const sort = query.sort === undefined ? [] : [query.sort];
    const plan = () => planFor(query.filter, sort, { keep: true });
    return events(await this.storeFor(query.filter, sort, plan), query);
  }

  async sketches(query: SketchesQuery) {
    const { filter, paths } = query;
    const plan = () => planForExpected([{ filter, paths }], undefined, []);
    return sketches(await this.storeFor(filter, [], plan), query);
  }

  async groups(query: Parameters<Engine["groups"]>[0]) {
    return groups(await this.countedIn(query.filter, query.by), query);
  }

  async histogram(query: Parameters<Engine["histogram"]>[0]) {
    return histogram(await this.countedIn(query.filter, histogramSubjects), query);
  }

  async similar(resource: string) {
    const text = `*${resource.replace(/[*?]/g, "")}*`;
    const filter: Filter = { kind: "mentions", resource: { text, glob: true } };
    const answered = this.latest;
    const names = await similarNames(
      await this.storeFor(filter, [], () => planFor(filter, [], { keep: true })),
      resource,
    );
    this.latest = answered;
    return names;
  }

  coverage(): Coverage {
    if (this.latest === undefined) throw new Error("coverage asked for before any question");
    return coverageOf(this.discovery, this.latest);
  }

  async survey(): Promise<Coverage> {
    const store = this.indexes
      ? await this.indexed()
      : await this.loaded(
          planFor(everything, this.expected.map(filterOf).flatMap(subjectsOf), { keep: false }),
        );
    // It holds every event, so what is expected can be answered from it, too.
    this.gathered = Promise.resolve(store);
    this.latest = store;
    return { ...this.coverage(), gaps: gapsBetween(store.loaded.tally.minutes) };
  }

  private countedIn(filter: Filter, subjects: readonly Subject[]): Promise<EventStore> {
    return this.storeFor(filter, subjects, () => planFor(filter, subjects, { keep: false }));
  }

  /** `plan` is for a question that was not expected. */
  private async storeFor(
    filter: Filter,
    subjects: readonly Subject[],
    plan: () => LoadPlan,
  ): Promise<EventStore> {
    if (this.indexes) this.latest = await this.indexed();
    else if (this.isExpected(filter)) {
      this.gathered ??= this.loaded(planForExpected(this.expected, this.counted, subjects));
      this.latest = await this.gathered;
    } else this.latest = await this.loaded(plan());
    return this.latest;
  }

  private isExpected(filter: Filter): boolean {
    const asked = JSON.stringify(filter);
    const expected = [
      ...this.expected.map(filterOf),
      ...(this.counted ? [this.counted.filter] : []),
    ];
    if (expected.some((one) => JSON.stringify(one) === asked)) return true;
    return filter.kind === "every" && filter.filters.some((part) => this.isExpected(part));
  }

  private indexed(): Promise<EventStore> {
    this.index ??= this.loaded(planForAll(this.onePass ? "all" : "some", this.expected));
    return this.index;
  }

  private async loaded(plan: LoadPlan): Promise<EventStore> {
    const { threads, onProgress, geo } = this.options;
    return new EventStore(await load(this.discovery.sources, plan, { threads, onProgress, geo }));
  }
}
