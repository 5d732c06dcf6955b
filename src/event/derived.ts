/**
 * Fields that are worked out of several values rather than read from one.
 */

import { isReadOnly } from "./access.ts";
import { addressClassOf } from "./address-class.ts";
import type { Field } from "./fields.ts";
import { geoPlaceOf } from "./geo.ts";
import { mfaOf } from "./mfa.ts";
import { outcomeOfCall } from "./outcome.ts";
import { signInOf } from "./sign-in.ts";
import { classOf } from "./verb-classes.ts";
import { viaOf } from "./via.ts";

export type DerivedType = Exclude<Field["type"], "text" | "address" | "time">;

export function isDerived(type: Field["type"]): type is DerivedType {
  return type !== "text" && type !== "address" && type !== "time";
}

/** Where the first source has a text, the others count for nothing: messages differ from event to event. */
export const firstDecides: ReadonlySet<DerivedType> = new Set(["outcome"]);
/** Of fields that a log may have more values of than a byte can number. */
export const manyValued: readonly DerivedType[] = ["country", "network", "signIn"];

/** The value, from the first text of each source of the field, in their order. */
export function derivedValue(
  type: DerivedType,
  texts: readonly (string | undefined)[],
): string | undefined {
  const [first, second] = texts;
  switch (type) {
    case "outcome":
      return outcomeOfCall(...texts);
    case "readOnly":
      return isReadOnly(first, second)?.toString();
    case "mfa":
      return mfaOf(first, second);
    case "verbClass":
      return first === undefined ? undefined : classOf(first);
    case "addressClass":
      return addressClassOf(first, second);
    case "via":
      return viaOf(texts);
    case "signIn":
      return signInOf(first, second);
    case "country":
    case "network":
      return geoPlaceOf(type, first, second);
  }
}
