/** @file F1: the harmonic mean of precision and recall. */
import { requireClasses } from "./classes.js";
import { averageScore, confusionParameters, ratio, requireAverage } from "./confusion.js";
import { defineSetMetric } from "./define.js";

/**
 * `2 TP / (2 TP + FP + FN)` of each class, averaged; 0 where nothing is counted. The predicted class is the one of the largest
 * output; a unit that is a question of its own says yes above `threshold`. As in scikit-learn, of which
 * the default, `average: "auto"`, differs in that more than two classes are not refused.
 *
 * @param options.average - "auto", "binary", "macro", "micro" or "weighted", default "auto"
 * @param options.threshold - in [0, 1], default 0.5
 * @example metrics: [f1({ average: "weighted" })]
 */
export const f1 = defineSetMetric({
  kind: "f1",
  title: "F1",
  better: "higher",
  params: confusionParameters,
  require: (set, values) => {
    requireClasses("F1", "labels" in set.truth, set.probability);
    requireAverage("F1", set, values);
  },
  ofSet: (set, values) =>
    averageScore(set, values, ({ truePositives, falsePositives, falseNegatives }) =>
      ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
    ),
});
