/** @file One trial: trains one arm with one seed and evaluates the test set once. */
import { sequential, type FitOptions } from "../nn/index.js";
import type { Dataset } from "../data/index.js";
import type { TrialSpec } from "./design.js";
import { fitOptions } from "./fitOptions.js";
import type { TrialMessage } from "./events.js";
import type { EpochResult, TrialResult } from "./results.js";

/** The rows that every trial of a study shares. */
export interface TrialData {
  readonly train: Dataset;
  readonly validation: Dataset;
  readonly test: Dataset;
}

type Engine = NonNullable<FitOptions<"accuracy", unknown>["engine"]>;

export interface TrialHooks {
  /** Milliseconds since any fixed moment. */
  readonly clock: () => number;
  readonly onMessage?: (message: TrialMessage) => void;
  readonly signal?: AbortSignal;
  /** The engine of one trial, which disposes of it at its end; default: wasm on one thread. */
  readonly createEngine?: () => Promise<Engine>;
}

/** The epoch, from 1, of the lowest validation loss, the first of equals; 0 if none is finite. */
export function bestEpoch(epochs: readonly EpochResult[]): number {
  let best = { epoch: 0, loss: Infinity };
  for (const { epoch, validation } of epochs) {
    if (validation.loss < best.loss) best = { epoch, loss: validation.loss };
  }
  return best.epoch;
}

/** Trains `trial.recipe` from `trial.seed`; the same trial gives the same numbers on any worker. */
export async function runTrial(
  trial: TrialSpec,
  { train, validation, test }: TrialData,
  { clock, onMessage, signal, createEngine }: TrialHooks,
): Promise<TrialResult> {
  const started = clock();
  const engine = await createEngine?.();
  const { model: shape, training } = trial.recipe;
  const model = sequential(shape.layers);
  let restoredEpoch: number | undefined;
  const { epochs, failure } = await model.fit(train, {
    ...fitOptions(training, (epoch) => (restoredEpoch = epoch)),
    metrics: ["accuracy"],
    validation,
    seed: trial.seed,
    clock,
    onEpoch: (result) => onMessage?.({ kind: "epoch", result }),
    onProgress: ({ epoch, step, steps, loss }) =>
      onMessage?.({ kind: "progress", epoch, step, steps, loss }),
    ...(signal && { signal }),
    ...(engine && { engine }),
  });
  const scores = failure ? { failure } : { test: await model.evaluate(test, engine && { engine }) };
  await engine?.dispose();
  const seconds = (clock() - started) / 1000;
  return {
    seed: trial.seed,
    epochs,
    bestEpoch: bestEpoch(epochs),
    ...(restoredEpoch !== undefined && { restoredEpoch }),
    seconds,
    ...scores,
  };
}
