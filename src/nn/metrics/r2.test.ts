/** @file The contract of metrics for r2, against scikit-learn. */
import { describeMetric } from "../../../test/contract/describeMetric.js";
import { numbers, regression, sklearn } from "../../../test/contract/metricSets.js";
import { r2 } from "./r2.js";

describeMetric("r2", {
  make: r2,
  cases: [
    { name: "two units", metric: "r2", ...regression, expected: sklearn.regression.r2 },
    {
      name: "constant targets, met",
      metric: "r2",
      before: [2, 2, 2],
      activation: "linear",
      truth: numbers([2, 2, 2], 1),
      expected: sklearn.regression.constant.perfect,
    },
    {
      name: "constant targets, missed",
      metric: "r2",
      before: [2, 2, 3],
      activation: "linear",
      truth: numbers([2, 2, 2], 1),
      expected: sklearn.regression.constant.other,
    },
    {
      name: "one row",
      metric: "r2",
      before: [2],
      activation: "linear",
      truth: numbers([2], 1),
      expected: NaN,
    },
  ],
  sentences: [[{ unit: 1 }, 'Unknown parameter "unit"']],
});
