/** @file Public face of analysis. */
export {
  crossEntropyBiasVariance,
  squaredBiasVariance,
  type BiasVariance,
} from "./biasVariance.js";
export {
  calibration,
  type BinOptions,
  type Calibration,
  type ReliabilityBin,
} from "./calibration.js";
export { confusionMatrix, mostConfused, type ConfusedPair, type Confusion } from "./confusion.js";
export { zeroOneBiasVariance, type ZeroOneDecomposition, type ZeroOnePoint } from "./domingos.js";
export {
  areProbabilities,
  logSoftmax,
  predictedClasses,
  type ClassLogits,
  type ClassProbabilities,
  type Numbers,
} from "./rows.js";
export { brierScore, negativeLogLikelihood } from "./scores.js";
export { fitTemperature, temperedProbabilities, type Temperature } from "./temperature.js";
export {
  largestWeight,
  sparsity,
  weightHistogram,
  type Histogram,
  type HistogramOptions,
  type Sparsity,
} from "./weights.js";
