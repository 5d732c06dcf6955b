/**
 * `npm run fuzz -- --seconds 60 [--seed N] [--target NAME]`: feeds what reads foreign bytes with
 * mutations of sound ones. What fails, or takes too long, is kept in `test/fuzz/finds`, where the tests
 * run it again.
 */

import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { chanceFrom, mutated } from "./mutate.ts";
import { targets } from "./targets.ts";

/** Under load; what hangs never ends. */
const slowMs = 10_000;

interface Find {
  readonly target: string;
  readonly input: Uint8Array;
  readonly error: string;
}

/** Node 20 gives the loader of TypeScript to the first thread alone. */
const start = `
  const { program } = require("node:worker_threads").workerData;
  import("tsx/esm/api").then(({ register }) => { register(); return import(program); });
`;

if (isMainThread) await lead();
else await work();

/** Runs turns in a thread of its own, which can be ended when it hangs. */
async function lead(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "60" },
      seed: { type: "string", default: `${Date.now() % 2 ** 31}` },
      target: { type: "string" },
    },
  });
  const until = Date.now() + Number(values.seconds) * 1000;
  let seed = Number(values.seed);
  let tried = 0;
  const finds = new Map<string, string>();
  say(`seed ${seed}`);
  while (Date.now() < until) {
    const turn = await oneTurn({ seed, until, target: values.target });
    tried += turn.tried;
    seed += 1;
    if (turn.find !== undefined) keep(turn.find, finds);
    if (finds.size >= 20) break;
  }
  say(`${tried} inputs, ${finds.size} kinds of fault`);
  process.exitCode = finds.size > 0 ? 1 : 0;
}

interface Turn {
  readonly seed: number;
  readonly until: number;
  readonly target: string | undefined;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Up to a find or the end of the time. */
async function oneTurn(turn: Turn): Promise<{ readonly tried: number; readonly find?: Find }> {
  const shared = new SharedArrayBuffer(128 * 1024);
  const workerData = { ...turn, shared, program: import.meta.url };
  const worker = new Worker(start, { eval: true, workerData });
  const head = new Int32Array(shared, 0, 4);
  return new Promise((resolve) => {
    let last = -1;
    const watch = setInterval(() => {
      const now = Atomics.load(head, 0);
      if (now === last && now > 0) finish(`hangs: no answer in ${slowMs} ms`);
      last = now;
    }, slowMs);
    const finish = (error: string | undefined) => {
      clearInterval(watch);
      const target = targets[Atomics.load(head, 1)]?.name ?? "";
      const input = Buffer.from(new Uint8Array(shared, 16, Atomics.load(head, 2)));
      const tried = Atomics.load(head, 0);
      void worker.terminate();
      resolve({ tried, ...(error !== undefined && { find: { target, input, error } }) });
    };
    worker.on("message", (error: string | undefined) => finish(error));
    worker.on("error", (error) => finish(`${error.stack}`));
  });
}

/** One of each kind: the same place in the program fails for the same reason. */
function keep({ target, input, error }: Find, finds: Map<string, string>): void {
  const kind = `${target} ${/at .*(?:src|node_modules)\/\S+/.exec(error)?.[0] ?? error.slice(0, 200)}`;
  if (finds.has(kind)) return;
  const name = `${target}-${createHash("sha256").update(input).digest("hex").slice(0, 12)}`;
  mkdirSync("test/fuzz/finds", { recursive: true });
  writeFileSync(`test/fuzz/finds/${name}`, input);
  finds.set(kind, name);
  say(`${name}: ${error.split("\n").slice(0, 12).join("\n  ")}`);
}

async function work(): Promise<void> {
  const { seed, until, target, shared } = workerData as Turn & { shared: SharedArrayBuffer };
  const chance = chanceFrom(seed);
  const head = new Int32Array(shared, 0, 4);
  const room = new Uint8Array(shared, 16);
  const chosen = targets.flatMap(({ name }, index) =>
    target === undefined || name === target ? [index] : [],
  );
  for (let count = 0; Date.now() < until; count += 1) {
    const index = chosen[count % chosen.length] ?? 0;
    const { corpus, words, run } = targets[index] ?? {};
    if (corpus === undefined || words === undefined || run === undefined) break;
    const input = mutated(corpus, words, chance);
    room.set(input);
    Atomics.store(head, 1, index);
    Atomics.store(head, 2, input.length);
    Atomics.add(head, 0, 1);
    try {
      await run(Buffer.from(input));
    } catch (error) {
      parentPort?.postMessage(error instanceof Error ? `${error.stack}` : `${error}`);
      return;
    }
  }
  parentPort?.postMessage(undefined);
}
