/** @file SpatialDropout2d: dropout of whole channels of an image. */
import { ops } from "../../graph/index.js";
import { defineLayer } from "./define.js";
import { applyMask, checkMaskRate, drawKept, rateParameter } from "./random.js";

/**
 * Sets each channel of each image to 0 with probability `rate` in training and multiplies the others by
 * `1 / (1 - rate)`; the identity in inference. Pixels that lie side by side hold nearly the same, so
 * that dropping single ones takes little away: this takes all of a channel's.
 *
 * Keras' `SpatialDropout2D` with channels last, PyTorch's `Dropout2d` with channels first.
 *
 * @param options.rate - probability of dropping a channel, in [0, 1), default 0.5 as in PyTorch; Keras has none
 * @example spatialDropout2d({ rate: 0.2 })
 * @see Tompson et al., Efficient object localization using convolutional networks, 2015
 */
export const spatialDropout2d = defineLayer({
  kind: "spatialDropout2d",
  title: "SpatialDropout2d",
  params: {
    /** Probability of dropping a channel. */
    rate: rateParameter,
  },
  inputRank: 3,
  check: ({ rate }) => checkMaskRate("SpatialDropout2d", rate),
  build: ({ rate }, { name, inputShape }) => ({
    outputShape: inputShape,
    weights: [],
    apply: (x, { noise }) => {
      if (noise === undefined || rate === 0) return { output: x };
      const [rows, , , channels] = x.shape;
      const kept = drawKept([rows, channels], rate, { noise, name });
      return { output: applyMask(x, ops.reshape(kept, [rows, 1, 1, channels]), rate) };
    },
  }),
});
