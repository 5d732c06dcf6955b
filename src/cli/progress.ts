/**
 * The progress line: how far reading has come, on stderr, on a terminal only, and only for work that
 * takes longer than half a second.
 */

interface Progress {
  readonly bytes: number;
  /** Where it is known how much there is. */
  readonly totalBytes?: number | undefined;
  readonly records: number;
}

export interface ProgressLine {
  update(progress: Progress): void;
  /** Takes the line away for good, before anything else is written. */
  end(): void;
}

export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const silenceMs = 500;
const intervalMs = 100;

/** `clock` gives milliseconds. */
export function progressLine(screen: Screen, clock: () => number): ProgressLine {
  let due = clock() + silenceMs;
  let shown = false;
  return {
    update(progress) {
      const now = clock();
      if (!screen.isTTY || now < due) return;
      due = now + intervalMs;
      shown = true;
      screen.write(`\r${progressText(progress).slice(0, (screen.columns ?? 80) - 1)}\x1b[K`);
    },
    end() {
      if (shown) screen.write("\r\x1b[K");
      shown = false;
      due = Number.POSITIVE_INFINITY;
    },
  };
}

function progressText({ bytes, totalBytes, records }: Progress): string {
  const share =
    totalBytes === undefined || totalBytes === 0
      ? ""
      : ` of ${megabytes(totalBytes)} (${Math.floor((100 * bytes) / totalBytes)}%)`;
  return `reading: ${megabytes(bytes)}${share}, ${records} records`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
}
