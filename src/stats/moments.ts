/** @file Mean, standard deviation and median, with sums that do not lose digits. */
import { UsageError } from "../util/index.js";

/**
 * Sum of the values with Neumaier's compensation: as accurate as twice the working precision.
 *
 * @see Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation, ZAMM 54, 1974
 */
function compensatedSum(values: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const next = sum + value;
    // The digits that fell off belong to the smaller of the two.
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

/**
 * Refuses values that are not finite numbers.
 *
 * @throws UsageError `mean: values must be finite numbers; got NaN at position 2. ...`
 */
export function checkFinite(who: string, values: readonly number[]): void {
  const position = values.findIndex((value) => !Number.isFinite(value));
  if (position < 0) return;
  throw new UsageError(
    `${who}: values must be finite numbers; got ${values[position]} at position ${position}. ` +
      "Leave failed trials out.",
  );
}

/**
 * Arithmetic mean: `sum(x) / n`.
 *
 * @returns NaN for no values: there is none.
 * @throws UsageError if a value is NaN or infinite.
 */
export function mean(values: readonly number[]): number {
  checkFinite("mean", values);
  return compensatedSum(values) / values.length;
}

/**
 * Sample standard deviation: `sqrt(sum((x - mean)^2) / (n - 1))`.
 *
 * NumPy's `std` divides by n unless told `ddof=1`; this is the `ddof=1` form, as in R and pandas.
 *
 * @returns NaN for fewer than two values: one run says nothing about spread.
 * @throws UsageError if a value is NaN or infinite.
 */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return NaN;
  const center = mean(values);
  const squares = values.map((value) => (value - center) ** 2);
  return Math.sqrt(compensatedSum(squares) / (values.length - 1));
}

/**
 * Median: the middle value, or the mean of the two middle ones.
 *
 * @returns NaN for no values.
 * @throws UsageError if a value is NaN or infinite.
 */
export function median(values: readonly number[]): number {
  checkFinite("median", values);
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : mean(sorted.slice(half - 1, half + 1));
}
