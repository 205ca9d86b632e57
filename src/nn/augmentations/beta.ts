/** @file Gamma and Beta variates. */
import type { RandomStream } from "../../util/index.js";

/**
 * The logarithm of a Gamma variate of scale 1. A logarithm, because small shapes give numbers that
 * underflow.
 *
 * @see Marsaglia and Tsang, A simple method for generating gamma variables, 2000
 */
function logGamma(random: RandomStream, shape: number): number {
  // Their own way to shapes below 1: gamma(shape + 1) u^(1 / shape).
  if (shape < 1) return logGamma(random, shape + 1) + Math.log(1 - random.uniform()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = random.normal();
    const v = (1 + c * z) ** 3;
    if (v <= 0) continue;
    const logV = Math.log(v);
    if (Math.log(1 - random.uniform()) < z ** 2 / 2 + d - d * v + d * logV) {
      return Math.log(d) + logV;
    }
  }
}

/** A variate of Beta(alpha, alpha), in [0, 1]. */
export function drawBeta(random: RandomStream, alpha: number): number {
  const [x, y] = [logGamma(random, alpha), logGamma(random, alpha)];
  return 1 / (1 + Math.exp(y - x));
}
