/** @file Mean absolute error. */
import { ops } from "../../graph/index.js";
import { targetNumbers } from "../targets.js";
import { defineLoss } from "./define.js";
import { rowMean } from "./rowMean.js";

/**
 * The mean over a row's units of `|y - t|`, as in Keras and as PyTorch's `L1Loss`; its derivative at
 * y = t is 0. Targets as for {@link meanSquaredError}.
 *
 * @example meanAbsoluteError()
 */
export const meanAbsoluteError = defineLoss({
  kind: "meanAbsoluteError",
  title: "MeanAbsoluteError",
  params: {},
  targets: "any",
  rows: ({ output }, target) =>
    rowMean(ops.absolute(ops.subtract(output, targetNumbers(target, output)))),
});
