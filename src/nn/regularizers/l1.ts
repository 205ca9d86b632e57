/** @file L1: a penalty on the sum of absolute values. */
import { ops } from "../../graph/index.js";
import { defineRegularizer } from "./define.js";
import { softThreshold } from "./proximal.js";
import { method, strength } from "./strength.js";

/**
 * `penalty = strength sum(|w|)`.
 *
 * By default it is minimized by proximal steps: the optimizer follows the data loss alone, then each
 * weight moves towards 0 by `stepSize strength` and stops there, which gives exact zeros.
 * `stepSize` is how far the optimizer moves a weight for a gradient of 1 that lasts: the learning rate
 * for SGD, divided by `1 - momentum`; for optimizers that scale each coordinate, such as Adam, the step of that
 * coordinate, `learningRate / (sqrt(v) + epsilon)`. So a weight rests where the data's gradient is
 * at most `strength` in size, whatever the optimizer. NOTE: with Adam a weight without gradient, of a
 * pixel that is always black for instance, has the step `learningRate / epsilon` and is 0 after a few
 * updates; Lion refuses. Count such zeros apart (`model.inspect` does).
 *
 * Keras and PyTorch follow the subgradient `strength sign(w)`, sign(0) = 0, with which weights swing
 * about 0 and are never exactly 0; `method: "subgradient"` does so too.
 *
 * @param options.strength - lambda, at least 0, default 1e-4 (Keras: 0.01); 0 switches it off
 * @param options.method - "proximal" (default) or "subgradient"
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
