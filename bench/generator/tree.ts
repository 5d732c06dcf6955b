/**
 * Where the generated records stand: each delivery in a `.json.gz` file of its own, or all in one.
 */

import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { createGzip, gzip } from "node:zlib";

export interface TreeWriter {
  /** The file that a delivery goes to, from the root of the tree. */
  pathOf(delivery: string): string;
  write(path: string, records: readonly string[]): Promise<void>;
  /** How many files there are when all is written. */
  end(): Promise<number>;
}

const gzipped = promisify(gzip);

/** Files compressed at a time, beside the thread that writes the next one's text. */
const inFlight = 3;

export function treeOfFiles(root: string): TreeWriter {
  const pending = new Set<Promise<void>>();
  const folders = new Map<string, Promise<unknown>>();
  let files = 0;
  return {
    pathOf: (delivery) => delivery,
    async write(path, records) {
      files++;
      const job = writeOne(path, `{"Records":[${records.join(",")}]}`).finally(() =>
        pending.delete(job),
      );
      pending.add(job);
      if (pending.size >= inFlight) await Promise.race(pending);
    },
    async end() {
      await Promise.all(pending);
      return files;
    },
  };

  async function writeOne(path: string, text: string): Promise<void> {
    const folder = dirname(join(root, path));
    const made = folders.get(folder) ?? mkdir(folder, { recursive: true });
    folders.set(folder, made);
    const [bytes] = await Promise.all([gzipped(Buffer.from(text, "latin1")), made]);
    await writeFile(join(root, path), bytes);
  }
}

export function treeOfOneFile(root: string): TreeWriter {
  const file = "all-events.json.gz";
  mkdirSync(root, { recursive: true });
  const stream = createGzip();
  const written = pipeline(stream, createWriteStream(join(root, file)));
  let before = '{"Records":[';
  return {
    pathOf: () => file,
    async write(_, records) {
      const text = before + records.join(",");
      before = ",";
      if (!stream.write(text, "latin1")) await once(stream, "drain");
    },
    async end() {
      stream.end("]}");
      await written;
      return 1;
    },
  };
}
