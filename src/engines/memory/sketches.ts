/**
 * Sketches of the selected events: put together from columns where these have all that was asked for, else
 * from the record.
 */

// Indexes stay within the tables; the casts only drop the `undefined` of the checked index access.

import { addTo } from "../../event/add-to.ts";
import { type CloudTrailRecord, isObject, type Json } from "../../event/record.ts";
import { formatTime } from "../../event/time.ts";
import type { FoundEvent, SketchedEvent, SketchesQuery } from "../../query/query.ts";
import { type Entries, entriesOf, values } from "../../store/entries.ts";
import { type Codes, placeOf, type Segment } from "../../store/segment.ts";
import { guidOf, placeIn } from "../../store/side-table.ts";
import type { EventStore, RowRef } from "./event-store.ts";
import { refs, rowsInTime } from "./events.ts";
import { columnFinder, isGiven } from "./plan.ts";

type Path = readonly string[];

export async function sketches(
  store: EventStore,
  { filter, paths }: SketchesQuery,
): Promise<readonly SketchedEvent[]> {
  const { rows } = rowsInTime(store, await store.select({ filter }));
  const tables = store.segments.map((_, segment) => tableOf(store, segment, paths));
  const found: SketchedEvent[] = [];
  const unread: { readonly at: number; readonly ref: RowRef }[] = [];
  for (const ref of refs(rows)) {
    const table = tables[ref.segment];
    const place = table?.placeOf(ref.row);
    if (table === undefined || place === undefined) unread.push({ at: found.length, ref });
    found.push(new StoredEvent(store, ref, place === undefined ? undefined : table, place ?? 0));
  }
  const missing = await readAhead(store, found, unread);
  return missing.size === 0 ? found : found.filter((event) => !missing.has(event));
}

/** Reads what no table has, each file once: in the order of places. */
async function readAhead(
  store: EventStore,
  found: SketchedEvent[],
  unread: readonly { readonly at: number; readonly ref: RowRef }[],
): Promise<ReadonlySet<SketchedEvent>> {
  const missing = new Set<SketchedEvent>();
  for (const { at, ref } of unread.toSorted((a, b) => store.comparePlaces(a.ref, b.ref))) {
    const event = await store.event(ref);
    if (event === undefined) missing.add(found[at] as SketchedEvent);
    else found[at] = { ...event, sketch: event.record };
  }
  return missing;
}

/** An event of which nothing is read until somebody looks at it. */
class StoredEvent implements SketchedEvent {
  readonly #store: EventStore;
  readonly #ref: RowRef;
  readonly #table: Table | undefined;
  readonly #place: number;
  #read: FoundEvent | undefined;

  constructor(store: EventStore, ref: RowRef, table: Table | undefined, place: number) {
    this.#store = store;
    this.#ref = ref;
    this.#table = table;
    this.#place = place;
  }

  get sketch(): CloudTrailRecord {
    return this.#table?.sketch(this.#ref.row, this.#place) ?? this.record;
  }

  get record(): CloudTrailRecord {
    return this.#whole.record;
  }

  get id(): string {
    return this.#store.idOf(this.#stands);
  }

  get source(): FoundEvent["source"] {
    return this.#whole.source;
  }

  get #stands() {
    return placeOf(this.#store.segments[this.#ref.segment] as Segment, this.#ref.row);
  }

