/**
 * The program's start and end: the streams of the process, the exit status, and what is said when
 * something went wrong.
 */

import { isatty } from "node:tty";
import { setFlagsFromString } from "node:v8";
import { UserError } from "../query/user-error.ts";
import { safeText } from "../render/safe-text.ts";
import type { Status } from "./answering.ts";
import { ClosedPipe, outputTo } from "./output.ts";
import { run } from "./run.ts";

/** Set when the program is bundled. */
declare const TRAILHOUND_VERSION: string;

// A question takes a second or two, of which V8 would spend a fifth on optimising code that it inlines
// into each other for programs that run for hours. Measured with the V8 of Node 20 only.
if (process.versions.node.startsWith("20.")) {
  setFlagsFromString("--interrupt-budget=270000");
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=300");
}

const { stdout, stderr, env, argv } = process;
/** Asked of the system: `process.stdin` would make a pipe one that has to be waited for over and over. */
const stdin = { isTTY: isatty(0) };
const output = outputTo(stdout);
const errors = outputTo(stderr);

/** Undefined as long as there is no answer. */
let status: Status | undefined;
try {
  status = await run(argv.slice(2), {
    version: TRAILHOUND_VERSION,
    environment: env,
    stdin,
    stdout,
    stderr,
    output,
    errors,
    clock: Date.now,
  });
  process.exitCode = status;
  await output.flush();
  await errors.flush();
} catch (error) {
  process.exitCode = error instanceof ClosedPipe ? (status ?? 0) : 2;
  if (!(error instanceof ClosedPipe)) {
    await errors.write(`trailhound: ${explained(error)}\n`);
    await errors.flush().catch(() => {});
  }
}

function explained(error: unknown): string {
  // A message of several lines is an expression with a caret below the mistake.
  if (error instanceof UserError) return error.message.split("\n").map(safeText).join("\n");
  if (error instanceof Error && "code" in error && error.code === "ENOSPC") {
    return "cannot write the answer: no space left on the device";
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
