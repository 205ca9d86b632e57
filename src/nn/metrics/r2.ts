/** @file R2: the share of the targets' variance that is explained. */
import { defineSetMetric, type PredictedSet } from "./define.js";
import { trueNumber } from "./wholeSet.js";

function ofUnit(set: PredictedSet, unit: number): number {
  const { rows, width, outputs } = set;
  if (rows < 2) return NaN;
  let total = 0;
  for (let row = 0; row < rows; row++) total += trueNumber(set, row, unit);
  const mean = total / rows;
  let [residual, variation] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const t = trueNumber(set, row, unit);
    residual += (t - outputs[row * width + unit]) ** 2;
    variation += (t - mean) ** 2;
  }
  if (variation === 0) return residual === 0 ? 1 : 0;
  return 1 - residual / variation;
}

/**
 * `1 - sum (t - y)^2 / sum (t - mean t)^2` of each unit, averaged over units. 1 is perfect, 0 what the mean
 * of the targets would do; it has no least value. Where all targets are equal, 1 for a perfect prediction
 * and 0 for any other; NaN for one row. As scikit-learn's `r2_score`; Keras' `R2Score` alike.
 *
 * @example metrics: ["r2"]
 */
export const r2 = defineSetMetric({
  kind: "r2",
  title: "R2",
  better: "higher",
  params: {},
  require: () => undefined,
  ofSet: (set) => {
    let sum = 0;
    for (let unit = 0; unit < set.width; unit++) sum += ofUnit(set, unit);
    return sum / set.width;
  },
});
