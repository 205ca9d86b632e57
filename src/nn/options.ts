/** @file The options of a training, and their check. */
import type { Engine } from "../runtime/index.js";
import { checkParameter, integer, locate, real, unknownName, UsageError } from "../util/index.js";
import type { AveragingSpec } from "./averaging/define.js";
import { checkAveraging } from "./averaging/list.js";
import { nameAugmentations } from "./augmentations/apply.js";
import type { AugmentationSpec } from "./augmentations/define.js";
import type { Callback } from "./callbacks/define.js";
import type { Checkpoint } from "./checkpoint.js";
import type { SupervisedRows } from "./data.js";
import type { Progress } from "./history.js";
import type { Sampling } from "./inference.js";
import { createLoss } from "./losses/apply.js";
import type { LossSpec } from "./losses/define.js";
import { losses, type LossChoice } from "./losses/list.js";
import { chooseMetrics, type ChosenMetrics } from "./metrics/apply.js";
import type { MetricChoice } from "./metrics/list.js";
import { createOptimizer } from "./optimizers/apply.js";
import type { OptimizerSpec } from "./optimizers/define.js";

export interface FitOptions<M extends MetricChoice, Epoch> {
  readonly optimizer: OptimizerSpec;
  readonly loss: LossChoice;
  /** Default: accuracy. Names, or specs such as `topKAccuracy({ k: 5 })`. */
  readonly metrics?: readonly M[];
  /** Passes over the training rows, at least 1. */
  readonly epochs: number;
  /** Rows of one update, default 32 as in Keras. The last update of an epoch may have fewer. */
  readonly batchSize?: number;
  /** Rows that are evaluated after each epoch and never trained on. */
  readonly validation?: SupervisedRows;
  /**
   * By how much the rows of each class count in what is minimized; as 1 by default. As in Keras, the
   * objective of a batch is `sum(weight loss) / rows`, with the weights of rows and of classes; PyTorch's
   * class weights divide by the sum of the weights instead. They are in no reported loss.
   */
  readonly classWeights?: readonly number[];
  /** Changes of training batches, in this order, new at each update; evaluation sees the rows as they are. */
  readonly augmentation?: readonly AugmentationSpec[];
  /**
   * Averages the weights: `ema()` or `swa({ startEpoch })`. Once there is an average, an epoch's scores,
   * callbacks and the weights in the end are the average's; only `running` is of the weights that are
   * trained. Default: none.
   */
  readonly averaging?: AveragingSpec;
  /** A whole number in [0, 2^53), default 0; it decides initial weights, batch order and noise. */
  readonly seed?: number;
  /** Watch the training after each epoch, in this order, and may steer or end it. */
  readonly callbacks?: readonly Callback[];
  /**
   * Goes on from a checkpoint, which must be of the same model, optimizer, loss, batch size, seed and
   * number of rows. All results equal those of the training without interruption, bit for bit. `epochs`
   * counts from the beginning.
   */
  readonly resume?: Checkpoint;
  /** Hears of each epoch when it is finished. */
  readonly onEpoch?: (result: Epoch) => void;
  /** Hears a few times a second how far the training is. */
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the training within a fraction of a second; `fit` then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds since any fixed moment, such as `() => performance.now()`. Measures `seconds`. */
  readonly clock?: () => number;
  /**
   * Default: a new one of one thread for each training, so that its memory is freed afterwards. One
   * that is given is left as it is: whoever created it disposes of it.
   */
  readonly engine?: Engine;
}

const numbers = {
  epochs: integer({ min: 1, default: 1 }),
  batchSize: integer({ min: 1, default: 32 }),
  seed: integer({ min: 0, max: Number.MAX_SAFE_INTEGER, default: 0 }),
};

/** Every option by name: a name that is missing here does not compile. */
const optionNames = Object.keys({
  optimizer: true,
  loss: true,
  metrics: true,
  epochs: true,
  batchSize: true,
  validation: true,
  classWeights: true,
  augmentation: true,
  averaging: true,
  seed: true,
  callbacks: true,
  resume: true,
  onEpoch: true,
  onProgress: true,
  signal: true,
  clock: true,
  engine: true,
} satisfies Record<keyof FitOptions<MetricChoice, unknown>, true>);

