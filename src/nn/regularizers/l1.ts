/** @file L1: a penalty on the sum of absolute values. */
import { ops, type Tensor } from "../../graph/index.js";
import { defineRegularizer } from "./define.js";
import { method, strength } from "./strength.js";

/** sign(w) max(|w| - threshold, 0), with exact zeros where |w| is at most the threshold. */
export function softThreshold(weight: Tensor, threshold: Tensor): Tensor {
  const above = ops.maximum(ops.subtract(weight, threshold), 0);
  return ops.add(above, ops.minimum(ops.add(weight, threshold), 0));
}

/**
 * `penalty = strength sum(|w|)`.
 *
 * By default it is minimized by proximal steps: the optimizer follows the data loss alone, then each
 * weight moves towards 0 by `stepSize strength` and stops there, which gives exact zeros.
 * `stepSize` is the learning rate for SGD, divided by 1 - momentum with momentum; optimizers that scale each
 * coordinate, such as Adam, use the step of that coordinate, `learningRate / (sqrt(v) + epsilon)` with the
 * bias correction. Lion refuses, see there. Keras and
 * PyTorch follow the subgradient `strength sign(w)`, sign(0) = 0, with which weights swing about 0 and
 * are never exactly 0; `method: "subgradient"` does so too.
 *
 * @param options.strength - lambda, at least 0, default 1e-4 (Keras: 0.01); 0 switches it off
 * @example dense({ units: 10, kernelRegularizer: l1({ strength: 1e-3 }) })
 * @see Tibshirani, Regression shrinkage and selection via the lasso, 1996
 * @see Duchi and Singer, Efficient online and batch learning using forward backward splitting, 2009
 */
export const l1 = defineRegularizer({
  kind: "l1",
  title: "L1",
  params: { strength, method },
  penalty: (weight, values) => ops.multiply(ops.sum(ops.absolute(weight)), values.strength),
  proximal: (weight, stepSize, values) =>
    softThreshold(weight, ops.multiply(stepSize, values.strength)),
});
