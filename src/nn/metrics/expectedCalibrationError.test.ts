/** @file The contract of metrics for expectedCalibrationError: golden_stats.json, calibration; edges of bins. */
import { describeMetric } from "../../../test/contract/describeMetric.js";
import { flat, readFixture, type Nested } from "../../../test/contract/fixtures.js";
import { labels } from "../../../test/contract/metricSets.js";
import { expectedCalibrationError } from "./expectedCalibrationError.js";

const { calibration } = readFixture<{
  calibration: { logits: Nested; y: number[]; ece15_guo_bins_open_left: number; ece10: number };
}>("golden_stats");
const golden = {
  before: flat(calibration.logits),
  activation: "softmax",
  truth: labels(calibration.y, 5),
} as const;

describeMetric("expectedCalibrationError", {
  make: expectedCalibrationError,
  cases: [
    {
      name: "golden, 15 bins",
      metric: "expectedCalibrationError",
      ...golden,
      expected: calibration.ece15_guo_bins_open_left,
    },
    {
      name: "golden, 10 bins",
      metric: expectedCalibrationError({ bins: 10 }),
      ...golden,
      expected: calibration.ece10,
    },
    {
      // p = 0.5 says class 0, for which 0.5 is the confidence, in (0, 1/2]; the other row is in (1/2, 1].
      name: "an edge belongs to the bin below it",
      metric: expectedCalibrationError({ bins: 2 }),
      before: [0, Math.log(3)],
      activation: "sigmoid",
      truth: labels([0, 0], 2),
      expected: (0.5 + 0.75) / 2,
    },
  ],
  sentences: [
    [{ bins: 0 }, "ExpectedCalibrationError: bins must be a whole number in [1, 10000]; got 0."],
  ],
});
