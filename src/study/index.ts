/** @file Public face of study. */
export { assembleStored } from "./assemble.js";
export { compareArms } from "./compare.js";
export { memoryStore } from "./memoryStore.js";
export { prepareData, type StudyData } from "./data.js";
export { designStudy, type StudyOptions } from "./design.js";
export type { SizeChoice, StudyDesign, Sweep, TrialSpec, UntilChoice } from "./plan.js";
export type { Mistake, PredictionDiagnostics, TrialDiagnostics } from "./diagnostics.js";
export type { WeightDiagnostics } from "./weightDiagnostics.js";
export type { StudyEvent, TrialMessage } from "./events.js";
export { finalEpoch } from "./results.js";
export { inlineWorkers } from "./inlineWorker.js";
export { isFinished, trialMetrics, valuesBySeed, type TrialMetric } from "./metrics.js";
export type { PoolOptions, TrialRun, TrialWorker } from "./pool.js";
export type {
  ArmResult,
  Comparison,
  ComparisonDetails,
  DataDescription,
  Environment,
  EpochResult,
  FinalScores,
  Scores,
  StoppingResult,
  StudyResult,
  SweepResult,
  TrialFailure,
  TrialResult,
} from "./results.js";
export type { Verdict } from "../stats/index.js";
export { runStudy, type StudyServices } from "./run.js";
export {
  refuseOpen,
  requireStudy,
  summarizeStudy,
  type PlannedTrial,
  type StoredStudy,
  type StudyEnd,
  type StudyJournal,
  type StudyReader,
  type StudyRecord,
  type StudyStore,
  type StudySummary,
} from "./store.js";
export { expandSweeps } from "./sweep.js";
export { runTrial } from "./trial.js";
export type { TrialArtifacts, TrialData, TrialHooks, TrialOutcome } from "./trialParts.js";
