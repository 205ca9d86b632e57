/** @file L2: a penalty on the sum of squares. */
import { ops } from "../../graph/index.js";
import { defineRegularizer } from "./define.js";
import { strength } from "./strength.js";

/**
 * `penalty = strength sum(w^2)`, with the gradient `2 strength w`, as in Keras. PyTorch's `weight_decay`,
 * scikit-learn's ridge part and glmnet have `strength / 2`. With Adam the penalty's gradient is divided
 * by the root of the mean square like any other: for a decay apart from it, give the optimizer
 * `weightDecay`.
 *
 * @param options.strength - lambda, at least 0, default 1e-4 (Keras: 0.01); 0 switches it off
 * @example dense({ units: 64, kernelRegularizer: l2({ strength: 1e-3 }) })
 * @see Hoerl and Kennard, Ridge regression: biased estimation for nonorthogonal problems, 1970
 */
export const l2 = defineRegularizer({
  kind: "l2",
  title: "L2",
  params: { strength },
  penalty: (weight, values) => ops.multiply(ops.sum(ops.square(weight)), values.strength),
});
