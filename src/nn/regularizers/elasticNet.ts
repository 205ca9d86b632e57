/** @file Elastic net: L1 and L2 together. */
import { ops } from "../../graph/index.js";
import { defineRegularizer } from "./define.js";
import { softThreshold } from "./proximal.js";
import { method, strength } from "./strength.js";

/**
 * `penalty = l1 sum(|w|) + l2 sum(w^2)`. The first part gives exact zeros; the second keeps weights of
 * correlated inputs together, of which L1 alone would pick one.
 *
 * Keras' `L1L2`. glmnet and scikit-learn write `lambda (alpha sum(|w|) + (1 - alpha) / 2 sum(w^2))`:
 * l1 = lambda alpha, l2 = lambda (1 - alpha) / 2. By default it is minimized by proximal steps,
 * `w = S(w, stepSize l1) / (1 + 2 stepSize l2)` after the optimizer's own, with the `stepSize` that {@link l1}
 * explains; `method: "subgradient"` follows `l1 sign(w) + 2 l2 w`, as Keras does.
 *
 * @param options.l1 - strength of the L1 part, at least 0; Keras' default is 0
 * @param options.l2 - strength of the L2 part, at least 0; Keras' default is 0
 * @param options.method - "proximal" (default) or "subgradient"
 * @example dense({ units: 10, kernelRegularizer: elasticNet({ l1: 1e-3, l2: 1e-4 }) })
 * @see Zou and Hastie, Regularization and variable selection via the elastic net, 2005
 */
export const elasticNet = defineRegularizer({
  kind: "elasticNet",
  title: "ElasticNet",
  params: { l1: strength, l2: strength, method },
  required: ["l1", "l2"],
  penalty: (weight, { l1, l2 }) =>
    ops.add(
      ops.multiply(ops.sum(ops.absolute(weight)), l1),
      ops.multiply(ops.sum(ops.square(weight)), l2),
    ),
  proximal: (weight, stepSize, { l1, l2 }) =>
    ops.divide(
      softThreshold(weight, ops.multiply(stepSize, l1)),
      ops.add(ops.multiply(stepSize, 2 * l2), 1),
    ),
});
