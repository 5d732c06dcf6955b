/**
 * Masks: for each row, what is known of whether it matches.
 */

export const no = 0;
/** The columns cannot tell; the record can. */
export const maybe = 1;
export const yes = 2;

/** One of `no`, `maybe`, `yes` for each row. */
export type Mask = Uint8Array;
