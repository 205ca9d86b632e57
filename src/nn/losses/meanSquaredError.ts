/** @file Mean squared error. */
import { ops } from "../../graph/index.js";
import { targetNumbers } from "../targets.js";
import { defineLoss } from "./define.js";
import { rowMean } from "./rowMean.js";

/**
 * The mean over a row's units of `(y - t)^2`, as in Keras and as PyTorch's `MSELoss`. Targets are
 * numbers, one for each unit, or labels, which are read as one-hot; for one unit and two classes as 0
 * and 1.
 *
 * @example meanSquaredError()
 */
export const meanSquaredError = defineLoss({
  kind: "meanSquaredError",
  title: "MeanSquaredError",
  params: {},
  targets: "any",
  rows: ({ output }, target) =>
    rowMean(ops.square(ops.subtract(output, targetNumbers(target, output)))),
});
