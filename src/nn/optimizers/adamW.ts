/** @file AdamW: Adam with weight decay on by default. */
import { real } from "../../util/index.js";
import { adamParameters, updateByAdam } from "./adam.js";
import { defineOptimizer } from "./define.js";

/**
 * {@link adam} with decoupled weight decay: before its update, `w = w - learningRate weightDecay w`, of
 * kernels alone, with Keras' default 0.004.
 *
 * PyTorch's default is 0.01, and its epsilon stands elsewhere, as with Adam. Both decay biases and the
 * weights of normalization too; exclude them there to get the same numbers.
 *
 * @example adamW({ learningRate: 1e-3, weightDecay: 0.01 })
 * @see Loshchilov and Hutter, Decoupled weight decay regularization, 2019
 */
export const adamW = defineOptimizer({
  kind: "adamW",
  title: "AdamW",
  params: {
    ...adamParameters,
    weightDecay: real({ min: 0, default: 0.004, off: 0, search: [1e-5, 1e-1] }),
  },
  update: (weight, gradient, context) => updateByAdam(weight, gradient, context),
});
