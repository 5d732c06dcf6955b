/**
 * From a feed of bytes to records in the kernel's memory, block by block.
 *
 * Holds the rest of a block over to the next, so a file of any size passes through a few megabytes.
 * Damage is told to the visitor with its place and then left behind: reading goes on at the next
 * place that can begin a record.
 */

import type { Kernel } from "../kernel/kernel.ts";
import { BlockReader } from "./block-reader.ts";
import type { Feed } from "./containers/container.ts";
import type { RecordVisitor } from "./record-visitor.ts";
import type { LineRange } from "./source.ts";

/** Reads all records, or with `range` those of the lines that start in it. Gives the bytes read. */
export async function readRecords(
  feed: Feed,
  kernel: Kernel,
  visitor: RecordVisitor,
  range?: LineRange,
): Promise<number> {
  const reader = new BlockReader(kernel, visitor, range);
  for (let goesOn = true; goesOn; ) {
    const filled = feed.fill(reader.room());
    const count = typeof filled === "number" ? filled : await filled;
    const damage = count === 0 ? feed.damage : undefined;
    goesOn = reader.take(count, damage);
    if (damage !== undefined) visitor.problem(reader.position, damage);
  }
  return reader.bytes;
}
