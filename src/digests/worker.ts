/**
 * Entry of a worker thread: hashes its part of the files and ends.
 */

import { parentPort, workerData } from "node:worker_threads";
import { type HashWork, hashSome } from "./hashing.ts";

parentPort?.postMessage(await hashSome(workerData as HashWork));
