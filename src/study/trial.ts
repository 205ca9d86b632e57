/** @file One trial: trains one arm with one seed and evaluates the test set once. */
import {
  decodeCheckpoint,
  encodeSafetensors,
  sequential,
  type FitOptions,
  type Model,
} from "../nn/index.js";
import { preprocess, preprocessingParameter, type Dataset } from "../data/index.js";
import type { Recipe } from "../techniques/index.js";
import { keepBestWeights, reportCheckpoints } from "./checkpoints.js";
import type { TrialSpec } from "./plan.js";
import { describeTrial } from "./diagnostics.js";
import { fitOptions } from "./fitOptions.js";
import type { TrialMessage } from "./events.js";
import { finalEpoch, type EpochResult, type TrialResult } from "./results.js";

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
  /** Reports checkpoints, at most one a second and at most one an epoch. Default: none. */
  readonly checkpoints?: boolean;
  /** A checkpoint that this trial reported earlier: it goes on from there, to the same end. */
  readonly resume?: Uint8Array;
}

/** What only a store needs of a finished trial. */
export interface TrialArtifacts {
  /** What the network gave for each test row; of a classifier probabilities, [rows, classes]. */
  readonly predictions: Float32Array;
  /** Weights of the epoch with the lowest validation loss: a safetensors file. */
  readonly weights: Uint8Array;
}

export interface TrialOutcome {
  readonly result: TrialResult;
  /** Absent if the trial failed. */
  readonly artifacts?: TrialArtifacts;
}

/** The epoch, from 1, of the lowest validation loss, the first of equals; 0 if none is finite. */
export function bestEpoch(epochs: readonly EpochResult[]): number {
  let best = { epoch: 0, loss: Infinity };
  for (const { epoch, validation } of epochs) {
    if (validation.loss < best.loss) best = { epoch, loss: validation.loss };
  }
  return best.epoch;
}

/** The first rows of the training part: smaller sets nest in larger ones. */
export function firstRows(train: Dataset, rows: number): Dataset {
  if (rows >= train.rows) return train;
  return train.take(Int32Array.from({ length: rows }, (_, row) => row));
}

/**
 * What the trial sees of the rows: as many to train on as its recipe says, and all of them preprocessed by what
 * these alone teach. Statistics of more rows would tell a small training set of the large one.
 */
function trialRows(data: TrialData, { data: choice, preprocessing }: Recipe): TrialData {
  const train = firstRows(data.train, choice.trainRows ?? data.train.rows);
  return preprocess(preprocessing ?? preprocessingParameter.default, { ...data, train });
}

/** Looks at the test set, for the first and only time. */
async function judge(
  model: Model,
  { train, test }: TrialData,
  { engine, final }: { engine: Engine | undefined; final: EpochResult },
) {
  const options = engine && { engine };
  const scores = await model.evaluate(test, options);
  const predictions = await model.predict(test, options);
  const inspection = await model.inspect(train, options);
  const seen = { inspection, weights: model.weights() };
  return {
    final: { clean: final.clean, validation: final.validation, test: scores },
    diagnostics: describeTrial(test, predictions, seen),
    predictions,
  };
}

/** Trains `trial.recipe` from `trial.seed`; the same trial gives the same numbers on any worker. */
export async function runTrial(
  trial: TrialSpec,
  data: TrialData,
  { clock, onMessage, signal, createEngine, checkpoints = false, resume }: TrialHooks,
): Promise<TrialOutcome> {
  const resumed = resume && decodeCheckpoint("checkpoint", resume);
  const before = resumed?.epochs.reduce((sum, epoch) => sum + epoch.seconds, 0) ?? 0;
  const started = clock() - 1000 * before;
  const { model: shape, training } = trial.recipe;
  const rows = trialRows(data, trial.recipe);
  const model = sequential(shape.layers);
  const best = keepBestWeights();
  const reported = (bytes: Uint8Array): void => onMessage?.({ kind: "checkpoint", bytes });
  const engine = await createEngine?.();
  try {
    let restoredEpoch: number | undefined;
    const options = fitOptions(training, (epoch) => (restoredEpoch = epoch));
    const { epochs, failure } = await model.fit(rows.train, {
      ...options,
      callbacks: [
        ...options.callbacks,
        best.callback,
        ...(checkpoints ? [reportCheckpoints(clock, reported)] : []),
      ],
      metrics: ["accuracy"],
      validation: rows.validation,
      seed: trial.seed,
      clock,
      onEpoch: (result) => onMessage?.({ kind: "epoch", result }),
      onProgress: ({ epoch, step, steps, loss }) =>
        onMessage?.({ kind: "progress", epoch, step, steps, loss }),
      ...(signal && { signal }),
      ...(engine && { engine }),
      ...(resumed && { resume: resumed }),
    });
    const base = {
      seed: trial.seed,
      epochs,
      bestEpoch: bestEpoch(epochs),
      ...(restoredEpoch !== undefined && { restoredEpoch }),
    };
    const final = finalEpoch(base);
    if (failure || final === undefined) {
      return {
        result: { ...base, seconds: (clock() - started) / 1000, ...(failure && { failure }) },
      };
    }
    const { predictions, ...judged } = await judge(model, rows, { engine, final });
    const tensors = best.name(model.weights());
    return {
      result: { ...base, ...judged, seconds: (clock() - started) / 1000 },
      artifacts: { predictions, weights: encodeSafetensors({ tensors, metadata: {} }) },
    };
  } finally {
    await engine?.dispose();
  }
}
