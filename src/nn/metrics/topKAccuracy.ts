/** @file Top-k accuracy: the share of rows whose right class is among the k likeliest. */
import { ops } from "../../graph/index.js";
import { integer, UsageError } from "../../util/index.js";
import { requireDistribution } from "./classes.js";
import { defineRowMetric } from "./define.js";

/**
 * The share of rows whose right class, the label or the largest target, is among the k largest outputs. Of
 * equal outputs the first ones count as larger, so that k = 1 gives {@link accuracy}. Keras counts all
 * outputs that tie for the last place; scikit-learn prefers the last ones.
 *
 * @param options.k - at least 1 and at most the number of classes, default 5
 * @example metrics: [topKAccuracy({ k: 3 })]
 */
export const topKAccuracy = defineRowMetric({
  kind: "topKAccuracy",
  title: "TopKAccuracy",
  better: "higher",
  params: { k: integer({ min: 1, default: 5 }) },
  rows: (prediction, target, { k }) => {
    requireDistribution("TopKAccuracy", prediction, target);
    // As for accuracy: logits can differ where probabilities are equal.
    const scores = prediction.logits ?? prediction.output;
    const classes = scores.shape[1];
    if (k > classes) {
      throw new UsageError(
        `TopKAccuracy: k must be at most the number of classes, ${classes}; got ${k}.`,
      );
    }
    const right = ops.keepLast("labels" in target ? target.labels : ops.argMax(target.values));
    const position = ops.iota(scores.shape, 1);
    const isRight = ops.equal(position, right);
    const own = ops.keepLast(ops.sum(ops.select(isRight, scores, 0), [-1]));
    // Those behind the right class; of a NaN, neither "less" nor "equal" holds.
    const isBehind = ops.select(
      ops.less(position, right),
      ops.cast(ops.less(scores, own), "int32"),
      ops.subtract(1, ops.cast(ops.less(own, scores), "int32")),
    );
    const ahead = ops.sum(ops.subtract(1, ops.cast(isBehind, "float32")), [-1]);
    const isKnown = ops.sum(ops.cast(ops.equal(scores, scores), "float32"), [-1]);
    const isIn = ops.cast(ops.less(ahead, k), "float32");
    return ops.multiply(isIn, ops.cast(ops.equal(isKnown, classes), "float32"));
  },
});
