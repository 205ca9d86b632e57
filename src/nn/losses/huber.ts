/** @file Huber's loss: squared near the target, absolute far from it. */
import { ops } from "../../graph/index.js";
import { real } from "../../util/index.js";
import { targetNumbers } from "../targets.js";
import { defineLoss } from "./define.js";
import { rowMean } from "./rowMean.js";

/**
 * The mean over a row's units of `e^2 / 2` where `|e| <= delta`, and of `delta |e| - delta^2 / 2`
 * elsewhere, with e = y - t. As in Keras and as PyTorch's `HuberLoss`; PyTorch's `SmoothL1Loss` is this
 * divided by delta. Targets as for {@link meanSquaredError}.
 *
 * @param options.delta - where it changes, greater than 0, default 1
 * @example huber({ delta: 0.5 })
 * @see Huber, Robust estimation of a location parameter, 1964
 */
export const huber = defineLoss({
  kind: "huber",
  title: "Huber",
  params: { delta: real({ min: 0, minOpen: true, default: 1 }) },
  targets: "any",
  rows: ({ output }, target, { delta }) => {
    const error = ops.subtract(output, targetNumbers(target, output));
    const size = ops.absolute(error);
    const squared = ops.multiply(ops.square(error), 0.5);
    const straight = ops.subtract(ops.multiply(size, delta), delta ** 2 / 2);
    return rowMean(ops.select(ops.less(delta, size), straight, squared));
  },
});
