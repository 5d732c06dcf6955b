/**
 * What the user saved to check the signatures of digests with: read, and held to be what it should be.
 */

import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { keysIn, type SavedFile, signaturesIn, type Trust } from "../digests/trust.ts";
import { UserError } from "../query/user-error.ts";

interface Named {
  readonly publicKeys: readonly string[];
  /** Files, and folders of such files. */
  readonly headObjects: readonly string[];
}

export async function readTrust({ publicKeys, headObjects }: Named): Promise<Trust> {
  const flag = "--head-object";
  const heads = await Promise.all(headObjects.map((path) => filesAt(flag, path)));
  return {
    keys: keysIn(await Promise.all(publicKeys.map((file) => textIn("--public-keys", file)))),
    signatures: signaturesIn(await Promise.all(heads.flat().map((file) => textIn(flag, file)))),
  };
}

async function filesAt(flag: string, path: string): Promise<readonly string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = (await readdir(path)).filter((name) => name.endsWith(".json"));
    return names.sort().map((name) => join(path, name));
  } catch (cause) {
    throw new UserError(`${flag}: cannot read ${path}`, { cause });
  }
}

async function textIn(flag: string, file: string): Promise<SavedFile> {
  try {
    return { file, text: await readFile(file, "utf8") };
  } catch (cause) {
    throw new UserError(`${flag}: cannot read ${file}`, { cause });
  }
}
