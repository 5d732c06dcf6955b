/**
 * The databases of addresses that the user gives: read, and ready on this thread.
 */

import { readFile } from "node:fs/promises";
import { type GeoDatabase, openGeo } from "../event/geo.ts";
import { UserError } from "../query/user-error.ts";

/** To be done before questions are read, which may name fields that only a database fills. */
export async function openDatabases(files: readonly string[]): Promise<readonly GeoDatabase[]> {
  if (files.length === 0) return [];
  const databases = await Promise.all(files.map(databaseIn));
  const [none] = await openGeo(databases);
  if (none === undefined) return databases;
  throw new UserError(
    `--geoip: ${none.file} is no database of addresses in the MaxMind format (.mmdb)`,
  );
}

async function databaseIn(file: string): Promise<GeoDatabase> {
  try {
    const content = await readFile(file);
    const bytes = new SharedArrayBuffer(content.length);
    new Uint8Array(bytes).set(content);
    return { file, bytes };
  } catch (cause) {
    throw new UserError(`--geoip: cannot read ${file}`, { cause });
  }
}
