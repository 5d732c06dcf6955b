/**
 * What the files of a copy are: by their names, and where these tell nothing by what is in them.
 */

import { openFeed } from "../input/containers/index.ts";
import { reasonOf } from "../input/discover.ts";
import { openingOf, recognise } from "../input/formats/index.ts";
import { aDigest } from "../input/formats/not-logs.ts";
import { openingBytes } from "../input/formats/opening.ts";
import type { FileSource } from "../input/source.ts";
import type { Problem } from "../query/coverage.ts";
import { digestNameOf, logNameOf } from "./names.ts";

export interface Sorted {
  readonly digests: readonly FileSource[];
  readonly logs: readonly FileSource[];
  /** How many are something else. */
  readonly others: number;
  readonly problems: readonly Problem[];
}

type Kind = "digest" | "log" | "other";

export async function sorted(sources: readonly FileSource[]): Promise<Sorted> {
  const files: { readonly [kind in Kind]: FileSource[] } = { digest: [], log: [], other: [] };
  const problems: Problem[] = [];
  for (const source of sources) {
    try {
      files[namedKind(source.path) ?? (await contentKind(source))].push(source);
    } catch (error) {
      problems.push({ origin: source.origin, reason: reasonOf(error) });
    }
  }
  return { digests: files.digest, logs: files.log, others: files.other.length, problems };
}

function namedKind(path: string): Kind | undefined {
  if (digestNameOf(path) !== undefined) return "digest";
  return logNameOf(path) === undefined ? undefined : "log";
}

/** A log is what the program would read events from, or says that it cannot. */
async function contentKind(source: FileSource): Promise<Kind> {
  const feed = openFeed(source);
  try {
    const bytes = Buffer.alloc(openingBytes);
    const count = await feed.fill(bytes);
    const opening = openingOf(bytes.subarray(0, count), 0);
    if (opening === undefined) return "other";
    const recognised = recognise(opening);
    switch (recognised.kind) {
      case "records":
      case "documents":
      case "wrapped":
      case "translated":
      case "table":
      case "unreadable":
      case "unread":
        return "log";
      case "not a log":
        return recognised.what === aDigest ? "digest" : "other";
    }
  } finally {
    feed.close();
  }
}
