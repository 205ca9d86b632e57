/** @file RMSprop, with epsilon where Keras puts it. */
import { ops, type Tensor } from "../../graph/index.js";
import { real } from "../../util/index.js";
import { flag } from "../parameters.js";
import { defineOptimizer } from "./define.js";
import { learningRateParameter } from "./learningRate.js";
import { avoidSubnormal, meanSquare } from "./subnormal.js";

/** Rounding can make the difference negative, and its root NaN, where gradients hardly vary. */
const variance = (square: Tensor, mean: Tensor): Tensor =>
  ops.maximum(ops.subtract(square, ops.square(mean)), 0);

/**
 * `v = rho v + (1 - rho) g^2`, then `w = w - learningRate g / sqrt(v + epsilon)`. With momentum, that
 * step is added to `velocity = momentum velocity + step` and w moves by the velocity. With `centered`,
 * v is taken less the square of the mean gradient.
 *
 * This is Keras' form with its defaults. PyTorch adds epsilon (1e-8) outside of the root and has 0.99
 * for rho, its `alpha`: it moves farther where gradients are smaller than 3e-4, the root of epsilon.
 *
 * @param options.rho - in [0, 1), default 0.9
 * @param options.epsilon - above 0, default 1e-7
 * @example rmsprop({ learningRate: 1e-3 })
 * @see Tieleman and Hinton, Lecture 6.5: RMSProp, COURSERA: Neural networks for machine learning, 2012
 */
export const rmsprop = defineOptimizer({
  kind: "rmsprop",
  title: "RMSprop",
  params: {
    learningRate: learningRateParameter({ default: 1e-3, search: [1e-5, 1e-1] }),
    rho: real({ min: 0, max: 1, maxOpen: true, default: 0.9 }),
    momentum: real({ min: 0, max: 1, maxOpen: true, default: 0, off: 0 }),
    epsilon: real({ min: 0, minOpen: true, default: 1e-7 }),
    centered: flag({ default: false }),
  },
  update: (weight, gradient, { values, learningRate, slot }) => {
    const { rho, momentum, epsilon, centered } = values;
    const square = meanSquare(slot("square"), gradient, rho);
    const mean =
      centered &&
      avoidSubnormal(ops.add(ops.multiply(slot("mean"), rho), ops.multiply(gradient, 1 - rho)));
    const divisor = ops.sqrt(ops.add(mean ? variance(square, mean) : square, epsilon));
    const step = ops.divide(ops.multiply(learningRate, gradient), divisor);
    const velocity =
      momentum > 0 && avoidSubnormal(ops.add(ops.multiply(slot("velocity"), momentum), step));
    return {
      weight: ops.subtract(weight, velocity || step),
      slots: { square, ...(mean && { mean }), ...(velocity && { velocity }) },
      stepSize: ops.divide(ops.multiply(learningRate, 1 / (1 - momentum)), divisor),
    };
  },
});
