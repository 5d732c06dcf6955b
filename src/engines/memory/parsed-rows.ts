/**
 * Rows like the kernel's, of records that were parsed because the kernel would not vouch for them.
 */

import { mentionables } from "../../event/mention.ts";
import { type CloudTrailRecord, type Json, textOf, valuesSpelled } from "../../event/record.ts";
import { parseEventTime } from "../../event/time.ts";
import { type Kernel, NO_ID, type Rows } from "../../kernel/kernel.ts";
import { idWords } from "./event-id.ts";
import { columnsOf, type LoadPlan } from "./plan.ts";

/** A record that was parsed, and its place in the kernel's input. */
export interface ReadRecord {
  readonly start: number;
  readonly end: number;
  readonly record: CloudTrailRecord;
}

/** Rows for records that the kernel would not vouch for, read from the parsed record. */
export function rowsOf(
  read: readonly ReadRecord[],
  plan: LoadPlan,
  { dictionaries, tokens }: Pick<Kernel, "dictionaries" | "tokens">,
): Rows {
  const count = read.length;
  const codes = columnsOf(plan).map((path, column) =>
    Uint32Array.from(read, ({ record }) => {
      const found = valuesSpelled(record, path);
      if (found.length === 0) return 0;
      const raw = jsonOf(found.length === 1 ? (found[0] as Json) : found);
      return dictionaries[column]?.intern(Buffer.from(raw)) ?? 0;
    }),
  );
  const ids = new Uint32Array(count * 4);
  const flags = new Uint8Array(count);
  const tokenStarts = new Uint32Array(plan.tokens ? count + 1 : 0);
  const tokenCodes: number[] = [];
  for (const [row, { record }] of read.entries()) {
    const id = record["eventID"];
    if (typeof id === "string" && id !== "") ids.set(idWords(id), row * 4);
    else flags[row] = NO_ID;
    if (!plan.tokens) continue;
    for (const text of mentionables(record)) {
      tokenCodes.push(tokens.intern(Buffer.from(JSON.stringify(text).slice(1, -1))));
    }
    tokenStarts[row + 1] = tokenCodes.length;
  }
  return {
    count,
    starts: Uint32Array.from(read, ({ start }) => start),
    ends: Uint32Array.from(read, ({ end }) => end),
    flags,
    times: Float64Array.from(
      read,
      ({ record }) => parseEventTime(record["eventTime"]) ?? Number.NaN,
    ),
    ids,
    codes,
    tokenStarts,
    tokenCodes: Uint32Array.from(tokenCodes),
  };
}

function jsonOf(value: Json): string {
  return typeof value === "string" ? JSON.stringify(value) : textOf(value);
}
