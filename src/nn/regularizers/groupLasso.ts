/** @file Group lasso: a penalty on the lengths of vectors, which become zero as a whole. */
import { ops } from "../../graph/index.js";
import { axisParameter, smoothNormOver } from "../norm.js";
import { defineRegularizer } from "./define.js";
import { blockSoftThreshold } from "./proximal.js";
import { method, strength } from "./strength.js";

/**
 * `penalty = strength sum over groups of sqrt(sum(w^2))`. A group is a vector along `axis`: with the last
 * axis, all weights that go out from one input, so that inputs are selected; with 0, all that come into
 * one unit; of a convolution kernel, [0, 1, 2] is a filter and [0, 1, 3] an input channel. All groups of
 * a weight have one size, whose root some authors put before the norm: multiply the strength by it.
 *
 * By default it is minimized by proximal steps, `w = w max(1 - stepSize strength / norm, 0)` for each group after
 * the optimizer's own step, with exact zeros. Where the optimizer gives each coordinate a step size of its own, as
 * Adam does, the exact minimum of `penalty(u) + sum((u - w)^2 / (2 stepSize))` is taken: a group becomes 0
 * where `norm(w / stepSize) <= strength`. One step size for the group, such as their mean, would come to
 * rest elsewhere than at the minimum. `method: "subgradient"` follows `strength w / norm` (0 for a
 * group of zeros), which leaves no exact zeros. Keras and PyTorch have no such regularizer.
 *
 * @param options.strength - lambda, at least 0, default 1e-4; 0 switches it off
 * @param options.axis - the axes along which a group lies, default -1, the last
 * @param options.method - "proximal" (default) or "subgradient"
 * @example dense({ units: 64, kernelRegularizer: groupLasso({ strength: 1e-3 }) })
 * @see Yuan and Lin, Model selection and estimation in regression with grouped variables, 2006
 */
export const groupLasso = defineRegularizer({
  kind: "groupLasso",
  title: "GroupLasso",
  params: { strength, axis: axisParameter({ default: -1 }), method },
  penalty: (weight, values) => {
    const norms = smoothNormOver(weight, { who: "GroupLasso", axis: values.axis });
    return ops.multiply(ops.sum(norms), values.strength);
  },
  proximal: (weight, stepSize, values) =>
    blockSoftThreshold(weight, ops.multiply(stepSize, values.strength), {
      who: "GroupLasso",
      axis: values.axis,
    }),
});
