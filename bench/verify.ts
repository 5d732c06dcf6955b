/**
 * What validation costs: every log of the tree inflated and hashed, beside what any program has to do for
 * that. The digests are signed by a key made for the run.
 */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import {
  headObject,
  type Listed,
  publicKeys,
  type SignedDigest,
  signedDigest,
  trailKey,
  writeFiles,
} from "../test/builders/signed-trail.ts";
import { measure } from "./measure.ts";
import { type Input, shell } from "./programs/program.ts";
import { trailhoundWith } from "./programs/trailhound.ts";
import { type CaseResults, type Round, summed } from "./results.ts";

export async function runVerify(input: Input, rounds: number): Promise<CaseResults> {
  const trail = signedTree(input);
  const keys = ["--public-keys", join(trail, "keys.json"), "--head-object", join(trail, "heads")];
  const commands = [
    ["trailhound", trailhoundWith("verify", ...keys, input.path, join(trail, "digests"))],
    [
      "gzip, openssl dgst",
      shell(
        `find "$1" "$2" -name '*.json.gz' | xargs gzip -cd | openssl dgst -sha256`,
        ...[input.path, join(trail, "digests")],
      ),
    ],
  ] as const;
  const runs = new Map<string, Round[]>();
  // Round 0 brings the files into the page cache.
  for (let round = 0; round <= rounds; round++) {
    for (const [name, command] of commands) {
      const measured = await measure(command);
      if (measured.status !== 0) throw new Error(`${name}: ${measured.stdout}${measured.stderr}`);
      if (round > 0) runs.set(name, [...(runs.get(name) ?? []), { measured, figures: {} }]);
    }
  }
  return {
    question: "verify",
    shape: input.shape,
    results: [...runs].map(([name, own]) => summed(name, own)),
    wrong: [],
  };
}

/** Hourly digests of the tree, in a folder of their own, with keys and the newest signatures. */
function signedTree({ path, folder }: Input): string {
  const trail = join(folder, "trail");
  if (existsSync(join(trail, "keys.json"))) return trail;
  rmSync(trail, { recursive: true, force: true });
  const key = trailKey();
  const digests = new Map<string, Buffer>();
  const heads = new Map<string, string>();
  for (const [chain, hours] of hoursIn(path)) {
    const [account = "", region = ""] = chain.split(" ");
    let previous: SignedDigest | undefined;
    for (let end = Math.min(...hours.keys()); end <= Math.max(...hours.keys()); end += hourMs) {
      const time = new Date(end).toISOString().replace(".000", "");
      const logs = hours.get(end) ?? [];
      previous = signedDigest({ key, account, region, end: time, logs, previous });
      digests.set(previous.key, previous.bytes);
    }
    heads.set(`${chain}.json`, headObject(previous?.signature ?? ""));
  }
  writeFiles(join(trail, "digests"), digests);
  writeFiles(join(trail, "heads"), heads);
  writeFileSync(join(trail, "keys.json"), publicKeys(key));
  return trail;
}

const hourMs = 60 * 60 * 1000;

/** Logs by account and region, and by the end of the hour in which they were delivered. */
function hoursIn(tree: string): ReadonlyMap<string, Map<number, Listed[]>> {
  const chains = new Map<string, Map<number, Listed[]>>();
  for (const file of readdirSync(tree, { recursive: true, encoding: "utf8" })) {
    const [, account, region, date, clock] =
      /^(\d+)_CloudTrail_([a-z0-9-]+)_(\d{8})T(\d{4})Z/.exec(basename(file)) ?? [];
    if (date === undefined || clock === undefined) continue;
    const written = `${date}${clock}`.replace(/(....)(..)(..)(..)(..)/, "$1-$2-$3T$4:$5:00Z");
    const end = Math.ceil((Date.parse(written) + 1) / hourMs) * hourMs;
    const hash = createHash("sha256").update(gunzipSync(readFileSync(join(tree, file))));
    const hours = chains.get(`${account} ${region}`) ?? new Map<number, Listed[]>();
    chains.set(`${account} ${region}`, hours);
    hours.set(end, [...(hours.get(end) ?? []), { key: file, hash: hash.digest("hex") }]);
  }
  return chains;
}
