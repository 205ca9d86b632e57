/** @file The contract of metrics for rocAuc, against scikit-learn, with ties; NaN without a pair. */
import { describeMetric } from "../../../test/contract/describeMetric.js";
import { flat } from "../../../test/contract/fixtures.js";
import { binary, labels, multilabel, pair, sklearn } from "../../../test/contract/metricSets.js";
import { rocAuc } from "./rocAuc.js";

describeMetric("rocAuc", {
  make: rocAuc,
  cases: [
    { name: "one unit", metric: "rocAuc", ...binary, expected: sklearn.binary.rocAuc },
    { name: "two units", metric: "rocAuc", ...pair, expected: sklearn.binary.rocAuc },
    { name: "labels", metric: "rocAuc", ...multilabel, expected: sklearn.multilabel.rocAuc },
    {
      name: "four classes, one against the rest",
      metric: "rocAuc",
      before: flat(sklearn.multiclass.four),
      activation: "linear",
      truth: labels(sklearn.multiclass.y, 4),
      expected: sklearn.multiclass.rocAucOfFour,
    },
    {
      name: "one class alone",
      metric: "rocAuc",
      before: [0, 1],
      activation: "sigmoid",
      truth: labels([1, 1], 2),
      expected: NaN,
    },
    {
      name: "all tied",
      metric: "rocAuc",
      before: [3, 3, 3],
      activation: "sigmoid",
      truth: labels([1, 0, 1], 2),
      expected: 0.5,
    },
  ],
  sentences: [[{ thresholds: 200 }, 'Unknown parameter "thresholds"']],
});
