/**
 * From the paths a user gave to the sources to read, in the order of their names: neither the disk nor
 * the order in which paths were given shows in an answer.
 *
 * Directories are walked to the bottom. A symbolic link the user named is followed; one met in a walk
 * is counted and left alone, so loops cannot arise. A file reached twice is read once.
 */

import { type BigIntStats, lstatSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { mayHoldWindow, type TimeWindow } from "./delivery-time.ts";
import type { Source } from "./source.ts";

interface Unreadable {
  readonly origin: string;
  readonly reason: string;
}

export interface Discovery {
  /** As the user gave them. */
  readonly paths: readonly string[];
  readonly sources: readonly Source[];
  readonly unreadable: readonly Unreadable[];
  /** Links, devices and sockets met in a walk. */
  readonly notFollowed: number;
  /** Files whose name puts them outside the window. */
  readonly outsideWindow: number;
  /** Files left out as nothing proves them, if only proven ones are to be read. */
  readonly unverified?: readonly {
    readonly why: string;
    readonly files: number;
    readonly first: string;
  }[];
}

export const standardInput: Source = { kind: "stream", target: 0, origin: "(standard input)" };

export function discover(paths: readonly string[], window: TimeWindow): Discovery {
  const unreadable: Unreadable[] = [];
  const notFollowed = new Set<string>();
  /** By what the file system knows a file by; of several names the first in order. */
  const found = new Map<string, Source>();

  const add = (path: string, stats: BigIntStats) => {
    const identity = identityOf(path, stats);
    const known = found.get(identity);
    if (known !== undefined && compareText(known.origin, path) <= 0) return;
    const source: Source = stats.isFile()
      ? { kind: "file", path, origin: path, bytes: Number(stats.size) }
      : { kind: "stream", target: path, origin: path };
    found.set(identity, source);
  };

  const walk = (top: string) => {
    const pending = [top];
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      for (const name of namesIn(folder, unreadable)) {
        const path = join(folder, name);
        const stats = statsOf(path, lstatSync, unreadable);
        if (stats === undefined) continue;
        if (stats.isDirectory()) pending.push(path);
        else if (stats.isFile()) add(path, stats);
        else notFollowed.add(identityOf(path, stats));
      }
    }
  };

  for (const path of paths) {
    if (path === "-") {
      found.set(path, standardInput);
      continue;
    }
    const stats = statsOf(path, statSync, unreadable);
    if (stats === undefined) continue;
    if (stats.isDirectory()) walk(path);
    else if (stats.isFile() || stats.isFIFO()) add(path, stats);
    else unreadable.push({ origin: path, reason: "is neither a file, a directory nor a pipe" });
  }
  const all = [...found.values()].sort((a, b) => compareText(a.origin, b.origin));
  const sources = all.filter(
    (source) => source.kind === "stream" || mayHoldWindow(source.path, window),
  );
  unreadable.sort((a, b) => compareText(a.origin, b.origin));
  return {
    paths,
    sources,
    unreadable,
    notFollowed: notFollowed.size,
    outsideWindow: all.length - sources.length,
  };
}

/** Some network file systems have no inode numbers; a path is then all there is. */
function identityOf(path: string, { dev, ino }: BigIntStats): string {
  return ino === 0n ? path : `${dev}:${ino}`;
}

/** By code unit: a locale would make the order depend on the machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function namesIn(folder: string, unreadable: Unreadable[]): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    unreadable.push({ origin: folder, reason: reasonOf(error) });
    return [];
  }
}

function statsOf(
  path: string,
  stat: (path: string, options: { bigint: true }) => BigIntStats,
  unreadable: Unreadable[],
): BigIntStats | undefined {
  try {
    return stat(path, { bigint: true });
  } catch (error) {
    unreadable.push({ origin: path, reason: reasonOf(error) });
    return undefined;
  }
}

const reasons: Record<string, string> = {
  ENOENT: "no such file or directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EISDIR: "is a directory",
  ELOOP: "a symbolic link leads back to itself",
  ENOTDIR: "a part of the path is not a directory",
  EMFILE: "too many open files",
  EIO: "input/output error",
};

/** The system's error in words; the path is named beside it. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) return String(error);
  return reasons[code] ?? `cannot be read (${code})`;
}

/** The system's name of an error, such as `EAGAIN`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
