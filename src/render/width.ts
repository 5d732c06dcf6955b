/**
 * How many terminal columns text takes, and how to break it to fit. The text is safe (`safe-text.ts`)
 * and holds no line ends.
 */

const ascii = /^[\x20-\x7e]*$/;
const joined = /[\p{M}\p{Emoji_Modifier}]/u;
/** East Asian wide and full-width blocks; pairs of regional indicators make one flag. */
const wide =
  /(?!\p{Regional_Indicator})[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

export function displayWidth(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The blanks that fill the text up to the width. */
export function padding(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - displayWidth(text)));
}

/** Lines of at most `width` columns, broken at spaces, inside a word only where it is too long. */
export function wrapped(text: string, width: number): readonly string[] {
  if (displayWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((whole) => broken(whole, width))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (displayWidth(longer) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function broken(word: string, width: number): readonly string[] {
  if (displayWidth(word) <= width) return [word];
  const parts: string[] = [];
  let part = "";
  let taken = 0;
  for (const character of word) {
    const next = characterWidth(character);
    if (taken + next > width && part !== "") {
      parts.push(part);
      part = "";
      taken = 0;
    }
    part += character;
    taken += next;
  }
  return [...parts, part];
}

export function characterWidth(character: string): number {
  if (joined.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
