/** @file Precision: the share of what was said to be of a class that is of it. */
import { requireClasses } from "./classes.js";
import { averageScore, confusionParameters, ratio, requireAverage } from "./confusion.js";
import { defineSetMetric } from "./define.js";

/**
 * `TP / (TP + FP)` of each class, averaged; 0 where nothing is counted. The predicted class is the one of the largest
 * output; a unit that is a question of its own says yes above `threshold`. As in scikit-learn, of which
 * the default, `average: "auto"`, differs in that more than two classes are not refused.
 *
 * @param options.average - "auto", "binary", "macro", "micro" or "weighted", default "auto"
 * @param options.threshold - in [0, 1], default 0.5
 * @example metrics: [precision({ average: "weighted" })]
 */
export const precision = defineSetMetric({
  kind: "precision",
  title: "Precision",
  better: "higher",
  params: confusionParameters,
  require: (set, values) => {
    requireClasses("Precision", "labels" in set.truth, set.probability);
    requireAverage("Precision", set, values);
  },
  ofSet: (set, values) =>
    averageScore(set, values, ({ truePositives, falsePositives }) =>
      ratio(truePositives, truePositives + falsePositives),
    ),
});
