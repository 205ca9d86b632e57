/** @file The micro-kernel's peak on one thread alone, and on several at the same time. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { preparePeak } from "../../dist/index.js";
import { BEGUN, DONE, LEFT, measureAtOnce, ROUNDS, shareMemory } from "./atOnce.js";

const clock = () => performance.now();
/** In which V8 compiles. */
const FIRST_ROUNDS = 500;
/** Where others keep the cores busy, threads can share one for seconds. */
const PATIENCE_MS = 500;

/** GFLOP/s of the best of so many rounds, with V8's compilation done. */
function prepareMeter(options) {
  const meter = preparePeak(clock, options);
  meter(FIRST_ROUNDS);
  return (rounds = 1) => meter(rounds).gigaflops;
}

/** What a worker thread does as long as the process lives: sleeps, and measures when the others do. */
export function serveMeasurements({ shared, thread, options }, whenReady) {
  const meter = prepareMeter(options);
  whenReady();
  for (let begun = 0; ; begun++) {
    Atomics.wait(shared.words, BEGUN, begun);
    measureAtOnce(shared, { thread, meter });
    Atomics.add(shared.words, LEFT, 1);
  }
}

async function startWorker(workerData) {
  const worker = new Worker(new URL("./peakThread.js", import.meta.url), { workerData });
  await once(worker, "message");
  worker.unref();
}

/** All threads' peaks at the same time, added up; undefined if they did not run at the same time. */
function measureTogether(shared, meter) {
  const { words, rates } = shared;
  const end = clock() + PATIENCE_MS;
  for (const word of [DONE, LEFT]) Atomics.store(words, word, 0);
  Atomics.add(words, BEGUN, 1);
  Atomics.notify(words, BEGUN);
  measureAtOnce(shared, { thread: 0, meter, isLate: () => clock() > end });
  while (Atomics.load(words, LEFT) < rates.length - 1);
  return rates.includes(0) ? undefined : rates.reduce((sum, rate) => sum + rate, 0);
}

/**
 * Starts threads that sleep between measurements, and do not keep the process alive.
 *
 * @param options - of the engine's code
 * @returns measures now: GFLOP/s that one thread reaches, and all threads at once
 */
export async function preparePeaks(threads, options) {
  // Before the threads start: they inherit what it finds out about the machine.
  const meter = prepareMeter(options);
  const shared = shareMemory(threads);
  const others = Array.from({ length: threads - 1 }, (_, i) => i + 1);
  await Promise.all(others.map((thread) => startWorker({ shared, thread, options })));
  return () => {
    const alone = meter(ROUNDS);
    if (threads === 1) return { alone, together: alone };
    const together = measureTogether(shared, meter);
    // What one reached beside others it can reach alone: something else slowed the rounds before.
    return { alone: Math.max(alone, ...shared.rates), together };
  };
}
