/** @file The contract of metrics for brier, against scikit-learn and golden_stats.json, calibration. */
import { describeMetric } from "../../../test/contract/describeMetric.js";
import { flat, readFixture, type Nested } from "../../../test/contract/fixtures.js";
import { binary, labels, multiclass, pair, sklearn } from "../../../test/contract/metricSets.js";
import { brier } from "./brier.js";

const { calibration } = readFixture<{
  calibration: { logits: Nested; y: number[]; brier_sum: number };
}>("golden_stats");

describeMetric("brier", {
  make: brier,
  cases: [
    { name: "classes", metric: "brier", ...multiclass, expected: sklearn.multiclass.brier },
    { name: "one unit", metric: "brier", ...binary, expected: sklearn.binary.brier },
    { name: "two units", metric: "brier", ...pair, expected: sklearn.binary.brier },
    {
      name: "golden",
      metric: "brier",
      before: flat(calibration.logits),
      activation: "softmax",
      truth: labels(calibration.y, 5),
      expected: calibration.brier_sum,
    },
  ],
  sentences: [[{ scale: 2 }, 'Unknown parameter "scale"']],
});
