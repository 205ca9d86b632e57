/** @file Holm's correction for several comparisons: adjusted p-values, and the level at which each is decided. */
import { UsageError } from "../util/index.js";

/** What Holm's procedure says of one of several hypotheses. */
export interface HolmDecision {
  /** The smallest family-wise error rate at which it would be rejected; NaN if p is. */
  readonly adjusted: number;
  /** The share of the error rate spent on it: rejected if and only if `p <= significance / divisor`. */
  readonly divisor: number;
}

function checkPValue(p: number): void {
  if (Number.isNaN(p) || (p >= 0 && p <= 1)) return;
  throw new UsageError(`holm: a p-value must be a number in [0, 1]; got ${p}.`);
}

/**
 * Holm's step-down procedure over m hypotheses: with p-values in ascending order, the i-th is held
 * against `significance / (m - i + 1)`, until the first that fails; all after it fail with it.
 *
 * The chance of one false rejection or more stays at or below `significance`, however the tests depend
 * on each other: arms that share a baseline are no problem. A NaN (an arm about which nothing
 * is known) counts as one of the m and is never rejected. Ties in p are rejected together.
 *
 * An interval at confidence `1 - significance / divisor` agrees with the decision: it excludes 0 if
 * and only if Holm rejects. For hypotheses not rejected these are simultaneous intervals (Strassburger
 * and Bretz); for rejected ones they are at least as wide as the plain interval, and no more is claimed.
 *
 * @param pValues - each in [0, 1] or NaN
 * @param significance - the family-wise error rate, in (0, 1); default 0.05
 * @see Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of
 * Statistics 6, 1979
 * @see Strassburger and Bretz, Compatible simultaneous lower confidence bounds for the Holm procedure
 * and other Bonferroni-based closed tests, Statistics in Medicine 27, 2008
 */
export function holm(pValues: readonly number[], significance = 0.05): HolmDecision[] {
  pValues.forEach(checkPValue);
  const count = pValues.length;
  const rank = (p: number): number => (Number.isNaN(p) ? Infinity : p);
  const order = pValues
    .map((_, index) => index)
    .sort((a, b) => (rank(pValues[a]) < rank(pValues[b]) ? -1 : 1));
  const decisions: HolmDecision[] = new Array<HolmDecision>(count);
  let adjusted = 0;
  let divisor = count;
  order.forEach((index, step) => {
    const p = pValues[index];
    // After the first that fails the level no longer rises.
    if (adjusted <= significance) divisor = count - step;
    adjusted = Number.isNaN(p) ? NaN : Math.max(adjusted, Math.min(1, (count - step) * p));
    decisions[index] = { adjusted, divisor };
  });
  return decisions;
}

/**
 * Holm's adjusted p-values: `max over j <= i of min(1, (m - j + 1) p_(j))`, in the order given.
 *
 * See {@link holm} for the procedure, its guarantee, and NaN.
 */
export const holmAdjusted = (pValues: readonly number[]): number[] =>
  holm(pValues).map(({ adjusted }) => adjusted);
