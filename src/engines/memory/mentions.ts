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
import { unfolded } from "../../store/fold-bytes.ts";
import { GrowingNumbers } from "../../store/growing.ts";
import type { Tokens } from "../../store/segment.ts";
import { type Mask, yes } from "./mask.ts";

type Mentions = Extract<Filter, { kind: "mentions" }>;

/** Tokens with what makes them searchable. */
export interface TokenView {
  readonly tokens: Tokens;
  /** Codes of tokens with a `\u` escape, which can hide any letter from a search of the raw text. */
  readonly escaped: readonly number[];
  /** Rows that mention what was asked about lately, in ascending order; what was asked first is first. */
  readonly known: Map<string, Uint32Array>;
}

export function tokenView(tokens: Tokens): TokenView {
  return { tokens, escaped: [...new Set(hits(tokens, unicodeEscape))], known: new Map() };
}

const unicodeEscape = "\\u";

/** Judges rows, which are in ascending order. */
export function mentionMask(view: TokenView, filter: Mentions, rows: Uint32Array): Mask {
  const all = rowCount(view);
  const known = view.known.get(resourceKey(filter));
  // So few that looking at their tokens takes less time than a search through all.
  if (known === undefined && rows.length < all / 50) return maskOfFew(view, filter, rows);
  const mentioning = known ?? rowsThatMention(view, filter);
  if (known === undefined) remember(view, filter, mentioning);
  const mask = new Uint8Array(rows.length);
  let place = 0;
  for (const row of mentioning) {
    if (rows.length === all) place = row;
    else while (place < rows.length && (rows[place] as number) < row) place += 1;
    if (rows[place] === row) mask[place] = yes;
  }
  return mask;
}

function rowCount({ tokens: { starts } }: TokenView): number {
  return Math.max(0, starts.length - 1);
}

function resourceKey({ resource }: Mentions): string {
  return JSON.stringify(resource);
}

/** One question asks about a resource several times over; what is remembered takes 4 bytes a row at most. */
function remember(view: TokenView, filter: Mentions, mentioning: Uint32Array): void {
  const { known } = view;
  known.set(resourceKey(filter), mentioning);
  let total = 0;
  for (const rows of known.values()) total += rows.length;
  for (const [key, rows] of known) {
    if (total <= rowCount(view)) return;
    known.delete(key);
    total -= rows.length;
  }
}

function rowsThatMention(view: TokenView, filter: Mentions): Uint32Array {
  const { starts, codes } = view.tokens;
  const verdicts = judgeAll(view, filter);
  const rows = new GrowingNumbers((length) => new Uint32Array(length));
  if (!verdicts.includes(yes)) return rows.finish();
  for (let at = 0; at < codes.length; at += 1) {
    if (verdicts[codes[at] as number] !== yes) continue;
    const row = ownerOf(starts, at);
    rows.push(row);
    at = (starts[row + 1] as number) - 1;
  }
  return rows.finish();
}

/** By the tokens of the rows alone. */
function maskOfFew({ tokens }: TokenView, filter: Mentions, rows: Uint32Array): Mask {
  const { arena, offsets, starts, codes } = tokens;
  const bytes = Buffer.from(arena.buffer, arena.byteOffset, arena.length);
  const needles = requiredLiterals(filter)?.map(({ text }) => Buffer.from(text));
  const verdicts = new Map<number, boolean>();
  const judge = (code: number) => {
    const token = bytes.subarray(offsets[code - 1], offsets[code]);
    const isCandidate = needles === undefined || holdsOne(token, needles);
    return isCandidate && mentionsIn(tokens, code, filter);
  };
  const mask = new Uint8Array(rows.length);
  for (const [place, row] of rows.entries()) {
    for (const code of codes.subarray(starts[row], starts[row + 1])) {
      const verdict = verdicts.get(code) ?? judge(code);
      verdicts.set(code, verdict);
      if (!verdict) continue;
      mask[place] = yes;
      break;
    }
  }
  return mask;
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
  return ownerOf(offsets, at) + 1;
}

/** The last of `starts` that is not behind the place: who owns it. */
function ownerOf(starts: Uint32Array, at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The text of a token as logged: escapes as JSON writes them are undone. */
export function tokenText({ arena, capitals, offsets }: Tokens, code: number): string {
  const place = { from: offsets[code - 1] as number, end: offsets[code] as number };
  const bytes = unfolded(arena, capitals, place);
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  return raw.includes("\\") ? (JSON.parse(`"${raw}"`) as string) : raw;
}
