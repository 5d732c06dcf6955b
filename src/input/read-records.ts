/**
 * From a feed of bytes to records in the kernel's memory, block by block.
 *
 * Holds the rest of a block over to the next, so a file of any size passes through a few megabytes.
 * Damage is told to the visitor with its place and then left behind: reading goes on at the next
 * place that can begin a record. Where a file goes on with documents that wrap others, the events in
 * them are read as lines from there on (`expansion.ts`).
 */

import type { Kernel } from "../kernel/kernel.ts";
import { BlockReader } from "./block-reader.ts";
import type { Feed } from "./containers/container.ts";
import { expand, following } from "./expansion.ts";
import type { RecordVisitor } from "./record-visitor.ts";
import type { LineRange } from "./source.ts";

/** Reads all records, or with `range` those of the lines that start in it. Gives the bytes read. */
export async function readRecords(
  feed: Feed,
  kernel: Kernel,
  visitor: RecordVisitor,
  range?: LineRange,
): Promise<number> {
  const reader = BlockReader.ofFile(kernel, visitor, range);
  await readAll(feed, reader, visitor);
  const { rest, window } = reader;
  if (rest === undefined) return window.bytesRead;
  const expanded = await readExpanded(following(rest, feed), window.end - rest.length, {
    kernel,
    visitor,
  });
  return window.bytesRead - rest.length + expanded;
}

async function readAll(feed: Feed, reader: BlockReader, visitor: RecordVisitor): Promise<void> {
  for (let goesOn = true; goesOn; ) {
    const filled = feed.fill(reader.window.room());
    const count = typeof filled === "number" ? filled : await filled;
    const damage = count === 0 ? feed.damage : undefined;
    goesOn = reader.take(count, damage);
    if (damage !== undefined) visitor.problem(reader.window.end, damage);
  }
}

interface Reading {
  readonly kernel: Kernel;
  readonly visitor: RecordVisitor;
}

/** Reads the events in wrapped documents, from `from` in the file on. Gives the bytes read. */
async function readExpanded(
  rest: Feed,
  from: number,
  { kernel, visitor }: Reading,
): Promise<number> {
  let isLog = false;
  let hasProblems = false;
  const log = () => {
    if (!isLog) visitor.log();
    isLog = true;
  };
  const problem = (offset: number, reason: string) => {
    hasProblems = true;
    visitor.problem(offset, reason);
  };
  const feed = expand(rest, from, problem);
  visitor.expanded(from, feed.originOf);
  const lines: RecordVisitor = {
    ...visitor,
    log: () => {},
    block(base, count) {
      log();
      visitor.block(base, count);
    },
    damaged(base, start, end, reason) {
      log();
      visitor.damaged(base, start, end, reason);
    },
    problem: (offset, reason) => problem(feed.originOf(offset), reason),
  };
  await readAll(feed, BlockReader.ofLines(kernel, lines, from), lines);
  const [what] = feed.seen;
  if (!isLog && !hasProblems && what !== undefined) visitor.notLog(what);
  return feed.position - from;
}
