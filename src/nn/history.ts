/** @file What a training reports. */
import type { MetricName } from "./metrics/list.js";

/** The mean data loss, never with a penalty or smoothing, and the mean of each metric. */
export type Scores<M extends MetricName = "accuracy"> = Readonly<Record<"loss" | M, number>>;

/** One epoch of a training without validation rows. */
export interface TrainingEpoch<M extends MetricName = "accuracy"> {
  /** 1 for the first. */
  readonly epoch: number;
  /** Averaged over the epoch's rows while noise is on and the weights move: what Keras prints. */
  readonly running: Scores<M>;
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
export interface EpochResult<M extends MetricName = "accuracy"> extends TrainingEpoch<M> {
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

export interface History<Epoch = EpochResult> {
  /** The engine that trained: "wasm, relaxed SIMD". */
  readonly engine: string;
  /** The epochs that were finished. */
  readonly epochs: readonly Epoch[];
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
