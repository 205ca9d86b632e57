/** @file Binary cross-entropy, computed from logits. */
import { ops } from "../../graph/index.js";
import { targetNumbers } from "../targets.js";
import { defineLoss } from "./define.js";
import { labelSmoothing } from "./labelSmoothing.js";
import { binaryCrossEntropyOf, logitsOf } from "./logits.js";
import { rowMean } from "./rowMean.js";

/**
 * The mean over a row's units of `-t log p - (1 - t) log(1 - p)` with p = sigmoid(logit), for a last layer
 * with activation "sigmoid". Targets are numbers from 0 to 1, one for each unit (several may be 1:
 * multi-label); or labels: of two classes for one unit, t being the label, or one-hot for a unit per
 * class. With labelSmoothing s, training minimizes the loss of `t (1 - s) + s / 2`; the losses that are
 * reported are those of t itself.
 *
 * It works from the logits, so a logit of 1000 gives a loss of 1000. Keras clips probabilities unless
 * told `from_logits`; it averages and smooths likewise. PyTorch's `BCEWithLogitsLoss` agrees; it has no
 * smoothing.
 *
 * @param options.labelSmoothing - s, in [0, 1), default 0, which switches it off
 * @example binaryCrossEntropy()
 */
export const binaryCrossEntropy = defineLoss({
  kind: "binaryCrossEntropy",
  title: "BinaryCrossEntropy",
  params: { labelSmoothing },
  needs: "sigmoid",
  targets: "shares",
  trainingOnly: ["labelSmoothing"],
  rows: (prediction, target, { labelSmoothing: s }) => {
    const logits = logitsOf(prediction);
    const t = targetNumbers(target, logits);
    const smooth = s === 0 ? t : ops.add(ops.multiply(t, 1 - s), s / 2);
    return rowMean(binaryCrossEntropyOf(logits, smooth));
  },
});
