/** @file The one-standard-error rule: the strongest regularization that is as good as the best. */
import { UsageError } from "../util/index.js";
import { checkFinite } from "./moments.js";

/** One point of a sweep. */
export interface SweepPoint {
  /** How strongly is regularized: larger is stronger. */
  readonly strength: number;
  /** Mean error over folds or seeds; smaller is better. */
  readonly mean: number;
  /** Standard error of that mean. */
  readonly standardError: number;
}

export interface SweepChoice {
  /** Position of the smallest mean; of several, the strongest. */
  readonly best: number;
  /** Position of the strongest point whose mean is at most `mean + standardError` of the best. */
  readonly oneStandardError: number;
}

/**
 * Chooses from a sweep: the smallest error, and by the one-standard-error rule the strongest
 * regularization whose error is within one standard error of it.
 *
 * The smallest of many noisy errors is too small; the rule prefers the simpler model among those that
 * the noise cannot tell apart. It is a convention, not a test. As in glmnet, strengths between the best
 * and the chosen one need not all qualify. Select on validation errors, never on the test set.
 *
 * @param points - in any order, at least one; for accuracies hand in `1 - accuracy`
 * @throws UsageError if there is no point, or a number is not finite.
 * @see Friedman, Hastie and Tibshirani, Regularization paths for generalized linear models via
 * coordinate descent, Journal of Statistical Software 33(1), 2010
 * @see Breiman, Friedman, Olshen and Stone, Classification and regression trees, 1984
 */
export function oneStandardErrorRule(points: readonly SweepPoint[]): SweepChoice {
  checkFinite(
    "oneStandardErrorRule",
    points.flatMap(({ strength, mean, standardError }) => [strength, mean, standardError]),
  );
  if (points.length === 0) {
    throw new UsageError("oneStandardErrorRule: points must have at least one point; got none.");
  }
  const positions = points.map((_, index) => index);
  const stronger = (a: number, b: number): number =>
    points[a].strength >= points[b].strength ? a : b;
  const best = positions.reduce((a, b) => {
    if (points[a].mean === points[b].mean) return stronger(a, b);
    return points[a].mean < points[b].mean ? a : b;
  });
  const limit = points[best].mean + points[best].standardError;
  const chosen = positions.filter((index) => points[index].mean <= limit).reduce(stronger);
  return { best, oneStandardError: chosen };
}
