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
import { type Mask, maybe, no, yes } from "./mask.ts";

type Mentions = Extract<Filter, { kind: "mentions" }>;

/** Tokens with what makes them searchable. */
export interface TokenView {
  readonly tokens: Tokens;
  /** Codes of tokens with a `\u` escape, which can hide any letter from a search of the raw text. */
  readonly escaped: readonly number[];
}

export function tokenView(tokens: Tokens): TokenView {
  return { tokens, escaped: [...new Set(hits(tokens, unicodeEscape))] };
}

const unicodeEscape = "\\u";

/** Judges the rows that are open. */
export function mentionMask(view: TokenView, filter: Mentions, open: Mask): Mask {
  const { starts, codes } = view.tokens;
  const verdicts = fewAreOpen(open) ? judgeOpen(view, filter, open) : judgeAll(view, filter);
  const mask = new Uint8Array(open.length);
  for (let row = 0; row < open.length; row += 1) {
    if (open[row] === no) continue;
    const until = starts[row + 1] as number;
    for (let at = starts[row] as number; at < until; at += 1) {
      if (verdicts[codes[at] as number] === yes) {
        mask[row] = yes;
        break;
      }
    }
  }
  return mask;
}

/** So few that looking at their tokens one by one takes less time than a search through all. */
function fewAreOpen(open: Mask): boolean {
  let count = 0;
  for (let row = 0; row < open.length; row += 1) if (open[row] !== no) count += 1;
  return count < open.length / 50;
}

/** For each token, `yes` if it mentions the resource; tokens of rows that are not open are left out. */
function judgeOpen({ tokens }: TokenView, filter: Mentions, open: Mask): Uint8Array {
  const { arena, offsets, starts, codes } = tokens;
  const bytes = Buffer.from(arena.buffer, arena.byteOffset, arena.length);
  const needles = requiredLiterals(filter)?.map(({ text }) => Buffer.from(text));
  const verdicts = new Uint8Array(offsets.length).fill(maybe);
  for (let row = 0; row < open.length; row += 1) {
    if (open[row] === no) continue;
    for (const code of codes.subarray(starts[row], starts[row + 1])) {
      if (verdicts[code] !== maybe) continue;
      const token = bytes.subarray(offsets[code - 1], offsets[code]);
      const isCandidate = needles === undefined || holdsOne(token, needles);
      verdicts[code] = isCandidate && mentionsIn(tokens, code, filter) ? yes : no;
    }
  }
  return verdicts;
}

function holdsOne(token: Buffer, needles: readonly Buffer[]): boolean {
  return needles.some((needle) => token.includes(needle)) || token.includes(unicodeEscape);
}

/** For each token, `yes` if it mentions the resource. */
function judgeAll({ tokens, escaped }: TokenView, filter: Mentions): Uint8Array {
  const verdicts = new Uint8Array(tokens.offsets.length);
  const judge = (code: number) => {
    if (mentionsIn(tokens, code, filter)) verdicts[code] = yes;
  };
  const literals = requiredLiterals(filter);
  if (literals === undefined) {
    for (let code = 1; code < verdicts.length; code += 1) judge(code);
  } else {
    for (const { text } of literals) for (const code of hits(tokens, text)) judge(code);
    for (const code of escaped) judge(code);
  }
  return verdicts;
}

function mentionsIn(tokens: Tokens, code: number, { resource }: Mentions): boolean {
  return mentions(resource, tokenText(tokens, code));
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
