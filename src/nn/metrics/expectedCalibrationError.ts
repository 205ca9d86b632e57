/** @file Expected calibration error: how far confidence is from accuracy. */
import { integer, UsageError } from "../../util/index.js";
import { requireProbabilities } from "./classes.js";
import { defineSetMetric, type PredictedSet } from "./define.js";
import { asksEachUnit, isTrue, predictedClass, trueClass } from "./wholeSet.js";

/** The probability of what was said, and whether that is true. */
function judge(set: PredictedSet, row: number): { confidence: number; isRight: boolean } {
  if (set.width === 1) {
    const p = set.outputs[row];
    const isRight = p > 0.5 === isTrue(set, row, 0);
    return { confidence: Math.max(p, 1 - p), isRight };
  }
  const said = predictedClass(set, row);
  const confidence = set.outputs[row * set.width + said];
  return { confidence, isRight: said === trueClass(set, row) };
}

/** The bin ((m - 1) / bins, m / bins] that a confidence lies in, m counted from 0. */
function binOf(confidence: number, bins: number): number {
  const near = Math.max(0, Math.ceil(confidence * bins) - 1);
  // The product rounds; the edges themselves decide.
  if (confidence <= near / bins && near > 0) return near - 1;
  return confidence > (near + 1) / bins ? near + 1 : near;
}

/**
 * `sum_m |B_m| / n |accuracy(B_m) - confidence(B_m)|` over bins of equal width of the confidence, the
 * probability of the predicted class; bin m is `((m - 1) / bins, m / bins]`. It depends on the number of
 * bins and is biased upwards: read it beside {@link logLoss} or {@link brier}.
 *
 * @param options.bins - at least 1, default 15
 * @example metrics: ["expectedCalibrationError"]
 * @see Guo et al., On calibration of modern neural networks, 2017
 */
export const expectedCalibrationError = defineSetMetric({
  kind: "expectedCalibrationError",
  title: "ExpectedCalibrationError",
  better: "lower",
  params: { bins: integer({ min: 1, max: 10_000, default: 15 }) },
  require: (set) => {
    requireProbabilities("ExpectedCalibrationError", set.probability);
    if (!asksEachUnit(set) || set.width === 1) return;
    throw new UsageError(
      "ExpectedCalibrationError: each row must have one class; got several labels for a row.",
    );
  },
  ofSet: (set, { bins }) => {
    // Of each bin: the rows that are right, less the sum of their confidence.
    const gaps = new Float64Array(bins);
    for (let row = 0; row < set.rows; row++) {
      const { confidence, isRight } = judge(set, row);
      if (Number.isNaN(confidence)) return NaN;
      gaps[binOf(confidence, bins)] += Number(isRight) - confidence;
    }
    return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / set.rows;
  },
});
