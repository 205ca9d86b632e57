/** @file Root mean squared error. */
import { meanSquaredError } from "../losses/meanSquaredError.js";
import { defineRowMetric } from "./define.js";

/**
 * The root of the mean over all rows and units of `(y - t)^2`, as in Keras; in the unit of the targets.
 * scikit-learn's `root_mean_squared_error` takes the root for each unit and then averages.
 *
 * @example metrics: ["rootMeanSquaredError"]
 */
export const rootMeanSquaredError = defineRowMetric({
  kind: "rootMeanSquaredError",
  title: "RootMeanSquaredError",
  better: "lower",
  params: {},
  rows: (prediction, target) => meanSquaredError.definition.rows(prediction, target, {}),
  finish: Math.sqrt,
});
