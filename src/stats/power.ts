/** @file The power of the paired t test, from the non-central t distribution. */
import { normalCdf, studentQuantile } from "./distributions.js";

/** How far the integral reaches to either side, in standard deviations of its logarithm. */
const REACH = 9;

/**
 * P(T > t) of the non-central t distribution: the mean of `normalCdf(shift - t s)` over `s^2 ~
 * chi-square / df`.
 *
 * The integral over `u = ln(s)`, whose density `exp(df (u - e^(2u) / 2))` falls fast on both sides, is a
 * plain sum of evenly spaced values: for such integrands it converges exponentially. Dividing by
 * the sum of the densities spares the gamma function.
 *
 * @param df - degrees of freedom, at least 1
 * @see Trefethen and Weideman, The exponentially convergent trapezoidal rule, SIAM Review 56, 2014
 */
export function shiftedStudentTail(
  t: number,
  { df, shift }: { df: number; shift: number },
): number {
  const width = 1 / Math.sqrt(2 * df);
  const step = Math.min(0.02, width / 4);
  // The left tail falls as e^(df u): slower than the normal one that the width describes.
  const first = -Math.max(REACH * width, 40 / df);
  let density = 0;
  let sum = 0;
  for (let u = first; u < REACH * width; u += step) {
    const weight = Math.exp(df * (u - (Math.exp(2 * u) - 1) / 2));
    density += weight;
    sum += weight * normalCdf(shift - t * Math.exp(u));
  }
  return sum / density;
}

/**
 * The chance that the two-sided paired t test rejects, if the true mean difference is `effect` standard
 * deviations of the differences.
 *
 * @param effect - d_z, the true mean divided by the true standard deviation of the differences
 * @param options - `seeds`, at least 2; `significance` of the test, in (0, 1)
 */
export function pairedPower(
  effect: number,
  { seeds, significance }: { seeds: number; significance: number },
): number {
  const df = seeds - 1;
  const critical = studentQuantile(1 - significance / 2, df);
  const shift = effect * Math.sqrt(seeds);
  return (
    shiftedStudentTail(critical, { df, shift }) +
    shiftedStudentTail(critical, { df, shift: -shift })
  );
}
