/**
 * Runs a command and measures it from outside, with what every Linux machine has.
 *
 * Wall and CPU time (user and system, of the command and all it waited for) come from bash's `time`.
 * Peak memory is the largest VmHWM that /proc showed for one process of the command; it is looked at
 * every few milliseconds, and the kernel keeps the maximum in between. Mapped files count in it.
 * Elsewhere than on Linux it is not known.
 */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";

export interface Command {
  readonly file: string;
  readonly arguments: readonly string[];
}

export interface Measured {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly wall: number;
  readonly cpu: number;
  /** MB; undefined where there is no /proc. */
  readonly memory: number | undefined;
}

/** Runs "$@"; the times go to descriptor 3, the command's own errors to descriptor 2. */
const timed = `TIMEFORMAT="%3R %3U %3S"; { time "$@" 2>&4 3>&- 4>&-; } 4>&2 2>&3`;
const lookEveryMs = 10;

export async function measure(command: Command): Promise<Measured> {
  const child = spawn("bash", ["-c", timed, "bash", command.file, ...command.arguments], {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  let memory: number | undefined;
  const timer = setInterval(() => {
    const now = peakOfChildren(child.pid ?? 0);
    if (now !== undefined) memory = Math.max(memory ?? 0, now);
  }, lookEveryMs);
  const closed = new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  try {
    const [stdout, stderr, clock, status] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      textOf(child.stdio[3]),
      closed,
    ]);
    const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = clock
      .split(" ")
      .map(Number);
    return { status, stdout, stderr, wall, cpu: user + system, memory };
  } finally {
    clearInterval(timer);
  }
}

function textOf(pipe: unknown): Promise<string> {
  if (!(pipe instanceof Readable)) throw new Error("a stream of the command is not a pipe");
  return text(pipe);
}

/** MB of the largest process below this one. */
function peakOfChildren(pid: number): number | undefined {
  let peak: number | undefined;
  for (const child of lookUp(`/proc/${pid}/task/${pid}/children`).split(" ")) {
    if (child === "") continue;
    const status = lookUp(`/proc/${child}/status`);
    const own = Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
    peak = Math.max(peak ?? 0, own, peakOfChildren(Number(child)) ?? 0);
  }
  return peak;
}

/** Empty for a process that is gone. */
function lookUp(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
