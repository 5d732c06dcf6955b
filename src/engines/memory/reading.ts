/**
 * What one answer is made from: asks the engine for what was kept, and knows what its replies rest on.
 */

import type { Coverage } from "../../query/coverage.ts";
import type { Integrity, IntegrityQuery } from "../../query/integrity.ts";
import type {
  EventsQuery,
  GroupsQuery,
  HistogramQuery,
  Question,
  Reading,
  Reply,
  SketchesQuery,
} from "../../query/query.ts";
import { coverageOf, gapsBetween } from "./coverage.ts";
import type { EventStore } from "./event-store.ts";
import { events } from "./events.ts";
import { groups } from "./groups.ts";
import { histogram } from "./histogram.ts";
import type { MemoryEngine } from "./index.ts";
import { similarNames } from "./similar.ts";
import { sketches } from "./sketches.ts";

export class MemoryReading implements Reading {
  readonly engine: MemoryEngine;
  private readonly questions: readonly Question[];
  /** What replies came from, in order. */
  private readonly stores: Set<EventStore>;
  private readonly surveyed: Set<EventStore>;

  constructor(
    engine: MemoryEngine,
    questions: readonly Question[],
    stores = new Set<EventStore>(),
    surveyed = new Set<EventStore>(),
  ) {
    this.engine = engine;
    this.questions = questions;
    this.stores = stores;
    this.surveyed = surveyed;
  }

  async events(query: EventsQuery) {
    const store = await this.storeFor(query);
    return { ...(await events(store, query)), ...this.restingOn(store) };
  }

  async sketches(query: SketchesQuery) {
    const store = await this.storeFor(query);
    return { events: await sketches(store, query), ...this.restingOn(store) };
  }

  async groups(query: GroupsQuery) {
    const store = await this.storeFor(query);
    return { groups: await groups(store, query), ...this.restingOn(store) };
  }

  async histogram(query: HistogramQuery) {
    const store = await this.storeFor(query);
    return { ...(await histogram(store, query)), ...this.restingOn(store) };
  }

  /** Tells nothing of what the answer rests on: nobody found the resource. */
  async similar(resource: string) {
    const question = { kind: "similar", resource } as const;
    const store = await this.engine.storeFor(question, this.questions);
    return { names: await similarNames(store, resource), ...this.restingOn(store) };
  }

  async survey(): Promise<Reply> {
    const store = await this.storeFor({ kind: "survey" });
    this.surveyed.add(store);
    return this.restingOn(store);
  }

  integrity(query: IntegrityQuery): Promise<Integrity> {
    return this.engine.integrity(query);
  }

  further(questions: readonly Question[]): Reading {
    return new MemoryReading(this.engine, questions, this.stores, this.surveyed);
  }

  /** That of a pass which looked at everything says most. */
  coverage(): Coverage {
    const stores = [...this.stores];
    const isExact = ({ loaded }: EventStore) => loaded.plan.needles === undefined;
    const store = stores.find(isExact) ?? stores[0];
    if (store === undefined) throw new Error("coverage asked for before any question");
    return this.coverageOf(store, stores);
  }

  private async storeFor(question: Question): Promise<EventStore> {
    const store = await this.engine.storeFor(question, this.questions);
    this.stores.add(store);
    return store;
  }

  private restingOn(store: EventStore): Reply {
    return { coverage: () => this.coverageOf(store, [store]) };
  }

  private coverageOf(store: EventStore, stores: readonly EventStore[]): Coverage {
    const coverage = coverageOf(this.engine.discovery, store, lostIn(stores));
    if (!this.surveyed.has(store)) return coverage;
    return { ...coverage, gaps: gapsBetween(store.loaded.tally.minutes) };
  }
}

/** Records that could not be read again, each once. */
function lostIn(stores: readonly EventStore[]): EventStore["problems"] {
  const places = new Map(
    stores.flatMap(({ problems }) =>
      problems.map((problem) => [`${problem.source}:${problem.offset}`, problem] as const),
    ),
  );
  return [...places.values()];
}
