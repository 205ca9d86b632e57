/** @file AlphaDropout: dropout that keeps mean and variance of what selu gives. */
import { ops, type Tensor } from "../../graph/index.js";
import { defineLayer } from "./define.js";
import { checkMaskRate, drawKept, rateParameter } from "./random.js";

/** What selu gives for inputs towards minus infinity: -scale alpha, with Keras' and PyTorch's digits. */
const SATURATION = -1.0507009873554805 * 1.6732632423543772;

/** y = a (x where `keep` holds, else the saturation value) + b, which has the mean and variance of x. */
export function applyAlphaMask(x: Tensor, keep: Tensor, rate: number): Tensor {
  const a = 1 / Math.sqrt((1 - rate) * (1 + rate * SATURATION ** 2));
  const b = -a * SATURATION * rate;
  return ops.add(ops.multiply(ops.select(keep, x, SATURATION), a), b);
}

/**
 * In training each element becomes selu's saturation value s = -1.7581 with probability `rate`; then
 * `y = a x + b` with `a = ((1 - rate) (1 + rate s^2))^(-1/2)`, `b = -a s rate`. So what had mean 0
 * and variance 1 has them still, as self-normalizing networks need. The identity in inference.
 *
 * The formula of Keras and PyTorch. It belongs behind `selu` layers with `lecunNormal` kernels.
 *
 * @param options.rate - probability of dropping, in [0, 1), default 0.5 as in PyTorch; Keras has none
 * @example alphaDropout({ rate: 0.1 })
 * @see Klambauer et al., Self-normalizing neural networks, 2017
 */
export const alphaDropout = defineLayer({
  kind: "alphaDropout",
  title: "AlphaDropout",
  params: {
    /** Probability of dropping an element. */
    rate: rateParameter,
  },
  check: ({ rate }) => checkMaskRate("AlphaDropout", rate),
  build: ({ rate }, { name, inputShape }) => ({
    outputShape: inputShape,
    weights: [],
    apply: (x, { noise }) => ({
      output:
        noise === undefined || rate === 0
          ? x
          : applyAlphaMask(x, drawKept(x.shape, rate, { noise, name }), rate),
    }),
  }),
});
