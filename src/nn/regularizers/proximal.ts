/** @file Proximal steps in closed form: towards zero by a threshold, element by element or vector by vector. */
import { ops, type Tensor } from "../../graph/index.js";
import { maxOver, normOver, sumOver, type NormOptions } from "../norm.js";

/** sign(w) max(|w| - threshold, 0), with exact zeros where |w| is at most the threshold. */
export function softThreshold(weight: Tensor, threshold: Tensor): Tensor {
  const above = ops.maximum(ops.subtract(weight, threshold), 0);
  return ops.add(above, ops.minimum(ops.add(weight, threshold), 0));
}

/** w max(1 - threshold / norm, 0) for each vector, one threshold for all: a vector not longer becomes 0. */
function shortenAlike(weight: Tensor, threshold: Tensor, options: NormOptions): Tensor {
  const norm = normOver(weight, options);
  const isKept = ops.greater(norm, threshold);
  const factor = ops.divide(ops.subtract(norm, threshold), ops.select(isKept, norm, 1));
  return ops.select(isKept, ops.multiply(weight, factor), 0);
}

/** Newton's steps for a nearly linear function about double their digits: six are plenty. */
const NEWTON_STEPS = 6;

/**
 * Where each coordinate i has a step size and so a threshold t_i of its own, the minimum of
 * `norm(u) + sum((u_i - w_i)^2 / (2 t_i))` is `u_i = w_i r / (r + t_i)` with r = norm(u), or 0 if
 * `norm(w / t) <= 1`. r is the root of `1 / norm(w / (r + t)) - 1`, which is concave and grows in r, so
 * that Newton's steps from below never pass it; `norm(w) - max(t)` is below, and for equal t it is the root.
 */
function shortenEach(weight: Tensor, thresholds: Tensor, options: NormOptions): Tensor {
  const isKept = ops.greater(normOver(ops.divide(weight, thresholds), options), 1);
  let r = ops.maximum(ops.subtract(normOver(weight, options), maxOver(thresholds, options)), 0);
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const divisor = ops.add(thresholds, r);
    const scaled = ops.divide(weight, divisor);
    const norm = normOver(scaled, options);
    // f / f' for f = 1 / norm - 1, f' = slope / norm^3.
    const slope = sumOver(ops.divide(ops.square(scaled), divisor), options);
    const change = ops.divide(ops.multiply(ops.square(norm), ops.subtract(norm, 1)), slope);
    r = ops.select(isKept, ops.add(r, change), 1);
  }
  const shortened = ops.divide(ops.multiply(weight, r), ops.add(thresholds, r));
  return ops.select(isKept, shortened, 0);
}

/**
 * `argmin_u norm(u) + sum((u - w)^2 / (2 threshold))` for each vector along the axes.
 *
 * @param threshold - at least 0; a scalar, or one for each element
 * @see Yuan and Lin, Model selection and estimation in regression with grouped variables, 2006
 * @see Moré and Sorensen, Computing a trust region step, 1983, for the root
 */
export function blockSoftThreshold(
  weight: Tensor,
  threshold: Tensor,
  options: NormOptions,
): Tensor {
  return threshold.shape.length === 0
    ? shortenAlike(weight, threshold, options)
    : shortenEach(weight, threshold, options);
}
