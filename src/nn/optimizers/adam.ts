/** @file Adam, with epsilon where Keras puts it. */
import { ops, type Tensor } from "../../graph/index.js";
import { real } from "../../util/index.js";
import { defineOptimizer } from "./define.js";
import { learningRateParameter } from "./learningRate.js";
import { avoidSubnormal } from "./subnormal.js";

/**
 * Keeps the mean square above 1e-35, where numbers are normal (see subnormal.ts). Its root, 1e-16 for the
 * usual beta2, is nothing beside epsilon.
 */
const SMALLEST_SQUARE = 1e-35;

/** 1 - beta^t, which loses all digits in float32 for beta near 1 unless it is written like this. */
function biasCorrection(beta: number, step: Tensor): Tensor {
  return beta === 0 ? ops.constant(1) : ops.negate(ops.expm1(ops.multiply(step, Math.log(beta))));
}

/**
 * `m = beta1 m + (1 - beta1) g`, `v = beta2 v + (1 - beta2) g^2`,
 * `w = w - learningRate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)`, t from 1.
 *
 * This is Keras' form, the paper's "epsilon hat", with its defaults. PyTorch adds epsilon (1e-8) to
 * sqrt(v / (1 - beta2^t)) instead: in its terms this epsilon is 31.6 times larger at t = 1, which shows
 * where gradients are as small as epsilon.
 *
 * @example adam({ learningRate: 1e-3 })
 * @see Kingma and Ba, Adam: a method for stochastic optimization, 2015, section 2
 */
export const adam = defineOptimizer({
  kind: "adam",
  title: "Adam",
  params: {
    learningRate: learningRateParameter({ default: 1e-3, search: [1e-5, 1e-1] }),
    beta1: real({ min: 0, max: 1, maxOpen: true, default: 0.9 }),
    beta2: real({ min: 0, max: 1, maxOpen: true, default: 0.999 }),
    epsilon: real({ min: 0, default: 1e-7 }),
  },
  update: (weight, gradient, { values: { beta1, beta2, epsilon }, learningRate, step, slot }) => {
    const mean = avoidSubnormal(
      ops.add(ops.multiply(slot("mean"), beta1), ops.multiply(gradient, 1 - beta1)),
    );
    const square = ops.add(
      ops.multiply(slot("square"), beta2),
      ops.add(ops.multiply(ops.square(gradient), 1 - beta2), SMALLEST_SQUARE),
    );
    const correction = ops.sqrt(biasCorrection(beta2, step));
    const rate = ops.multiply(learningRate, ops.divide(correction, biasCorrection(beta1, step)));
    const divisor = ops.add(ops.sqrt(square), epsilon);
    return {
      weight: ops.subtract(weight, ops.divide(ops.multiply(rate, mean), divisor)),
      slots: { mean, square },
      // For a gradient that lasts, the mean is biasCorrection(beta1) times it.
      stepSize: ops.divide(ops.multiply(learningRate, correction), divisor),
    };
  },
});
