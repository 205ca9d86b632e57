/** @file Categorical cross-entropy from integer labels, computed from logits. */
import { ops, type Tensor } from "../../graph/index.js";
import { UsageError } from "../../util/index.js";
import type { Loss } from "./define.js";

/**
 * Differences to the largest logit end here in the sum of exponentials. e^-46 is 1e-20, which changes
 * no bit of a sum of at least 1; but gradients below it become exact zeros, and the products of the
 * backward pass are spared subnormal numbers, on which processors are slow.
 */
const FLOOR = -46;

/** log(sum_j exp(z_j)) - z_label of each row. */
export function crossEntropyFromLogits(logits: Tensor, labels: Tensor): Tensor {
  const largest = ops.stopGradient(ops.max(logits, [-1]));
  const shifted = ops.subtract(logits, ops.keepLast(largest));
  const logSum = ops.log(ops.sum(ops.exp(ops.maximum(shifted, FLOOR)), [-1]));
  const isLabel = ops.equal(ops.iota(logits.shape, 1), ops.keepLast(labels));
  return ops.subtract(logSum, ops.sum(ops.select(isLabel, shifted, 0), [-1]));
}

/**
 * `-log(p_label)` with p = softmax(logits), for labels that are class numbers.
 *
 * It works from the logits, so a logit of 1000 gives a loss of 1000. Keras clips probabilities to
 * [1e-7, 1 - 1e-7], which caps a row's loss at 16.118, unless told `from_logits`; its name for integer
 * labels is `SparseCategoricalCrossentropy`. PyTorch's `CrossEntropyLoss` agrees with this one.
 */
export const categoricalCrossEntropy: Loss = {
  name: "categoricalCrossEntropy",
  rows: ({ logits, probability }, labels) => {
    if (logits === undefined || probability !== "softmax") {
      throw new UsageError(
        "categoricalCrossEntropy: the last layer must give class probabilities; got another activation. " +
          'Give it activation "softmax".',
      );
    }
    return crossEntropyFromLogits(logits, labels);
  },
};
