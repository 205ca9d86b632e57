/** @file The entry of a thread that measures the peak together with others. */
import { parentPort, workerData } from "node:worker_threads";
import { serveMeasurements } from "./peaks.js";

serveMeasurements(workerData, () => parentPort.postMessage("ready"));
