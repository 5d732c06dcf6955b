/**
 * What whoever reads records is told.
 */

export interface RecordVisitor {
  /** The file holds records, if only none or one that is cut off. */
  log(): void;
  /**
   * Records stand in the kernel: `kernel.starts` and `kernel.ends`, `count` of them. `base` is the
   * place of the kernel's input in the inflated file.
   */
  block(base: number, count: number): void;
  /**
   * From the place `from` on, places no longer count in the inflated file but in the events found there,
   * one a line. `originOf` tells where in the file an event stands, while it is being read.
   */
  expanded(from: number, originOf: (place: number) => number): void;
  /**
   * The kernel's input from `start` to `end` is damaged, for the reason given. Whole records may stand
   * in it.
   */
  damaged(base: number, start: number, end: number, reason: string): void;
  /** `offset` is always a place in the inflated file. */
  problem(offset: number, reason: string): void;
  /** The file holds something else than a CloudTrail log. */
  notLog(what: string): void;
}
