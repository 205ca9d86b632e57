/** @file Brier score: the squared error of probabilities. */
import { ops } from "../../graph/index.js";
import { rowMean } from "../losses/rowMean.js";
import { targetNumbers } from "../targets.js";
import { requireProbabilities } from "./classes.js";
import { defineRowMetric } from "./define.js";

/**
 * The mean over rows of `sum_k (p_k - q_k)^2` over three classes or more, from 0 to 2. For two classes half
 * of it, which is `(p - t)^2` of the second; for sigmoid units the mean over units of `(p - t)^2`; both
 * from 0 to 1. As scikit-learn's `brier_score_loss` (1.7 and newer).
 *
 * @example metrics: ["brier"]
 * @see Brier, Verification of forecasts expressed in terms of probability, 1950
 */
export const brier = defineRowMetric({
  kind: "brier",
  title: "Brier",
  better: "lower",
  params: {},
  rows: ({ output, probability }, target) => {
    requireProbabilities("Brier", probability);
    const squares = ops.square(ops.subtract(output, targetNumbers(target, output)));
    const isMean = probability === "sigmoid" || output.shape[1] === 2;
    return isMean ? rowMean(squares) : ops.sum(squares, [-1]);
  },
});
