/**
 * Entry of a worker thread: does its part of a load, hands the segment over and ends.
 */

import { parentPort, workerData } from "node:worker_threads";
import { buffersOf } from "../../store/segment.ts";
import { sharedWork, type WorkerData } from "./load.ts";
import { work } from "./thread.ts";

const report = await work(sharedWork(workerData as WorkerData));
parentPort?.postMessage(report, buffersOf(report.segment));
