/** @file Public face of stats. */
export { wilsonInterval } from "./binomial.js";
export { logInterval, logitInterval } from "./boundedIntervals.js";
export { bootstrapInterval, type BootstrapOptions } from "./bootstrap.js";
export {
  comparePaired,
  compareWithBaseline,
  pairedValues,
  type ArmComparison,
  type CompareOptions,
  type Estimator,
  type PairedComparison,
  type SeedValues,
} from "./compare.js";
export { pairedEffectSize, type PairedEffectSize } from "./effectSize.js";
export {
  studentInterval,
  studentTest,
  type Interval,
  type StudentEstimate,
  type StudentTest,
} from "./estimate.js";
export { fiveByTwoTest, type FiveByTwoTest } from "./fiveByTwo.js";
export { confidencePercent, differenceDecimals, inUnit, signed } from "./format.js";
export { holmAdjusted } from "./holm.js";
export { logSpace } from "./logSpace.js";
export { rankSumTest, type RankSumTest } from "./mannWhitney.js";
export { mcNemarTest, type McNemarTest } from "./mcnemar.js";
export { mean, median, standardDeviation } from "./moments.js";
export type { NullNoise } from "./nullNoise.js";
export {
  runNullStudies,
  type NullRule,
  type NullStudyCounts,
  type NullStudyOptions,
} from "./nullStudies.js";
export { oneStandardErrorRule, type SweepChoice, type SweepPoint } from "./oneStandardError.js";
export { pairedDifferences, type PairedDifferences } from "./paired.js";
export { generalizationLoss, progressQuotient, trainingProgress } from "./prechelt.js";
export { resampledDifferences } from "./resampled.js";
export { seedsForHalfWidth, seedsForPower, seedsForSuperiority } from "./sampleSize.js";
export { stoppingEpoch, type StoppingCriterion } from "./stoppingEpoch.js";
export { superiority, type Superiority, type SuperiorityGrade } from "./superiority.js";
export {
  twoStageDifferences,
  untilNarrow,
  type NarrowArm,
  type NarrowPlan,
  type PairedValues,
  type TwoStageEstimate,
  type UntilNarrowOptions,
} from "./twoStage.js";
export { FEWEST_PAIRS, type Metric, type Verdict } from "./verdict.js";
export { signedRankTest, type SignedRankTest } from "./wilcoxon.js";
export { unpairedDifference, type UnpairedDifference } from "./welch.js";
