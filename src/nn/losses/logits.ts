/** @file Logarithms of probabilities, from logits and without rounding. */
import { ops, type Tensor } from "../../graph/index.js";
import { InternalError } from "../../util/index.js";
import type { Prediction } from "./define.js";

/**
 * Differences to the largest logit end here in the sum of exponentials. e^-46 is 1e-20, which changes
 * no bit of a sum of at least 1; but gradients below it become exact zeros, and the products of the
 * backward pass are spared subnormal numbers, on which processors are slow.
 */
const FLOOR = -46;

/** The logits of a prediction that was checked to have them. */
export function logitsOf({ logits }: Prediction): Tensor {
  if (logits !== undefined) return logits;
  throw new InternalError("a loss from logits was given a prediction without them");
}

/** Logits less their largest, and the logarithm of their sum of exponentials: log p = shifted - logSum. */
function logSoftmaxParts(logits: Tensor): { shifted: Tensor; logSum: Tensor } {
  const largest = ops.stopGradient(ops.max(logits, [-1]));
  const shifted = ops.subtract(logits, ops.keepLast(largest));
  const logSum = ops.log(ops.sum(ops.exp(ops.maximum(shifted, FLOOR)), [-1]));
  return { shifted, logSum };
}

/** `-sum_k q_k log p_k` of each row, with p = softmax(logits). */
export function crossEntropyOf(logits: Tensor, q: Tensor): Tensor {
  const { shifted, logSum } = logSoftmaxParts(logits);
  return ops.sum(ops.multiply(q, ops.subtract(ops.keepLast(logSum), shifted)), [-1]);
}

/** `-log p_label` of each row, with p = softmax(logits). */
export function crossEntropyOfLabels(logits: Tensor, labels: Tensor): Tensor {
  const { shifted, logSum } = logSoftmaxParts(logits);
  const isLabel = ops.equal(ops.iota(logits.shape, 1), ops.keepLast(labels));
  return ops.subtract(logSum, ops.sum(ops.select(isLabel, shifted, 0), [-1]));
}

/**
 * `-t log p - (1 - t) log(1 - p)` of each element, with p = sigmoid(z): what is left of
 * `max(z, 0) - t z + log(1 + e^-|z|)` on either side of 0, so that each side has its exact derivative
 * p - t, and so has 0.
 */
export function binaryCrossEntropyOf(z: Tensor, t: Tensor): Tensor {
  const isPositive = ops.less(0, z);
  const minusSize = ops.maximum(ops.select(isPositive, ops.negate(z), z), FLOOR);
  const wrong = ops.select(
    isPositive,
    ops.multiply(ops.subtract(1, t), z),
    ops.negate(ops.multiply(t, z)),
  );
  return ops.add(wrong, ops.log(ops.add(ops.exp(minusSize), 1)));
}
