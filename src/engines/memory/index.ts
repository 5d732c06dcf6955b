/**
 * The engine that answers from logs on this machine.
 *
 * Little input is loaded whole and indexed; so is any input when many questions are to come, and input
 * that passes only once when nobody can say which. For known questions about much input only what matches
 * one of them is kept, and records that cannot match are not even looked into.
 */

import { integrityOf, onlyProven } from "../../digests/copied-trail.ts";
import { noTrust, type Trust } from "../../digests/trust.ts";
import type { GeoDatabase } from "../../event/geo.ts";
import { withMembers } from "../../input/archives/index.ts";
import { readAhead } from "../../input/containers/pipe.ts";
import type { TimeWindow } from "../../input/delivery-time.ts";
import type { Discovery } from "../../input/discover.ts";
import type { Source, StreamSource } from "../../input/source.ts";
import type { Integrity, IntegrityQuery } from "../../query/integrity.ts";
import type { Engine, Question, Reading } from "../../query/query.ts";
import { UserError } from "../../query/user-error.ts";
import { EventStore } from "./event-store.ts";
import { findSources, load, type Progress } from "./load.ts";
import { filtersOf, hasColumns, type LoadPlan, planFor, planForAll } from "./plan.ts";
import { type Asked, askedBy, isAmong, needsOf } from "./questions.ts";
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
  /** What signatures of digests are checked with. */
  readonly trust?: Trust;
  /** Only logs that digests prove are read. */
  readonly verified?: boolean;
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

/** What there is to read, of pipes as much as had to be read for this. */
interface Input {
  readonly sources: readonly Source[];
  readonly isSmall: boolean;
}

async function openInput(sources: readonly Source[], smallBytes: number): Promise<Input> {
  let bytes = sources.reduce((sum, s) => sum + (s.kind === "file" ? s.bytes : 0), 0);
  const opened: Source[] = [];
  for (const source of sources) {
    const isOver = source.kind === "file" || bytes > smallBytes;
    const { source: own, isWhole } = isOver
      ? { source, isWhole: true }
      : await openStream(source, smallBytes - bytes);
    opened.push(own);
    if (own.kind === "stream")
      bytes += isWhole ? (own.head?.length ?? 0) : Number.POSITIVE_INFINITY;
  }
  return { sources: opened, isSmall: bytes <= smallBytes };
}

async function openStream(
  source: StreamSource,
  most: number,
): Promise<{ readonly source: Source; readonly isWhole: boolean }> {
  try {
    return await readAhead(source, most);
  } catch (error) {
    // Whoever reads it will say what is wrong with it.
    if (error instanceof Error && "syscall" in error) return { source, isWhole: true };
    throw error;
  }
}

/** Readings that ask the same come soon after each other. */
const rememberedPasses = 3;

export class MemoryEngine implements Engine {
  /** Knows what is in archives, and what was verified, once something was read. */
  discovery: Discovery;
  private readonly options: MemoryEngineOptions;
  private readonly window: TimeWindow;
  private readonly onePass: boolean;
  private opened: Promise<Input> | undefined;
  private isRead = false;
  private index: Promise<EventStore> | undefined;
  /** The latest last. */
  private passes: readonly Pass[] = [];

  constructor(options: MemoryEngineOptions) {
    this.options = options;
    this.window = { ...options.window, lateDeliveryMs: options.lateDeliveryMs };
    this.discovery = findSources(options.paths, this.window);
    const { sources } = this.discovery;
    this.onePass = sources.some(({ kind }) => kind === "stream");
  }

  reading(questions: readonly Question[]): Reading {
    return new MemoryReading(this, questions);
  }

  /** What answers a query of somebody who said those questions. */
  async storeFor(question: Question, said: readonly Question[]): Promise<EventStore> {
    const { isSmall } = await this.input();
    const isOpen = this.onePass && said.some(({ kind }) => kind === "more");
    if (this.index === undefined && (this.options.index || isSmall || isOpen)) {
      this.index = this.loaded(planForAll(this.onePass ? "all" : "some", needsOf(said)));
    }
    if (this.index !== undefined) return this.index;
    const asked = askedBy(question);
    const answers = this.onePass ? answersAlone : answersWithFiles;
    const pass =
      this.passes.find((one) => answers(one, asked)) ??
      this.pass(isSaid(asked, said) ? said : [question]);
    return pass.store;
  }

  private input(): Promise<Input> {
    this.opened ??= this.open();
    return this.opened;
  }

  private async open(): Promise<Input> {
    const { index, verified, smallInputBytes = usualSmallInputBytes } = this.options;
    if (verified === true) this.discovery = await onlyProven(this.discovery, this.validating({}));
    this.discovery = await withMembers(this.discovery, this.window);
    return openInput(this.discovery.sources, index ? 0 : smallInputBytes);
  }

  integrity(query: IntegrityQuery): Promise<Integrity> {
    return integrityOf(this.discovery, this.validating(query));
  }

  private validating(query: IntegrityQuery) {
    const { trust = noTrust, threads, onProgress } = this.options;
    return { trust, query, threads, onProgress };
  }

  private pass(questions: readonly Question[]): Pass {
    const plan = planFor(needsOf(questions), { onePass: this.onePass });
    const pass = { questions, plan, store: this.loaded(plan) };
    this.passes = [...this.passes, pass].slice(-rememberedPasses);
    return pass;
  }

  private async loaded(plan: LoadPlan): Promise<EventStore> {
    const { threads, onProgress, geo } = this.options;
    const { sources } = await this.input();
    if (this.onePass && this.isRead) {
      throw new UserError(
        "this question takes a second look at the logs, which a pipe gives once: write them to a file",
      );
    }
    this.isRead = true;
    return new EventStore(await load(sources, plan, { threads, onProgress, geo }));
  }
}

function isSaid(asked: Asked | undefined, said: readonly Question[]): boolean {
  const needs = needsOf(said);
  return asked === undefined ? needs.survey : isAmong(asked.filter, filtersOf(needs));
}

/** What is only counted must be in columns: to read every record for it takes as long as a new pass. */
function answersWithFiles({ questions, plan }: Pass, asked: Asked | undefined): boolean {
  if (!isSaid(asked, questions)) return false;
  return asked === undefined || asked.reads || hasColumns(plan, { subjects: asked.subjects });
}

/** Of what passed once, only the records that somebody said they would read are at hand. */
function answersAlone({ questions, plan }: Pass, asked: Asked | undefined): boolean {
  const { read, sketched, candidates, counted, survey } = needsOf(questions);
  if (asked === undefined) return survey;
  const kept = [...read, ...sketched.map(({ filter }) => filter), ...candidates];
  if (isAmong(asked.filter, kept)) return true;
  return !asked.reads && isAmong(asked.filter, counted) && hasColumns(plan, asked);
}
