/**
 * One line of text as the words of a command line, quoted as in a shell: '...' as it is, "..." with
 * backslash before a quote or backslash, and a backslash outside quotes before anything.
 */

import { UserError } from "../query/user-error.ts";

/** Text between blanks: pieces quoted either way, escaped, or plain, without anything between them. */
const word = /(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/sy;
const piece = /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)|([^'"\\]+)/gs;

export function wordsOfLine(line: string): readonly string[] {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    at += /^\s*/.exec(line.slice(at))?.[0].length ?? 0;
    if (at === line.length) return words;
    word.lastIndex = at;
    const found = word.exec(line)?.[0];
    at += found?.length ?? 0;
    if (found === undefined || (at < line.length && !/\s/.test(line.charAt(at)))) {
      throw new UserError(`a quote is not closed: ${line.slice(at)}`);
    }
    words.push(unquoted(found));
  }
}

function unquoted(text: string): string {
  return text.replace(
    piece,
    (_, single?: string, double?: string, escaped?: string, plain?: string) =>
      single ?? double?.replace(/\\(["\\])/g, "$1") ?? escaped ?? plain ?? "",
  );
}
