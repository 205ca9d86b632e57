/** @file Public face of nn. */
export * from "./averaging/all.js";
export * from "./augmentations/all.js";
export * from "./constraints/all.js";
export * from "./layers/all.js";
export * from "./losses/all.js";
export * from "./metrics/all.js";
// One name for the loss and for the metric: their specs are the same.
export { meanAbsoluteError } from "./losses/all.js";
export * from "./optimizers/all.js";
export * from "./regularizers/all.js";
export * from "./reparametrizations/all.js";
export * from "./schedules/all.js";
export type {
  Callback,
  RunningCallback,
  TrainingControl,
  TrainingPlan,
  WatchedEpoch,
} from "./callbacks/define.js";
export { csvLog } from "./callbacks/csvLog.js";
export {
  earlyStopping,
  earlyStoppingParameters,
  type EarlyStoppingOptions,
} from "./callbacks/earlyStopping.js";
export { precheltStopping } from "./callbacks/precheltStopping.js";
export { reduceOnPlateau, type ReduceOnPlateauOptions } from "./callbacks/reduceOnPlateau.js";
export { saveSnapshots } from "./callbacks/saveSnapshots.js";
export { saveCheckpoints, type SaveCheckpointsOptions } from "./callbacks/saveCheckpoints.js";
export {
  decodeCheckpoint,
  encodeCheckpoint,
  type CallbackMemory,
  type Checkpoint,
} from "./checkpoint.js";
export {
  averageWeights,
  createEnsemble,
  fitEnsemble,
  fitSnapshotEnsemble,
  snapshotCycles,
  withWeights,
  type Ensemble,
  type EnsembleOptions,
  type EnsembleResult,
} from "./ensemble.js";
export { modelFromKeras, type KerasParts } from "./formats/keras/import.js";
export { decodeSafetensors, encodeSafetensors, type StoredTensor } from "./formats/safetensors.js";
export { components } from "./catalog.js";
export { checkValues, type Component, type Spec } from "./component.js";
export type { FeatureRows, LabelledRows, SupervisedRows, TargetRows } from "./data.js";
export type {
  EpochResult,
  History,
  Progress,
  RunningScores,
  Scores,
  TrainingEpoch,
  TrainingFailure,
  TrainingStop,
} from "./history.js";
export type { Inspection, LayerInspection, WeightInspection, ZeroCount } from "./inspect.js";
export type { LayerSpec } from "./layers/define.js";
export { acceptsParameter } from "./layers/list.js";
export type { Declarations, PartForm, PartParameter } from "./parameters.js";
export { namesOf } from "./wiring.js";
export type { AugmentationSpec } from "./augmentations/define.js";
export type { AveragingSpec } from "./averaging/define.js";
export type { LossSpec } from "./losses/define.js";
export type { LossChoice, LossName } from "./losses/list.js";
export type { MetricSpec } from "./metrics/define.js";
export type { MetricChoice, MetricName, SetMetricName } from "./metrics/list.js";
export {
  checkFit,
  sequential,
  type EvaluateOptions,
  type InspectOptions,
  type Model,
  type PredictOptions,
} from "./model.js";
export { connect, functional, input, listLayers, type LayerOutput } from "./functional.js";
export type { FitOptions } from "./options.js";
export type { OptimizerSpec } from "./optimizers/define.js";
export type { WeightArray } from "./weights.js";
