/** @file A worker that trains in the calling thread, for platforms without threads and for tests. */
import type { TrialWorker } from "./pool.js";
import { runTrial } from "./trial.js";
import type { TrialData } from "./trialParts.js";

/** The calling thread is busy while a batch is trained; it is free between slices of an epoch. */
export function inlineWorkers(data: TrialData, clock: () => number): () => TrialWorker {
  return () => {
    const stopped = new AbortController();
    return {
      run: (trial, { onMessage, resume }) =>
        runTrial(trial, data, {
          ...{ clock, onMessage, signal: stopped.signal, checkpoints: true },
          ...(resume && { resume }),
        }),
      stop: () => stopped.abort(),
    };
  };
}
