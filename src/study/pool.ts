/** @file Runs trials on a few workers, one trial a worker at a time; a crash costs one trial. */
import { UsageError } from "../util/index.js";
import type { TrialSpec } from "./plan.js";
import type { StudyEvent, TrialMessage } from "./events.js";
import type { EpochResult, TrialFailure, TrialResult } from "./results.js";
import { bestEpoch } from "./trial.js";
import type { TrialOutcome } from "./trialParts.js";

export interface TrialRun {
  readonly onMessage: (message: TrialMessage) => void;
  /** A checkpoint to go on from. */
  readonly resume?: Uint8Array | undefined;
}

/** Something that can train: a worker thread, or this thread (see {@link inlineWorkers}). */
export interface TrialWorker {
  /**
   * Trains one trial; never called while another is under way.
   *
   * @throws UsageError if the recipe cannot be trained: the trial fails, the worker is as good as before.
   *   Anything else, such as the end of the thread, fails this trial, and the worker is of no more use.
   */
  run(trial: TrialSpec, run: TrialRun): Promise<TrialOutcome>;
  /** Ends the worker at once, in the middle of a trial too. */
  stop(): void | Promise<void>;
}

/** Where trials begin and where they end, if they are to outlive the process. */
export interface TrialKeeper {
  readonly resume: (trial: TrialSpec) => Promise<Uint8Array | undefined>;
  readonly saveCheckpoint: (trial: TrialSpec, bytes: Uint8Array) => void;
  /** Called when the worker has begun its next trial: writing costs it no time. */
  readonly finish: (trial: TrialSpec, outcome: TrialOutcome) => Promise<void>;
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
  readonly keeper?: TrialKeeper | undefined;
}

/** A trial's end: an outcome, or what the worker threw. After a crash the worker is of no more use. */
interface Attempt {
  readonly result: TrialResult;
  readonly outcome?: TrialOutcome;
  readonly crash?: { readonly error: unknown };
}

function describeCrash(epoch: number, step: number, error: unknown): TrialFailure {
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) return { epoch, step, message: reason };
  const end = reason.endsWith(".") ? "" : ".";
  return { epoch, step, message: `The worker stopped in epoch ${epoch}: ${reason}${end}` };
}

/**
 * Trains one trial; what a worker throws becomes a failed result that keeps the epochs reported so far.
 *
 * @param hooks.onSent - called when the worker has the trial
 * @param hooks.tell - hears what the worker reports
 */
async function attempt(
  trial: TrialSpec,
  hooks: {
    readonly getWorker: () => TrialWorker;
    readonly onSent: () => void;
    readonly tell: (event: StudyEvent) => void;
  },
  { clock, signal, keeper }: PoolOptions,
): Promise<Attempt> {
  const started = clock();
  const epochs: EpochResult[] = [];
  let updates = 0;
  const onMessage = (message: TrialMessage): void => {
    if (signal?.aborted) return;
    if (message.kind === "checkpoint") return keeper?.saveCheckpoint(trial, message.bytes);
    if (message.kind === "epoch") epochs.push(message.result);
    else updates = (message.epoch - 1) * message.steps + message.step;
    hooks.tell({ ...message, trial });
  };
  try {
    const resume = await keeper?.resume(trial);
    const running = hooks.getWorker().run(trial, { onMessage, resume });
    hooks.onSent();
    const outcome = await running;
    return { outcome, result: outcome.result };
  } catch (error) {
    const failure = describeCrash(epochs.length + 1, updates, error);
    const seconds = (clock() - started) / 1000;
    const result = { seed: trial.seed, epochs, bestEpoch: bestEpoch(epochs), seconds, failure };
    return error instanceof UsageError ? { result } : { result, crash: { error } };
  }
}

/**
 * Sends the trial to a worker. What it reports waits until `announce` has told of its start.
 *
 * @returns `sent`, when the worker has it; `running`, what it comes to
 */
function begin(trial: TrialSpec, getWorker: () => TrialWorker, options: PoolOptions) {
  const early: StudyEvent[] = [];
  let tell = (event: StudyEvent): unknown => early.push(event);
  let onSent = (): void => undefined;
  const sent = new Promise<void>((resolve) => (onSent = resolve));
  const hooks = { getWorker, onSent, tell: (event: StudyEvent) => void tell(event) };
  return {
    sent,
    running: attempt(trial, hooks, options),
    announce: (): void => {
      tell = (event) => options.onEvent?.(event);
      for (const event of [{ kind: "started", trial } as const, ...early]) tell(event);
    },
  };
}

type LaneOptions = PoolOptions & {
  readonly signal: AbortSignal;
  readonly aborted: Promise<undefined>;
};

/** Keeps what a trial came to, and tells of it. */
async function settle(
  trial: TrialSpec,
  { result, outcome, crash }: Attempt,
  {
    results,
    options: { keeper, onEvent },
  }: {
    readonly results: Map<number, TrialResult>;
    readonly options: LaneOptions;
  },
): Promise<void> {
  if (outcome) await keeper?.finish(trial, outcome);
  results.set(trial.index, result);
  onEvent?.({ kind: result.failure ? "failed" : "finished", trial, result, ...crash });
}

/**
 * One worker's part: takes the next waiting trial until none is left or the signal says stop. The result of
 * one trial is kept while the worker trains the next.
 */
async function lane(
  waiting: Iterable<TrialSpec>,
  results: Map<number, TrialResult>,
  options: LaneOptions,
): Promise<void> {
  const { signal, aborted } = options;
  let worker: TrialWorker | undefined;
  const getWorker = (): TrialWorker => (worker ??= options.startWorker());
  let unsettled: (() => Promise<void>) | undefined;
  const settleLast = async (): Promise<void> => {
    const last = unsettled;
    unsettled = undefined;
    await last?.();
  };
  try {
    for (const trial of waiting) {
      if (signal.aborted) return;
      const { sent, running, announce } = begin(trial, getWorker, options);
      await Promise.race([sent, running, aborted]);
      await settleLast();
      if (signal.aborted) return;
      announce();
      const done = await Promise.race([running, aborted]);
      if (done === undefined) return;
      unsettled = () => settle(trial, done, { results, options });
      if (done.crash === undefined) continue;
      await worker?.stop();
      worker = undefined;
    }
  } finally {
    try {
      await settleLast();
    } finally {
      await worker?.stop();
    }
  }
}

function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const stop = (): void => resolve(undefined);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
  });
}

/** Hands out each trial once, to whichever lane asks first, also if a lane ends before the others. */
function shared<T>(items: Iterable<T>): Iterable<T> {
  const iterator = items[Symbol.iterator]();
  // Without `return`: a lane that leaves its loop must not end the others'.
  return { [Symbol.iterator]: () => ({ next: () => iterator.next() }) };
}

/**
 * Trains all trials; the results do not depend on the number of workers or on which is faster.
 *
 * @param trials - taken one by one, so that a generator may end the study between two of them
 * @returns results by trial index; none where the signal came first.
 */
export async function runPool(
  trials: Iterable<TrialSpec>,
  options: PoolOptions,
): Promise<ReadonlyMap<number, TrialResult>> {
  const results = new Map<number, TrialResult>();
  // A defect in a lane, such as a listener that throws, stops the others.
  const broken = new AbortController();
  const signal = AbortSignal.any([broken.signal, ...(options.signal ? [options.signal] : [])]);
  const laneOptions = { ...options, signal, aborted: whenAborted(signal) };
  const waiting = shared(trials);
  const lanes = Array.from({ length: options.workers }, async () => {
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
