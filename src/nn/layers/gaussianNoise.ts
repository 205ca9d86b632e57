/** @file GaussianNoise: adds a normal number to each element. */
import { ops } from "../../graph/index.js";
import { real } from "../../util/index.js";
import { defineLayer } from "./define.js";
import { drawNormal } from "./random.js";

/**
 * In training `y = x + stddev z`, z standard normal and new for each element at each step; the identity
 * in inference. As the first layer it blurs the data, which for a linear model and squared error is an
 * L2 penalty of strength stddev^2.
 *
 * Keras' formula and name; PyTorch has no such layer. Sizes of z end at 6.338, see random.ts.
 *
 * @param options.stddev - standard deviation, in the input's units, at least 0; 0 switches it off
 * @example gaussianNoise({ stddev: 0.1 })
 * @see Bishop, Training with noise is equivalent to Tikhonov regularization, 1995
 */
export const gaussianNoise = defineLayer({
  kind: "gaussianNoise",
  title: "GaussianNoise",
  params: {
    /** Standard deviation of what is added. */
    stddev: real({
      min: 0,
      default: 0,
      off: 0,
      advice: "Use stddev 0 to switch it off.",
      search: [0.01, 1],
    }),
  },
  required: ["stddev"],
  build: ({ stddev }, { name, inputShape }) => ({
    outputShape: inputShape,
    weights: [],
    apply: (x, { noise }) => {
      if (noise === undefined || stddev === 0) return { output: x };
      const z = drawNormal(x.shape, { noise, name });
      return { output: ops.add(x, ops.multiply(z, stddev)) };
    },
  }),
});
