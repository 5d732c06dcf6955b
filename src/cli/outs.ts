/**
 * Answers written to files beside the one on stdout: `--out sarif=report.sarif`. A file is there whole or
 * not at all, so that nobody uploads half a report.
 */

import { createWriteStream } from "node:fs";
import { readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Answer } from "../query/answer.ts";
import { UserError } from "../query/user-error.ts";
import type { Format, RenderOptions } from "../render/format.ts";
import type { VerbDescription } from "../verbs/verb.ts";
import { formatFor } from "./answering.ts";

export interface Out {
  readonly format: Format;
  /** As the user named it. */
  readonly path: string;
  /** Undefined for a device or a pipe, which is written to as it is. */
  readonly file: string | undefined;
}

/** Refuses what cannot be written before anything is read. */
export async function outsFrom(
  given: readonly string[],
  verb: VerbDescription,
): Promise<readonly Out[]> {
  const outs: Out[] = [];
  for (const text of given) {
    const [, name, path] = /^([a-z]+)=(.+)$/s.exec(text) ?? [];
    if (name === undefined || path === undefined) {
      throw new UserError(`--out: "${text}" is not FORMAT=PATH; give sarif=report.sarif`);
    }
    const out = { format: formatFor("--out", name, verb), path, file: await fileAt(path) };
    if (out.file !== undefined && outs.some(({ file }) => file === out.file)) {
      throw new UserError(`--out: ${path} is named twice`);
    }
    outs.push(out);
  }
  return outs;
}

/** Behind links, which stay. */
async function fileAt(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new UserError(`--out: ${path} is a folder; name a file in it`);
  if (found !== undefined) return found.isFile() ? realpath(path) : undefined;
  const folder = await stat(dirname(path)).catch(() => undefined);
  if (folder?.isDirectory()) return join(await realpath(dirname(path)), basename(path));
  throw new UserError(`--out: there is no folder ${dirname(path)} to write ${path} to`);
}

/** All are finished before the first stands where it was to be written. */
export async function writeOuts(
  outs: readonly Out[],
  answer: Answer,
  options: Pick<RenderOptions, "timeZone">,
): Promise<void> {
  const plain: RenderOptions = { ...options, width: undefined, colour: 0 };
  const finished: { readonly draft: string; readonly file: string }[] = [];
  try {
    for (const { format, path, file } of outs) {
      const pieces = format.render(answer, plain);
      if (file === undefined) {
        await asUserError(path, () => pipeline(pieces, createWriteStream(path)));
        continue;
      }
      const draft = join(dirname(file), `.${basename(file)}.${process.pid}.partial`);
      finished.push({ draft, file });
      await asUserError(path, async () => {
        const before = format.isAppended ? await readFile(file).catch(() => undefined) : undefined;
        await pipeline(after(before, pieces), createWriteStream(draft, { flags: "wx" }));
      });
    }
    for (const { draft, file } of finished) await asUserError(file, () => rename(draft, file));
  } finally {
    for (const { draft } of finished) await rm(draft, { force: true });
  }
}

async function* after(before: Uint8Array | undefined, pieces: ReturnType<Format["render"]>) {
  if (before !== undefined) yield before;
  yield* pieces;
}

async function asUserError(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause)) throw cause;
    throw new UserError(`--out: cannot write ${path} (${String(cause.code)})`, { cause });
  }
}
