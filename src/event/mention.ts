/**
 * What it means that an event mentions a resource.
 *
 * A resource is looked for wherever an event may name one: in every string, number and container's
 * key under `mentionPaths`. It is mentioned where it stands between the boundaries of an identifier.
 * Letters, digits and `- _ . @ +` belong to identifiers, everything else parts them: `orders` is in
 * `arn:aws:s3:::orders/key` and not in `orders-prod`. A `.` that no identifier follows ends a sentence.
 *
 * In a glob `?` is one character and `*` any run of them, and neither leaves the word: white space,
 * quotes, commas, semicolons and brackets end it. A backslash takes `*`, `?` or itself as it is.
 *
 * Three texts in the log stand for another one too: `orders%2Fkey` for `orders/key`, `\\052.example.com`
 * for `*.example.com`, and the ARN of a secret for the same ARN without the six random characters that
 * AWS adds to the name. Characters that need no escape in a URL are not decoded. So each run of ASCII
 * letters, digits and `- _ .` in a pattern is in the very text that mentions it, but for the case of its
 * letters, and texts without it can be passed over.
 *
 * Case counts, unless the pattern says otherwise or its form does (`isCaseless`). The time is linear in
 * the length of the text.
 */

import { foldCase } from "./fold-case.ts";
import { isCaseless } from "./letter-case.ts";
import { type CloudTrailRecord, isObject, type Json, textOf } from "./record.ts";

/**
 * Where events name resources. What else `additionalEventData` holds is about the connection, and
 * would fill an index with request ids.
 */
export const mentionPaths: readonly (readonly string[])[] = [
  ["requestParameters"],
  ["responseElements"],
  ["resources"],
  ["serviceEventDetails"],
  ["additionalEventData", "ARN"],
  ["additionalEventData", "Name"],
  ["errorMessage"],
];

/** A name, id, path or ARN as it stands in an event; `*` and `?` of a glob stand for any characters. */
export interface ResourcePattern {
  readonly text: string;
  readonly glob: boolean;
  /** Absent: case counts as the service has it. */
  readonly ignoreCase?: true;
}

/** Every text of the record that can mention a resource, in no particular order. */
export function* mentionables(record: CloudTrailRecord): Generator<string> {
  const pending: Json[] = [];
  for (const path of mentionPaths) {
    let value: Json = record;
    for (const key of path) {
      value = isObject(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
    }
    pending.push(value);
  }
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value === "string" || typeof value === "number") yield textOf(value);
    else if (Array.isArray(value)) for (const item of value) pending.push(item);
    else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) {
        if (typeof inner === "object" && inner !== null) yield key;
        pending.push(inner ?? null);
      }
    }
  }
}

export function mentions(pattern: ResourcePattern, leaf: string): boolean {
  const { text, glob, ignoreCase = false } = pattern;
  if (text === "" || leaf === "") return false;
  const folded = ignoreCase || isCaseless(text);
  const wanted = folded ? foldCase(text) : text;
  const standsIn = glob ? globTest(globTokens(wanted)) : textTest(wanted);
  return spellingsOf(folded ? foldCase(leaf) : leaf).some(standsIn);
}

/** A leaf, and what it stands for as well. */
function spellingsOf(leaf: string): readonly string[] {
  const written = [leaf];
  if (leaf.includes("%")) written.push(decoded(leaf));
  if (leaf.includes("\\")) written.push(withoutOctals(leaf));
  const withSecret = written.filter((spelling) => spelling.includes(":secretsmanager:"));
  return [...written, ...withSecret.map((spelling) => spelling.replace(secretArn, "$1"))];
}

const secretArn = /(:secretsmanager:[^:]*:[^:]*:secret:[\w/+=.@-]+)-[A-Za-z\d]{6}(?![\w/+=.@~-])/g;

/** Route 53 writes `*` of a record's name as `\052`, and in the same way whatever a host seldom holds. */
export function withoutOctals(name: string): string {
  return name.replace(/\\([0-3][0-7]{2})/g, (written, octal: string) => {
    const char = String.fromCharCode(Number.parseInt(octal, 8));
    return /[\w.~-]/.test(char) ? written : char;
  });
}

function decoded(leaf: string): string {
  return leaf.replace(urlEscapes, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString());
}

/** Not those of letters, digits and `- . _ ~`: nobody has to write them so, and some would hide `-`. */
const urlEscapes = /(?:%(?!2[de]|3\d|[46][1-9a-f]|[57][\da]|5f|7e)[\da-f]{2})+/gi;

function textTest(wanted: string): (leaf: string) => boolean {
  return (leaf) => {
    for (let at = leaf.indexOf(wanted); at >= 0; at = leaf.indexOf(wanted, at + 1)) {
      if (isBoundary(leaf, at) && isBoundary(leaf, at + wanted.length)) return true;
    }
    return false;
  };
}

/** Whether no identifier runs on across this position. */
function isBoundary(leaf: string, at: number): boolean {
  if (!identifier.test(leaf[at - 1] ?? "")) return true;
  const next = leaf[at] === "." ? leaf[at + 1] : leaf[at];
  return next === "." || !identifier.test(next ?? "");
}

/** Surrogates too: what lies beyond the basic plane is not looked up. */
const identifier = /[\w.@+\-\p{L}\p{M}\p{N}\p{Cs}]/u;

/** Tokens of a glob: a code point to be met, or one of these. */
const anyRun = -1;
const anyOne = -2;

function globTokens(glob: string): readonly number[] {
  const tokens: number[] = [];
  for (const [part] of glob.matchAll(/\\[*?\\]|./gsu)) {
    if (part === "*") tokens.push(anyRun);
    else if (part === "?") tokens.push(anyOne);
    else tokens.push(part.codePointAt(part.length > 1 && part.startsWith("\\") ? 1 : 0) ?? 0);
  }
  return tokens;
}

/** What `*` and `?` do not take in. */
const wordEnd = /[\s"'`,;()[\]{}<>]/;

/**
 * Follows all ways to fit at once, from whichever boundary they began: `reached[n]` says that the
 * first n tokens fit what stands before the present position.
 */
function globTest(tokens: readonly number[]): (leaf: string) => boolean {
  const end = tokens.length;
  return (leaf) => {
    const reached = new Uint8Array(end + 1);
    for (let at = 0; ; ) {
      const atBoundary = isBoundary(leaf, at);
      if (atBoundary) reached[0] = 1;
      for (let n = 0; n < end; n++) {
        if (tokens[n] === anyRun && reached[n] === 1) reached[n + 1] = 1;
      }
      if (atBoundary && reached[end] === 1) return true;
      const char = leaf.codePointAt(at);
      if (char === undefined) return false;
      const inWord = !wordEnd.test(leaf.charAt(at));
      reached[end] = 0;
      for (let n = end - 1; n >= 0; n--) {
        if (reached[n] === 0) continue;
        const token = tokens[n];
        if (token === anyRun && inWord) continue;
        reached[n] = 0;
        if (token === char || (token === anyOne && inWord)) reached[n + 1] = 1;
      }
      at += char > 0xffff ? 2 : 1;
    }
  };
}
