/** @file Categorical cross-entropy, computed from logits. */
import { ops, type Tensor } from "../../graph/index.js";
import { targetNumbers } from "../targets.js";
import { defineLoss } from "./define.js";
import { labelSmoothing } from "./labelSmoothing.js";
import { crossEntropyOf, crossEntropyOfLabels, logitsOf } from "./logits.js";

/** `(1 - smoothing) q + smoothing / K`. */
function smoothed(q: Tensor, smoothing: number): Tensor {
  const share = smoothing / q.shape[q.shape.length - 1];
  return ops.add(ops.multiply(q, 1 - smoothing), share);
}

/**
 * `-sum_k q_k log p_k` with p = softmax(logits), for a last layer with activation "softmax". Targets are
 * labels, then q is 1 at the label; or numbers: one-hot, or any distribution over the classes. With
 * labelSmoothing e, training minimizes the loss of `(1 - e) q + e / K`, whose least value is not 0; the
 * losses that are reported are those of q itself.
 *
 * It works from the logits, so a logit of 1000 gives a loss of 1000. Keras clips probabilities to
 * [1e-7, 1 - 1e-7], which caps a row's loss at 16.118, unless told `from_logits`; its name for integer
 * labels is `SparseCategoricalCrossentropy`, and its smoothing is part of `val_loss` too. PyTorch's
 * `CrossEntropyLoss` agrees with this one; its smoothing is part of whatever it is called for.
 *
 * @param options.labelSmoothing - e, in [0, 1), default 0, which switches it off
 * @example categoricalCrossEntropy({ labelSmoothing: 0.1 })
 * @see Szegedy et al., Rethinking the Inception architecture for computer vision, 2016
 */
export const categoricalCrossEntropy = defineLoss({
  kind: "categoricalCrossEntropy",
  title: "CategoricalCrossEntropy",
  params: { labelSmoothing },
  needs: "softmax",
  targets: "distributions",
  trainingOnly: ["labelSmoothing"],
  rows: (prediction, target, values) => {
    const logits = logitsOf(prediction);
    if ("labels" in target && values.labelSmoothing === 0) {
      return crossEntropyOfLabels(logits, target.labels);
    }
    const q = targetNumbers(target, logits);
    return crossEntropyOf(
      logits,
      values.labelSmoothing === 0 ? q : smoothed(q, values.labelSmoothing),
    );
  },
});
