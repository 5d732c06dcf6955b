/**
 * Which rows of a block are kept, and what for.
 */

// Indexes stay within the block; the casts only drop the `undefined` of the checked index access.

import { compile } from "./evaluate.ts";
import { type Mask, raise } from "./mask.ts";
import type { Wanted } from "./plan.ts";
import { allRows, type ColumnOf, type View } from "./view.ts";

/** For each row whether it is wanted, worth keeping whole, and expected to be sketched. */
interface Chosen {
  readonly wanted: Mask;
  readonly kept: Mask;
  readonly sketched: Mask;
}

/** `held`: for each row the needles that it may hold; what holds none of a part's is none of it. */
export type Selector = (view: View, held: Uint8Array | undefined) => Chosen;

export function selectorFor(parts: readonly Wanted[], columnOf: ColumnOf): Selector {
  const judges = parts.map((part) => ({ ...part, judge: compile(part.filter, columnOf) }));
  return (view, held) => {
    const rows = allRows(view);
    const [wanted, kept, sketched] = [masked(view), masked(view), masked(view)];
    for (const { needles, keeps, sketches, judge } of judges) {
      const possible = held === undefined ? rows : rowsHolding(held, needles);
      if (possible.length === 0) continue;
      const verdicts = spread(judge(view, possible), possible, view);
      raise(wanted, verdicts);
      if (keeps) raise(kept, verdicts);
      if (sketches) raise(sketched, verdicts);
    }
    return { wanted, kept, sketched };
  };
}

function masked({ count }: View): Mask {
  return new Uint8Array(count);
}

/** A verdict for each row of the view, of verdicts on some. */
function spread(verdicts: Mask, rows: Uint32Array, view: View): Mask {
  if (rows.length === view.count) return verdicts;
  const mask = masked(view);
  for (let i = 0; i < rows.length; i += 1) mask[rows[i] as number] = verdicts[i] as number;
  return mask;
}

function rowsHolding(held: Uint8Array, needles: number): Uint32Array {
  const rows = new Uint32Array(held.length);
  let count = 0;
  for (let row = 0; row < held.length; row += 1) {
    if (((held[row] as number) & needles) === 0) continue;
    rows[count] = row;
    count += 1;
  }
  return rows.subarray(0, count);
}
