/** @file ROC AUC: how often a row of a class gets a larger output than a row of another. */
import { requireClasses } from "./classes.js";
import { defineSetMetric, type PredictedSet } from "./define.js";
import { isTrue } from "./wholeSet.js";

/** Ranks from 1; equal values share the mean of their ranks. */
function midranks(values: Float32Array): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    // Ranks start + 1 to end.
    for (let i = start; i < end; i++) ranks[order[i]] = (start + 1 + end) / 2;
  }
  return ranks;
}

/** Of one unit: Mann and Whitney's U over the number of pairs. */
function areaOf(set: PredictedSet, unit: number): number {
  const { rows, width, outputs } = set;
  const scores = Float32Array.from({ length: rows }, (_, row) => outputs[row * width + unit]);
  if (scores.some(Number.isNaN)) return NaN;
  const ranks = midranks(scores);
  let positives = 0;
  let rankSum = 0;
  for (let row = 0; row < rows; row++) {
    if (!isTrue(set, row, unit)) continue;
    positives++;
    rankSum += ranks[row];
  }
  // 0 / 0, and so NaN, if there is no pair.
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * (rows - positives));
}

/**
 * The area under the receiver operating characteristic: the probability that a random row of a class gets
 * a larger output for it than a random row of no such class; a tie counts half. Of one unit, that of class
 * 1; of several, the mean over units, each against the rest. Exact, with ties, as scikit-learn's
 * `roc_auc_score(multi_class="ovr", average="macro")`; Keras' `AUC` approximates by 200 thresholds.
 *
 * NaN where a class has no row, or every row: there is nothing to compare.
 *
 * @example metrics: ["rocAuc"]
 * @see Hanley and McNeil, The meaning and use of the area under a ROC curve, 1982
 */
export const rocAuc = defineSetMetric({
  kind: "rocAuc",
  title: "ROC AUC",
  better: "higher",
  params: {},
  require: ({ truth, probability }) => requireClasses("ROC AUC", "labels" in truth, probability),
  ofSet: (set) => {
    // Of two classes, both units order the rows alike but for rounding: the second is scikit-learn's.
    const isPair = set.width === 2 && set.probability === "softmax";
    const units = isPair ? [1] : Array.from({ length: set.width }, (_, unit) => unit);
    return units.reduce((sum, unit) => sum + areaOf(set, unit), 0) / units.length;
  },
});
