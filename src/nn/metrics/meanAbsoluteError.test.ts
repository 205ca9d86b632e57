/** @file The contract of metrics for meanAbsoluteError, against scikit-learn. */
import { describeMetric } from "../../../test/contract/describeMetric.js";
import { regression, sklearn } from "../../../test/contract/metricSets.js";
import { meanAbsoluteError } from "./meanAbsoluteError.js";

describeMetric("meanAbsoluteError", {
  make: meanAbsoluteError,
  cases: [
    {
      name: "two units",
      metric: "meanAbsoluteError",
      ...regression,
      expected: sklearn.regression.meanAbsoluteError,
    },
  ],
  sentences: [[{ unit: 1 }, 'Unknown parameter "unit"']],
});
