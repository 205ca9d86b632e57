/** @file Mean absolute error, as a metric. */
import { meanAbsoluteError as loss } from "../losses/meanAbsoluteError.js";
import { defineRowMetric } from "./define.js";

/** The mean over rows and units of `|y - t|`; the loss of the same name, without weights of rows. */
export const meanAbsoluteError = defineRowMetric({
  kind: "meanAbsoluteError",
  title: "MeanAbsoluteError",
  better: "lower",
  params: {},
  rows: (prediction, target) => loss.definition.rows(prediction, target, {}),
});
