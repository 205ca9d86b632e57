/** @file Lion: steps of one size, in the direction of an averaged gradient's signs. */
import { ops, type Tensor } from "../../graph/index.js";
import { real } from "../../util/index.js";
import { defineOptimizer } from "./define.js";
import { learningRateParameter } from "./learningRate.js";
import { avoidSubnormal } from "./subnormal.js";

/** 1, -1 or 0, and NaN for NaN, which comparisons alone would take for 0. */
const sign = (x: Tensor): Tensor => ops.divide(x, ops.select(ops.equal(x, 0), 1, ops.absolute(x)));

/**
 * `w = w - learningRate sign(beta1 m + (1 - beta1) g)`, then `m = beta2 m + (1 - beta2) g`.
 *
 * Keras' form with its defaults; the paper advises a learning rate 3 to 10 times smaller than Adam's, and
 * a weight decay larger by as much. PyTorch has no Lion.
 *
 * Its steps have the same size whatever the gradient's, so that no proximal step can balance them: a
 * penalty such as L1 must be given `method: "subgradient"`.
 *
 * @example lion({ learningRate: 1e-4, weightDecay: 0.1 })
 * @see Chen et al., Symbolic discovery of optimization algorithms, 2023
 */
export const lion = defineOptimizer({
  kind: "lion",
  title: "Lion",
  takesProximalSteps: false,
  params: {
    learningRate: learningRateParameter({ default: 1e-3, search: [1e-5, 1e-2] }),
    beta1: real({ min: 0, max: 1, maxOpen: true, default: 0.9 }),
    beta2: real({ min: 0, max: 1, maxOpen: true, default: 0.99 }),
  },
  update: (weight, gradient, { values: { beta1, beta2 }, learningRate, slot }) => {
    const blend = (beta: number): Tensor =>
      ops.add(ops.multiply(slot("mean"), beta), ops.multiply(gradient, 1 - beta));
    return {
      weight: ops.subtract(weight, ops.multiply(learningRate, sign(blend(beta1)))),
      slots: { mean: avoidSubnormal(blend(beta2)) },
    };
  },
});
