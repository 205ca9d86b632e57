/** @file What a callback is: something that watches a training epoch by epoch, and may steer or end it. */
import type { TrainingEpoch } from "../history.js";
import type { CallbackMemory, Checkpoint } from "../checkpoint.js";

/** What a callback gets to know of an epoch: its scores by part, whatever the metrics are. */
export type WatchedEpoch = Pick<TrainingEpoch<never>, "epoch" | "seconds" | "penalty"> &
  Readonly<Record<"running" | "clean", Readonly<Record<string, number>>>> & {
    readonly validation?: Readonly<Record<string, number>>;
  };

/** What a callback can do to the training that it watches. */
export interface TrainingControl {
  /** Epochs asked for. */
  readonly epochs: number;
  /** Copies of all weights of this moment, in the order of the layers. */
  readonly weights: () => readonly Float32Array[];
  readonly setWeights: (weights: readonly Float32Array[]) => void;
  /** The learning rate of the next updates; where the optimizer has a schedule, the factor of its rate. */
  readonly learningRate: () => number;
  readonly setLearningRate: (rate: number) => void;
  /** Ends the training after this epoch. The first reason given is kept. */
  readonly stop: (reason: string) => void;
  /** Everything that a later `fit` needs to go on from the end of this epoch. */
  readonly checkpoint: () => Checkpoint;
}

/** A callback at work in one training. */
export interface RunningCallback {
  /** After the scores of an epoch are known and reported. The training waits for a promise. */
  readonly onEpochEnd?: (epoch: WatchedEpoch) => void | Promise<void>;
  /** After `onEpochEnd` of all callbacks: the moment to save a checkpoint, which holds what they did. */
  readonly onEpochSettled?: (epoch: WatchedEpoch) => void | Promise<void>;
  /**
   * At any end of the training: after its last epoch, when it was stopped, when its loss failed or when
   * it was aborted.
   */
  readonly onTrainEnd?: () => void | Promise<void>;
  /** What a checkpoint must hold for {@link restore} to go on as if nothing had happened. */
  readonly memory?: () => CallbackMemory;
  readonly restore?: (memory: CallbackMemory) => void;
}

/**
 * Watches trainings. `start` is called for each training anew, so one callback can be given to several.
 *
 * @example
 * const printer: Callback = {
 *   name: "printer",
 *   start: () => ({ onEpochEnd: ({ epoch, clean }) => console.log(epoch, clean.loss) }),
 * };
 */
export interface Callback {
  /** Unique among the callbacks of a training: its memory in a checkpoint has this name. */
  readonly name: string;
  /**
   * Called before the first epoch. May throw a UsageError for options that don't fit the training.
   */
  readonly start: (control: TrainingControl, training: TrainingPlan) => RunningCallback;
}

/** What a callback may want to know before the first epoch. */
export interface TrainingPlan {
  readonly epochs: number;
  readonly hasValidation: boolean;
  /** The scores of an epoch, "loss" and the metrics, each with what is better. */
  readonly scores: Readonly<Record<string, "higher" | "lower">>;
}
