/** @file StochasticDepth: drops a whole branch, row by row. */
import { ops } from "../../graph/index.js";
import { defineLayer } from "./define.js";
import { applyMask, checkMaskRate, drawKept, rateParameter } from "./random.js";

/**
 * Sets all of a row to 0 with probability `rate` in training and multiplies the other rows by
 * `1 / (1 - rate)`; the identity in inference. Put at the end of a residual branch, before its sum with
 * the shortcut, it trains a network that is shorter at random, and differently for each row.
 *
 * torchvision's `StochasticDepth` in mode "row", the "drop path" of other libraries; Keras has no such
 * layer. The paper drops one branch for the whole batch, and scales in inference instead.
 *
 * @param options.rate - probability of dropping the branch, in [0, 1), default 0.5
 * @example stochasticDepth({ rate: 0.2 })
 * @see Huang et al., Deep networks with stochastic depth, 2016
 */
export const stochasticDepth = defineLayer({
  kind: "stochasticDepth",
  title: "StochasticDepth",
  params: {
    /** Probability of dropping the branch. */
    rate: rateParameter,
  },
  check: ({ rate }) => checkMaskRate("StochasticDepth", rate),
  build: ({ rate }, { name, inputShape }) => ({
    outputShape: inputShape,
    weights: [],
    apply: (x, { noise }) => {
      if (noise === undefined || rate === 0) return { output: x };
      const [rows] = x.shape;
      const kept = drawKept([rows], rate, { noise, name });
      const shape = x.shape.map((_, axis) => (axis === 0 ? rows : 1));
      return { output: applyMask(x, ops.reshape(kept, shape), rate) };
    },
  }),
});
