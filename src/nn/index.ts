/** @file Public face of nn. */
export * from "./constraints/all.js";
export * from "./layers/all.js";
export * from "./optimizers/all.js";
export * from "./regularizers/all.js";
export * from "./reparametrizations/all.js";
export * from "./schedules/all.js";
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
export type { LossName } from "./losses/list.js";
export type { MetricName } from "./metrics/list.js";
export { connect, functional, input, listLayers, type LayerOutput } from "./functional.js";
export { sequential, type EvaluateOptions, type Model } from "./model.js";
export type { FitOptions } from "./options.js";
export type { OptimizerSpec } from "./optimizers/define.js";
export type { WeightArray } from "./weights.js";
