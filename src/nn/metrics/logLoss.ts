/** @file Log loss: the mean of -log of the probability given to what is true. */
import { logitsOf, binaryCrossEntropyOf, crossEntropyOf } from "../losses/logits.js";
import { rowMean } from "../losses/rowMean.js";
import { targetNumbers } from "../targets.js";
import { requireProbabilities } from "./classes.js";
import { defineRowMetric } from "./define.js";

/**
 * The mean over rows of `-sum_k q_k log p_k` for softmax units, and of the mean over units of
 * `-t log p - (1 - t) log(1 - p)` for sigmoid units. From logits, where scikit-learn's `log_loss` clips
 * probabilities to the smallest step of their type. It equals the cross-entropy that a network is trained
 * with, but not with weights of rows; beside another loss, it shows how far to trust the probabilities.
 *
 * @example metrics: ["logLoss"]
 */
export const logLoss = defineRowMetric({
  kind: "logLoss",
  title: "LogLoss",
  better: "lower",
  params: {},
  rows: (prediction, target) => {
    requireProbabilities("LogLoss", prediction.probability);
    const logits = logitsOf(prediction);
    const t = targetNumbers(target, logits);
    return prediction.probability === "softmax"
      ? crossEntropyOf(logits, t)
      : rowMean(binaryCrossEntropyOf(logits, t));
  },
});
