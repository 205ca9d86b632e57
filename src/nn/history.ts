/** @file What a training reports. */
import type { MetricChoice, MetricKey, RowMetricChoice } from "./metrics/list.js";

/**
 * The mean data loss, and each metric by its name. The loss never has a penalty, smoothing or class
 * weights in it; the weights of the rows it has: `sum(weight loss) / rows`.
 */
export type Scores<M extends MetricChoice = "accuracy"> = Readonly<
  Record<"loss" | MetricKey<M>, number>
>;

/** Scores without the metrics that only a whole set of predictions has, such as `rocAuc`. */
export type RunningScores<M extends MetricChoice = "accuracy"> = Scores<RowMetricChoice<M>>;

/** One epoch of a training without validation rows. */
export interface TrainingEpoch<M extends MetricChoice = "accuracy"> {
  /** 1 for the first. */
  readonly epoch: number;
  /**
   * Averaged over the epoch's rows while noise is on and the weights move: what Keras prints. Where an
   * augmentation mixes rows, accuracy and the like are not meaningful: they know the one row's target.
   */
  readonly running: RunningScores<M>;
  /** All training rows in inference mode, with the weights of the end of the epoch. */
  readonly clean: Scores<M>;
  /**
   * The sum of all penalties, which no loss contains: of weights at the end of the epoch, of what layers
   * gave as the mean over its updates. Absent if the network has none.
   */
  readonly penalty?: number;
  /** Wall time of the epoch's training steps, without evaluation; NaN without a clock. */
  readonly seconds: number;
}

/** One epoch of a training. */
export interface EpochResult<M extends MetricChoice = "accuracy"> extends TrainingEpoch<M> {
  /** All validation rows in inference mode, with the weights of the end of the epoch. */
  readonly validation: Scores<M>;
}

/** Why a training ended before its last epoch. */
export interface TrainingFailure {
  readonly epoch: number;
  /** The update, counted from 1 over the whole training, at which the loss stopped being finite. */
  readonly step: number;
  /** One sentence: what happened and the likely cause. */
  readonly message: string;
}

/** That a callback ended a training, after which epoch and why. */
export interface TrainingStop {
  readonly epoch: number;
  readonly message: string;
}

export interface History<Epoch = EpochResult> {
  /** The engine that trained: "wasm, relaxed SIMD". */
  readonly engine: string;
  /** The epochs that were finished; of a resumed training, also those before. */
  readonly epochs: readonly Epoch[];
  /** Present if a callback, such as early stopping, ended the training. */
  readonly stopped?: TrainingStop;
  readonly failure?: TrainingFailure;
}

/** Where a training is. */
export interface Progress {
  /** 1 for the first. */
  readonly epoch: number;
  readonly epochs: number;
  /** Updates done of this epoch, of `steps`. */
  readonly step: number;
  readonly steps: number;
  /** Running loss of this epoch so far. */
  readonly loss: number;
}
