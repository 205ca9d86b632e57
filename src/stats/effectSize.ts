/** @file How large a paired difference is, in units of its own spread. */
import { stirlingError } from "./incompleteBeta.js";
import { pairedDifferences } from "./paired.js";

export interface PairedEffectSize {
  /** Cohen's d_z, `mean / sd` of the differences; NaN where the spread is unknown. */
  readonly cohensD: number;
  /** Hedges' g_z: d_z without the upward bias of few pairs, `d_z J(n - 1)`; NaN below 3 pairs. */
  readonly hedgesG: number;
}

/**
 * Hedges' factor `J(m) = gamma(m / 2) / (sqrt(m / 2) gamma((m - 1) / 2))`; 0.914 for m = 9.
 *
 * @param degreesOfFreedom - m, at least 2
 */
export function hedgesFactor(degreesOfFreedom: number): number {
  const a = (degreesOfFreedom - 1) / 2;
  // Stirling's formula for both gammas, with what is large in both left out.
  const logRatio = (a - 0.5) * Math.log1p(0.5 / a) - 0.5;
  return Math.exp(logRatio + stirlingError(a + 0.5) - stirlingError(a));
}

/**
 * Standardized mean of the paired differences.
 *
 * It says how visible a difference is against the noise of seeds, not how large it is in accuracy: with
 * quiet seeds a negligible gain has a large d_z. It is not comparable with Cohen's d of two independent
 * groups. Differences that are all 0 have d_z 0; identical ones have none.
 *
 * @param arm - one value a seed
 * @param baseline - the values of the same seeds in the same order
 * @throws UsageError if a value is not finite, or the lengths differ.
 * @see Lakens, Calculating and reporting effect sizes to facilitate cumulative science, Frontiers in
 * Psychology 4, 2013
 * @see Hedges, Distribution theory for Glass's estimator of effect size, Journal of Educational
 * Statistics 6, 1981
 */
export function pairedEffectSize(
  arm: readonly number[],
  baseline: readonly number[],
): PairedEffectSize {
  const { pairs, mean, sd, standardError } = pairedDifferences(arm, baseline);
  if (Number.isNaN(standardError)) return { cohensD: NaN, hedgesG: NaN };
  const cohensD = sd === 0 ? 0 : mean / sd;
  return { cohensD, hedgesG: pairs < 3 ? NaN : cohensD * hedgesFactor(pairs - 1) };
}
