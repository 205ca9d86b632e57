/** @file Activation functions, by name. A new one is one line in the table. */
import { ops, type Tensor } from "../graph/index.js";

export interface Activation {
  readonly apply: (x: Tensor) => Tensor;
  /** True if the input holds the logits of the class probabilities that it gives. */
  readonly fromLogits: boolean;
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

const hidden = (apply: (x: Tensor) => Tensor): Activation => ({ apply, fromLogits: false });

export const activations = {
  linear: hidden((x) => x),
  relu: hidden(ops.relu),
  sigmoid: hidden(ops.sigmoid),
  softmax: { apply: softmax, fromLogits: true },
  tanh: hidden(ops.tanh),
} as const satisfies Readonly<Record<string, Activation>>;

export type ActivationName = keyof typeof activations;
export const activationNames = Object.keys(activations) as ActivationName[];
