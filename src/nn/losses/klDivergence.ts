/** @file The Kullback-Leibler divergence of predicted from given distributions. */
import { ops } from "../../graph/index.js";
import { targetNumbers } from "../targets.js";
import { defineLoss } from "./define.js";
import { crossEntropyOf, logitsOf } from "./logits.js";

/**
 * `sum_k q_k log(q_k / p_k)` with p = softmax(logits), for a last layer with activation "softmax": the
 * categorical cross-entropy less the entropy of q, so that 0 is its least value for any q. A q_k of 0
 * adds nothing.
 *
 * Keras clips both distributions to [1e-7, 1]; PyTorch's `KLDivLoss` takes log p, and its default
 * `reduction` averages over classes too.
 *
 * @example klDivergence()
 * @see Kullback and Leibler, On information and sufficiency, 1951
 */
export const klDivergence = defineLoss({
  kind: "klDivergence",
  title: "KLDivergence",
  params: {},
  needs: "softmax",
  targets: "distributions",
  rows: (prediction, target) => {
    const logits = logitsOf(prediction);
    const q = targetNumbers(target, logits);
    const logs = ops.log(ops.select(ops.less(0, q), q, 1));
    return ops.add(crossEntropyOf(logits, q), ops.sum(ops.multiply(q, logs), [-1]));
  },
});
