/** @file Stochastic gradient descent, with momentum. */
import { ops } from "../../graph/index.js";
import { real, UsageError } from "../../util/index.js";
import { flag } from "../parameters.js";
import { defineOptimizer } from "./define.js";
import { learningRateParameter } from "./learningRate.js";
import { avoidSubnormal } from "./subnormal.js";

/**
 * Without momentum: `w = w - learningRate g`. With it, as in Keras:
 * `velocity = momentum velocity - learningRate g`, then `w = w + velocity`, or with nesterov
 * `w = w + momentum velocity - learningRate g`.
 *
 * PyTorch keeps the learning rate outside of its velocity: the two are the same while it is constant and
 * differ once it changes. PyTorch's `dampening` is not offered.
 *
 * @example sgd({ learningRate: 0.1, momentum: 0.9 })
 * @see Sutskever et al., On the importance of initialization and momentum in deep learning, 2013
 */
export const sgd = defineOptimizer({
  kind: "sgd",
  title: "SGD",
  params: {
    learningRate: learningRateParameter({ default: 0.01, search: [1e-4, 1] }),
    momentum: real({ min: 0, max: 1, maxOpen: true, default: 0, off: 0 }),
    nesterov: flag({ default: false }),
  },
  check: ({ momentum, nesterov }) => {
    if (nesterov && momentum === 0) {
      throw new UsageError(
        "SGD: momentum must be greater than 0 with nesterov; got 0. Try momentum 0.9.",
      );
    }
  },
  update: (weight, gradient, { values: { momentum, nesterov }, learningRate, slot }) => {
    const step = ops.multiply(learningRate, gradient);
    if (momentum === 0) return { weight: ops.subtract(weight, step), slots: {} };
    const velocity = avoidSubnormal(ops.subtract(ops.multiply(slot("velocity"), momentum), step));
    const change = nesterov ? ops.subtract(ops.multiply(velocity, momentum), step) : velocity;
    // A gradient that lasts gathers speed, until it moves the weight this much further.
    const stepSize = ops.multiply(learningRate, 1 / (1 - momentum));
    return { weight: ops.add(weight, change), slots: { velocity }, stepSize };
  },
});
