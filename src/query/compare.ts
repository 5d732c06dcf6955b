/**
 * Order between texts: for tests numbers with numbers, RFC 3339 times with such times, anything else
 * never; for sorting by code units, the same on every machine.
 */

import { parseEventTime, partsOfTime } from "../event/time.ts";
import type { Filter } from "./filter.ts";

type Comparison = Extract<Filter, { kind: "compare" }>;
type Operator = Comparison["operator"];

interface Quantity {
  readonly kind: "number" | "time";
  readonly amount: number;
  /** Of an integer, whatever its digits. */
  readonly whole?: bigint;
}

/** What a text amounts to; undefined if it has no order. */
export function quantityOf(text: string): Quantity | undefined {
  if (/^-?\d{16,}$/.test(text))
    return { kind: "number", amount: Number(text), whole: BigInt(text) };
  if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return { kind: "number", amount: Number(text) };
  const time = /^\d{4}-\d\d-\d\dT/i.test(text) ? parseEventTime(text) : undefined;
  return time === undefined ? undefined : { kind: "time", amount: time };
}

/** The test whether a text stands so to the value. */
export function compares({
  operator,
  value,
  part,
}: Pick<Comparison, "operator" | "value" | "part">): (text: string) => boolean {
  const bound = quantityOf(value);
  if (bound === undefined) return () => false;
  if (part !== undefined) {
    const holdsPart = comparison(operator, bound.amount);
    return (text) => {
      const time = parseEventTime(text);
      return time !== undefined && holdsPart(partsOfTime[part](time));
    };
  }
  const holds = comparison(operator, bound.amount);
  const holdsWhole = bound.whole === undefined ? undefined : comparison(operator, bound.whole);
  return (text) => {
    const quantity = quantityOf(text);
    if (quantity?.whole !== undefined && holdsWhole !== undefined)
      return holdsWhole(quantity.whole);
    return quantity?.kind === bound.kind && holds(quantity.amount);
  };
}

function comparison<Amount extends number | bigint>(
  operator: Operator,
  bound: Amount,
): (amount: Amount) => boolean {
  switch (operator) {
    case "=":
      return (amount) => amount === bound;
    case "<":
      return (amount) => amount < bound;
    case "<=":
      return (amount) => amount <= bound;
    case ">":
      return (amount) => amount > bound;
    case ">=":
      return (amount) => amount >= bound;
  }
}

/** For `sort`. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
