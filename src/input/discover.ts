/**
 * From the paths a user gave to the sources to read, in the order of their names: neither the disk nor
 * the order in which paths were given shows in an answer.
 *
 * Directories are walked to the bottom. A symbolic link the user named is followed; one met in a walk
 * is counted and left alone, so loops cannot arise. A file reached twice is read once.
 */

import { lstatSync, readdirSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { mayHoldWindow, type TimeWindow } from "./delivery-time.ts";
import type { Source } from "./source.ts";

export interface Unreadable {
  readonly origin: string;
  readonly reason: string;
}

export interface Discovery {
  readonly sources: readonly Source[];
  readonly unreadable: readonly Unreadable[];
  /** Links, devices and sockets met in a walk. */
  readonly notFollowed: number;
  /** Files whose name puts them outside the window. */
  readonly outsideWindow: number;
}

export const standardInput: Source = { kind: "stream", target: 0, origin: "(standard input)" };

export function discover(paths: readonly string[], window: TimeWindow): Discovery {
  const sources: Source[] = [];
  const unreadable: Unreadable[] = [];
  const seen = new Set<string>();
  let notFollowed = 0;
  let outsideWindow = 0;

  const addFile = (path: string, stats: Stats, name: string) => {
    if (isRepeated(seen, stats)) return;
    if (mayHoldWindow(name, window)) {
      sources.push({ kind: "file", path, origin: path, bytes: stats.size });
    } else {
      outsideWindow += 1;
    }
  };

  const walk = (top: string) => {
    const pending = [top];
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      const below: string[] = [];
      for (const name of namesIn(folder, unreadable)) {
        const path = join(folder, name);
        const stats = statsOf(path, lstatSync, unreadable);
        if (stats === undefined) continue;
        if (stats.isDirectory()) below.push(path);
        else if (stats.isFile()) addFile(path, stats, name);
        else notFollowed += 1;
      }
      pending.push(...below.reverse());
    }
  };

  for (const path of paths) {
    if (path === "-") {
      if (!sources.includes(standardInput)) sources.push(standardInput);
      continue;
    }
    const stats = statsOf(path, statSync, unreadable);
    if (stats === undefined) continue;
    if (stats.isDirectory()) walk(path);
    else if (stats.isFile()) addFile(path, stats, path);
    else if (stats.isFIFO()) sources.push({ kind: "stream", target: path, origin: path });
    else unreadable.push({ origin: path, reason: "is neither a file, a directory nor a pipe" });
  }
  sources.sort((a, b) => compareText(a.origin, b.origin));
  unreadable.sort((a, b) => compareText(a.origin, b.origin));
  return { sources, unreadable, notFollowed, outsideWindow };
}

/** By code unit: a locale would make the order depend on the machine. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function isRepeated(seen: Set<string>, stats: Stats): boolean {
  const identity = `${stats.dev}:${stats.ino}`;
  if (seen.has(identity)) return true;
  seen.add(identity);
  return false;
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
  stat: (path: string) => Stats,
  unreadable: Unreadable[],
): Stats | undefined {
  try {
    return stat(path);
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
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return reasons[code] ?? (code === "" ? String(error) : `cannot be read (${code})`);
}
