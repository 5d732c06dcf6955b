/**
 * The engine that answers from logs on this machine.
 *
 * Little input is loaded whole and indexed; so is any input when many questions are to come, and input
 * that passes only once when nobody can say which. For known questions about much input only what matches
 * one of them is kept, and records that cannot match are not even looked into.
 */

import type { GeoDatabase } from "../../event/geo.ts";
import type { Discovery } from "../../input/discover.ts";
import type { Engine, Question, Reading } from "../../query/query.ts";
import { EventStore } from "./event-store.ts";
import { findSources, load, type Progress } from "./load.ts";
import { hasColumns, type LoadPlan, planFor, planForAll } from "./plan.ts";
import { type Asked, isAmong, needsOf } from "./questions.ts";
import { MemoryReading } from "./reading.ts";

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

/** What was kept of one time through the input. */
interface Pass {
  readonly questions: readonly Question[];
  readonly plan: LoadPlan;
  readonly store: Promise<EventStore>;
}

/** Readings that ask the same come soon after each other. */
const rememberedPasses = 3;

export class MemoryEngine implements Engine {
  readonly discovery: Discovery;
  private readonly options: MemoryEngineOptions;
  private readonly indexes: boolean;
  private readonly onePass: boolean;
  private index: Promise<EventStore> | undefined;
  /** The latest last. */
  private passes: readonly Pass[] = [];

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

  reading(questions: readonly Question[]): Reading {
    return new MemoryReading(this, questions);
  }

  /** What answers a query of somebody who said those questions; undefined stands for a survey. */
  async storeFor(asked: Asked | undefined, said: readonly Question[]): Promise<EventStore> {
    if (this.indexes) {
      this.index ??= this.loaded(planForAll(this.onePass ? "all" : needsOf(said).read));
      return this.index;
    }
    const pass =
      this.passes.find((one) => answers(one, asked)) ??
      this.pass(isSaid(asked, said) ? said : [questionOf(asked)]);
    return pass.store;
  }

  private pass(questions: readonly Question[]): Pass {
    const plan = planFor(needsOf(questions), { onePass: this.onePass });
    const pass = { questions, plan, store: this.loaded(plan) };
    this.passes = [...this.passes, pass].slice(-rememberedPasses);
    return pass;
  }

  private async loaded(plan: LoadPlan): Promise<EventStore> {
    const { threads, onProgress, geo } = this.options;
    return new EventStore(await load(this.discovery.sources, plan, { threads, onProgress, geo }));
  }
}

function isSaid(asked: Asked | undefined, said: readonly Question[]): boolean {
  const { read, counted, survey } = needsOf(said);
  return asked === undefined ? survey : isAmong(asked.filter, [...read, ...counted]);
}

/** What is only counted must be in columns: to read every record for it takes as long as a new pass. */
function answers({ questions, plan }: Pass, asked: Asked | undefined): boolean {
  if (!isSaid(asked, questions)) return false;
  return asked === undefined || asked.reads || hasColumns(plan, asked.subjects);
}

function questionOf(asked: Asked | undefined): Question {
  if (asked === undefined) return { kind: "survey" };
  const { filter, subjects, reads } = asked;
  if (!reads) return { kind: "groups", filter, by: subjects };
  const [sort] = subjects;
  return { kind: "events", filter, ...(sort && { sort }) };
}
