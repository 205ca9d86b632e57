/** @file How fast the micro-kernel is, at best and for some time, on one thread alone and on several at once. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { preparePeak } from "../../dist/index.js";
import {
  BEGUN,
  DONE,
  LEFT,
  meanRate,
  measureAtOnce,
  ROUNDS,
  shareMemory,
  WANTED,
} from "./atOnce.js";

const clock = () => performance.now();
/** In which V8 compiles. */
const FIRST_ROUNDS = 500;
/** Where others keep the cores busy, threads can share one for seconds. */
const PATIENCE_MS = 500;
/** A measurement that takes so many times as long as it would at the peak is given up. */
const SLOWEST = 5;

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

/** Whether all threads ran rounds at the same time; what they reached lies in the shared memory. */
function measureTogether(shared, { meter, rounds, patience }) {
  const { words, rates } = shared;
  const end = clock() + patience;
  Atomics.store(words, WANTED, rounds);
  for (const word of [DONE, LEFT]) Atomics.store(words, word, 0);
  Atomics.add(words, BEGUN, 1);
  Atomics.notify(words, BEGUN);
  measureAtOnce(shared, { thread: 0, meter, isLate: () => clock() > end });
  while (Atomics.load(words, LEFT) < rates.length - 1);
  return !rates.includes(0);
}

const sum = (rates) => rates.reduce((total, rate) => total + rate, 0);

/** Milliseconds that a round takes, of those that V8 has compiled. */
function timeRound(meter) {
  const start = clock();
  for (let round = 0; round < ROUNDS; round++) meter();
  return (clock() - start) / ROUNDS;
}

/**
 * Starts threads that sleep between measurements, and do not keep the process alive.
 *
 * @param options - of the engine's code
 * @returns two measurements, both in GFLOP/s. `peaks()` is what one thread reaches at best, `alone`, and all threads at
 *   once, `together`. `sustain(milliseconds)` is the mean of all threads at once for about so long. What all
 *   should have reached is undefined if they did not run at the same time.
 */
export async function preparePeaks(threads, options) {
  // Before the threads start: they inherit what it finds out about the machine.
  const meter = prepareMeter(options);
  const roundMs = timeRound(meter);
  const shared = shareMemory(threads);
  const others = Array.from({ length: threads - 1 }, (_, i) => i + 1);
  await Promise.all(others.map((thread) => startWorker({ shared, thread, options })));
  return {
    peaks: () => {
      const alone = meter(ROUNDS);
      if (threads === 1) return { alone, together: alone };
      const ran = measureTogether(shared, { meter, rounds: ROUNDS, patience: PATIENCE_MS });
      // What one reached beside others it can reach alone: something else slowed the rounds before.
      return {
        alone: Math.max(alone, ...shared.rates),
        together: ran ? sum(shared.rates) : undefined,
      };
    },
    sustain: (milliseconds) => {
      const rounds = Math.ceil(milliseconds / roundMs);
      if (threads === 1) return meanRate(Array.from({ length: rounds }, () => meter()));
      const patience = PATIENCE_MS + SLOWEST * milliseconds;
      return measureTogether(shared, { meter, rounds, patience }) ? sum(shared.means) : undefined;
    },
  };
}