/** Throws for the first name that is not an option; it must not be ignored in silence. */
export function checkOptionNames(who: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`${who}: ${unknownName("option", unknown, known).message}`);
  }
}

const nearZeroLimit = real({ min: 0, default: 1e-4 });

/** Below which size a weight counts as nearly zero. */
export function checkNearZero(who: string, limit: number | undefined): number {
  return checkParameter(who, "nearZero", nearZeroLimit, limit ?? nearZeroLimit.default);
}

/** The seed, or 0 if there is none. */
export function checkSeed(who: string, seed: number | undefined): number {
  return checkParameter(who, "seed", numbers.seed, seed ?? numbers.seed.default);
}

/** The spec of a loss that was given by name or as a spec. */
export function checkLoss(who: string, loss: LossChoice | undefined): LossSpec {
  if (loss === undefined) {
    const known = losses.map(({ kind }) => kind);
    throw new UsageError(`${who}: loss must be given; got nothing. Known: ${known.join(", ")}.`);
  }
  const spec = typeof loss === "string" ? { kind: loss } : loss;
  if (typeof spec !== "object" || typeof spec.kind !== "string") {
    throw new UsageError(
      `${who}: loss must be a name or a spec such as huber(); got ${JSON.stringify(loss)}.`,
    );
  }
  createLoss(spec); // Throws if it is not one.
  return spec;
}

export function checkMetrics(
  who: string,
  choices: readonly MetricChoice[] | undefined,
): ChosenMetrics {
  if (choices !== undefined && !Array.isArray(choices)) {
    throw new UsageError(
      `${who}: metrics must be a list such as ["accuracy"]; got ${JSON.stringify(choices)}.`,
    );
  }
  return chooseMetrics(choices ?? ["accuracy"]);
}

/** The options with their defaults, checked as far as they can be without rows and network. */
export function checkFitOptions<M extends MetricChoice, Epoch>(options: FitOptions<M, Epoch>) {
  checkOptionNames("fit", options, optionNames);
  if (options.optimizer === undefined) {
    throw new UsageError("fit: optimizer must be given; got nothing. Try adam().");
  }
  createOptimizer(options.optimizer); // Throws if it is not one.
  nameAugmentations(options.augmentation ?? []); // Throws if one of them is none.
  const { epochs, batchSize = numbers.batchSize.default, callbacks = [] } = options;
  const checkedEpochs = checkParameter("fit", "epochs", numbers.epochs, epochs);
  const { averaging } = options;
  return {
    ...options,
    callbacks,
    ...(averaging !== undefined && {
      averaging: locate(["averaging"], () => checkAveraging(averaging, checkedEpochs)),
    }),
    measures: {
      loss: checkLoss("fit", options.loss),
      metrics: checkMetrics("fit", options.metrics),
    },
    epochs: checkedEpochs,
    batchSize: checkParameter("fit", "batchSize", numbers.batchSize, batchSize),
    seed: checkSeed("fit", options.seed),
  };
}

/** How many predictions with noise are wanted, if any. */
export function checkSampling({
  samples,
  seed,
}: {
  readonly samples?: number;
  readonly seed?: number;
}): Sampling | undefined {
  const checked = checkSeed("predict", seed);
  if (samples === undefined) {
    if (seed === undefined) return undefined;
    throw new UsageError(
      "predict: seed must come with samples; got none. Without, nothing is random.",
    );
  }
  const count = checkParameter("predict", "samples", integer({ min: 1, default: 1 }), samples);
  return { samples: count, seed: checked };
}

/** Throws if a batch would not be full even once. */
export function checkBatchSize(batchSize: number, rows: number): void {
  if (batchSize <= rows) return;
  throw new UsageError(
    `fit: batchSize must be at most the number of training rows (${rows}); got ${batchSize}. ` +
      "Use a smaller batch or more rows.",
  );
}
