/** @file The contract of metrics for logLoss, against scikit-learn. */
import { describeMetric } from "../../../test/contract/describeMetric.js";
import { binary, multiclass, pair, sklearn } from "../../../test/contract/metricSets.js";
import { logLoss } from "./logLoss.js";

describeMetric("logLoss", {
  make: logLoss,
  cases: [
    { name: "classes", metric: "logLoss", ...multiclass, expected: sklearn.multiclass.logLoss },
    { name: "one unit", metric: "logLoss", ...binary, expected: sklearn.binary.logLoss },
    { name: "two units", metric: "logLoss", ...pair, expected: sklearn.binary.logLoss },
  ],
  sentences: [[{ epsilon: 1e-15 }, 'Unknown parameter "epsilon"']],
});
