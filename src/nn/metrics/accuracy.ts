/** @file Accuracy: the share of rows whose likeliest class is the right one. */
import { ops, type Tensor } from "../../graph/index.js";
import type { Prediction } from "../losses/define.js";
import { rowMean } from "../losses/rowMean.js";
import { targetNumbers, type Target } from "../targets.js";
import { isOneUnit, requireClassTarget } from "./classes.js";
import { defineRowMetric } from "./define.js";

/** Whether each unit says yes: a probability above 0.5, and so a logit above 0. */
function saysYes({ output, logits, probability }: Prediction): Tensor {
  return logits && probability === "sigmoid" ? ops.less(0, logits) : ops.less(0.5, output);
}

/** The class of each row that the target names. */
const classesOf = (target: Target): Tensor =>
  "labels" in target ? target.labels : ops.argMax(target.values);

/**
 * The share of rows whose largest output is that of the right class: the label, or the largest target;
 * of equal outputs the first counts. With one unit, or sigmoid units and numbers as targets, the share
 * of units that are above 0.5 where the target is 1, and only there (Keras: `BinaryAccuracy`; for
 * several units scikit-learn asks that all of a row be right).
 *
 * @example metrics: ["accuracy"]
 */
export const accuracy = defineRowMetric({
  kind: "accuracy",
  title: "Accuracy",
  better: "higher",
  params: {},
  rows: (prediction, target) => {
    requireClassTarget("Accuracy", prediction, target);
    const { output, logits, probability } = prediction;
    if (isOneUnit(prediction) || ("values" in target && probability === "sigmoid")) {
      const isRight = ops.equal(
        ops.cast(saysYes(prediction), "float32"),
        targetNumbers(target, output),
      );
      return rowMean(ops.cast(isRight, "float32"));
    }
    // Logits, where there are any: rounding can make different ones into equal probabilities.
    return ops.cast(ops.equal(ops.argMax(logits ?? output), classesOf(target)), "float32");
  },
});
