/**
 * What came of a thing, or of one call on it: gone, waiting to go, taken back, hidden, weakened, tried
 * in vain, or nothing of the kind in these logs.
 *
 * A verdict rests on events; what no event tells, such as a volume that went with its instance, is not
 * here. The newest turn that ends or hides the thing decides, and what came before it is history.
 */

import { type EffectKind, effectOf } from "../event/effect.ts";
import type { FoundEvent } from "../query/query.ts";
import { restores } from "./changes.ts";
import type { Story } from "./life.ts";
import { isByService, type Life, orderOf, type Turn } from "./turn.ts";

export type Verdict =
  /** `decisive` is the call of whoever is answerable, `completedBy` the service's own event at the end. */
  | { readonly kind: "deleted"; readonly decisive: FoundEvent; readonly completedBy?: FoundEvent }
  | {
      readonly kind: "scheduled";
      readonly decisive: FoundEvent;
      readonly days: number;
      readonly until?: number;
      /** The call that saves it in time; absent where none can. */
      readonly savedBy?: string;
      /** The logs reach past `until`, and tell neither that it was saved nor that it is gone. */
      readonly isOver: boolean;
    }
  | {
      readonly kind: "undone";
      readonly decisive: FoundEvent;
      readonly undoneBy: FoundEvent;
      readonly how: "saved" | "created anew" | "shown";
      /** `started`, `enabled`; for what was hidden or weakened. */
      readonly words?: string;
    }
  | {
      readonly kind: "hidden" | "weakened";
      readonly decisive: FoundEvent;
      readonly how: string;
      readonly part?: string;
      readonly undoneBy?: string;
      /** A later call took back some of it. */
      readonly eased?: { readonly by: FoundEvent; readonly how: string };
    }
  /** The service ended versions of it, and no call in these logs asked for that. */
  | { readonly kind: "inferred"; readonly decisive: FoundEvent; readonly versions: number }
  /** The only deletions that succeeded found nothing to delete. */
  | { readonly kind: "already gone"; readonly decisive: FoundEvent }
  | { readonly kind: "attempted"; readonly decisive: FoundEvent; readonly attempts: number }
  /** It came into being, and nothing here ends or hides it. */
  | { readonly kind: "exists"; readonly decisive: FoundEvent }
  | { readonly kind: "none" };

/** `newest` is the time up to which the logs reach. */
export interface Horizon {
  readonly newest?: number;
}

/** The verdict on the thing of which the newest turn tells; on the given call, if it is a turn of one. */
export function verdictOf(
  story: Pick<Story, "lives">,
  horizon: Horizon,
  call?: FoundEvent,
): Verdict {
  const { lives } = story;
  if (call !== undefined) {
    const life = lives.find(({ turns }) => turns.some(({ event }) => event.id === call.id));
    const turn = life?.turns.find(({ event }) => event.id === call.id);
    return life === undefined || turn === undefined
      ? { kind: "none" }
      : verdictOn(turn, life, laterOf(life, lives), horizon);
  }
  const ended = lives.toSorted((a, b) => newestIn(b) - newestIn(a));
  const [decided] = ended.filter(({ turns }) => turns.length > 0);
  const tried = ended
    .flatMap(({ attempts }) => attempts.filter(wouldEnd))
    .sort((a, b) => orderOf(b) - orderOf(a));
  if (decided === undefined) return attempted(tried);
  const verdict = recreated(decided, lives, horizon) ?? verdictOfLife(decided, lives, horizon);
  const isTried = verdict.kind === "none" || verdict.kind === "exists";
  return isTried && tried.length > 0 ? attempted(tried) : verdict;
}

/** A thing that was created after it had been deleted, and of which nothing later tells more. */
function recreated(life: Life, lives: readonly Life[], horizon: Horizon): Verdict | undefined {
  const [first, ...others] = life.turns;
  const before = lives.slice(0, lives.indexOf(life)).findLast(({ thing }) => thing === life.thing);
  const end = before?.turns.findLast(({ effect: { kind }, moved }) => moved && ends.has(kind));
  if (before === undefined || end === undefined) return undefined;
  if (first?.effect.kind !== "created" || others.length > 0) return undefined;
  const verdict = verdictOn(end, before, laterOf(before, lives), horizon);
  return verdict.kind === "undone" && verdict.how === "created anew" ? verdict : undefined;
}

/** The verdict on one life; `lives` are all of the story. */
function verdictOfLife(life: Life, lives: readonly Life[], horizon: Horizon): Verdict {
  const { turns } = life;
  const ending = turns.findLast(({ effect: { kind }, moved }) => moved && ends.has(kind));
  const later = laterOf(life, lives);
  const ended = ending && verdictOn(ending, life, later, horizon);
  const standing = inForce(turns).at(-1);
  if (ended !== undefined && (ended.kind !== "undone" || standing === undefined)) return ended;
  if (standing !== undefined) return verdictOn(standing, life, later, horizon);
  const versions = turns.filter(({ effect: { kind } }) => kind === "version deleted");
  const byService = versions.filter(({ event }) => isByService(event.record)).at(-1);
  const isMade = turns.some(({ effect }) => effect.kind === "created");
  if (byService !== undefined && (goesWhole(byService) || !isMade)) {
    return { kind: "inferred", decisive: byService.event, versions: versions.length };
  }
  const [idle] = turns.filter(({ effect: { kind } }) => ends.has(kind));
  if (idle !== undefined) return { kind: "already gone", decisive: idle.event };
  const creation = turns.findLast(({ effect: { kind } }) => lets.has(kind));
  if (creation !== undefined) return { kind: "exists", decisive: creation.event };
  return attempted(life.attempts.filter(wouldEnd));
}

