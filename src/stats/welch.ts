/** @file Welch's t: two independent groups of trainings that may differ in spread. */
import { UsageError } from "../util/index.js";
import {
  studentInterval,
  studentTest,
  type Interval,
  type StudentEstimate,
  type StudentTest,
} from "./estimate.js";
import { checkFinite, mean, standardDeviation } from "./moments.js";

/** What two independent groups say about the difference of their means. */
export interface UnpairedDifference extends StudentEstimate, StudentTest {
  /** 95 % interval of the difference. */
  readonly interval: Interval;
}

/** Degrees of freedom that match the variance of the estimated variance (Welch and Satterthwaite). */
function satterthwaite(groups: readonly { variance: number; size: number }[]): number {
  const total = groups.reduce((sum, { variance }) => sum + variance, 0);
  const parts = groups.map(({ variance, size }) => (variance / total) ** 2 / (size - 1));
  return 1 / parts.reduce((sum, part) => sum + part, 0);
}

/**
 * Difference of the means of two independent groups, `mean(arm) - mean(baseline)`, with Welch's t.
 *
 * For trainings that share no seed, or of which the same seed does not give the same initial weights
 * and batch order. Arms of one study are paired: `pairedDifferences` is then the more powerful.
 * It assumes independent, roughly normal values; the spreads may differ. Equals SciPy's
 * `ttest_ind(arm, baseline, equal_var=False)`. If neither group varies, the spread is unknown: NaN,
 * unless all values are equal, which gives [0, 0] and p 1.
 *
 * @param arm - at least two values
 * @param baseline - at least two values
 * @throws UsageError if a value is not finite, or a group has fewer than two.
 * @see Welch, The generalization of Student's problem when several different population variances
 * are involved, Biometrika 34, 1947
 */
export function unpairedDifference(
  arm: readonly number[],
  baseline: readonly number[],
): UnpairedDifference {
  const groups = [arm, baseline].map((values) => {
    checkFinite("unpairedDifference", values);
    if (values.length < 2) {
      throw new UsageError(
        `unpairedDifference: each group must have at least 2 values; got ${values.length}. ` +
          "Train more seeds.",
      );
    }
    // Equal values have no spread, whatever the rounding of their mean.
    const constant = values.every((value) => value === values[0]);
    const variance = constant ? 0 : standardDeviation(values) ** 2 / values.length;
    return { mean: constant ? values[0] : mean(values), variance, size: values.length };
  });
  const difference = groups[0].mean - groups[1].mean;
  const variance = groups[0].variance + groups[1].variance;
  const unknown = variance === 0;
  const estimate = {
    mean: difference,
    standardError: unknown && difference !== 0 ? NaN : Math.sqrt(variance),
    degreesOfFreedom: unknown ? NaN : satterthwaite(groups),
  };
  return { ...estimate, interval: studentInterval(estimate), ...studentTest(estimate) };
}
