/** @file Activation functions, by name. A new one is one line in the table. */
import { ops, type Tensor } from "../graph/index.js";

/** How probabilities come from logits: one distribution over the last axis, or each by itself. */
export type Probability = "softmax" | "sigmoid";

export interface Activation {
  readonly apply: (x: Tensor) => Tensor;
  /** If it gives probabilities: how they come from its input, the logits. */
  readonly probability?: Probability;
}

/**
 * softmax(x)_i = exp(x_i) / sum_j exp(x_j) along the last axis; exact for any finite x, because the
 * largest is subtracted first.
 */
function softmax(x: Tensor): Tensor {
  const shifted = ops.subtract(x, ops.keepLast(ops.stopGradient(ops.max(x, [-1]))));
  const exponentials = ops.exp(shifted);
  return ops.divide(exponentials, ops.keepLast(ops.sum(exponentials, [-1])));
}

/** x where x > 0, else x * slope. The slope at 0 is `slope`. */
function leakyRelu(x: Tensor, slope: number): Tensor {
  return ops.select(ops.greater(x, 0), x, ops.multiply(x, slope));
}

/** x where x > 0, else alpha * (e^x - 1), which is computed without loss near 0. */
function elu(x: Tensor, alpha: number): Tensor {
  const isPositive = ops.greater(x, 0);
  // Not min(x, 0), whose slope at 0 is 0. Without either, large x would overflow beside the result.
  const negative = ops.select(isPositive, 0, x);
  return ops.select(isPositive, x, ops.multiply(ops.expm1(negative), alpha));
}

/** That of Keras; PyTorch's default is 0.01. */
const LEAKY_SLOPE = 0.2;

/** At which means 0 and variances 1 stay as they are from layer to layer: Klambauer et al., 2017. */
const SELU_SCALE = 1.0507009873554805;
const SELU_ALPHA = 1.6732632423543772;

/** x P(Z <= x) for a standard normal Z: exact, where PyTorch and Keras know an approximation by tanh too. */
function gelu(x: Tensor): Tensor {
  return ops.multiply(x, ops.multiply(ops.erfc(ops.multiply(x, -Math.SQRT1_2)), 0.5));
}

const relu6 = (x: Tensor): Tensor => ops.minimum(ops.relu(x), 6);

const hidden = (apply: (x: Tensor) => Tensor): Activation => ({ apply });

/**
 * Formulas and defaults are Keras 3's, gelu without approximation included. Kinks have the slope of
 * their left side at 0, and 0 at relu6's 6. Every value and slope is finite for any finite input.
 *
 * @see Klambauer et al., Self-normalizing neural networks, 2017 (selu); Hendrycks and Gimpel, Gaussian
 * error linear units, 2016 (gelu, silu); Clevert et al., Fast and accurate deep network learning by
 * exponential linear units, 2016 (elu)
 */
export const activations = {
  elu: hidden((x) => elu(x, 1)),
  gelu: hidden(gelu),
  hardSigmoid: hidden((x) => ops.multiply(relu6(ops.add(x, 3)), 1 / 6)),
  leakyRelu: hidden((x) => leakyRelu(x, LEAKY_SLOPE)),
  linear: hidden((x) => x),
  relu: hidden(ops.relu),
  relu6: hidden(relu6),
  selu: hidden((x) => ops.multiply(elu(x, SELU_ALPHA), SELU_SCALE)),
  sigmoid: { apply: ops.sigmoid, probability: "sigmoid" },
  silu: hidden((x) => ops.multiply(x, ops.sigmoid(x))),
  softmax: { apply: softmax, probability: "softmax" },
  softplus: hidden(ops.softplus),
  tanh: hidden(ops.tanh),
} as const satisfies Readonly<Record<string, Activation>>;

export type ActivationName = keyof typeof activations;
export const activationNames = Object.keys(activations) as ActivationName[];
