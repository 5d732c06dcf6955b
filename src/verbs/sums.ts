/**
 * Sums: what the numbers under one field add up to, for each group of events.
 *
 * Worked out of groups of the field's values, so that no engine needs to know how to add; whole numbers
 * are exact up to 2^53.
 */

import { quantityOf } from "../query/compare.ts";
import type { Filter, Subject } from "../query/filter.ts";
import type { Engine, Group } from "../query/query.ts";
import { subjectName, subjectsNamed } from "../query/subject.ts";
import { UserError } from "../query/user-error.ts";
import { counted, grouped } from "./sentences.ts";

export interface Sums {
  /** The field that is added up. */
  readonly name: string;
  by(group: Group): number;
  readonly total: number;
  /** Events without a number there. */
  readonly without: number;
}

export function summedSubject(name: string): Subject {
  const [subject, ...others] = subjectsNamed(name, "--sum");
  if (subject === undefined || others.length > 0) throw new UserError("--sum: takes one field");
  return subject;
}

/** An event with several numbers there counts each once. */
export async function sumsOf(
  engine: Engine,
  filter: Filter,
  by: readonly Subject[],
  summed: Subject,
): Promise<Sums> {
  const parts = await engine.groups({ kind: "groups", filter, by: [...by, summed] });
  const sums = new Map<string, number>();
  let total = 0;
  let without = 0;
  for (const { values, count } of parts) {
    const quantity = quantityOf(values.at(-1) ?? "");
    if (quantity?.kind !== "number") without += count;
    else {
      const key = JSON.stringify(values.slice(0, -1));
      sums.set(key, (sums.get(key) ?? 0) + quantity.amount * count);
      total += quantity.amount * count;
    }
  }
  const sumBy = ({ values }: Group) => sums.get(JSON.stringify(values)) ?? 0;
  return { name: subjectName(summed), by: sumBy, total, without };
}

export function total({ name, total, without }: Sums): string {
  const none =
    without > 0 ? `; ${counted(without, "event has", "events have")} no number there` : "";
  return `${name} adds up to ${amount(total)}${none}.`;
}

/** Thousands are set apart in whole numbers only. */
export function amount(sum: number): string {
  return Number.isSafeInteger(sum) ? grouped(sum) : String(sum);
}
