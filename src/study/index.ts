/** @file Public face of study. */
export { compareArms } from "./compare.js";
export { prepareData, type StudyData } from "./data.js";
export { designStudy, type StudyDesign, type StudyOptions, type TrialSpec } from "./design.js";
export type { StudyEvent, TrialMessage } from "./events.js";
export { finalEpoch } from "./results.js";
export { inlineWorkers } from "./inlineWorker.js";
export { isFinished, trialMetrics, valuesBySeed, type TrialMetric } from "./metrics.js";
export type { PoolOptions, TrialWorker } from "./pool.js";
export type {
  ArmResult,
  Comparison,
  DataDescription,
  Environment,
  EpochResult,
  Scores,
  StudyResult,
  TrialFailure,
  TrialResult,
  Verdict,
} from "./results.js";
export { runStudy, type StudyServices } from "./run.js";
export { runTrial, type TrialData, type TrialHooks } from "./trial.js";
