/** @file A recipe: everything that decides a training, as plain data; and the reference recipe. */
import {
  adam,
  dense,
  type AugmentationSpec,
  type AveragingSpec,
  type EarlyStoppingOptions,
  type LayerSpec,
  type LossChoice,
  type OptimizerSpec,
} from "../nn/index.js";
import { splitParameters, type PreprocessingName, type SourceRequest } from "../data/index.js";
import { integer } from "../util/index.js";

/** Which rows are trained on: a data set's name and its options. */
export type DataChoice = SourceRequest;

/** How the pool is divided into training and validation rows: scikit-learn's `train_test_split`. */
export interface SplitChoice {
  /** A share in (0, 1) or a number of the pool's rows; default: as the data set says. */
  readonly validation?: number;
  /** scikit-learn's `random_state`, in [0, 2^32). */
  readonly seed: number;
}

/** The trial's own seed is not part of it: the same recipe is trained once for each seed. */
export interface TrainingChoice {
  readonly optimizer: OptimizerSpec;
  readonly loss: LossChoice;
  /** By how much the rows of each class count in what is minimized. */
  readonly classWeights?: readonly number[];
  /** Changes of training batches, in this order. */
  readonly augmentation?: readonly AugmentationSpec[];
  /** An average of weights, which is what is scored and kept. */
  readonly averaging?: AveragingSpec;
  /** When to end before the last epoch, and with which weights. */
  readonly earlyStopping?: Omit<EarlyStoppingOptions, "onRestore">;
  readonly epochs: number;
  /** Rows of one update; the last batch of an epoch may be smaller, as in Keras. */
  readonly batchSize: number;
}

/**
 * Several networks in the place of one, whose probabilities are averaged: trained apart from other seeds, or
 * taken at the ends of the cycles of one training.
 */
export type EnsembleChoice =
  | { readonly kind: "deep"; readonly members: number }
  | { readonly kind: "snapshots"; readonly cycles: number };

/** Plain data: it survives JSON, can be sent to a worker and is printed in the report as it is. */
export interface Recipe {
  readonly data: DataChoice;
  readonly split: SplitChoice;
  /**
   * What is done to features: "scale" (default), stored numbers times the data set's scale; or "standardize",
   * mean 0 and standard deviation 1 over the training rows.
   */
  readonly preprocessing?: PreprocessingName;
  readonly model: { readonly layers: readonly LayerSpec[] };
  readonly training: TrainingChoice;
  /** Default: one network. */
  readonly ensemble?: EnsembleChoice;
  /** Outputs with noise on that are averaged for each prediction; default: one without noise. */
  readonly predictionSamples?: number;
}

/** How many trainings the recipe asks for. */
export const countTrainings = ({ ensemble }: Recipe): number =>
  ensemble?.kind === "deep" ? ensemble.members : 1;

/** Epochs of all of them, if none stops early. */
export const totalEpochs = (recipe: Recipe): number =>
  recipe.training.epochs * countTrainings(recipe);

/** The numbers of a recipe beside those of its components and of its data set. */
export const recipeParameters = {
  epochs: integer({ min: 1, default: 20 }),
  batchSize: integer({ min: 1, default: 128 }),
  splitSeed: splitParameters.seed,
  /** Networks of a deep ensemble. */
  members: integer({ min: 1, max: 1000, default: 5, off: 1, search: [2, 20] }),
  /** Cycles of a snapshot ensemble. */
  cycles: integer({ min: 2, max: 1000, default: 5, search: [2, 10] }),
  predictionSamples: integer({ min: 0, max: 10_000, default: 50, off: 0, search: [5, 100] }),
} as const;

/**
 * The experiment that everything is measured by: 784-512-256-10 with ReLU and softmax, Adam 1e-3,
 * batch 128, 20 epochs, 10 % validation rows of split seed 42.
 */
export const referenceRecipe: Recipe = {
  data: { name: "mnist" },
  split: { validation: 0.1, seed: 42 },
  model: {
    layers: [
      dense({ units: 512, activation: "relu" }),
      dense({ units: 256, activation: "relu" }),
      dense({ units: 10, activation: "softmax" }),
    ],
  },
  training: {
    optimizer: adam({ learningRate: 1e-3 }),
    loss: "categoricalCrossEntropy",
    epochs: 20,
    batchSize: 128,
  },
};
