/** @file Adam, with epsilon where Keras puts it. */
import { ops, type Tensor } from "../../graph/index.js";
import { real } from "../../util/index.js";
import { flag } from "../parameters.js";
import { defineOptimizer, type UpdateContext, type WeightUpdate } from "./define.js";
import { learningRateParameter } from "./learningRate.js";
import { avoidSubnormal, meanSquare } from "./subnormal.js";

/** 1 - beta^t, which loses all digits in float32 for beta near 1 unless it is written like this. */
function biasCorrection(beta: number, step: Tensor): Tensor {
  return beta === 0 ? ops.constant(1) : ops.negate(ops.expm1(ops.multiply(step, Math.log(beta))));
}

/** The parameters that Adam and AdamW share. */
export const adamParameters = {
  learningRate: learningRateParameter({ default: 1e-3, search: [1e-5, 1e-1] }),
  beta1: real({ min: 0, max: 1, maxOpen: true, default: 0.9 }),
  beta2: real({ min: 0, max: 1, maxOpen: true, default: 0.999 }),
  epsilon: real({ min: 0, default: 1e-7 }),
  /** Whether the divisor is the largest so far, so that no step size ever grows. */
  amsgrad: flag({ default: false }),
};

type AdamContext = UpdateContext<typeof adamParameters>;

/** One update of {@link adam}. */
export function updateByAdam(
  weight: Tensor,
  gradient: Tensor,
  { values, learningRate, step, slot }: AdamContext,
): WeightUpdate {
  const { beta1, beta2, epsilon, amsgrad } = values;
  const mean = avoidSubnormal(
    ops.add(ops.multiply(slot("mean"), beta1), ops.multiply(gradient, 1 - beta1)),
  );
  const square = meanSquare(slot("square"), gradient, beta2);
  const largest = amsgrad ? ops.maximum(slot("largestSquare"), square) : square;
  const correction = ops.sqrt(biasCorrection(beta2, step));
  const rate = ops.multiply(learningRate, ops.divide(correction, biasCorrection(beta1, step)));
  const divisor = ops.add(ops.sqrt(largest), epsilon);
  return {
    weight: ops.subtract(weight, ops.divide(ops.multiply(rate, mean), divisor)),
    slots: { mean, square, ...(amsgrad && { largestSquare: largest }) },
    // For a gradient that lasts, the mean is biasCorrection(beta1) times it.
    stepSize: ops.divide(ops.multiply(learningRate, correction), divisor),
  };
}

/**
 * `m = beta1 m + (1 - beta1) g`, `v = beta2 v + (1 - beta2) g^2`,
 * `w = w - learningRate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)`, t from 1.
 *
 * This is Keras' form, the paper's "epsilon hat", with its defaults. PyTorch adds epsilon (1e-8) to
 * sqrt(v / (1 - beta2^t)) instead: in its terms this epsilon is 31.6 times larger at t = 1, which shows
 * where gradients are as small as epsilon. With `amsgrad`, v is the largest so far in the divisor.
 *
 * `weightDecay` is decoupled, as in Keras; PyTorch's Adam adds `weight_decay w` to the gradient, which
 * its AdamW does not.
 *
 * @example adam({ learningRate: 1e-3 })
 * @see Kingma and Ba, Adam: a method for stochastic optimization, 2015, section 2
 * @see Reddi, Kale and Kumar, On the convergence of Adam and beyond, 2018, for amsgrad
 */
export const adam = defineOptimizer({
  kind: "adam",
  title: "Adam",
  params: adamParameters,
  update: updateByAdam,
});
