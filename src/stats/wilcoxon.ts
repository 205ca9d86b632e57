/** @file Wilcoxon's signed-rank test: whether paired differences lean to one side. */
import { normalCdf } from "./distributions.js";
import { checkPairs, rankableDifferences } from "./pairs.js";
import { doubledRanks, signedSumDistribution, tieTerm, twoSided } from "./ranks.js";

export interface SignedRankTest {
  /** The smaller of the rank sums of positive and of negative differences, as SciPy reports it. */
  readonly statistic: number;
  /** Differences that are not 0; the others are left out. */
  readonly used: number;
  readonly method: "exact" | "normal";
  /** Two-sided; 1 if all differences are 0. */
  readonly pValue: number;
}

/** The most differences for which the exact distribution is computed, as in SciPy. */
const EXACT_UP_TO = 50;

/** The normal approximation of SciPy's `method="approx"`, without a continuity correction. */
function approximate(statistic: number, used: number, ties: readonly number[]): number {
  const center = (used * (used + 1)) / 4;
  const variance = (used * (used + 1) * (2 * used + 1) - tieTerm(ties) / 2) / 24;
  return Math.min(1, 2 * normalCdf((statistic - center) / Math.sqrt(variance)));
}

/**
 * Wilcoxon's signed-rank test of paired differences, two-sided.
 *
 * The hypothesis is that differences are symmetric about 0; no normality is assumed. With five pairs
 * p cannot fall below 0.0625, with six below 0.03125: it needs six seeds to claim anything.
 *
 * Zeros are left out (Wilcoxon's own rule, SciPy's default `zero_method="wilcox"`). Ties share the mean
 * of their ranks; differences that rounding alone sets apart are ties. Up to 50 differences p is exact,
 * with ties too: the distribution over all sign changes, by dynamic programming. SciPy's `wilcoxon`
 * leaves exactness for the normal approximation at ties or zeros above 13 differences. Beyond 50 it
 * is the normal approximation with the correction for ties and none for continuity, as in SciPy.
 *
 * @param arm - one value a seed
 * @param baseline - the values of the same seeds in the same order
 * @throws UsageError if a value is not finite, or the lengths differ.
 * @see Wilcoxon, Individual comparisons by ranking methods, Biometrics Bulletin 1, 1945
 */
export function signedRankTest(
  arm: readonly number[],
  baseline: readonly number[],
): SignedRankTest {
  checkPairs("signedRankTest", [arm, baseline]);
  const differences = rankableDifferences(arm, baseline).filter((difference) => difference !== 0);
  const used = differences.length;
  if (used === 0) return { statistic: 0, used, method: "exact", pValue: 1 };
  const { ranks, ties } = doubledRanks(differences.map(Math.abs));
  const positive = ranks.reduce((sum, rank, i) => (differences[i] > 0 ? sum + rank : sum), 0);
  const smaller = Math.min(positive, used * (used + 1) - positive);
  const statistic = smaller / 2;
  return used <= EXACT_UP_TO
    ? {
        statistic,
        used,
        method: "exact",
        pValue: twoSided(signedSumDistribution(ranks), smaller),
      }
    : { statistic, used, method: "normal", pValue: approximate(statistic, used, ties) };
}
