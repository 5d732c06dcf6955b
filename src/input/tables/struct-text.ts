/**
 * The text that Athena and CloudTrail Lake print for a struct: `{type=IAMUser, arn=arn:…, username=null}`.
 *
 * Nothing is quoted in it, so a value may hold what looks like the next key or the end. A text that can
 * be read in more than one way is not read at all, nor one with a key that its struct does not have.
 */

/** What may stand at a place: a text, a struct of these members, a map with keys of its own, or a list. */
export type Shape =
  | { readonly kind: "text" }
  | { readonly kind: "flag" }
  | { readonly kind: "time" }
  | { readonly kind: "struct"; readonly members: ReadonlyMap<string, Member> }
  | { readonly kind: "map" }
  | { readonly kind: "list"; readonly of: Shape };

export interface Member {
  /** As CloudTrail spells it. */
  readonly name: string;
  readonly shape: Shape;
}

export type StructValue = string | StructObject | readonly StructValue[];
interface StructObject {
  readonly [key: string]: StructValue;
}

/** Texts that need more steps are hostile. */
const mostSteps = 20_000;

/** Undefined: the text is no such struct, or may be several. `null` values are left out. */
export function readStruct(text: string, shape: Shape): StructValue | undefined {
  const found: StructValue[] = [];
  try {
    for (const [value, end] of new StructReader(text).values(0, shape, "")) {
      if (end === text.length) found.push(value ?? {});
      if (found.length > 1) return undefined;
    }
  } catch (error) {
    if (error instanceof TooManySteps) return undefined;
    throw error;
  }
  return found[0];
}

const nextKey = /, (?=[A-Za-z_][\w.:-]*=)/g;

class TooManySteps extends Error {}

type Reading<T> = Generator<readonly [value: T, end: number]>;
type Entries = readonly (readonly [key: string, value: StructValue])[];

class StructReader {
  private readonly text: string;
  private steps = 0;

  constructor(text: string) {
    this.text = text;
  }

  private step(): void {
    this.steps += 1;
    if (this.steps > mostSteps) throw new TooManySteps();
  }

  /** All ways to read a value that `closer` or a comma follows. */
  *values(at: number, shape: Shape, closer: string): Reading<StructValue | undefined> {
    this.step();
    if (shape.kind === "text" || shape.kind === "flag" || shape.kind === "time") {
      yield* this.texts(at, closer);
      return;
    }
    if (this.text.startsWith("null", at)) yield [undefined, at + 4];
    if (shape.kind === "list") yield* this.lists(at, shape.of);
    else yield* this.structs(at, shape);
  }

  /** A value goes on up to the next key; `closer` may be a part of it. */
  private *texts(at: number, closer: string): Reading<StructValue | undefined> {
    nextKey.lastIndex = at;
    const last = nextKey.exec(this.text)?.index ?? this.text.length;
    for (let end = at; end <= last; end += 1) {
      if (end < last && this.text[end] !== closer) continue;
      this.step();
      const value = this.text.slice(at, end);
      yield [value === "null" ? undefined : value, end];
    }
  }

  private *lists(at: number, of: Shape): Reading<StructValue> {
    if (this.text[at] !== "[") return;
    if (this.text[at + 1] === "]") yield [[], at + 2];
    yield* this.items(at + 1, of, []);
  }

  private *items(at: number, of: Shape, before: readonly StructValue[]): Reading<StructValue> {
    for (const [value, end] of this.values(at, of, "]")) {
      const items = value === undefined ? before : [...before, value];
      if (this.text[end] === "]") yield [items, end + 1];
      if (this.text.startsWith(", ", end)) yield* this.items(end + 2, of, items);
    }
  }

  private *structs(
    at: number,
    shape: Extract<Shape, { kind: "struct" | "map" }>,
  ): Reading<StructValue> {
    if (this.text[at] !== "{") return;
    if (this.text[at + 1] === "}") yield [{}, at + 2];
    yield* this.entries(at + 1, shape, []);
  }

  private *entries(
    at: number,
    shape: Extract<Shape, { kind: "struct" | "map" }>,
    before: Entries,
  ): Reading<StructValue> {
    const written = /^[A-Za-z_][\w.:-]*(?==)/.exec(this.text.slice(at, at + 128))?.[0];
    if (written === undefined) return;
    const member =
      shape.kind === "map"
        ? { name: written, shape: { kind: "text" as const } }
        : shape.members.get(written.toLowerCase());
    if (member === undefined || before.some(([key]) => key === member.name)) return;
    for (const [value, end] of this.values(at + written.length + 1, member.shape, "}")) {
      const entries: Entries = value === undefined ? before : [...before, [member.name, value]];
      if (this.text[end] === "}") yield [Object.fromEntries(entries), end + 1];
      if (this.text.startsWith(", ", end)) yield* this.entries(end + 2, shape, entries);
    }
  }
}
