/** @file Recall: the share of what is of a class that was said to be of it. */
import { requireClasses } from "./classes.js";
import { averageScore, confusionParameters, ratio, requireAverage } from "./confusion.js";
import { defineSetMetric } from "./define.js";

/**
 * `TP / (TP + FN)` of each class, averaged; 0 where nothing is counted. The predicted class is the one of the largest
 * output; a unit that is a question of its own says yes above `threshold`. As in scikit-learn, of which
 * the default, `average: "auto"`, differs in that more than two classes are not refused.
 *
 * @param options.average - "auto", "binary", "macro", "micro" or "weighted", default "auto"
 * @param options.threshold - in [0, 1], default 0.5
 * @example metrics: [recall({ average: "weighted" })]
 */
export const recall = defineSetMetric({
  kind: "recall",
  title: "Recall",
  better: "higher",
  params: confusionParameters,
  require: (set, values) => {
    requireClasses("Recall", "labels" in set.truth, set.probability);
    requireAverage("Recall", set, values);
  },
  ofSet: (set, values) =>
    averageScore(set, values, ({ truePositives, falseNegatives }) =>
      ratio(truePositives, truePositives + falseNegatives),
    ),
});
