/**
 * Comparing without regard to case, the same everywhere: ASCII letters only, so that the kernel can
 * do it over bytes, and a Kelvin sign never passes for a `k`.
 */

const beyondAscii = /[\u0080-\uffff]/;

/** Lower case for ASCII letters; everything else stays as it is, so positions stay too. */
export function foldCase(text: string): string {
  return beyondAscii.test(text)
    ? text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase())
    : text.toLowerCase();
}
