/** @file The Mann-Whitney test of two independent groups, with the probability that one beats the other. */
import { UsageError } from "../util/index.js";
import { normalCdf } from "./distributions.js";
import { checkFinite } from "./moments.js";
import { doubledRanks, subsetSumDistribution, tieTerm, twoSided } from "./ranks.js";

export interface RankSumTest {
  /** Pairs (one value of each group) in which the arm's is larger; ties count half. */
  readonly u: number;
  /** `u / (n m)`: the chance that a value of the arm exceeds one of the baseline, ties half. */
  readonly superiority: number;
  /** Cliff's delta, `2 superiority - 1`, in [-1, 1]. */
  readonly cliffsDelta: number;
  readonly method: "exact" | "normal";
  /** Two-sided. */
  readonly pValue: number;
}

/** The most values, of both groups together, for which the exact distribution is computed. */
const EXACT_UP_TO = 50;

/** SciPy's `method="asymptotic"`: corrected for ties and for continuity. */
function approximate(
  u: number,
  { n, m, ties }: { n: number; m: number; ties: readonly number[] },
): number {
  const all = n + m;
  const variance = ((n * m) / 12) * (all + 1 - tieTerm(ties) / (all * (all - 1)));
  if (variance === 0) return 1;
  const z = (Math.max(u, n * m - u) - (n * m) / 2 - 0.5) / Math.sqrt(variance);
  return Math.min(1, 2 * normalCdf(-z));
}

/**
 * Mann-Whitney's U (Wilcoxon's rank-sum test) of two independent groups, two-sided.
 *
 * The hypothesis is that both come from one distribution; no normality is assumed. For seeds that are
 * not paired: arms of one study are, see `signedRankTest` and `superiority`. Ties share the mean of
 * their ranks. Up to 50 values p is exact, with ties too, where SciPy's exact method assumes none; beyond,
 * it is the normal approximation corrected for ties and continuity, as in SciPy.
 *
 * @param arm - at least one value
 * @param baseline - at least one value
 * @throws UsageError if a value is not finite, or a group is empty.
 * @see Mann and Whitney, On a test of whether one of two random variables is stochastically larger than
 * the other, Annals of Mathematical Statistics 18, 1947
 * @see Cliff, Dominance statistics: ordinal analyses to answer ordinal questions, Psychological
 * Bulletin 114, 1993
 */
export function rankSumTest(arm: readonly number[], baseline: readonly number[]): RankSumTest {
  checkFinite("rankSumTest", arm);
  checkFinite("rankSumTest", baseline);
  const [n, m] = [arm.length, baseline.length];
  if (n === 0 || m === 0) {
    throw new UsageError(
      `rankSumTest: each group must have at least 1 value; got ${n} and ${m}. Train more seeds.`,
    );
  }
  const { ranks, ties } = doubledRanks([...arm, ...baseline]);
  const rankSum = ranks.slice(0, n).reduce((sum, rank) => sum + rank, 0);
  const u = (rankSum - n * (n + 1)) / 2;
  const exact = n + m <= EXACT_UP_TO;
  const superiority = u / (n * m);
  return {
    u,
    superiority,
    cliffsDelta: 2 * superiority - 1,
    method: exact ? "exact" : "normal",
    pValue: exact
      ? twoSided(subsetSumDistribution(ranks, n), rankSum)
      : approximate(u, { n, m, ties }),
  };
}
