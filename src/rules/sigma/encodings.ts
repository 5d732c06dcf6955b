/**
 * Values written otherwise before they are looked for: as Base64, as UTF-16, with other dashes
 * (specification 2.1.0, "Encoding").
 */

import { fail, type TextNode } from "../node.ts";
import type { Encoding } from "./modifiers.ts";
import { anyDash, plainText, type SigmaText } from "./text.ts";

/** All texts that the value may be written as. */
export function encodedTexts(
  written: SigmaText,
  encodings: readonly Encoding[],
  node: TextNode,
): readonly SigmaText[] {
  const [first] = encodings;
  if (first === undefined) return [written];
  if (first === "windash") return [written.flatMap(anyDash)];
  const plain = plainText(written);
  if (plain === undefined) return fail(node, `${first}: a text with wildcards cannot be encoded`);
  const wide = encodings.find((one) => one !== "base64" && one !== "base64offset");
  const bytes = bytesOf(plain, wide);
  if (encodings.includes("base64")) return [[{ text: bytes.toString("base64") }]];
  if (!encodings.includes("base64offset")) return [[{ text: bytes.toString("latin1") }]];
  const texts = offsets.map((offset) => withoutNeighbours(bytes, offset));
  if (texts.includes("")) return fail(node, `base64offset: "${plain}" is too short to be told`);
  return texts.map((text) => [{ text }]);
}

function bytesOf(text: string, encoding: Encoding | undefined): Buffer {
  const bytes = Buffer.from(text, encoding === undefined ? "utf8" : "utf16le");
  if (encoding === "utf16be") return bytes.swap16();
  return encoding === "utf16" ? Buffer.concat([Buffer.from([0xff, 0xfe]), bytes]) : bytes;
}

/** How many bytes of others stand before it in its group of three. */
const offsets = [0, 1, 2] as const;

/** The letters of Base64 that depend on nothing but these bytes. */
function withoutNeighbours(bytes: Buffer, offset: number): string {
  const before = Math.ceil((offset * 4) / 3);
  const whole = Math.floor(((offset + bytes.length) * 4) / 3);
  return Buffer.concat([Buffer.alloc(offset), bytes])
    .toString("base64")
    .slice(before, whole);
}