  /** What cannot be read any more is a problem that the coverage tells of; its sketch is all there is. */
  get #whole(): FoundEvent {
    if (this.#read === undefined) {
      const event = this.#store.eventNow(this.#ref);
      const { id } = this;
      const { offset } = this.#stands;
      const source = { origin: this.#store.originOf(this.#stands), offset, bytes: none };
      this.#read =
        event === undefined || event === "later"
          ? { id, record: this.#table?.sketch(this.#ref.row, this.#place) ?? {}, source }
          : event;
    }
    return this.#read;
  }
}

const none = new Uint8Array(0);

/** What a segment knows of its events without their records. */
interface Table {
  /** Undefined if the record must be read. */
  placeOf(row: number): number | undefined;
  sketch(row: number, place: number): CloudTrailRecord;
}

interface Column {
  readonly path: Path;
  readonly codes: Codes;
  readonly texts: (code: number) => readonly string[];
  /** Whether its codes stand by the place in the table, and not by the row. */
  readonly isAside: boolean;
}

/** Undefined if a path is no column. */
function tableOf(store: EventStore, segment: number, paths: readonly Path[]): Table | undefined {
  const { sketched, times, ids } = store.segments[segment] as Segment;
  const view = store.views[segment];
  const asideOf = columnFinder(store.loaded.plan.sketchPaths);
  const columns: Column[] = [];
  for (const path of paths) {
    if (isGiven(path)) continue;
    const own = store.columnOf(path);
    const aside = asideOf(path);
    if (own !== undefined) {
      const [codes, entries] = [view?.codes[own], view?.entries[own]];
      if (codes === undefined || entries === undefined) return undefined;
      columns.push({ path, codes, texts: textsIn(entries), isAside: false });
    } else {
      const column = aside === undefined ? undefined : sketched.columns[aside];
      if (column === undefined) return undefined;
      const texts = textsIn(entriesOf(column));
      columns.push({ path, codes: column.codes, texts, isAside: true });
    }
  }
  const parts = partsOf(columns);
  return {
    placeOf(row) {
      const place = placeIn(sketched, row);
      return place !== undefined && sketched.spelled[place] === 1 ? place : undefined;
    },
    sketch(row, place) {
      const record: Growing = {};
      const time = times[row] as number;
      if (!Number.isNaN(time)) record["eventTime"] = formatTime(time, "UTC");
      record["eventID"] = guidOf(ids.subarray(row * 4, row * 4 + 4));
      for (const part of parts) part(record, row, place);
      return record;
    },
  };
}

/** Dictionaries of up to so many entries are decoded once. */
const mostDecoded = 4096;

function textsIn(entries: Entries): Column["texts"] {
  if (entries.size > mostDecoded) return (code) => values(entries, code);
  const known: (readonly string[] | undefined)[] = [];
  return (code) => {
    const texts = known[code] ?? values(entries, code);
    known[code] = texts;
    return texts;
  };
}

/** Puts what some columns have of an event into its sketch. */
type Part = (record: Growing, row: number, place: number) => void;

/** One for each key of a record: objects below a key are often the same for many events. */
function partsOf(columns: readonly Column[]): readonly Part[] {
  const byKey = new Map<string, Column[]>();
  for (const column of columns) addTo(byKey, column.path[0] ?? "", column);
  return Array.from(byKey, ([key, own]) => partOf(key, own));
}

/** Objects remembered for a key. */
const mostRemembered = 4096;

function partOf(key: string, columns: readonly Column[]): Part {
  const codes = new Array<number>(columns.length).fill(0);
  const known = new Map<string, Json | undefined>();
  // What is issued is never the same twice; who calls often is.
  const isShared = key === "userIdentity";
  return (record, row, place) => {
    let name = "";
    let isEmpty = true;
    for (let at = 0; at < columns.length; at += 1) {
      const { codes: own, isAside } = columns[at] as Column;
      const code = own[isAside ? place : row] as number;
      codes[at] = code;
      if (code === 0) continue;
      isEmpty = false;
      if (isShared) name += `${at}:${code} `;
    }
    if (isEmpty) return;
    let value = isShared ? known.get(name) : undefined;
    if (value === undefined) {
      value = joined(columns, codes);
      if (known.size >= mostRemembered) known.clear();
      if (isShared) known.set(name, value);
    }
    if (value !== undefined) record[key] = value;
  };
}

function joined(columns: readonly Column[], codes: readonly number[]): Json | undefined {
  const root: Growing = {};
  for (let at = 0; at < columns.length; at += 1) {
    const code = codes[at] as number;
    if (code === 0) continue;
    const { path, texts: textsOf } = columns[at] as Column;
    const texts = textsOf(code);
    if (texts.length === 0) continue;
    let object = root;
    const last = path.length - 1;
    for (let step = 0; step < last; step += 1) object = inner(object, path[step] as string);
    object[path[last] as string] = texts.length === 1 ? (texts[0] as string) : texts;
  }
  return Object.values(root)[0];
}

function inner(object: Growing, key: string): Growing {
  const known = object[key];
  if (isObject(known)) return known;
  const made: Growing = {};
  object[key] = made;
  return made;
}

type Growing = { [key: string]: Json | undefined };
