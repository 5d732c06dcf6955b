/**
 * `node --import tsx bench/generate.ts [--events 1000000] [--mix 5] [--out <folder>]`: makes the logs and
 * says where they are. Each property of the mix can be given by itself; `--help` lists them.
 */

import { parseArgs } from "node:util";
import { dataFolder, dataset, usualSeed } from "./dataset.ts";
import { type Mix, type MixName, mixes, mixNames } from "./generator/mix.ts";

const help = `Makes CloudTrail logs, as a tree of .json.gz files and as one NDJSON file.

  --events <n>      how many (1000000)
  --mix <name>      ${mixNames.join(", ")}: events in a hundred that issue credentials (5)
  --out <folder>    where to put them (bench/.data/)
  --seed <n>        other events of the same mix (${usualSeed})

Of the mix, each in place of its own:
  --issuing <share>    of the events that issue credentials, 0 to 0.5
  --unseen <share>     of the sessions whose beginning is not in the logs, 0 to 1
  --file-size <n>      events a file on average; 1 for a file an event, "all" for one file
  --accounts <n>       1 to 700
  --long <share>       of the events with parameters of many kilobytes, 0 to 1
`;

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    mix: { type: "string", default: "5" },
    out: { type: "string" },
    seed: { type: "string", default: String(usualSeed) },
    issuing: { type: "string" },
    unseen: { type: "string" },
    "file-size": { type: "string" },
    accounts: { type: "string" },
    long: { type: "string" },
    help: { type: "boolean" },
  },
});

function numberFrom(
  text: string | undefined,
  fallback: number,
  [least, most]: readonly [number, number],
): number {
  if (text === undefined) return fallback;
  const number = text === "all" ? Number.POSITIVE_INFINITY : Number(text);
  if (!(number >= least && number <= most)) throw new Error(`${text} is not ${least} to ${most}`);
  return number;
}

function mixNamed(name: string): Mix {
  if (!Object.hasOwn(mixes, name))
    throw new Error(`no mix ${name}; there are ${mixNames.join(", ")}`);
  return mixes[name as MixName];
}

if (values.help) {
  process.stdout.write(help);
} else {
  const base = mixNamed(values.mix);
  const mix: Mix = {
    issuing: numberFrom(values.issuing, base.issuing, [0, 0.5]),
    unseen: numberFrom(values.unseen, base.unseen, [0, 1]),
    fileSize: numberFrom(values["file-size"], base.fileSize, [1, Number.POSITIVE_INFINITY]),
    accounts: numberFrom(values.accounts, base.accounts, [1, 700]),
    long: numberFrom(values.long, base.long, [0, 1]),
  };
  const events = numberFrom(values.events, 1_000_000, [1000, 100_000_000]);
  const seed = numberFrom(values.seed, usualSeed, [0, 0xffff_ffff]);
  const started = performance.now();
  const { folder, truth } = await dataset(
    values.out ?? dataFolder(`mix-${Object.values(mix).join("-")}-${events}`),
    { events, seed, mix },
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${truth.events} events (${truth.issuing} issue credentials), ${truth.files} files, ${truth.bytes} bytes of JSON (${seconds} s): ${folder}\n`,
  );
}
