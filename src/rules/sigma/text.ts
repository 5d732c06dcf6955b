/**
 * Texts of Sigma: characters that stand for themselves, and wildcards. `*` is any run of characters, `?`
 * any one; a backslash before one of them or before another takes it as it is, and is a character
 * elsewhere (specification 2.1.0, "Escaping").
 */

import type { Pattern } from "../../query/filter.ts";

/** `-` is any character that a dash is typed as. */
export type Piece = { readonly text: string } | "*" | "?" | "-";
export type SigmaText = readonly Piece[];

export function parseText(written: string): SigmaText {
  const pieces: Piece[] = [];
  let text = "";
  for (const [taken] of written.matchAll(/\\[*?\\]|./gsu)) {
    if (taken === "*" || taken === "?") {
      if (text !== "") pieces.push({ text });
      text = "";
      pieces.push(taken);
    } else {
      text += taken.length > 1 && taken.startsWith("\\") ? taken.slice(1) : taken;
    }
  }
  if (text !== "") pieces.push({ text });
  return pieces;
}

/** With any dash where it has one of them. */
export function anyDash(piece: Piece): readonly Piece[] {
  if (typeof piece === "string") return [piece];
  return piece.text
    .split(/([-/\u2013\u2014\u2015])/u)
    .flatMap((text, at): readonly Piece[] =>
      at % 2 === 1 ? ["-"] : text === "" ? [] : [{ text }],
    );
}

/** Undefined if it has wildcards. */
export function plainText(pieces: SigmaText): string | undefined {
  const texts = pieces.map((piece) => (typeof piece === "string" ? undefined : piece.text));
  return texts.includes(undefined) ? undefined : texts.join("");
}

/** The whole of a value has to fit; with capitals as they are, if `cased`. */
export function patternOf(pieces: SigmaText, cased: boolean): Pattern {
  if (cased || pieces.includes("-")) {
    const flags = cased ? "s-i" : "s";
    return { kind: "regex", source: `(?${flags})\\A${pieces.map(asRegex).join("")}\\z` };
  }
  const plain = plainText(pieces);
  return plain === undefined
    ? { kind: "glob", glob: pieces.map(asGlob).join("") }
    : { kind: "equals", text: plain };
}

function asGlob(piece: Piece): string {
  return typeof piece === "string" ? piece : piece.text.replace(/[*?\\]/g, "\\$&");
}

function asRegex(piece: Piece): string {
  if (piece === "*") return ".*";
  if (piece === "-") return "[-/\u2013\u2014\u2015]";
  return piece === "?" ? "." : piece.text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
