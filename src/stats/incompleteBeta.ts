/** @file The regularized incomplete beta function, the one special function behind Student's t. */
import { InternalError } from "../util/index.js";

/** Coefficients of Stirling's series, B_2k / (2k (2k - 1)): enough for 16 digits from x = 16 on. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

/** How far Stirling's formula misses: `ln(gamma(x)) - ((x - 1/2) ln(x) - x + ln(2 pi) / 2)`. */
export function stirlingError(x: number): number {
  let error = 0;
  for (; x < 16; x++) error += (x + 0.5) * Math.log1p(1 / x) - 1;
  const series = STIRLING.reduceRight((rest, term) => rest / (x * x) + term, 0);
  return error + series / x;
}

/** `ln(x n / a)`, given `shift = x n - a`, which holds more digits while x is near a / n. */
function logRatio(x: number, { n, a, shift }: { n: number; a: number; shift: number }): number {
  return Math.abs(shift) < a / 8 ? Math.log1p(shift / a) : Math.log((x * n) / a);
}

/**
 * `x^a y^b / B(a, b)` for y = 1 - x, without the cancellation that ln(gamma) suffers for large a.
 *
 * @see Loader, Fast and accurate computation of binomial probabilities, 2000
 */
export function betaTerm(x: number, y: number, a: number, b: number): number {
  const n = a + b;
  const shift = x * b - y * a;
  const exponent = a * logRatio(x, { n, a, shift }) + b * logRatio(y, { n, a: b, shift: -shift });
  const correction = stirlingError(n) - stirlingError(a) - stirlingError(b);
  return Math.sqrt((a * b) / (2 * Math.PI * n)) * Math.exp(exponent + correction);
}

/** Lentz's method needs a stand-in for a zero denominator. */
const TINY = 1e-300;
const MAX_TERMS = 100_000;

/** The continued fraction of I_x(a, b); it converges fast for x < (a + 1) / (a + b + 2). */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1) || TINY);
  let fraction = d;
  for (let m = 1; m <= MAX_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let factor = 1;
    for (const term of [even, odd]) {
      d = 1 / (1 + term * d || TINY);
      c = 1 + term / c || TINY;
      factor = c * d;
      fraction *= factor;
    }
    if (Math.abs(factor - 1) <= Number.EPSILON) return fraction;
  }
  throw new InternalError(
    "incompleteBeta: the continued fraction did not converge",
    `${x} ${a} ${b}`,
  );
}

/**
 * Regularized incomplete beta function `I_x(a, b)`; relative error below 1e-12 for a, b <= 10,000.
 *
 * @param x - in [0, 1]
 * @param options - `y` = 1 - x, which the caller often knows to more digits; a, b > 0
 * @see NIST Digital Library of Mathematical Functions, 8.17.22
 */
export function incompleteBeta(
  x: number,
  { y = 1 - x, a, b }: { y?: number; a: number; b: number },
): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  const term = betaTerm(x, y, a, b);
  return x < (a + 1) / (a + b + 2)
    ? (term / a) * continuedFraction(x, a, b)
    : 1 - (term / b) * continuedFraction(y, b, a);
}
