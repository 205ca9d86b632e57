/** @file P(A beats B) over paired seeds, with its interval and the sign test. */
import { fairCoinTest, wilsonInterval } from "./binomial.js";
import type { Interval } from "./estimate.js";
import { checkPairs, rankableDifferences } from "./pairs.js";

/** "meaningful": beyond chance, and its interval reaches beyond 0.75 too. */
export type SuperiorityGrade = "not beyond chance" | "beyond chance" | "meaningful";

export interface Superiority {
  readonly pairs: number;
  /** Seeds on which the arm's value is better, equal and worse. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** `(wins + ties / 2) / pairs`: the estimated chance that the arm wins on a new seed. */
  readonly probability: number;
  /** Wilson's interval of that chance. */
  readonly interval: Interval;
  readonly grade: SuperiorityGrade;
  /** The sign test's exact two-sided p-value, ties left out. */
  readonly signTestPValue: number;
}

/** Bouthillier et al.'s gamma: winning less often than this is no gain worth having. */
const MEANINGFUL_SUPERIORITY = 0.75;

function gradeOf([low, high]: Interval): SuperiorityGrade {
  // NaN compares false: without an interval nothing is beyond chance.
  if (!(low > 0.5)) return "not beyond chance";
  return high > MEANINGFUL_SUPERIORITY ? "meaningful" : "beyond chance";
}

/**
 * How often the arm beats the baseline on the same seed, and whether that is more than luck.
 *
 * A mean difference says how much a technique gains on average; this says how often it gains at all. It
 * assumes independent seeds and nothing of the differences' shape. Ties count half in the
 * probability and are left out of the sign test; differences that rounding alone sets apart from 0 are ties.
 * Each comparison stands alone: hand the p-values of several arms to `holmAdjusted`.
 *
 * Bouthillier et al. take the percentile bootstrap for the interval, which is [1, 1] when all seeds
 * win. Wilson's interval is not, so no verdict is certain after three seeds. The grade is theirs: the
 * interval must lie above 0.5, and reach above 0.75. They advise 29 seeds; see `seedsForSuperiority`.
 *
 * @param arm - one value a seed
 * @param baseline - the values of the same seeds in the same order
 * @param options - `better`: which values win, default "higher"; `confidence` in (0, 1), default 0.95
 * @returns probability and interval are NaN without pairs.
 * @throws UsageError if a value is not finite, the lengths differ, or the confidence is out of range.
 * @see Bouthillier et al., Accounting for variance in machine learning benchmarks, MLSys 2021
 */
export function superiority(
  arm: readonly number[],
  baseline: readonly number[],
  { better = "higher", confidence }: { better?: "higher" | "lower"; confidence?: number } = {},
): Superiority {
  checkPairs("superiority", [arm, baseline]);
  const differences = rankableDifferences(arm, baseline);
  const pairs = differences.length;
  const sign = better === "higher" ? 1 : -1;
  const wins = differences.filter((difference) => difference * sign > 0).length;
  const losses = differences.filter((difference) => difference * sign < 0).length;
  const ties = pairs - wins - losses;
  const score = wins + ties / 2;
  const level = confidence === undefined ? {} : { confidence };
  const interval: Interval =
    pairs === 0 ? [NaN, NaN] : wilsonInterval(score, { trials: pairs, ...level });
  return {
    pairs,
    wins,
    ties,
    losses,
    probability: score / pairs,
    interval,
    grade: gradeOf(interval),
    signTestPValue: fairCoinTest(wins, wins + losses),
  };
}
