/** @file Hinge loss: of a margin of 1 on the right side of 0. */
import { ops } from "../../graph/index.js";
import { targetNumbers } from "../targets.js";
import { defineLoss } from "./define.js";
import { rowMean } from "./rowMean.js";

/**
 * The mean over a row's units of `max(1 - s y, 0)` with the sign `s = 2 t - 1`: t is 0 or 1, or between.
 * Labels are read as one-hot; for one unit and two classes as 0 and 1.
 *
 * Keras takes targets of -1 and 1 as well, and converts if it finds none but 0 and 1; scikit-learn takes
 * any two numbers. PyTorch's `HingeEmbeddingLoss` is another loss.
 *
 * @example hinge()
 * @see Rosasco et al., Are loss functions all the same?, 2004
 */
export const hinge = defineLoss({
  kind: "hinge",
  title: "Hinge",
  params: {},
  targets: "shares",
  rows: ({ output }, target) => {
    const sign = ops.subtract(ops.multiply(targetNumbers(target, output), 2), 1);
    return rowMean(ops.relu(ops.subtract(1, ops.multiply(sign, output))));
  },
});
