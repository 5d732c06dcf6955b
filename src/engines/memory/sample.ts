/**
 * What tells the span of a source where most of its records are skipped unread.
 */

import { type CloudTrailRecord, parseRecord } from "../../event/record.ts";
import type { LineRange } from "../../input/source.ts";
import type { Kernel } from "../../kernel/kernel.ts";

/**
 * The first and the last record of a source: what is known of its span, accounts and regions when
 * most of its records are skipped unread. Of a part of a file only what is at the file's ends counts,
 * so that the answer does not depend on how the file was cut.
 */
export class Sample {
  private readonly wantsFirst: boolean;
  private readonly wantsLast: boolean;
  private first: Uint8Array | undefined;
  private last: Uint8Array | undefined;

  constructor(range: LineRange | undefined) {
    this.wantsFirst = range === undefined || range.from === 0;
    this.wantsLast = range === undefined || range.isLast;
  }

  see({ bytes, starts, ends }: Kernel, count: number): void {
    if (this.wantsFirst) this.first ??= bytes.slice(starts[0], ends[0]);
    if (this.wantsLast) this.last = bytes.slice(starts[count - 1], ends[count - 1]);
  }

  *records(): Generator<CloudTrailRecord> {
    for (const bytes of [this.first, this.last]) {
      const record = bytes === undefined ? undefined : parseRecord(bytes);
      if (record !== undefined) yield record;
    }
  }
}
