/**
 * `mentions` answered from the tokens of a segment.
 *
 * The tokens of all events stand in one arena, so a literal of the pattern is looked for in all of
 * them at once; only the tokens around a hit are then held against the rule of `event/mention.ts`.
 */

// Indexes stay within the arrays; the casts only drop the `undefined` of the checked index access.

import { mentions } from "../../event/mention.ts";
import type { Filter } from "../../query/filter.ts";
import { requiredLiterals } from "../../query/literals.ts";
import type { Tokens } from "../../store/segment.ts";
import { type Mask, yes } from "./mask.ts";

type Mentions = Extract<Filter, { kind: "mentions" }>;

/** Tokens with what makes them searchable. */
export interface TokenView {
  readonly tokens: Tokens;
  /** Codes of tokens with a `\u` escape, which can hide any letter from a search of the raw text. */
  readonly escaped: readonly number[];
}

export function tokenView(tokens: Tokens): TokenView {
  return { tokens, escaped: [...new Set(hits(tokens, "\\u"))] };
}

export function mentionMask(view: TokenView, filter: Mentions, count: number): Mask {
  const { starts, codes } = view.tokens;
  const fits = mentioningTokens(view, filter);
  const mask = new Uint8Array(count);
  for (let row = 0; row < count; row += 1) {
    const until = starts[row + 1] as number;
    for (let at = starts[row] as number; at < until; at += 1) {
      if (fits[codes[at] as number] === 1) {
        mask[row] = yes;
        break;
      }
    }
  }
  return mask;
}

/** For each token code, 1 if the token mentions the resource. */
function mentioningTokens(view: TokenView, filter: Mentions): Uint8Array {
  const size = view.tokens.offsets.length - 1;
  const fits = new Uint8Array(size + 1);
  const literals = requiredLiterals(filter);
  if (literals === undefined) {
    for (let code = 1; code <= size; code += 1) {
      if (mentions(filter.resource, tokenText(view.tokens, code))) fits[code] = 1;
    }
    return fits;
  }
  const judge = (code: number) => {
    if (mentions(filter.resource, tokenText(view.tokens, code))) fits[code] = 1;
  };
  for (const literal of literals) for (const code of hits(view.tokens, literal)) judge(code);
  for (const code of view.escaped) judge(code);
  return fits;
}

/** Codes of the tokens that hold the text, each once, in order. */
function* hits({ arena, offsets }: Tokens, text: string): Generator<number> {
  const bytes = Buffer.from(arena.buffer, arena.byteOffset, arena.length);
  const needle = Buffer.from(text);
  for (let at = bytes.indexOf(needle); at >= 0; ) {
    const code = tokenAt(offsets, at);
    const end = offsets[code] as number;
    // A hit may lie across the border of two tokens; then neither holds it.
    if (at + needle.length <= end) {
      yield code;
      at = bytes.indexOf(needle, end);
    } else {
      at = bytes.indexOf(needle, at + 1);
    }
  }
}

/** The code of the token that holds the byte. */
function tokenAt(offsets: Uint32Array, at: number): number {
  let low = 1;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] as number) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The text of a token: escapes as JSON writes them are undone. */
export function tokenText({ arena, offsets }: Tokens, code: number): string {
  const from = offsets[code - 1] as number;
  const raw = Buffer.from(
    arena.buffer,
    arena.byteOffset + from,
    (offsets[code] as number) - from,
  ).toString();
  return raw.includes("\\") ? (JSON.parse(`"${raw}"`) as string) : raw;
}
