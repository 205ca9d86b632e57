/** @file Differences over resamples that share training rows: the corrected t of Nadeau and Bengio. */
import { checkParameter, real } from "../util/index.js";
import { studentInterval, studentTest, type StudentEstimate } from "./estimate.js";
import { pairedDifferences, type PairedDifferences } from "./paired.js";

const RATIO = real({
  min: 0,
  minOpen: true,
  default: 1 / 9,
  advice: "It is held-out rows / training rows: 1 / (k - 1) for k folds.",
});

/**
 * Paired differences over splits of one data set, whose training sets overlap:
 * `t = mean / sqrt((1 / J + testOverTrain) sd^2)` with J - 1 degrees of freedom.
 *
 * Overlapping training sets make the J differences dependent, and the plain `sd^2 / J` far too small.
 * For r times repeated k-fold cross-validation, hand in all J = k r differences and the ratio
 * 1 / (k - 1); for random splits, held-out rows divided by training rows. It is a correction, not a
 * proof: it assumes that two resamples correlate as much as they share test rows. Ties and identical
 * differences are treated as in `pairedDifferences`.
 *
 * @param arm - one value a resample
 * @param baseline - the values of the same resamples in the same order
 * @throws UsageError if a value is not finite, the lengths differ, or the ratio is not above 0.
 * @see Nadeau and Bengio, Inference for the generalization error, Machine Learning 52, 2003
 * @see Bouckaert and Frank, Evaluating the replicability of significance tests for comparing learning
 * algorithms, PAKDD 2004
 */
export function resampledDifferences(
  arm: readonly number[],
  baseline: readonly number[],
  { testOverTrain }: { testOverTrain: number },
): PairedDifferences {
  const ratio = checkParameter("resampledDifferences", "testOverTrain", RATIO, testOverTrain);
  const plain = pairedDifferences(arm, baseline);
  const estimate: StudentEstimate = {
    mean: plain.mean,
    standardError: plain.standardError * Math.sqrt(1 + plain.pairs * ratio),
    degreesOfFreedom: plain.degreesOfFreedom,
  };
  return { ...plain, ...estimate, interval: studentInterval(estimate), ...studentTest(estimate) };
}
