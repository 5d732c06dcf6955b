/**
 * `node --expose-gc load-index.js <threads> <path>`: loads and indexes logs, links all sessions in them,
 * and tells what that took.
 *
 * A process of its own, bundled like the program, so that nothing else is in the figures.
 */

import { memoryEngine } from "../src/engines/memory/index.ts";
import { allSessions, linkQuestions } from "../src/resolve/gather.ts";

export interface LoadFigures {
  /** What the index and the links hold on to, in bytes. */
  readonly held: number;
  /** Calls that issued credentials. */
  readonly issues: number;
}

function inUse(): number {
  // Twice: what a first collection finds dead may hold on to what only a second one frees.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const [threads, path = ""] = process.argv.slice(2);
const before = inUse();
const engine = memoryEngine({
  ...{ paths: [path], lateDeliveryMs: 0, index: true },
  threads: Number(threads),
});
const reading = engine.reading([{ kind: "survey" }, ...linkQuestions]);
await reading.survey();
const { issues } = await allSessions(reading);
const figures: LoadFigures = { held: inUse() - before, issues: issues.length };
process.stdout.write(`${JSON.stringify(figures)}\n`);
// Neither may be collected before it was measured.
if (reading.coverage().records === 0) throw new Error(`${path} holds no events`);
