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

const hidden = (apply: (x: Tensor) => Tensor): Activation => ({ apply });

export const activations = {
  linear: hidden((x) => x),
  relu: hidden(ops.relu),
  sigmoid: { apply: ops.sigmoid, probability: "sigmoid" },
  softmax: { apply: softmax, probability: "softmax" },
  tanh: hidden(ops.tanh),
} as const satisfies Readonly<Record<string, Activation>>;

export type ActivationName = keyof typeof activations;
export const activationNames = Object.keys(activations) as ActivationName[];