/** A creation that failed is no attempt on the thing. */
function wouldEnd({ record }: FoundEvent): boolean {
  return !lets.has(effectOf(record).kind);
}

function goesWhole({ effect }: Turn): boolean {
  return effect.kind === "version deleted" && effect.withWhole === true;
}

/** What hides or weakens the thing at the end of these turns. */
export function inForce(turns: readonly Turn[]): readonly Turn[] {
  return turns.filter((turn, i) => {
    const { effect } = turn;
    if (effect.kind !== "hidden" && effect.kind !== "weakened") return false;
    return !turns.slice(i + 1).some((later) => supersedes(later, turn));
  });
}

/** What is still weaker than it was before the earlier turn leaves that in force. */
function supersedes(later: Turn, earlier: Turn): boolean {
  return isAboutSame(later, earlier) && restores(later.changes, earlier.changes);
}

function isAboutSame({ effect }: Turn, { effect: other }: Turn): boolean {
  return "about" in effect && "about" in other && effect.about === other.about;
}

const ends: ReadonlySet<Turn["effect"]["kind"]> = new Set(["deleted", "scheduled", "hidden"]);

/** What tells that the thing is there. */
const lets: ReadonlySet<EffectKind> = new Set<EffectKind>([
  ...(["created", "saved", "shown", "strengthened", "renamed"] as const),
]);

function attempted(attempts: readonly FoundEvent[]): Verdict {
  const [newest] = attempts.toSorted((a, b) => orderOf(b) - orderOf(a));
  return newest === undefined
    ? { kind: "none" }
    : { kind: "attempted", decisive: newest, attempts: attempts.length };
}

function newestIn({ turns, attempts }: Life): number {
  const moved = turns.filter((turn) => turn.moved);
  const events = (moved.length > 0 ? moved : turns).map(({ event }) => event);
  return Math.max(...[...events, ...(events.length > 0 ? [] : attempts)].map(orderOf));
}

/** The lives that followed this one under the same name. */
function laterOf(life: Life, lives: readonly Life[]): readonly Life[] {
  return lives.slice(lives.indexOf(life) + 1).filter(({ thing }) => thing === life.thing);
}

function verdictOn(
  turn: Turn,
  { turns }: Life,
  later: readonly Life[],
  { newest }: Horizon,
): Verdict {
  const { event: decisive, effect } = turn;
  const after = turns.slice(turns.indexOf(turn) + 1);
  switch (effect.kind) {
    case "deleted": {
      const saved = after.find(({ effect: { kind } }) => kind === "saved");
      if (saved !== undefined) return undone(decisive, saved, "saved");
      const again = creationIn(later);
      if (again !== undefined) return undone(decisive, again, "created anew");
      const cause = scheduleBehind(turn, turns);
      if (cause !== undefined) return { kind: "deleted", decisive: cause, completedBy: decisive };
      return turn.moved ? { kind: "deleted", decisive } : { kind: "already gone", decisive };
    }
    case "scheduled": {
      const saved = after.find(({ effect: { kind } }) => kind === "saved");
      if (saved !== undefined) return undone(decisive, saved, "saved");
      const again = creationIn(later);
      if (again !== undefined) return undone(decisive, again, "created anew");
      const completed = after.find(
        ({ effect: { kind }, event }) =>
          kind === "deleted" || (kind === "version deleted" && isByService(event.record)),
      );
      if (completed !== undefined) {
        return { kind: "deleted", decisive, completedBy: completed.event };
      }
      const { days, until, savedBy } = effect;
      return {
        kind: "scheduled",
        decisive,
        days,
        ...(until !== undefined && { until }),
        ...(savedBy !== undefined && { savedBy }),
        isOver: until !== undefined && newest !== undefined && newest > until,
      };
    }
    case "hidden":
    case "weakened": {
      const back = after.find((one) => supersedes(one, turn));
      if (
        back !== undefined &&
        (back.effect.kind === "shown" || back.effect.kind === "strengthened")
      ) {
        return { ...undone(decisive, back, "shown"), words: back.effect.how };
      }
      const again = effect.kind === "hidden" ? creationIn(later) : undefined;
      if (again !== undefined) return undone(decisive, again, "created anew");
      const { how, undoneBy } = effect;
      const eased = after.findLast(
        (one) => one.effect.kind === "strengthened" && isAboutSame(one, turn),
      );
      return {
        kind: effect.kind,
        decisive,
        how,
        ...(eased?.effect.kind === "strengthened" && {
          eased: { by: eased.event, how: eased.effect.how },
        }),
        ...("part" in effect && { part: effect.part }),
        ...(undoneBy !== undefined && { undoneBy }),
      };
    }
    case "created":
    case "saved":
    case "shown":
    case "strengthened":
      return { kind: "exists", decisive };
    case "version deleted":
    case "emptied":
    case "renamed":
      return { kind: "none" };
  }
}

function undone(
  decisive: FoundEvent,
  { event }: Turn,
  how: "saved" | "created anew" | "shown",
): Extract<Verdict, { kind: "undone" }> {
  return { kind: "undone", decisive, undoneBy: event, how };
}

function creationIn(lives: readonly Life[]): Turn | undefined {
  return lives[0]?.turns.find(({ effect: { kind } }) => kind === "created");
}

/** The call that scheduled what the service then did. */
function scheduleBehind(turn: Turn, turns: readonly Turn[]): FoundEvent | undefined {
  const before = turns.slice(0, turns.indexOf(turn));
  const last = before.findLast(({ effect: { kind } }) => kind === "scheduled" || kind === "saved");
  return isByService(turn.event.record) && last?.effect.kind === "scheduled"
    ? last.event
    : undefined;
}
