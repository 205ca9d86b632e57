/** @file Holdout's public face. It runs in browsers as in Node: files, clocks and threads are handed in. */
export * from "./nn/index.js";
export {
  createEngine,
  createReferenceEngine,
  preparePeak,
  type Engine,
  type MatrixLibrary,
  type MemoryUse,
  type Multiply,
  type Peak,
  type PeakMeter,
  type Program,
  type ProgramDefinition,
  type WasmEngineOptions,
} from "./runtime/index.js";
export { gradients, ops, variable, type Tensor, type Variable } from "./graph/index.js";
export {
  dataset,
  digits,
  hashDataset,
  kFold,
  mnist,
  splitRows,
  type DataAccess,
  type Dataset,
  type DatasetFields,
  type LabelledDataset,
  type LabelledFields,
  type TargetDataset,
  type TargetFields,
  type DigitsOptions,
  type DownloadEvent,
  type Source,
} from "./data/index.js";
export {
  applyArm,
  parseArm,
  referenceRecipe,
  techniques,
  type Arm,
  type Recipe,
  type Technique,
} from "./techniques/index.js";
export {
  compareArms,
  designStudy,
  inlineWorkers,
  prepareData,
  runStudy,
  type ArmResult,
  type Comparison,
  type Environment,
  type EpochResult,
  type Scores,
  type StudyData,
  type StudyDesign,
  type StudyEvent,
  type StudyOptions,
  type StudyResult,
  type StudyServices,
  type TrialFailure,
  type TrialResult,
  type TrialSpec,
  type TrialWorker,
  type Verdict,
} from "./study/index.js";
export {
  comparePaired,
  pairedDifferences,
  type PairedComparison,
  type PairedDifferences,
} from "./stats/index.js";
export { htmlReport, terminalReport, type TerminalOptions } from "./report/index.js";
export { InternalError, UsageError } from "./util/index.js";
