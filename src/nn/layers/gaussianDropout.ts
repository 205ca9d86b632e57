/** @file GaussianDropout: each element times a normal number of mean 1. */
import { ops } from "../../graph/index.js";
import { defineLayer } from "./define.js";
import { drawNormal, rateParameter } from "./random.js";

/**
 * In training `y = x (1 + sqrt(rate / (1 - rate)) z)`, z standard normal and new for each element at
 * each step; the identity in inference. Mean and variance of the factor are those of dropout with the
 * same rate, and no element is ever lost.
 *
 * Keras' formula; PyTorch has no such layer. Sizes of z end at 6.338, see random.ts.
 *
 * @param options.rate - that of the dropout it resembles, in [0, 1), default 0.5; Keras has none
 * @example gaussianDropout({ rate: 0.5 })
 * @see Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting, JMLR 15, 2014, section 10
 */
export const gaussianDropout = defineLayer({
  kind: "gaussianDropout",
  title: "GaussianDropout",
  params: {
    /** Probability of dropping in the dropout that it resembles. */
    rate: rateParameter,
  },
  build: ({ rate }, { name, inputShape }) => ({
    outputShape: inputShape,
    weights: [],
    apply: (x, { noise }) => {
      if (noise === undefined || rate === 0) return { output: x };
      const z = drawNormal(x.shape, { noise, name });
      const factor = ops.add(ops.multiply(z, Math.sqrt(rate / (1 - rate))), 1);
      return { output: ops.multiply(x, factor) };
    },
  }),
});
