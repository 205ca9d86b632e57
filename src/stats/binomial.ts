/** @file Shares of a count: exact test against one half, and Wilson's interval. */
import { checkParameter, integer, real } from "../util/index.js";
import { normalQuantile } from "./distributions.js";
import { checkConfidence, type Interval } from "./estimate.js";
import { incompleteBeta } from "./incompleteBeta.js";

/** Counts above this are no longer sums of ones in float64. */
const TRIALS = integer({ min: 1, max: Number.MAX_SAFE_INTEGER, default: 1 });

/**
 * Exact two-sided p-value of `successes` in `trials` fair tosses: twice the smaller tail, at most 1,
 * which for a fair coin is SciPy's `binomtest(successes, trials).pvalue`. No trials: 1.
 */
export function fairCoinTest(successes: number, trials: number): number {
  const fewer = Math.min(successes, trials - successes);
  if (2 * fewer >= trials) return 1;
  // P(X <= k) = I_(1/2)(n - k, k + 1)
  return Math.min(1, 2 * incompleteBeta(0.5, { a: trials - fewer, b: fewer + 1 }));
}

/**
 * Wilson's score interval of a share: the shares p that a z test of `successes / trials` does not reject.
 *
 * It assumes independent trials of one probability. Unlike `p +- z sqrt(p (1 - p) / n)` it stays in
 * [0, 1] and keeps its width at 0 and at n successes, where an accuracy near 1 needs it. It is about the
 * rows of one test set: two arms tested on the same rows are paired, see `mcNemarTest`.
 *
 * @param successes - in [0, trials]; half ones are allowed, for ties
 * @param options - `trials`, a whole number of at least 1; `confidence` in (0, 1), default 0.95
 * @throws UsageError naming the number out of range.
 * @see Wilson, Probable inference, the law of succession, and statistical inference, JASA 22, 1927
 */
export function wilsonInterval(
  successes: number,
  options: { trials: number; confidence?: number },
): Interval {
  const trials = checkParameter("wilsonInterval", "trials", TRIALS, options.trials);
  const range = real({ min: 0, max: trials, default: 0 });
  const k = checkParameter("wilsonInterval", "successes", range, successes);
  const level = checkConfidence("wilsonInterval", options.confidence);
  const z2 = normalQuantile((1 + level) / 2) ** 2;
  const center = k + z2 / 2;
  const reach = Math.sqrt(z2 * ((k * (trials - k)) / trials + z2 / 4));
  // At the ends the root equals the center, but for rounding.
  const low = k === 0 ? 0 : (center - reach) / (trials + z2);
  const high = k === trials ? 1 : (center + reach) / (trials + z2);
  return [low, high];
}
