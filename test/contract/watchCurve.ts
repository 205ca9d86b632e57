/** @file Runs a callback over a curve of validation losses, for tests: its weights are the epoch's number. */
import type { Callback, RunningCallback, TrainingControl } from "../../src/nn/callbacks/define.js";

export interface WatchedCurve {
  /** Epochs until it stopped the training, or all. */
  readonly epochs: number;
  readonly stopped: string | undefined;
  /** The epoch whose weights the training ends with. */
  readonly weights: number;
  readonly learningRate: number;
}

export async function watchCurve(
  callback: Callback,
  curve: readonly number[],
  {
    interruptAfter,
    train = curve,
  }: { readonly interruptAfter?: number; readonly train?: readonly number[] } = {},
): Promise<WatchedCurve> {
  let weights = 0;
  let stopped: string | undefined;
  let learningRate = 1;
  const control: TrainingControl = {
    epochs: curve.length,
    weights: () => [Float32Array.of(weights)],
    setWeights: ([values]) => (weights = values[0]),
    learningRate: () => learningRate,
    setLearningRate: (rate) => (learningRate = rate),
    stop: (reason) => (stopped ??= reason),
    checkpoint: () => {
      throw new Error("no checkpoint of a curve");
    },
  };
  const plan = { epochs: curve.length, hasValidation: true, scores: { loss: "lower" } } as const;
  const begin = (): RunningCallback => callback.start(control, plan);
  let running = begin();
  let epochs = 0;
  for (const loss of curve) {
    epochs++;
    weights = epochs;
    const clean = { loss: train[epochs - 1] };
    await running.onEpochEnd?.({
      epoch: epochs,
      seconds: NaN,
      running: clean,
      clean,
      validation: { loss },
    });
    if (stopped !== undefined) break;
    if (epochs === interruptAfter) {
      const memory = structuredClone(running.memory?.())!;
      running = begin();
      running.restore?.(memory);
    }
  }
  await running.onTrainEnd?.();
  return { epochs, stopped, weights, learningRate };
}
