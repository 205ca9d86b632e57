/** @file Paired differences between two arms, seed by seed, with Student's t interval. */
import { UsageError } from "../util/index.js";
import { studentQuantile, studentTwoSided } from "./distributions.js";
import { checkFinite, mean, standardDeviation } from "./moments.js";

/** What n paired differences say. Numbers that n cannot give are NaN. */
export interface PairedDifferences {
  readonly pairs: number;
  /** Mean of `arm - baseline`; NaN without pairs. */
  readonly mean: number;
  /** Standard deviation of the differences; NaN with fewer than two pairs. */
  readonly sd: number;
  /** 95 % interval of the mean, both ends included; NaN where the spread is unknown. */
  readonly interval: readonly [number, number];
  /** `mean / (sd / sqrt(n))`, with n - 1 degrees of freedom. */
  readonly t: number;
  /** Two-sided, of the hypothesis that the true mean difference is 0. */
  readonly pValue: number;
}

const CONFIDENCE = 0.95;
const UNKNOWN = { interval: [NaN, NaN], t: NaN, pValue: NaN } as const;

/** Whether the differences are one value, up to what rounding does to a subtraction. */
function areIdentical(differences: readonly number[], values: readonly number[]): boolean {
  const spread = Math.max(...differences) - Math.min(...differences);
  return spread <= 2 * Number.EPSILON * Math.max(...values.map(Math.abs));
}

function checkPairs(arm: readonly number[], baseline: readonly number[]): void {
  checkFinite("pairedDifferences", arm);
  checkFinite("pairedDifferences", baseline);
  if (arm.length === baseline.length) return;
  throw new UsageError(
    `pairedDifferences: both arms must have one value for each seed; got ${arm.length} and ` +
      `${baseline.length}. Pair the values by seed first.`,
  );
}

/**
 * Mean of the paired differences `arm - baseline` with its 95 % t interval:
 * `mean +- t(0.975, n - 1) sd / sqrt(n)`.
 *
 * It assumes that seeds are independent of each other and that differences are roughly normal, and
 * it is about the seeds' randomness alone: with one fixed split, that is the noise of training
 * (initial weights, batch order, dropout masks), not the luck of the split.
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
  checkPairs(arm, baseline);
  const differences = arm.map((value, index) => value - baseline[index]);
  const pairs = differences.length;
  const center = mean(differences);
  const sd = standardDeviation(differences);
  const common = { pairs, mean: center, sd };
  if (pairs < 2) return { ...common, ...UNKNOWN };
  if (areIdentical(differences, [...arm, ...baseline])) {
    return center === 0
      ? { ...common, sd: 0, interval: [0, 0], t: 0, pValue: 1 }
      : { ...common, sd: 0, ...UNKNOWN };
  }
  const error = sd / Math.sqrt(pairs);
  const reach = studentQuantile((1 + CONFIDENCE) / 2, pairs - 1) * error;
  const t = center / error;
  const pValue = studentTwoSided(t, pairs - 1);
  return { ...common, interval: [center - reach, center + reach], t, pValue };
}
