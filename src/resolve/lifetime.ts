/**
 * The turns of one thing, put into lives: what each turn moved, and where one life ends and the next
 * begins.
 */

import { succeedsOnNothing } from "../event/idempotent.ts";
import { namedTargets } from "../event/named-targets.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { uniqueIdOf } from "../event/unique-ids.ts";
import type { FoundEvent } from "../query/query.ts";
import { isByService, type Life, type Move, orderOf, type Thing, type Turn } from "./turn.ts";

/** What a life has come to. */
type State = "unknown" | "there" | "waiting" | "gone";

interface Lived {
  turns: Turn[];
  state: State;
  id: string | undefined;
  /** What is hidden or switched off, by what it is about. */
  readonly off: Set<string>;
  /** What was last said to be on. */
  readonly on: Set<string>;
}

function born(): Lived {
  return { turns: [], state: "unknown", id: undefined, off: new Set(), on: new Set() };
}

/** The lives of one thing, from its turns and its failed ends in the order of time. */
export function livesOf(
  thing: Thing,
  turns: readonly Move[],
  attempts: readonly FoundEvent[],
): { readonly lives: readonly Life[]; readonly changes: readonly FoundEvent[] } {
  const lived: Lived[] = [born()];
  const changes: FoundEvent[] = [];
  const pending = [...turns];
  for (let life = lived.at(-1) ?? born(); pending.length > 0; life = lived.at(-1) ?? life) {
    const [turn] = pending.splice(nextOf(pending, life), 1);
    if (turn === undefined) break;
    // What was renamed lives on beside what took its name.
    const id = uniqueIdIn(turn.event.record);
    const own = lived.find((one) => id !== undefined && one.id === id) ?? life;
    if (isChange(turn, own)) changes.push(turn.event);
    else if (!beginsAnew(turn, own)) live(turn, own);
    else live(turn, lived[lived.push(born()) - 1] ?? own);
  }
  const told = lived.filter(({ turns: { length } }) => length > 0);
  const ends = told.map(({ turns: own }) => endOf(own));
  const isIn = (event: FoundEvent, i: number) => {
    const time = orderOf(event);
    return (
      (i === 0 || time > (ends[i - 1] ?? time)) &&
      (i === told.length - 1 || time <= (ends[i] ?? time))
    );
  };
  if (told.length === 0) return { lives: [{ thing, turns: [], attempts }], changes };
  return {
    lives: told.map(({ turns: own }, i) => ({
      thing,
      turns: own,
      attempts: attempts.filter((event) => isIn(event, i)),
    })),
    changes,
  };
}

function endOf(turns: readonly Turn[]): number | undefined {
  const last = turns.at(-1);
  return last === undefined ? undefined : orderOf(last.event);
}

/** Of the turns that share the first one's second, one that can have come next. */
function nextOf(pending: readonly Move[], { state, off }: Lived): number {
  const [first] = pending;
  if (first === undefined) return 0;
  const time = orderOf(first.event);
  const others = pending.findIndex(({ event }) => orderOf(event) !== time);
  const among = others < 0 ? pending : pending.slice(0, others);
  const index = among.findIndex(({ effect }) => canFollow(effect, state, off));
  return Math.max(index, 0);
}

function canFollow(effect: Turn["effect"], state: State, off: ReadonlySet<string>): boolean {
  switch (effect.kind) {
    case "created":
      return state === "gone" || state === "unknown";
    case "deleted":
      return state === "there" || state === "waiting";
    case "scheduled":
      return state === "there" || state === "unknown";
    case "saved":
      return state === "waiting" || state === "gone";
    case "shown":
    case "strengthened":
      return off.has(effect.about);
    case "hidden":
    case "weakened":
      return state !== "gone" && !off.has(effect.about);
    case "version deleted":
    case "emptied":
    case "renamed":
      return true;
  }
}

/** Whether it only overwrote what was there, or confirmed a setting that nobody had changed. */
function isChange({ effect }: Move, { state, off, on }: Lived): boolean {
  if (effect.kind === "created")
    return effect.mayExist && (state === "there" || state === "waiting");
  if (effect.kind === "shown") return effect.isNumber === true && on.has(effect.about);
  return effect.kind === "strengthened" && !off.has(effect.about);
}

/** Whether the turn cannot be one of the life so far. */
function beginsAnew({ effect, event }: Move, { state, turns, id }: Lived): boolean {
  if (turns.length === 0) return false;
  const own = uniqueIdIn(event.record);
  if (own !== undefined && id !== undefined && own !== id) return true;
  switch (effect.kind) {
    case "created":
      return true;
    case "deleted":
      return state === "gone" && !isSameEnd(event.record, own, id);
    case "hidden":
    case "weakened":
    case "scheduled":
      return state === "gone" && own === undefined;
    case "saved":
    case "shown":
    case "strengthened":
    case "version deleted":
    case "emptied":
    case "renamed":
      return false;
  }
}

/** The id that tells this life from others, if the event gives exactly one thing's. */
function uniqueIdIn(record: CloudTrailRecord): string | undefined {
  const [only, ...others] = namedTargets(record);
  if (only === undefined || others.length > 0) return undefined;
  return only.names.flatMap((name) => uniqueIdOf(name) ?? [])[0];
}

/** A second success that tells of no second life: what bears a unique id has one only. */
function isSameEnd(
  record: CloudTrailRecord,
  own: string | undefined,
  id: string | undefined,
): boolean {
  return succeedsOnNothing(record) || isByService(record) || (own !== undefined && own === id);
}

function live(turn: Move, life: Lived): void {
  const { effect, event, changes } = turn;
  const moved = moves(turn, life);
  life.turns.push({ effect, event, moved, changes });
  life.id ??= uniqueIdIn(event.record);
  switch (effect.kind) {
    case "created":
    case "saved":
      life.state = "there";
      break;
    case "deleted":
      life.state = "gone";
      break;
    case "scheduled":
      if (life.state !== "gone") life.state = "waiting";
      break;
    case "hidden":
    case "weakened":
      life.off.add(effect.about);
      life.on.delete(effect.about);
      break;
    case "shown":
    case "strengthened":
      life.off.delete(effect.about);
      life.on.add(effect.about);
      break;
    case "version deleted":
    case "emptied":
    case "renamed":
      break;
  }
}

function moves({ effect, isIdle }: Move, { state, off }: Lived): boolean {
  switch (effect.kind) {
    case "created":
    case "version deleted":
    case "emptied":
    case "renamed":
      return true;
    case "deleted":
      return state !== "gone" && !isIdle;
    case "scheduled":
      return state !== "gone" && state !== "waiting";
    case "saved":
      return state !== "there";
    case "hidden":
      return !off.has(effect.about) && !isIdle;
    case "shown":
      return !isIdle;
    case "weakened":
    case "strengthened":
      return true;
  }
}
