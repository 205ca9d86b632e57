/** @file Dropout, inverted: kept elements are scaled up in training, so that inference changes nothing. */
import { ops, type Tensor } from "../../graph/index.js";
import { real, streamKey, UsageError } from "../../util/index.js";
import { defineLayer, type Noise } from "./define.js";

/** Masks come from 16 random bits an element, which represent a rate to 1 / 131072. */
const LEVELS = 2 ** 16;
const thresholdOf = (rate: number): number => Math.round(rate * LEVELS);

/** y = x / (1 - rate) where `keep` (bool, x's shape) holds, else 0. */
export function applyMask(x: Tensor, keep: Tensor, rate: number): Tensor {
  return ops.select(keep, ops.multiply(x, 1 / (1 - rate)), 0);
}

/** Which elements are kept at this step: a pure function of seed, layer name, step and position. */
function drawMask(
  x: Tensor,
  { name, rate, noise }: { name: string; rate: number; noise: Noise },
): Tensor {
  const bits = ops.randomBits(noise.step, { shape: x.shape, key: streamKey(noise.seed, name) });
  return ops.less(thresholdOf(rate) - 1, bits);
}

/**
 * Sets each element to 0 with probability `rate` in training and multiplies the others by
 * `1 / (1 - rate)`; the identity in inference. The mask is new for each element at each step.
 *
 * `rate` is the probability of dropping, as in Keras and PyTorch; the paper's p is that of keeping,
 * and its form multiplies weights by p in inference instead. At rate 0 the layer is the identity, bit
 * for bit.
 *
 * @example dropout({ rate: 0.5 })
 * @see Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting, JMLR 15, 2014
 */
export const dropout = defineLayer({
  kind: "dropout",
  title: "Dropout",
  params: {
    /** Probability of dropping an element. */
    rate: real({
      min: 0,
      max: 1,
      maxOpen: true,
      default: 0.5,
      off: 0,
      advice: "Use rate 0 to switch it off.",
      search: [0.1, 0.8],
    }),
  },
  // A rate that rounds to "none" or "all" would be a switch in disguise.
  check: ({ rate }) => {
    const threshold = thresholdOf(rate);
    if (rate !== 0 && (threshold === 0 || threshold === LEVELS)) {
      throw new UsageError(
        `Dropout: rate must be 0 or lie in [0.00001, 0.99999]; got ${rate}. Masks have 16 random bits an element.`,
      );
    }
  },
  build: ({ rate }, { name, inputShape }) => ({
    outputShape: inputShape,
    weights: [],
    apply: (x, { noise }) => ({
      output:
        noise === undefined || rate === 0
          ? x
          : applyMask(x, drawMask(x, { name, rate, noise }), rate),
    }),
  }),
});
