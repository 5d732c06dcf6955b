/**
 * Sums: what the numbers under one field add up to, for each group of events.
 *
 * Worked out of groups of the field's values, so that no engine needs to know how to add; whole numbers
 * are exact up to 2^53.
 */

import { quantityOf } from "../../query/compare.ts";
import type { Subject } from "../../query/filter.ts";
import type { Group } from "../../query/query.ts";
import { subjectsNamed } from "../../query/subject.ts";
import { UserError } from "../../query/user-error.ts";
import { counted, grouped } from "../../words/sentences.ts";

export interface Sums {
  /** The field that is added up. */
  readonly name: string;
  of(group: Group): number;
  readonly total: number;
  /** Events without a number there. */
  readonly without: number;
}

export function summedSubject(name: string): Subject {
  const [subject, ...others] = subjectsNamed(name, "--sum");
  if (subject === undefined || others.length > 0) throw new UserError("--sum: takes one field");
  return subject;
}

/** `parts` are the groups, further divided by the field; each number of an event counts once. */
export function sumsOf(name: string, parts: readonly Group[]): Sums {
  const sums = new Map<string, number>();
  let total = 0;
  let without = 0;
  for (const { values, count } of parts) {
    const quantity = quantityOf(values.at(-1) ?? "");
    if (quantity?.kind !== "number") {
      without += count;
      continue;
    }
    const key = valuesKey(values.slice(0, -1));
    const added = quantity.amount * count;
    sums.set(key, (sums.get(key) ?? 0) + added);
    total += added;
  }
  return { name, total, without, of: ({ values }) => sums.get(valuesKey(values)) ?? 0 };
}

function valuesKey(values: Group["values"]): string {
  return JSON.stringify(values.map((value) => value ?? null));
}

export function sumWords({ name, total, without }: Sums): string {
  const none =
    without > 0 ? `; ${counted(without, "event has", "events have")} no number there` : "";
  return `${name} adds up to ${amount(total)}${none}.`;
}

/** Thousands are set apart in whole numbers only. */
export function amount(sum: number): string {
  return Number.isSafeInteger(sum) ? grouped(sum) : String(sum);
}
