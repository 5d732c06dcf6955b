/**
 * `node --expose-gc load-index.js <linked|plain> <threads> <path>`: loads and indexes logs, with or
 * without linking the sessions in them, and tells what that took.
 *
 * A process of its own for each, bundled like the program, so that nothing else is in the figures.
 */

import { memoryEngine } from "../src/engines/memory/index.ts";
import { allSessions, linkQuestions } from "../src/resolve/gather.ts";

export interface LoadFigures {
  /** Of all threads, from the start of the process. */
  readonly cpuSeconds: number;
  /** What the index and the links hold on to, in bytes. */
  readonly held: number;
  /** Calls that issued credentials. */
  readonly issues: number;
}

const [mode, threads, path = ""] = process.argv.slice(2);
const engine = memoryEngine({
  ...{ paths: [path], lateDeliveryMs: 0, index: true },
  threads: Number(threads),
});
const reading = engine.reading([{ kind: "survey" }, ...(mode === "linked" ? linkQuestions : [])]);
await reading.survey();
const sessions = mode === "linked" ? await allSessions(reading) : undefined;
const { user, system } = process.cpuUsage();
// Twice: what a first collection finds dead may hold on to what only a second one frees.
globalThis.gc?.();
globalThis.gc?.();
const { heapUsed, external } = process.memoryUsage();
const figures: LoadFigures = {
  cpuSeconds: (user + system) / 1e6,
  held: heapUsed + external,
  issues: sessions?.issues.length ?? 0,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
// Neither may be collected before it was measured.
if (reading.coverage().records === 0) throw new Error(`${path} holds no events`);
