/**
 * Why a call was denied, in the words of a table.
 */

import type { Denial } from "../event/denial.ts";
import type { CloudTrailRecord } from "../event/record.ts";
import { valuesOf } from "../event/values.ts";

/** `no identity-based policy allows it`, `explicit deny in a service control policy (p-0a1b2c3d)`. */
export function reasonWords(
  { policyType, explicit, policyArn, encoded }: Denial,
  record: CloudTrailRecord,
): string {
  const [code] = valuesOf("errorCode", record);
  switch (policyType) {
    case undefined:
      if (explicit) return "explicit deny";
      if (encoded) return "only an encoded message";
      return code === undefined ? "not told" : `not told (${code})`;
    case "S3 Block Public Access":
      return "S3 Block Public Access prevents it";
    case "cross-account pass role":
      return "a role of another account cannot be passed";
    default: {
      const policy = policyType.endsWith("boundary") ? policyType : `${policyType} policy`;
      if (explicit === undefined) return `denied by a ${policy}`;
      if (!explicit) return `no ${policy} allows it`;
      const article = /^[aeiou]/.test(policy) ? "an" : "a";
      const which = policyArn === undefined ? "" : ` (${policyArn.split("/").at(-1)})`;
      return `explicit deny in ${article} ${policy}${which}`;
    }
  }
}
