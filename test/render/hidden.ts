/** The oracle for hidden characters: a plain list of ranges, independent of Unicode properties. */

const ranges: readonly (readonly [first: number, last: number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x061c, 0x061c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xd800, 0xdfff],
  [0xfeff, 0xfeff],
  [0xe0000, 0xe007f],
];

/** The first hidden character of the text, in hexadecimal. */
export function hiddenIn(text: string, allowed = ""): string | undefined {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (allowed.includes(character)) continue;
    if (ranges.some(([first, last]) => first <= code && code <= last)) return code.toString(16);
  }
  return undefined;
}
