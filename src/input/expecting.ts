/**
 * The states of reading a file: what its next bytes should be.
 */

import type { Records } from "./formats/format.ts";

/** Records, and what follows them. */
export type Following = Pick<Records, "layout" | "envelope">;

/** What comes next in the bytes. */
export type Expecting =
  | { readonly kind: "document" }
  | ({ readonly kind: "records" } & Following)
  /** The rest of the object whose array of records was read. */
  | { readonly kind: "envelope's end"; readonly envelope: string }
  /** Damage, up to the next place that can begin a record. */
  | ({ readonly kind: "damage" } & Following)
  /** Those are for another reader. */
  | { readonly kind: "wrapped documents" }
  | { readonly kind: "nothing" };

/** Of all layouts, the one that minds least what stands between records. */
export const anywhere: Expecting = { kind: "damage", layout: "elements", envelope: "Records" };
