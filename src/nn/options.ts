/** @file The options of a training, and their check. */
import { checkParameter, integer, real, unknownName, UsageError } from "../util/index.js";
import type { Engine } from "../runtime/index.js";
import type { LabelledRows } from "./data.js";
import type { Progress } from "./history.js";
import { losses, type LossName } from "./losses/list.js";
import { metrics, type MetricName } from "./metrics/list.js";
import { createOptimizer } from "./optimizers/apply.js";
import type { OptimizerSpec } from "./optimizers/define.js";

export interface FitOptions<M extends MetricName, Epoch> {
  readonly optimizer: OptimizerSpec;
  readonly loss: LossName;
  /** Default: accuracy. */
  readonly metrics?: readonly M[];
  /** Passes over the training rows, at least 1. */
  readonly epochs: number;
  /** Rows of one update, default 32 as in Keras. The last update of an epoch may have fewer. */
  readonly batchSize?: number;
  /** Rows that are evaluated after each epoch and never trained on. */
  readonly validation?: LabelledRows;
  /** A whole number in [0, 2^53), default 0; it decides initial weights, batch order and noise. */
  readonly seed?: number;
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
  seed: true,
  onEpoch: true,
  onProgress: true,
  signal: true,
  clock: true,
  engine: true,
} satisfies Record<keyof FitOptions<MetricName, unknown>, true>);

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

export function checkLoss(who: string, loss: string | undefined): LossName {
  if (loss === undefined) {
    throw new UsageError(
      `${who}: loss must be given; got nothing. Known: ${Object.keys(losses).join(", ")}.`,
    );
  }
  if (Object.hasOwn(losses, loss)) return loss as LossName;
  throw new UsageError(`${who}: ${unknownName("loss", loss, Object.keys(losses)).message}`);
}

export function checkMetrics<M extends MetricName>(
  who: string,
  names: readonly M[] | undefined,
): readonly M[] {
  const unknown = names?.find((name) => !Object.hasOwn(metrics, name));
  if (unknown !== undefined) {
    throw new UsageError(`${who}: ${unknownName("metric", unknown, Object.keys(metrics)).message}`);
  }
  // The default of the type parameter, too.
  return names ?? (["accuracy"] as readonly MetricName[] as readonly M[]);
}

/** The options with their defaults, checked as far as they can be without rows and network. */
export function checkFitOptions<M extends MetricName, Epoch>(options: FitOptions<M, Epoch>) {
  checkOptionNames("fit", options, optionNames);
  if (options.optimizer === undefined) {
    throw new UsageError("fit: optimizer must be given; got nothing. Try adam().");
  }
  createOptimizer(options.optimizer); // Throws if it is not one.
  const { epochs, batchSize = numbers.batchSize.default } = options;
  return {
    ...options,
    measures: {
      loss: checkLoss("fit", options.loss),
      metrics: checkMetrics("fit", options.metrics),
    },
    epochs: checkParameter("fit", "epochs", numbers.epochs, epochs),
    batchSize: checkParameter("fit", "batchSize", numbers.batchSize, batchSize),
    seed: checkSeed("fit", options.seed),
  };
}

/** Throws if a batch would not be full even once. */
export function checkBatchSize(batchSize: number, rows: number): void {
  if (batchSize <= rows) return;
  throw new UsageError(
    `fit: batchSize must be at most the number of training rows (${rows}); got ${batchSize}. ` +
      "Use a smaller batch or more rows.",
  );
}
