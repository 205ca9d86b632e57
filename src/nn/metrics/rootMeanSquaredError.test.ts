/** @file The contract of metrics for rootMeanSquaredError, against scikit-learn. */
import { describeMetric } from "../../../test/contract/describeMetric.js";
import { regression, sklearn } from "../../../test/contract/metricSets.js";
import { rootMeanSquaredError } from "./rootMeanSquaredError.js";

describeMetric("rootMeanSquaredError", {
  make: rootMeanSquaredError,
  cases: [
    {
      name: "two units",
      metric: "rootMeanSquaredError",
      ...regression,
      expected: sklearn.regression.rootMeanSquaredError,
    },
  ],
  sentences: [[{ unit: 1 }, 'Unknown parameter "unit"']],
});
