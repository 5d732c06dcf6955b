/**
 * Makes text from outside visible, so that a terminal, editor or reader shows it and never obeys it.
 *
 * Every human format passes each text through here once, and so does `cli` for file names and
 * errors. Machine formats that can say the same losslessly (`json-text.ts`) do that instead.
 */

/**
 * What has an effect but no look: controls (C0, DEL, C1), format characters (bidi, zero-width, tags,
 * byte order mark), line and paragraph separators, lone surrogates, and whatever fonts leave out
 * (variation selectors, fillers).
 */
export const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

const shortNames = new Map([
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\r", "\\r"],
]);

/** `\n`, `\x1b`, `<U+202E>`: hidden characters by name, all others as they are. */
export function safeText(text: string): string {
  return text.replace(hidden, visible);
}

function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return (
    shortNames.get(character) ??
    (code < 0x100 ? `\\x${hex.padStart(2, "0")}` : `<U+${hex.toUpperCase().padStart(4, "0")}>`)
  );
}
