/** @file Poisson loss, for counts. */
import { ops } from "../../graph/index.js";
import { targetNumbers } from "../targets.js";
import { defineLoss } from "./define.js";
import { rowMean } from "./rowMean.js";

/** Keras' epsilon: it keeps the logarithm finite at a predicted mean of 0. */
const EPSILON = 1e-7;

/**
 * The mean over a row's units of `y - t log(y + 1e-7)`: the negative log-likelihood of the count t
 * where y is the mean of a Poisson distribution, up to a constant of t. As in Keras; PyTorch's
 * `PoissonNLLLoss` takes log y unless told otherwise. Give the last layer an activation without negative
 * outputs, such as "softplus".
 *
 * @example poisson()
 */
export const poisson = defineLoss({
  kind: "poisson",
  title: "Poisson",
  params: {},
  targets: "counts",
  rows: ({ output }, target) => {
    const log = ops.log(ops.add(output, EPSILON));
    return rowMean(ops.subtract(output, ops.multiply(targetNumbers(target, output), log)));
  },
});
