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
import { type Mask, no, yes } from "./mask.ts";

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

/** Judges the rows that are open: through all tokens at once, or where few rows are left, row by row. */
export function mentionMask(view: TokenView, filter: Mentions, open: Mask): Mask {
  const { starts, codes } = view.tokens;
  const fits = open.length > fewRows && fewAreOpen(open) ? asked(view, filter) : all(view, filter);
  const mask = new Uint8Array(open.length);
  for (let row = 0; row < open.length; row += 1) {
    if (open[row] === no) continue;
    const until = starts[row + 1] as number;
    for (let at = starts[row] as number; at < until; at += 1) {
      if (fits(codes[at] as number)) {
        mask[row] = yes;
        break;
      }
    }
  }
  return mask;
}

const fewRows = 1000;

/** So few that looking at their tokens one by one takes less time than a search through all. */
function fewAreOpen(open: Mask): boolean {
  let count = 0;
  for (const verdict of open) if (verdict !== no) count += 1;
  return count < open.length / 50;
}

type TokenTest = (code: number) => boolean;

/** Judges a token when it is asked for, once. */
function asked({ tokens }: TokenView, filter: Mentions): TokenTest {
  const needles = requiredLiterals(filter)?.map((literal) => Buffer.from(literal)) ?? [];
  const verdicts = new Map<number, boolean>();
  const { arena, offsets } = tokens;
  const bytes = Buffer.from(arena.buffer, arena.byteOffset, arena.length);
  return (code) => {
    let verdict = verdicts.get(code);
    if (verdict === undefined) {
      const token = bytes.subarray(offsets[code - 1], offsets[code]);
      const possible =
        needles.length === 0 ||
        needles.some((needle) => token.includes(needle)) ||
        token.includes("\\u");
      verdict = possible && mentions(filter.resource, tokenText(tokens, code));
      verdicts.set(code, verdict);
    }
    return verdict;
  };
}

/** Judges all tokens that may fit beforehand. */
function all(view: TokenView, filter: Mentions): TokenTest {
  const { tokens, escaped } = view;
  const size = tokens.offsets.length - 1;
  const fits = new Uint8Array(size + 1);
  const judge = (code: number) => {
    if (mentions(filter.resource, tokenText(tokens, code))) fits[code] = 1;
  };
  const literals = requiredLiterals(filter);
  if (literals === undefined) {
    for (let code = 1; code <= size; code += 1) judge(code);
  } else {
    for (const literal of literals) for (const code of hits(tokens, literal)) judge(code);
    for (const code of escaped) judge(code);
  }
  return (code) => fits[code] === 1;
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
