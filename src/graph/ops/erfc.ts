/**
 * @file erfc: the complementary error function, y = 2 / sqrt(pi) * the integral of e^-t^2 from x on. A
 * primitive, because 1 - erf(x) loses all its digits for x > 4.
 */
import { defineUnary, filledLike } from "../define.js";

/** From here on the series below would cancel, and the continued fraction is quick. */
const LARGE = 2;

/** erf(x) = 2 / sqrt(pi) * e^-x^2 * sum of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1)): no term cancels. */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** erfc(x) = e^-x^2 / sqrt(pi) / (x + (1/2) / (x + 1 / (x + (3/2) / (x + ...)))), from its far end. */
function erfcFraction(x: number): number {
  let fraction = x;
  for (let n = 120; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}

function formula(x: number): number {
  if (x >= LARGE) return erfcFraction(x);
  return x <= -LARGE ? 2 - erfcFraction(-x) : 1 - erfSeries(x);
}

export const erfc = defineUnary({
  name: "erfc",
  formula,
  gradient: (ops, { x, upstream }) => {
    const slope = ops.exp(ops.negate(ops.multiply(x, x)));
    return ops.multiply(upstream, ops.multiply(filledLike(ops, x, -2 / Math.sqrt(Math.PI)), slope));
  },
  samples: {
    range: [-3, 3],
    extremes: [0, 1e-6, 0.5, 6, -6, 9, 1000, -1000, Infinity, -Infinity, NaN],
  },
});
