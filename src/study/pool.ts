/** @file Runs trials on a few workers, one trial a worker at a time; a crash costs one trial. */
import { UsageError } from "../util/index.js";
import type { TrialSpec } from "./design.js";
import type { StudyEvent, TrialMessage } from "./events.js";
import type { EpochResult, TrialFailure, TrialResult } from "./results.js";
import { bestEpoch } from "./trial.js";

/** Something that can train: a worker thread, or this thread (see {@link inlineWorkers}). */
export interface TrialWorker {
  /**
   * Trains one trial; never called while another is under way.
   *
   * @throws UsageError if the recipe cannot be trained, which ends the study. Anything else, such as
   *   the end of the thread, fails this trial alone.
   */
  run(trial: TrialSpec, onMessage: (message: TrialMessage) => void): Promise<TrialResult>;
  /** Ends the worker at once, in the middle of a trial too. */
  stop(): void | Promise<void>;
}

export interface PoolOptions {
  readonly startWorker: () => TrialWorker;
  /** How many trials at a time; no more workers are started than there are trials. */
  readonly workers: number;
  /** Milliseconds since any fixed moment. */
  readonly clock: () => number;
  readonly onEvent?: ((event: StudyEvent) => void) | undefined;
  /** Stops all workers at once; trials that are not finished give no result. */
  readonly signal?: AbortSignal | undefined;
}

/** A trial's end; `error` is what the worker threw, after which it is of no more use. */
interface Attempt {
  readonly result: TrialResult;
  readonly crash?: { readonly error: unknown };
}

function describeCrash(epoch: number, step: number, error: unknown): TrialFailure {
  const reason = error instanceof Error ? error.message : String(error);
  const end = reason.endsWith(".") ? "" : ".";
  return { epoch, step, message: `The worker stopped in epoch ${epoch}: ${reason}${end}` };
}

/** Trains one trial; a crash becomes a failed result that keeps the epochs reported so far. */
async function attempt(
  trial: TrialSpec,
  getWorker: () => TrialWorker,
  { clock, onEvent, signal }: PoolOptions,
): Promise<Attempt> {
  const started = clock();
  const epochs: EpochResult[] = [];
  let updates = 0;
  const onMessage = (message: TrialMessage): void => {
    if (signal?.aborted) return;
    if (message.kind === "epoch") epochs.push(message.result);
    else updates = (message.epoch - 1) * message.steps + message.step;
    onEvent?.({ ...message, trial });
  };
  try {
    return { result: await getWorker().run(trial, onMessage) };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const failure = describeCrash(epochs.length + 1, updates, error);
    const seconds = (clock() - started) / 1000;
    const result = { seed: trial.seed, epochs, bestEpoch: bestEpoch(epochs), seconds, failure };
    return { result, crash: { error } };
  }
}

/** One worker's part: takes the next waiting trial until none is left or the signal says stop. */
async function lane(
  waiting: Iterable<TrialSpec>,
  results: (TrialResult | undefined)[],
  options: PoolOptions & { readonly signal: AbortSignal; readonly aborted: Promise<undefined> },
): Promise<void> {
  const { onEvent, signal, aborted } = options;
  let worker: TrialWorker | undefined;
  const getWorker = (): TrialWorker => (worker ??= options.startWorker());
  try {
    for (const trial of waiting) {
      if (signal.aborted) return;
      onEvent?.({ kind: "started", trial });
      const done = await Promise.race([attempt(trial, getWorker, options), aborted]);
      if (done === undefined) return;
      const { result, crash } = done;
      results[trial.index] = result;
      onEvent?.({ kind: result.failure ? "failed" : "finished", trial, result, ...crash });
      if (crash === undefined) continue;
      await worker?.stop();
      worker = undefined;
    }
  } finally {
    await worker?.stop();
  }
}

function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const stop = (): void => resolve(undefined);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

/**
 * Trains all trials; the results do not depend on the number of workers or on which is faster.
 *
 * @returns results by trial index; undefined where the signal came first.
 * @throws UsageError if a recipe cannot be trained; all workers are stopped first.
 */
export async function runPool(
  trials: readonly TrialSpec[],
  options: PoolOptions,
): Promise<readonly (TrialResult | undefined)[]> {
  const results: (TrialResult | undefined)[] = trials.map(() => undefined);
  const broken = new AbortController();
  const signal = AbortSignal.any([broken.signal, ...(options.signal ? [options.signal] : [])]);
  const laneOptions = { ...options, signal, aborted: whenAborted(signal) };
  // One iterator for all lanes: each trial is taken once.
  const waiting = trials.values();
  const lanes = Array.from({ length: Math.min(options.workers, trials.length) }, async () => {
    try {
      await lane(waiting, results, laneOptions);
    } catch (error) {
      broken.abort();
      throw error;
    }
  });
  for (const settled of await Promise.allSettled(lanes)) {
    if (settled.status === "rejected") throw settled.reason;
  }
  return results;
}
