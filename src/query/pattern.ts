/**
 * Patterns: how a text from the user becomes a test of texts from the log.
 *
 * Case is folded for ASCII letters only, so that every engine can do the same over bytes; a regular
 * expression folds as RE2 does. Regular expressions are run by re2js, in linear time whatever the
 * pattern. That package is heavy: `preparePatterns` imports it, and only for a filter that needs it.
 */

import type { RE2JS } from "re2js";
import { foldCase } from "../event/fold-case.ts";
import { type Filter, type Pattern, patternsOf } from "./filter.ts";
import { UserError } from "./user-error.ts";

const escaped = /\\([*?\\])/g;

/** A glob if it holds `*` or `?`; a backslash before one of them, or before another, takes it as it is. */
export function parsePattern(text: string): Pattern {
  return /[*?]/.test(text.replace(escaped, ""))
    ? { kind: "glob", glob: text }
    : { kind: "equals", text: text.replace(escaped, "$1") };
}

const known = new WeakMap<Pattern, (text: string) => boolean>();

/** The test that a pattern stands for; a regular expression must have been prepared before. */
export function fits(pattern: Pattern): (text: string) => boolean {
  const test = known.get(pattern) ?? testOf(pattern);
  known.set(pattern, test);
  return test;
}

function testOf(pattern: Pattern): (text: string) => boolean {
  switch (pattern.kind) {
    case "equals": {
      const wanted = foldCase(pattern.text);
      return (text) => text.length === wanted.length && foldCase(text) === wanted;
    }
    case "glob":
      return globTest(globTokens(pattern.glob));
    case "regex": {
      const regex = prepared.get(pattern.source);
      if (regex === undefined) throw new Error(`regex was not prepared: ${pattern.source}`);
      return (text) => regex.test(text);
    }
  }
}

const prepared = new Map<string, RE2JS>();

/**
 * Readies the regular expressions of a filter for `fits`. Whoever receives a filter, on each thread,
 * calls this once before using it.
 */
export async function preparePatterns(filter: Filter): Promise<void> {
  const sources = regexSources(filter);
  if (sources.length === 0) return;
  const faultOf = await regexReader();
  for (const source of sources) {
    const fault = faultOf(source);
    if (fault === undefined) continue;
    throw new UserError(
      `the regular expression "${source}" (--regex, or =~ in --where) cannot be used: ${fault}. ` +
        "The syntax is RE2's, without look-around and back-references.",
    );
  }
}

/** What readies one expression and says what is wrong with it, if anything is. */
export async function regexReader(): Promise<(source: string) => string | undefined> {
  const { RE2JS, RE2JSSyntaxException } = await import("re2js");
  return (source) => {
    if (prepared.has(source)) return undefined;
    try {
      prepared.set(source, RE2JS.compile(source, RE2JS.CASE_INSENSITIVE));
      return undefined;
    } catch (error) {
      if (!(error instanceof RE2JSSyntaxException)) throw error;
      return `${error.getDescription()}: ${error.getPattern()}`;
    }
  };
}

function regexSources(filter: Filter): readonly string[] {
  return patternsOf(filter).flatMap((pattern) =>
    pattern.kind === "regex" ? [pattern.source] : [],
  );
}

/** Tokens of a glob: a UTF-16 code unit to be met, or one of these. */
const anyRun = -1;
const anyOne = -2;

function globTokens(glob: string): readonly number[] {
  const tokens: number[] = [];
  for (const [part] of foldCase(glob).matchAll(/\\[*?\\]|./gs)) {
    if (part === "*") tokens.push(anyRun);
    else if (part === "?") tokens.push(anyOne);
    else tokens.push(part.charCodeAt(part.length - 1));
  }
  return tokens;
}

/** Without `?`, the texts between the runs have to stand one after another, which is looked for many times faster. */
function globTest(tokens: readonly number[]): (text: string) => boolean {
  if (tokens.includes(anyOne) || tokens.some(isHalf)) return fitsGlob(tokens);
  const parts: string[] = [""];
  for (const token of tokens) {
    if (token === anyRun) parts.push("");
    else parts.push(`${parts.pop() ?? ""}${String.fromCharCode(token)}`);
  }
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (last === undefined) return (text) => text.length === first.length && foldCase(text) === first;
  const middle = others.filter((part) => part !== "");
  return (text) => {
    const folded = foldCase(text);
    const end = folded.length - last.length;
    if (end < first.length || !folded.startsWith(first) || !folded.endsWith(last)) return false;
    let at = first.length;
    for (const part of middle) {
      const found = folded.indexOf(part, at);
      if (found < 0 || found + part.length > end) return false;
      at = found + part.length;
    }
    return true;
  };
}

/** Of a surrogate pair: a run takes in whole characters. */
function isHalf(token: number): boolean {
  return token >= 0xd800 && token <= 0xdfff;
}

/** Goes back to the last `*` only: what an earlier one took in never has to change. */
function fitsGlob(tokens: readonly number[]): (text: string) => boolean {
  return (text) => {
    const folded = foldCase(text);
    let token = 0;
    let at = 0;
    let afterRun = -1;
    let runEnd = 0;
    while (at < folded.length) {
      if (tokens[token] === anyRun) {
        afterRun = ++token;
        runEnd = at;
      } else if (tokens[token] === anyOne) {
        token++;
        at += widthAt(folded, at);
      } else if (tokens[token] === folded.charCodeAt(at)) {
        token++;
        at++;
      } else if (afterRun >= 0) {
        token = afterRun;
        runEnd += widthAt(folded, runEnd);
        at = runEnd;
      } else {
        return false;
      }
    }
    while (tokens[token] === anyRun) token++;
    return token === tokens.length;
  };
}

/** Code units of the character: `?` is one character, not half of a surrogate pair. */
function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}
