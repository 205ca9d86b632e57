/** @file Paired differences between two arms, seed by seed, with Student's t interval. */
import {
  studentInterval,
  studentTest,
  type Interval,
  type StudentEstimate,
  type StudentTest,
} from "./estimate.js";
import { mean, standardDeviation } from "./moments.js";
import { areIdentical, checkPairs } from "./pairs.js";

/** What n paired differences say. Numbers that n cannot give are NaN. */
export interface PairedDifferences extends StudentEstimate, StudentTest {
  readonly pairs: number;
  /** Mean of `arm - baseline`; NaN without pairs. */
  readonly mean: number;
  /** Standard deviation of the differences; NaN with fewer than two pairs. */
  readonly sd: number;
  /** 95 % interval of the mean, both ends included; NaN where the spread is unknown. */
  readonly interval: Interval;
}

/** Identical differences that are not 0 have an unknown spread, not a spread of 0. */
function standardErrorOf(
  { mean: center, sd }: { mean: number; sd: number },
  pairs: number,
): number {
  if (pairs < 2 || (sd === 0 && center !== 0)) return NaN;
  return sd / Math.sqrt(pairs);
}

/**
 * Mean of the paired differences `arm - baseline` with its 95 % t interval:
 * `mean +- t(0.975, n - 1) sd / sqrt(n)`.
 *
 * It assumes that seeds are independent of each other and that differences are roughly normal, and
 * it is about the seeds' randomness alone: with one fixed split, that is the noise of training
 * (initial weights, batch order, dropout masks), not the luck of the split. For another confidence,
 * hand the result to `studentInterval`.
 *
 * Ties count as differences of 0. If all differences are 0, the interval is [0, 0] and p is 1, where
 * SciPy's `ttest_rel` gives NaN. If they are all the same and not 0, as happens when accuracy is
 * counted on few rows, their spread is unknown rather than zero: interval, t and p are NaN.
 *
 * @param arm - one value a seed
 * @param baseline - the values of the same seeds in the same order
 * @throws UsageError if a value is not finite, or the lengths differ.
 * @see Bouthillier et al., Accounting for variance in machine learning benchmarks, MLSys 2021
 */
export function pairedDifferences(
  arm: readonly number[],
  baseline: readonly number[],
): PairedDifferences {
  checkPairs("pairedDifferences", [arm, baseline]);
  const differences = arm.map((value, index) => value - baseline[index]);
  const pairs = differences.length;
  const identical = pairs > 1 && areIdentical(differences, [...arm, ...baseline]);
  const moments = {
    mean: mean(differences),
    sd: identical ? 0 : standardDeviation(differences),
  };
  const estimate = {
    mean: moments.mean,
    standardError: standardErrorOf(moments, pairs),
    degreesOfFreedom: pairs < 2 ? NaN : pairs - 1,
  };
  return {
    pairs,
    sd: moments.sd,
    ...estimate,
    interval: studentInterval(estimate),
    ...studentTest(estimate),
  };
}
