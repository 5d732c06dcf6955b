/**
 * `node --import tsx bench/generate.ts [--events 1000000]`: makes the logs and says where they are.
 */

import { parseArgs } from "node:util";
import { dataset } from "./dataset.ts";

const { values } = parseArgs({ options: { events: { type: "string", default: "1000000" } } });
const started = performance.now();
const { folder, truth } = await dataset(Number(values.events));
const seconds = ((performance.now() - started) / 1000).toFixed(1);
process.stdout.write(
  `${truth.events} events, ${truth.files} files, ${truth.bytes} bytes of JSON (${seconds} s): ${folder}\n`,
);
