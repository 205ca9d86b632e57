/** @file Public face of nn. */
export type { Spec } from "./component.js";
export type { FeatureRows, LabelledRows } from "./data.js";
export type {
  EpochResult,
  History,
  Progress,
  Scores,
  TrainingEpoch,
  TrainingFailure,
} from "./history.js";
export type { LayerSpec } from "./layers/define.js";
export { averagePooling2d } from "./layers/averagePooling2d.js";
export { conv2d } from "./layers/conv2d.js";
export { dense } from "./layers/dense.js";
export { dropout } from "./layers/dropout.js";
export { flatten } from "./layers/flatten.js";
export { globalAveragePooling2d } from "./layers/globalAveragePooling2d.js";
export { maxPooling2d } from "./layers/maxPooling2d.js";
export type { LossName } from "./losses/list.js";
export type { MetricName } from "./metrics/list.js";
export { sequential, type EvaluateOptions, type Model } from "./model.js";
export type { FitOptions } from "./options.js";
export { adam } from "./optimizers/adam.js";
export type { OptimizerSpec } from "./optimizers/define.js";
export { sgd } from "./optimizers/sgd.js";
export type { WeightArray } from "./weights.js";
